"""How much is said: statements, subjects, things of each class, statements of each property.

In: what is said of each subject. Out: a `Tally`, and of a document a `Census`, both of plain numbers and
terms, so that they can be kept and added up without reading a document again. What several documents
may say alike cannot be added up: a census hands it on. This module does not know what a term means.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kg_build.descriptions import Descriptions, Form, Graphs, iter_statements
from kg_build.iris import mint
from kg_build.statements import to_iri

__all__ = ["Census", "Tally", "count", "read_census", "take_census"]

_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one graph. `entities` are the subjects that have a class; classes and properties go by their terms."""

    triples: int = 0
    subjects: int = 0
    entities: int = 0
    classes: Mapping[str, int] = field(default_factory=dict)
    properties: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: Tally) -> Tally:
        """Add the counts of a graph that has no subject in common with this one."""
        return Tally(
            self.triples + other.triples,
            self.subjects + other.subjects,
            self.entities + other.entities,
            Counter(self.classes) + Counter(other.classes),
            Counter(self.properties) + Counter(other.properties),
        )


@dataclass(frozen=True, slots=True)
class Census:
    """What a document adds to a dataset.

    `facts` and `evidence` count what no other document says, of the default graph and of the document's own;
    `common` are statements of its own graph that stand in those of others too, as the software that read it.
    """

    facts: Tally
    evidence: Tally
    common: tuple[tuple[str, str, str], ...]

    def to_plain(self) -> dict[str, Any]:
        """Return the census as JSON has it; `read_census` reads it back."""
        return {"facts": _to_plain(self.facts), "evidence": _to_plain(self.evidence), "common": list(self.common)}


def read_census(plain: Mapping[str, Any]) -> Census:
    """Read a census from what `to_plain` made of one."""
    return Census(Tally(**plain["facts"]), Tally(**plain["evidence"]), tuple((s, p, o) for s, p, o in plain["common"]))


def _to_plain(tally: Tally) -> dict[str, Any]:
    return {
        "triples": tally.triples,
        "subjects": tally.subjects,
        "entities": tally.entities,
        "classes": dict(sorted(tally.classes.items())),
        "properties": dict(sorted(tally.properties.items())),
    }


def take_census(document: str, graphs: Graphs) -> Census:
    """Count what a document alone says: facts of its call and all below it, evidence of its own places and claims."""
    call, place, graph = mint("call", document), mint("document", document), to_iri(mint("document", document))
    facts, evidence = graphs.get("", {}), graphs.get(graph, {})
    own = {subject: said for subject, said in evidence.items() if _belongs(subject, place)}
    common = iter_statements({"": {subject: evidence[subject] for subject in evidence if subject not in own}})
    return Census(
        count({subject: said for subject, said in facts.items() if _belongs(subject, call)}),
        count(own),
        tuple(sorted((subject, predicate, object_) for _, subject, predicate, object_ in common)),
    )


def _belongs(subject: str, thing: str) -> bool:
    return subject.startswith((f"<{thing}>", f"<{thing}/", f"<{thing}#"))


def count(descriptions: Descriptions) -> Tally:
    """Count what is said in one graph; rows of a form are counted together."""
    classes, properties, entities = Counter[str](), Counter[str](), 0
    rows = Counter[Form]()
    for said in descriptions.values():
        if isinstance(said, dict):
            properties.update(predicate for predicate, _ in said)
            kinds = [object_ for predicate, object_ in said if predicate == _TYPE]
            classes.update(kinds)
            entities += bool(kinds)
        else:
            rows[said[0]] += 1
    for form, times in rows.items():
        for predicate in (*form.predicates, *(predicate for predicate, _ in form.fixed)):
            properties[predicate] += times
        kinds = [object_ for predicate, object_ in form.fixed if predicate == _TYPE]
        classes.update(dict.fromkeys(kinds, times))
        entities += times if kinds else 0
    return Tally(sum(properties.values()), len(descriptions), entities, classes, properties)
