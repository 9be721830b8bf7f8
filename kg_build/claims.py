"""The page on which a document's statements are written, each with its evidence.

In: facts with their spans. Out: statements: the fact in the default graph; its claim, and the source
range that the claim quotes, in the document's graph. A fact read from text cannot be written
without a span. This module does not know which facts there are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg_build.iris import name_claim, name_claim_in_full, name_range
from kg_build.records import Range
from kg_build.spans import Span, Value
from kg_build.statements import Statement, to_decimal, to_integer, to_iri, to_string, to_typed
from kg_build.text import Text
from ontology.vocabulary import Concept, Vocabulary

__all__ = ["Page"]

_CONTEXT = 24
"""Characters of the source that `oa:prefix` and `oa:suffix` show on either side of a quote."""


@dataclass(slots=True)
class Page:
    """The statements of one document, in the order of writing, each once."""

    document: str
    """The document's IRI, and the name of its graph."""
    text: Text
    vocabulary: Vocabulary
    statements: dict[Statement, None] = field(default_factory=dict)
    _claims: dict[str, tuple[str, str, str]] = field(default_factory=dict)

    def add(self, subject: str, name: str, term: str) -> None:
        """Write what is not read from the text: a class, a position, a label that repeats a title."""
        predicate = to_iri(self.vocabulary.term(name))
        self.statements[Statement("", to_iri(subject), predicate, term)] = None

    def add_class(self, subject: str, name: str) -> None:
        """Write which class a thing is of."""
        self.add(subject, "rdf:type", to_iri(self.vocabulary.term(name)))

    def state(self, subject: str, name: str, term: str, span: Span) -> None:
        """Write a fact, and the claim that quotes the characters that say it.

        Raises ValueError for a span without characters: nothing there says anything.
        """
        if span.start >= span.end:
            raise ValueError(f"{name} of {subject} rests on no character: {span}")
        self.add(subject, name, term)
        place = self.text.source(span)
        predicate = self.vocabulary.term(name)
        claim = self._name(place, subject, predicate, term)
        if claim in self._claims:
            return
        self._claims[claim] = (subject, predicate, term)
        source = name_range(self.document, *place)
        self.note_class(claim, "zn:Claim")
        self.note(claim, "rdf:subject", to_iri(subject))
        self.note(claim, "rdf:predicate", to_iri(predicate))
        self.note(claim, "rdf:object", term)
        self.note(claim, "zn:rule", to_string(span.rule))
        self.note(claim, "zn:confidence", to_decimal(span.confidence))
        self.note(claim, "prov:wasQuotedFrom", to_iri(source))
        self._note_range(source, *place)

    def _name(self, place: tuple[int, int], subject: str, predicate: str, term: str) -> str:
        """Name a claim by the last names of what it joins; in full where those are taken."""
        fact = (subject, predicate, term)
        thing = term[1:-1] if term.startswith("<") else ""
        short = name_claim(self.document, place, predicate, subject, thing)
        if self._claims.get(short, fact) == fact:
            return short
        return name_claim_in_full(self.document, place, predicate, subject, thing or term)

    def note(self, subject: str, name: str, term: str) -> None:
        """Write into the document's own graph."""
        predicate = to_iri(self.vocabulary.term(name))
        self.statements[Statement(to_iri(self.document), to_iri(subject), predicate, term)] = None

    def note_class(self, subject: str, name: str) -> None:
        """Write into the document's own graph which class a thing is of."""
        self.note(subject, "rdf:type", to_iri(self.vocabulary.term(name)))

    def _note_range(self, source: str, start: int, end: int) -> None:
        raw = self.text.document.raw
        for kind in ("zn:SourceRange", "oa:TextPositionSelector", "oa:TextQuoteSelector"):
            self.note_class(source, kind)
        self.note(source, "oa:start", to_typed(str(start), "nonNegativeInteger"))
        self.note(source, "oa:end", to_typed(str(end), "nonNegativeInteger"))
        self.note(source, "oa:exact", to_string(raw[start:end]))
        self.note(source, "oa:prefix", to_string(raw[max(0, start - _CONTEXT) : start]))
        self.note(source, "oa:suffix", to_string(raw[end : end + _CONTEXT]))
        self.note(source, "oa:hasSource", to_iri(self.document))

    def link(self, subject: str, name: str, thing: str, span: Span) -> None:
        """State that a thing stands in this relation to another."""
        self.state(subject, name, to_iri(thing), span)

    def link_concept(self, subject: str, name: str, concept: Concept, span: Span) -> None:
        """Link a concept of a scheme; the default graph repeats no more of it than class and code."""
        self.add(concept.iri, "rdf:type", to_iri(concept.type))
        self.add(concept.iri, "skos:notation", to_string(concept.notation))
        self.link(subject, name, concept.iri, span)

    def name(self, subject: str, name: str, value: Value[str]) -> None:
        """State a Chinese text."""
        self.state(subject, name, to_string(value.value, "zh"), value.span)

    def title(self, subject: str, value: Value[str]) -> None:
        """State a title; the label repeats it."""
        self.name(subject, "dcterms:title", value)
        self.add(subject, "rdfs:label", to_string(value.value, "zh"))

    def code(self, subject: str, name: str, values: Iterable[Value[str]]) -> None:
        """State strings in no language: numbers of parts, phones, addresses."""
        for value in values:
            self.state(subject, name, to_string(value.value), value.span)

    def count(self, subject: str, name: str, value: Value[int] | None) -> None:
        """State a whole number, if there is one."""
        if value is not None:
            self.state(subject, name, to_integer(value.value), value.span)

    def bounds(self, subject: str, name: str, value: Value[Range] | None) -> None:
        """State the bounds that a range has, as `<name>Min` and `<name>Max`: years as decimals, the rest whole."""
        if value is None:
            return
        for end, number in (("Min", value.value.min), ("Max", value.value.max)):
            if number is not None:
                term = to_decimal(number) if name == "zn:years" else to_integer(int(number))
                self.state(subject, name + end, term, value.span)
