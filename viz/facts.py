"""All that a graph says, gathered once for pages: facts, the claims behind them, names in both languages.

In: a graph, asked four bulk questions. Out: `Facts`, where a value, its users and its quotes are one look-up away.
It refuses to know: pages, files, and which property matters.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode

from ontology.vocabulary import BASE, ZN
from queries.answers import Solutions, Term, shorten, to_solutions, to_text
from queries.catalogue import REPORTS, read_query
from queries.graphs import Graph
from queries.run import ask

__all__ = ["Claim", "Document", "Facts", "Name", "Quote", "read_facts"]

_LABELS = ("dcterms:title", "rdfs:label", "skos:prefLabel", "zn:scope", "schema:name")


@dataclass(frozen=True, slots=True)
class Name:
    """Words in both languages; the same in both where only one is known."""

    zh: str
    en: str


@dataclass(frozen=True, slots=True, order=True)
class Quote:
    """Words of a source with their surroundings; `start:end` counts the characters of the untouched source."""

    document: str
    start: int
    end: int
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement as one place of a source makes it; `property` is a short name such as zn:partner."""

    subject: str
    property: str
    object: Term
    quote: Quote


@dataclass(frozen=True, slots=True)
class Document:
    """A document as it was read; `sha256` is of the bytes of its file."""

    id: str
    file: str
    sha256: str
    characters: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the pages of a report stand on; IRIs are strings, properties short names."""

    objects: Mapping[str, Mapping[str, tuple[Term, ...]]]
    users: Mapping[str, Mapping[str, tuple[str, ...]]]
    claims: Mapping[tuple[str, str, Term], tuple[Claim, ...]]
    documents: Mapping[str, Document]
    names: Mapping[str, Mapping[str, tuple[Term, ...]]]
    """What the schemes and the ontology say of their terms."""

    def values(self, subject: str, property_: str) -> tuple[Term, ...]:
        """Return what is stated, in the order of the terms."""
        return self.objects.get(subject, {}).get(property_, ())

    def links(self, subject: str, property_: str) -> tuple[str, ...]:
        """Return the IRIs that a property leads to."""
        return tuple(term.value for term in self.values(subject, property_) if isinstance(term, NamedNode))

    def used_by(self, thing: str, property_: str) -> tuple[str, ...]:
        """Return the subjects whose property leads to a thing."""
        return self.users.get(thing, {}).get(property_, ())

    def text(self, subject: str, property_: str) -> str:
        """Return the first value as text, "" where there is none."""
        return next((to_text(term) for term in self.values(subject, property_)), "")

    def number(self, subject: str, property_: str) -> float | None:
        """Return the greatest number that is stated, None where there is none."""
        found = (_find_number(term) for term in self.values(subject, property_))
        return max((number for number in found if number is not None), default=None)

    def of_class(self, name: str) -> tuple[str, ...]:
        """Return the things of a class of ours."""
        return self.users.get(ZN + name, {}).get("rdf:type", ())

    def classes(self, subject: str) -> tuple[str, ...]:
        """Return the names of a thing's classes of ours."""
        return tuple(iri.removeprefix(ZN) for iri in self.links(subject, "rdf:type") if iri.startswith(ZN))

    def name(self, thing: str) -> Name:
        """Return what to call a thing: its scheme's name, else its title, else the end of its IRI."""
        listed = self.names.get(thing, {})
        for terms in (listed.get("skos:prefLabel", ()), listed.get("rdfs:label", ())):
            if terms:
                return _to_name(terms)
        for property_ in _LABELS:
            if text := self.text(thing, property_):
                return Name(text, text)
        code = self.text(thing, "skos:notation") or thing.rpartition("/")[2]
        return Name(code, code)

    def says(self, thing: str, property_: str) -> Name | None:
        """Return what a scheme says of its concept in words, such as its skos:definition."""
        terms = self.names.get(thing, {}).get(property_, ())
        return _to_name(terms) if terms else None

    def term(self, name: str) -> Name:
        """Return the names of a property or a class of ours by its local name."""
        found = self.name(ZN + name)
        return Name(found.zh, found.en[:1].upper() + found.en[1:])

    def find_claims(self, subject: str, property_: str, object_: Term | str | None = None) -> tuple[Claim, ...]:
        """Return the claims of one statement, or of all with this property, in the order of the sources."""
        if object_ is not None:
            term = NamedNode(object_) if isinstance(object_, str) else object_
            return self.claims.get((subject, property_, term), ())
        found = (
            claim
            for term in self.values(subject, property_)
            for claim in self.claims.get((subject, property_, term), ())
        )
        return tuple(sorted(found, key=lambda claim: claim.quote))

    def iter_claims(self, document: str) -> Iterator[Claim]:
        """Yield the claims of a document."""
        for claims in self.claims.values():
            yield from (claim for claim in claims if claim.quote.document == document)


def read_facts(graph: Graph) -> Facts:
    """Ask the graph for everything that pages show."""
    objects: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    users: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for subject, property_, object_ in _ask(graph, "facts").rows:
        if isinstance(subject, NamedNode) and isinstance(property_, NamedNode) and object_ is not None:
            short = shorten(property_.value)
            objects[subject.value][short].append(object_)
            if isinstance(object_, NamedNode):
                users[object_.value][short].append(subject.value)
    names: dict[str, dict[str, list[Term]]] = defaultdict(lambda: defaultdict(list))
    for thing, says, value in _ask(graph, "names").rows:
        if isinstance(thing, NamedNode) and isinstance(says, NamedNode) and value is not None:
            names[thing.value][shorten(says.value)].append(value)
    return Facts(
        objects={name: {key: tuple(terms) for key, terms in found.items()} for name, found in objects.items()},
        users={name: {key: tuple(subjects) for key, subjects in found.items()} for name, found in users.items()},
        claims=_read_claims(graph),
        documents=_read_documents(graph),
        names={name: {key: tuple(terms) for key, terms in found.items()} for name, found in names.items()},
    )


def _read_claims(graph: Graph) -> dict[tuple[str, str, Term], tuple[Claim, ...]]:
    claims: dict[tuple[str, str, Term], list[Claim]] = defaultdict(list)
    for subject, property_, object_, document, start, end, *texts in _ask(graph, "claims").rows:
        if not (isinstance(subject, NamedNode) and isinstance(property_, NamedNode)) or object_ is None:
            continue
        place = int(to_text(start)), int(to_text(end))
        quote = Quote(_to_id(document), *place, *map(to_text, texts))
        short = shorten(property_.value)
        claims[subject.value, short, object_].append(Claim(subject.value, short, object_, quote))
    return {key: tuple(found) for key, found in claims.items()}


def _read_documents(graph: Graph) -> dict[str, Document]:
    return {
        _to_id(node): Document(_to_id(node), to_text(file), to_text(sha256), int(to_text(characters) or 0))
        for node, file, sha256, characters in _ask(graph, "documents").rows
    }


def _ask(graph: Graph, name: str) -> Solutions:
    return to_solutions(ask(graph, read_query(REPORTS / f"{name}.rq")))


def _to_id(document: Term | None) -> str:
    """Return what stands behind `document/` in the IRI of a document."""
    return document.value.removeprefix(f"{BASE}document/") if isinstance(document, NamedNode) else to_text(document)


def _to_name(terms: tuple[Term, ...]) -> Name:
    texts = {(term.language or "zh"): term.value for term in reversed(terms) if isinstance(term, Literal)}
    zh, en = texts.get("zh", ""), texts.get("en", "")
    return Name(zh or en, en or zh)


def _find_number(term: Term) -> float | None:
    if isinstance(term, Literal) and re.fullmatch(r"[+-]?[0-9]+(?:\.[0-9]+)?", term.value):
        return float(term.value)
    return None
