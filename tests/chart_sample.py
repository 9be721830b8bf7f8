"""A graph for pictures in which every name tries to break out, and rows as the queries of pictures give them."""

from __future__ import annotations

from typing import Any

import pyoxigraph as ox

from ontology.vocabulary import BASE, read_vocabulary
from queries.graphs import LocalGraph
from tests.network_sample import ENDING, IMAGE, LINK, SCRIPT

NUL = "null\x00 bell\x07 half\ufffe end"
LONG = "甲乙丙丁" * 40
NAMES = (SCRIPT, IMAGE, ENDING, LINK, NUL, LONG)


def hostile_graph() -> LocalGraph:
    """One call with a direction for each hostile name, which is also a partner, a field, an agreement and a unit."""
    store = ox.Store()
    call = BASE + "call/902"
    _say(store, call, "rdf:type", _term("zn:Call"))
    _say(store, call, "dcterms:title", SCRIPT)
    _say(store, call, "zn:year", 2021)
    _say(store, call, "zn:projectsMax", 7)
    _say(store, call, "zn:programme", ox.NamedNode(BASE + "programme/x"))
    _say(store, BASE + "programme/x", "rdfs:label", SCRIPT)
    for place, name in enumerate(NAMES):
        direction = f"{call}/direction/1.{place}"
        _say(store, call, "zn:direction", ox.NamedNode(direction))
        _say(store, direction, "zn:number", f"1.{place}")
        _say(store, direction, "zn:position", place + 1)
        _say(store, direction, "dcterms:title", name)
        _say(store, direction, "zn:budgetMax", 1_000_000 * (place + 1))
        for kind, predicate in (("country", "zn:partner"), ("field", "zn:field")):
            concept = f"{BASE}{kind}/X{place}"
            _say(store, direction, predicate, ox.NamedNode(concept))
            _say(store, concept, "skos:notation", f"X{place}")
            _label(store, concept, name)
        agreement = f"{BASE}agreement/X{place}"
        _say(store, direction, "zn:underAgreement", ox.NamedNode(agreement))
        _say(store, agreement, "dcterms:title", name)
        _say(store, agreement, "zn:year", 2010 + place)
        _say(store, direction, "zn:requirement", ox.NamedNode(f"{direction}/requirement/x"))
        kind = f"{BASE}requirement/X{place}"
        _say(store, f"{direction}/requirement/x", "zn:requirementType", ox.NamedNode(kind))
        _say(store, kind, "skos:notation", f"X{place}")
        _label(store, kind, name)
        measure = f"{direction}/measure/1"
        _say(store, direction, "zn:measure", ox.NamedNode(measure))
        _say(store, measure, "zn:position", 1)
        _say(store, measure, "rdfs:label", name)
        _say(store, measure, "zn:comparator", ">=")
        _say(store, measure, "zn:quantity", place + 1)
        _say(store, measure, "zn:unit", SCRIPT)
    return LocalGraph(store)


def money_rows(partners: int, *, year: int | None = 2021) -> list[dict[str, Any]]:
    """Return a direction with money for each of so many partners, the first with the most."""
    return [
        {
            "code": f"P{place:02}",
            "label_zh": f"合作方{place}",
            "label_en": f"Partner {place}",
            "year": year,
            "direction": f"call/000/direction/{place}",
            "budget_max_cny": 1_000_000 * (partners - place),
        }
        for place in range(partners)
    ]


def target_row(quantity: float, **told: object) -> dict[str, Any]:
    """Return a target of 5 % or whatever is told instead."""
    row: dict[str, Any] = {
        "unit": "%", "call": "call/000", "call_title": "指南", "year": 2021, "number": "1.1", "title": "方向",
        "measure": "效率", "comparator": ">=", "quantity": quantity, "quantity_max": None,
    }  # fmt: skip
    return row | told


def _label(store: ox.Store, concept: str, name: str) -> None:
    for language in ("zh", "en"):
        label = ox.Literal(name, language=language)
        graph = ox.NamedNode(BASE + "graph/schemes")
        store.add(ox.Quad(ox.NamedNode(concept), _term("skos:prefLabel"), label, graph))


def _say(store: ox.Store, subject: str, predicate: str, target: ox.NamedNode | str | int) -> None:
    value = target if isinstance(target, ox.NamedNode) else ox.Literal(target)
    store.add(ox.Quad(ox.NamedNode(subject), _term(predicate), value, ox.DefaultGraph()))


def _term(name: str) -> ox.NamedNode:
    prefix, local = name.split(":")
    return ox.NamedNode(read_vocabulary().prefixes[prefix] + local)
