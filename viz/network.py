"""The triples of a CONSTRUCT in, one `networkx.MultiDiGraph` out.

A drawn link is an `rdf:Statement` of the answer: rdf:subject and rdf:object are its ends, rdf:predicate
its kind, prov:wasDerivedFrom the direction it rests on. Statements with the same ends and kind are one
edge. Labels, codes, money and quotes are the graph's own triples, carried along by the query.
Knows neither SPARQL nor pixels.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import networkx as nx
import pyoxigraph as ox

from ontology.errors import QueryError
from ontology.vocabulary import ZN

Network: TypeAlias = "nx.MultiDiGraph[str]"

RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCTERMS = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
OA = "http://www.w3.org/ns/oa#"

LABELS = (SKOS + "prefLabel", RDFS + "label", DCTERMS + "title")


@dataclass(frozen=True, slots=True, order=True)
class Direction:
    """A direction that a link rests on; `budget_max` in yuan, `parent` the IRI of the direction above."""

    iri: str
    number: str
    title: str
    call: str
    year: int | None
    budget_max: int | None
    parent: str


@dataclass(frozen=True, slots=True, order=True)
class Sentence:
    """A quote with its surroundings; `start:end` counts characters of the untouched source."""

    document: str
    start: int
    end: int
    prefix: str
    quote: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Statements:
    """Triples by subject and predicate, so that a value is one look-up away."""

    objects: dict[str, dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]]

    def iter_names(self, subject: str, predicate: str) -> Iterator[str]:
        """Yield the IRIs that a predicate leads to, sorted."""
        found = self.objects.get(subject, {}).get(predicate, [])
        yield from sorted({_name(term) for term in found if not isinstance(term, ox.Literal)})

    def find_text(self, subject: str, predicates: Iterable[str], language: str) -> str:
        """Return the first text in a language; a literal without a language counts as Chinese."""
        for predicate in predicates:
            found = self.objects.get(subject, {}).get(predicate, [])
            texts = sorted(
                term.value
                for term in found
                if isinstance(term, ox.Literal) and (term.language or "zh").split("-")[0].lower() == language
            )
            if found_text := next((text for text in texts if text.strip()), ""):
                return found_text
        return ""

    def find_number(self, subject: str, predicate: str) -> int | None:
        """Return the greatest whole number stated, if any is."""
        found = self.objects.get(subject, {}).get(predicate, [])
        numbers = [int(t.value) for t in found if isinstance(t, ox.Literal) and _is_whole(t.value)]
        return max(numbers, default=None)


def read_network(triples: Iterable[ox.Triple]) -> Network:
    """Gather the statements of an answer into a network; raise QueryError when it links nothing.

    Nodes (by IRI) carry label_zh, label_en, class, code, weight (directions), money (yuan: what the
    node states itself, else the sum over its directions), year, position, directions, sentences (where each
    direction names the node and where its own figures stand; else all that it says). Edges carry weight,
    money, directions, sentences; their key is the local name of the predicate.
    The graph carries classes and relations (the kinds of edges that the answer names): name -> (zh, en).
    """
    statements = _gather(triples)
    grounds = _read_links(statements)
    if not grounds:
        raise QueryError(
            "The network is empty: the graph links nothing here", right="a graph, or a node, that has such facts"
        )
    directions = _read_directions(statements)
    sentences = _read_sentences(statements)
    named: dict[str, list[tuple[str, Sentence]]] = defaultdict(list)
    said: dict[str, list[tuple[str, Sentence]]] = defaultdict(list)
    for (subject, target), quotes in sentences.items():
        named[target] += [(subject, sentence) for sentence in quotes]
        said[subject] += [(subject, sentence) for sentence in quotes]
    network: Network = nx.MultiDiGraph()
    touched: dict[str, set[str]] = defaultdict(set)
    for (start, _, end), derived in grounds.items():
        touched[start] |= derived
        touched[end] |= derived
    for iri in sorted(touched):
        known = [directions[name] for name in sorted(touched[iri]) if name in directions]
        network.add_node(
            iri,
            **_describe(iri, statements, tuple(known)),
            sentences=_find_mentions(iri, named[iri] or said[iri], directions),
        )
    _add_links(network, grounds, directions, sentences)
    network.graph["classes"] = _read_classes(network, statements)
    network.graph["relations"] = _read_relations(statements)
    return network


def _add_links(
    network: Network,
    grounds: Mapping[tuple[str, str, str], set[str]],
    directions: Mapping[str, Direction],
    sentences: dict[tuple[str, str], list[Sentence]],
) -> None:
    for (start, kind, end), derived in sorted(grounds.items()):
        known = [directions[name] for name in sorted(derived) if name in directions]
        network.add_edge(
            start,
            end,
            key=kind,
            weight=max(1, len(derived)),
            money=sum_money(known),
            directions=tuple(known),
            sentences=tuple(_iter_quotes(start, end, sorted(derived), sentences)),
        )


def sum_money(directions: Iterable[Direction]) -> int | None:
    """Add the upper bounds of the budgets in yuan, None where none is printed.

    A sub-direction's money lies inside its parent's where that prints any, and is not counted twice.
    """
    known = {direction.iri: direction for direction in directions}
    amounts = [
        direction.budget_max
        for direction in known.values()
        if direction.budget_max is not None
        and (direction.parent not in known or known[direction.parent].budget_max is None)
    ]
    return sum(amounts) if amounts else None


def to_local(iri: str) -> str:
    """Take what stands after the last # or /.

    >>> to_local("https://w3id.org/zhinan/country/IL")
    'IL'
    """
    return re.split(r"[#/]", iri)[-1]


def _gather(triples: Iterable[ox.Triple]) -> Statements:
    objects: dict[str, dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]] = {}
    for triple in triples:
        if isinstance(triple.subject, ox.Triple) or isinstance(triple.object, ox.Triple):
            continue  # a quoted triple says nothing that a network shows
        subject = objects.setdefault(_name(triple.subject), {})
        subject.setdefault(triple.predicate.value, []).append(triple.object)
    return Statements(objects)


def _read_links(statements: Statements) -> dict[tuple[str, str, str], set[str]]:
    """Map (subject, local name of the predicate, object) to the directions the link rests on."""
    links: dict[tuple[str, str, str], set[str]] = defaultdict(set)
    for link in statements.objects:
        if RDF + "Statement" not in statements.iter_names(link, RDF + "type"):
            continue
        kind = next((to_local(k) for k in statements.iter_names(link, RDF + "predicate")), "link")
        for start in statements.iter_names(link, RDF + "subject"):
            for end in statements.iter_names(link, RDF + "object"):
                links[start, kind, end] |= set(statements.iter_names(link, PROV + "wasDerivedFrom"))
    return dict(links)


def _read_directions(statements: Statements) -> dict[str, Direction]:
    """Read every direction that the answer puts under a call."""
    calls: dict[str, str] = {}
    parents: dict[str, str] = {}
    for subject in sorted(statements.objects):
        for child in statements.iter_names(subject, ZN + "subdirection"):
            parents[child] = subject
        if DCTERMS + "title" in statements.objects[subject]:
            for direction in statements.iter_names(subject, ZN + "direction"):
                calls[direction] = subject
    return {
        iri: Direction(
            iri=iri,
            number=statements.find_text(iri, [ZN + "number"], "zh"),
            title=statements.find_text(iri, LABELS, "zh"),
            call=statements.find_text(call, [DCTERMS + "title"], "zh"),
            year=statements.find_number(call, ZN + "year"),
            budget_max=statements.find_number(iri, ZN + "budgetMax"),
            parent=parents.get(iri, ""),
        )
        for iri, call in sorted(calls.items())
    }


def _read_sentences(statements: Statements) -> dict[tuple[str, str], list[Sentence]]:
    """Map (subject, object) of each claim in the answer to its quotes."""
    sentences: dict[tuple[str, str], list[Sentence]] = defaultdict(list)
    for claim in sorted(statements.objects):
        for source in statements.iter_names(claim, PROV + "wasQuotedFrom"):
            sentence = Sentence(
                document=next(map(to_local, statements.iter_names(source, OA + "hasSource")), ""),
                start=statements.find_number(source, OA + "start") or 0,
                end=statements.find_number(source, OA + "end") or 0,
                prefix=statements.find_text(source, [OA + "prefix"], "zh"),
                quote=statements.find_text(source, [OA + "exact"], "zh"),
                suffix=statements.find_text(source, [OA + "suffix"], "zh"),
            )
            for subject in statements.iter_names(claim, RDF + "subject"):
                # a figure that a thing states, such as its budget, is said of the thing itself
                for target in list(statements.iter_names(claim, RDF + "object")) or [subject]:
                    sentences[subject, target].append(sentence)
    return sentences


def _find_mentions(
    iri: str, named: list[tuple[str, Sentence]], directions: dict[str, Direction]
) -> tuple[tuple[str, Sentence], ...]:
    """Return (direction, sentence) of all that is said of a node; "" for what no other direction says."""
    found = {(subject if subject in directions and subject != iri else "", sentence) for subject, sentence in named}
    return tuple(sorted(found))


def _iter_quotes(
    start: str, end: str, derived: list[str], sentences: dict[tuple[str, str], list[Sentence]]
) -> Iterator[tuple[str, Sentence]]:
    """Yield (direction, sentence) for what links the ends directly, then what each direction says of them."""
    pairs = [("", start, end), ("", end, start)]
    pairs += [(d, d, other) for d in derived for other in (start, end) if d not in (start, end)]
    seen: set[tuple[str, Sentence]] = set()
    for direction, subject, target in pairs:
        for sentence in sorted(sentences.get((subject, target), [])):
            if (direction, sentence) not in seen:
                seen.add((direction, sentence))
                yield direction, sentence


def _describe(iri: str, statements: Statements, directions: tuple[Direction, ...]) -> dict[str, object]:
    code = statements.find_text(iri, [SKOS + "notation", ZN + "number"], "zh")
    zh = statements.find_text(iri, LABELS, "zh")
    en = statements.find_text(iri, LABELS, "en")
    stated = statements.find_number(iri, ZN + "budgetMax")
    return {
        "label_zh": zh or en or code or to_local(iri),
        "label_en": en or zh or code or to_local(iri),
        "class": _find_class(iri, statements),
        "code": code,
        "weight": max(1, len(directions)),
        "money": sum_money(directions) if stated is None else stated,
        "money_stated": stated is not None,
        "year": statements.find_number(iri, ZN + "year"),
        "position": statements.find_number(iri, ZN + "position"),
        "directions": directions,
    }


def _find_class(iri: str, statements: Statements) -> str:
    """Choose the class of our own by which to draw a node; zn:Partner only gathers others."""
    own = [
        to_local(name)
        for name in statements.iter_names(iri, RDF + "type")
        if name.startswith(ZN) and to_local(name) != "Partner"
    ]
    return own[0] if own else "Thing"


def _read_classes(network: Network, statements: Statements) -> dict[str, tuple[str, str]]:
    names = sorted({str(data["class"]) for _, data in network.nodes(data=True)})
    return {
        name: (
            statements.find_text(ZN + name, LABELS, "zh") or name,
            statements.find_text(ZN + name, LABELS, "en") or name,
        )
        for name in names
    }


def _read_relations(statements: Statements) -> dict[str, tuple[str, str]]:
    """Read the names of those kinds of edges that the answer gives a name."""
    kinds = {kind for link in statements.objects for kind in statements.iter_names(link, RDF + "predicate")}
    names = {
        kind: (statements.find_text(kind, LABELS, "zh"), statements.find_text(kind, LABELS, "en")) for kind in kinds
    }
    return {to_local(kind): (zh or en, en or zh) for kind, (zh, en) in sorted(names.items()) if zh or en}


def _name(term: ox.NamedNode | ox.BlankNode) -> str:
    return term.value if isinstance(term, ox.NamedNode) else f"_:{term.value}"


def _is_whole(text: str) -> bool:
    return re.fullmatch(r"[+-]?[0-9]+", text) is not None
