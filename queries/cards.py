"""A card for one thing of the graph: each fact beside the words that say it, and where they stand.

In: a graph and a word such as `001/1.3`, `IL` or an IRI. Out: plain text.
It refuses to know: terminals and pages.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from ontology.vocabulary import BASE, ZN
from queries.answers import Solutions, Term, shorten, to_text
from queries.catalogue import get_query
from queries.graphs import Graph
from queries.run import ask
from queries.subjects import Subject, find_subjects, get_subject, select, to_iri
from queries.tables import pad, width_of

__all__ = ["show"]

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_SHOWN_ABOVE = (_TYPE, "http://www.w3.org/2000/01/rdf-schema#label", ZN + "position")
_NAMED_APART = tuple(ZN + name for name in ("direction", "section", "subdirection"))
_LONGEST_QUOTE = 60
_WIDEST_VALUE = 48
_SCHEMES = f"<{BASE}graph/schemes>"
_ONTOLOGY = f"<{BASE}graph/ontology>"


@dataclass(frozen=True, slots=True)
class Quote:
    """Words of a source, `start` to `end` of its characters."""

    document: str
    start: int
    end: int
    text: str

    def __str__(self) -> str:
        text = self.text if len(self.text) <= _LONGEST_QUOTE else self.text[: _LONGEST_QUOTE - 1] + "…"
        return f"「{' '.join(text.split())}」 {self.document.rpartition('/')[2]}:{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement with what is shown for its object."""

    about: str
    property: str
    object: Term
    value: str


_Quotes = Mapping[tuple[str, str, Term], list[Quote]]


def show(graph: Graph, word: str) -> str:
    """Return the card of what a word names, or the list of candidates when it names several things.

    Raise QueryError with near names when it names nothing.
    """
    found = find_subjects(graph, word)
    if len(found) > 1:
        lines = [f"{word} names {len(found)} things:", *("  " + subject.line for subject in found)]
        return "\n".join(lines) + "\n"
    return _to_card(graph, get_subject(graph, word))


def _to_card(graph: Graph, subject: Subject) -> str:
    facts = _facts(graph, subject.iri)
    quotes = _quotes(graph, subject.iri)
    labels = _labels(graph)
    kinds = sorted(
        labels.get(fact.object.value, "")
        for fact in facts
        if fact.about == subject.iri and fact.property == _TYPE and isinstance(fact.object, NamedNode)
    )
    head = [subject.label or shorten(subject.iri), " · ".join([*filter(None, dict.fromkeys(kinds)), subject.iri]), ""]
    return "\n".join(head + _to_lines(facts, quotes, labels, subject.iri) + _uses(graph, subject.iri, quotes)) + "\n"


def _to_lines(facts: list[Fact], quotes: _Quotes, labels: Mapping[str, str], iri: str) -> list[str]:
    """Return the facts in the order of the source, the parts of an object indented under it."""
    of: dict[str, list[Fact]] = defaultdict(list)
    for fact in facts:
        if fact.property not in _SHOWN_ABOVE:
            of[fact.about].append(fact)
    rows: list[tuple[str, str, list[Quote]]] = []

    def add(about: str, indent: str, above: str, near: Quote | None) -> None:
        for fact in sorted(of.pop(about, ()), key=lambda fact: _place(fact, quotes)):
            found = _nearest(quotes.get((fact.about, fact.property, fact.object), []), near)
            if fact.value == above:
                continue
            rows.append((indent + labels.get(fact.property, shorten(fact.property)), fact.value, found))
            if isinstance(fact.object, NamedNode) and fact.property not in _NAMED_APART:
                add(fact.object.value, indent + "  ", fact.value, found[0] if found else None)

    add(iri, "", "", None)
    left = max((width_of(name) for name, _, _ in rows), default=0)
    right = min(max((width_of(value) for _, value, _ in rows), default=0), _WIDEST_VALUE)
    return [_to_line(name, value, found, left, right) for name, value, found in rows]


def _nearest(quotes: list[Quote], near: Quote | None) -> list[Quote]:
    """Keep, of what a document says about a shared thing in several places, the place nearest to its mention here."""
    if near is None or not quotes:
        return quotes
    return [min(quotes, key=lambda quote: (quote.document != near.document, abs(quote.start - near.start)))]


def _to_line(name: str, value: str, quotes: list[Quote], left: int, right: int) -> str:
    shown = pad(value, max(right, width_of(value))) if quotes else value
    places = "  ".join(map(str, quotes[:2])) + (f"  +{len(quotes) - 2}" if len(quotes) > 2 else "")
    return f"{pad(name, left)}  {shown}  {places}".rstrip()


def _place(fact: Fact, quotes: _Quotes) -> tuple[bool, str, int, str, list[tuple[int, str]]]:
    """Order by the first place in the source, then by property and by value with numbers counted as numbers."""
    found = quotes.get((fact.about, fact.property, fact.object), [])
    first = found[0] if found else Quote("", 0, 0, "")
    pieces = re.split(r"(\d+)", fact.value)
    natural = [(int(piece), "") if piece.isdecimal() else (-1, piece) for piece in pieces]
    return not found, first.document, first.start, fact.property, natural


def _facts(graph: Graph, iri: str) -> list[Fact]:
    """Return what is stated about a node and about its parts, contacts and agreements."""
    node = NamedNode(iri)
    rows = select(
        graph,
        f"""SELECT DISTINCT ?about ?property ?object ?listed ?typed ?titled ?labelled ?number WHERE {{
              {{ VALUES ?about {{ {node} }} ?about ?property ?object }}
              UNION {{ VALUES ?about {{ {node} }} GRAPH {_SCHEMES} {{ ?about ?property ?object }} }}
              UNION {{
                {node} (zn:contact|zn:underAgreement|zn:requirement|zn:measure|zn:indicator|zn:envelope|
                        zn:topic|(zn:topic/zn:subtopic)) ?about .
                ?about ?property ?object
              }}
              OPTIONAL {{ GRAPH {_SCHEMES} {{ ?object skos:prefLabel ?listed . FILTER(LANG(?listed) = "zh") }} }}
              OPTIONAL {{
                ?object zn:requirementType ?type .
                GRAPH {_SCHEMES} {{ ?type skos:prefLabel ?typed . FILTER(LANG(?typed) = "zh") }}
              }}
              OPTIONAL {{ ?object dcterms:title ?titled }}
              OPTIONAL {{ ?object rdfs:label ?labelled }}
              OPTIONAL {{ ?object zn:number ?number }}
            }} ORDER BY ?about ?property ?object""",
    ).rows
    facts: dict[tuple[str, str, Term], Fact] = {}
    for about, property_, object_, listed, typed, titled, labelled, number in rows:
        if object_ is None:
            continue
        label = " ".join(filter(None, (to_text(number), to_text(listed or typed or titled or labelled))))
        code = to_iri(object_).rpartition("/")[2]
        value = f"{label} ({code})" if (listed or typed) and code != label else label or to_text(object_)
        key = (to_iri(about), to_iri(property_), object_)
        facts.setdefault(key, Fact(*key, value=value))
    return list(facts.values())


def _quotes(graph: Graph, iri: str) -> dict[tuple[str, str, Term], list[Quote]]:
    """Return the quotes of the statements about a node and its parts, and of those that point to it."""
    evidence = replace(
        get_query("evidence"), columns=("about", "property", "object", "document", "start", "end", "quote")
    )
    answer = ask(graph, evidence, subject=iri)
    quotes: dict[tuple[str, str, Term], list[Quote]] = defaultdict(list)
    for about, property_, object_, document, start, end, text in answer.rows if isinstance(answer, Solutions) else ():
        if object_ is not None:
            quote = Quote(to_iri(document), int(to_text(start)), int(to_text(end)), to_text(text))
            if quote not in (known := quotes[to_iri(about), to_iri(property_), object_]):
                known.append(quote)
    return dict(quotes)


def _labels(graph: Graph) -> dict[str, str]:
    """Return the Chinese names of classes and properties."""
    text = f"""SELECT ?term ?label WHERE {{
                 GRAPH {_ONTOLOGY} {{ ?term rdfs:label ?label . FILTER(LANG(?label) = "zh") }}
               }} ORDER BY ?term DESC(?label)"""
    return {to_iri(term): to_text(label) for term, label in select(graph, text).rows}


def _uses(graph: Graph, iri: str, quotes: _Quotes) -> list[str]:
    """Return what points to the node, each with the words that say so."""
    node = NamedNode(iri)
    rows = select(
        graph,
        f"""SELECT DISTINCT ?user ?property ?number ?title WHERE {{
              ?user ?property {node} .
              OPTIONAL {{ ?user zn:number ?number }}
              OPTIONAL {{ ?user dcterms:title ?title }}
              OPTIONAL {{ ?user zn:position ?position }}
            }} ORDER BY REPLACE(STR(?user), "/direction/.*$", "") ?position ?user ?property""",
    ).rows
    lines = []
    for user, property_, number, title in rows:
        found = quotes.get((to_iri(user), to_iri(property_), node), [])
        name = " ".join(filter(None, (to_text(number), to_text(title))))
        lines.append("  " + "  ".join(filter(None, (to_text(user), name, *map(str, found[:1])))))
    return ["", f"← {len(lines)} × {shorten(iri)}", *lines] if lines else []
