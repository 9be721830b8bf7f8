"""The page on which a document's statements are written, each with its evidence.

In: facts with their spans. Out: statements: the fact in the default graph; its claim, and the source
range that the claim quotes, in the document's graph. A fact read from text cannot be written
without a span. This module does not know which facts there are.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg_build.corrections import Correction, JudgedSpan
from kg_build.descriptions import Descriptions, Form, Graphs, Pair
from kg_build.identities import Identities
from kg_build.iris import name_claim, name_claim_in_full, name_correction, name_person, name_range
from kg_build.records import Range
from kg_build.spans import Span, Value
from kg_build.statements import to_decimal, to_integer, to_iri, to_string, to_typed
from kg_build.text import Text
from ontology.vocabulary import Concept, Vocabulary

__all__ = ["Page"]

_CONTEXT = 24
"""Characters of the source that `oa:prefix` and `oa:suffix` show on either side of a quote."""


_CLAIM = ("rdf:subject", "rdf:predicate", "rdf:object", "zn:rule", "zn:confidence", "prov:wasQuotedFrom")
_RANGE = ("oa:start", "oa:end", "oa:exact", "oa:prefix", "oa:suffix")
_RANGE_CLASSES = ("zn:SourceRange", "oa:TextPositionSelector", "oa:TextQuoteSelector")


class Page:
    """The statements of one document by graph and subject, each once.

    `document` is its IRI, and the name of its graph.
    """

    def __init__(self, document: str, text: Text, vocabulary: Vocabulary, identities: Identities) -> None:
        self.document = document
        self.text = text
        self.vocabulary = vocabulary
        self.identities = identities
        self.claims: dict[str, tuple[str, str, str]] = {}
        """Each claim's name with the subject, the predicate and the object that it states."""
        self._facts: dict[str, dict[Pair, None]] = {}
        self._notes: Descriptions = {}
        self._terms: dict[str, str] = {}
        self._type = self._term("rdf:type")
        self._claim = Form(tuple(map(self._term, _CLAIM)), ((self._type, self._term("zn:Claim")),))
        classes = tuple((self._type, self._term(name)) for name in _RANGE_CLASSES)
        source = (self._term("oa:hasSource"), to_iri(document))
        self._range = Form(tuple(map(self._term, _RANGE)), (*classes, source))

    @property
    def graphs(self) -> Graphs:
        """Return facts and evidence by the names of their graphs."""
        return {"": dict(self._facts), to_iri(self.document): self._notes}

    def describe(self, notes: Iterable[tuple[str, str, str]]) -> None:
        """Write into the document's own graph: subject, name of the property, term."""
        said: dict[str, dict[Pair, None]] = {}
        for subject, name, term in notes:
            said.setdefault(to_iri(subject), {})[self._term(name), term] = None
        self._notes |= said

    def add(self, subject: str, name: str, term: str) -> None:
        """Write what is not read from the text: a class, a position, a label that repeats a title."""
        self._facts.setdefault(f"<{subject}>", {})[self._term(name), term] = None

    def add_class(self, subject: str, name: str) -> None:
        """Write which class a thing is of."""
        self.add(subject, "rdf:type", self._term(name))

    def _term(self, name: str) -> str:
        """Return a declared term as it is written; raise TermError for any other."""
        term = self._terms.get(name)
        if term is None:
            term = self._terms[name] = to_iri(self.vocabulary.term(name))
        return term

    def state(self, subject: str, name: str, term: str, span: Span) -> None:
        """Write a fact, and the claim that quotes the characters that say it.

        Raises ValueError for a span without characters: nothing there says anything.
        """
        if span.start >= span.end:
            raise ValueError(f"{name} of {subject} rests on no character: {span}")
        self.add(subject, name, term)
        place = self.text.source(span)
        predicate = self._term(name)
        claim = self._name(place, subject, predicate[1:-1], term)
        if claim in self.claims:
            return
        self.claims[claim] = (subject, predicate[1:-1], term)
        said = (f"<{subject}>", predicate, term, to_string(span.rule), to_decimal(span.confidence), self.cite(span))
        self._notes[f"<{claim}>"] = self._claim, said
        if isinstance(span, JudgedSpan) and span.correction is not None:
            judged = self._attribute(span.correction)
            self._notes[f"<{claim}>"] = dict.fromkeys((*zip(self._claim.predicates, said, strict=True), *judged))

    def _attribute(self, correction: Correction) -> tuple[Pair, ...]:
        """Return what more is said of the claim of a person: who says so, in which correction, and its class."""
        person = to_iri(name_person(correction.who))
        entry = to_iri(name_correction(self.document, *correction.fact[1:]))
        made = (self._term("prov:wasAttributedTo"), person), (self._term("prov:wasDerivedFrom"), entry)
        return (*made, *self._claim.fixed)

    def cite(self, span: Span) -> str:
        """Return the term of the source range under a span, and describe it where that is not done yet."""
        place = self.text.source(span)
        source = f"<{name_range(self.document, *place)}>"
        if source not in self._notes:
            self._notes[source] = self._range, self._quote(*place)
        return source

    def _name(self, place: tuple[int, int], subject: str, predicate: str, term: str) -> str:
        """Name a claim by the last names of what it joins; in full where those are taken."""
        fact = (subject, predicate, term)
        thing = term[1:-1] if term.startswith("<") else ""
        short = name_claim(self.document, place, predicate, subject, thing)
        if self.claims.get(short, fact) == fact:
            return short
        return name_claim_in_full(self.document, place, predicate, subject, thing or term)

    def _quote(self, start: int, end: int) -> tuple[str, ...]:
        raw = self.text.document.raw
        return (
            to_typed(str(start), "nonNegativeInteger"),
            to_typed(str(end), "nonNegativeInteger"),
            to_string(raw[start:end]),
            to_string(raw[max(0, start - _CONTEXT) : start]),
            to_string(raw[end : end + _CONTEXT]),
        )

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

    def thing(self, kind: str, name: str, value: Value[str]) -> str:
        """Return the IRI of the thing of a kind that a name names; state the name it goes by, and the one met.

        `name` is the property of the first, such as rdfs:label; the other, where it differs, is an other name.
        The quote is for the one met: the words there do not say the first.
        """
        known = self.identities.identify(kind, value.value, value.span.concept)
        shown = to_string(known.name, "zh")
        self.add(known.iri, name, shown)
        self.add(known.iri, "rdfs:label", shown)
        self.name(known.iri, name if known.met == known.name else "skos:altLabel", Value(known.met, value.span))
        return known.iri

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
