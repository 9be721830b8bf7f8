"""Personal data taken out of a graph and its records: the contacts, what is said of them, and the quotes that show it.

In: a graph, records. Out: the same without any name, phone, fax number or e-mail of a contact. Three things go:
contacts with their statements and claims; quotes that show one, with the claims that rest on them, and of the context
of other quotes the part from there on; and the words wherever else a guide's statement repeats them, as `███`.
The ontology, the schemes and the questions come from no guide and stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox

from ontology.vocabulary import BASE, ZN
from queries.graphs import LocalGraph

__all__ = ["MARK", "Secrets", "collect_secrets", "strip_graph", "strip_record"]

MARK = "███"

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_OA = "http://www.w3.org/ns/oa#"
_SCHEMA = "https://schema.org/"
_TYPE, _SUBJECT, _PREDICATE, _OBJECT = (
    ox.NamedNode(_RDF + name) for name in ("type", "subject", "predicate", "object")
)
_QUOTED_FROM = ox.NamedNode("http://www.w3.org/ns/prov#wasQuotedFrom")
_START, _END, _EXACT, _PREFIX, _SUFFIX = (
    ox.NamedNode(_OA + name) for name in ("start", "end", "exact", "prefix", "suffix")
)
_CONTACT = ox.NamedNode(ZN + "Contact")
_PERSONAL = tuple(ox.NamedNode(_SCHEMA + name) for name in ("name", "telephone", "faxNumber", "email"))
_PUBLIC = frozenset(ox.NamedNode(f"{BASE}graph/{name}") for name in ("ontology", "schemes", "questions"))
_EMAIL = r"[A-Za-z0-9._%+\-]+@[A-Za-z0-9\-]+(?:\.[A-Za-z0-9\-]+)*\.[A-Za-z]{2,}"
_LAYOUT = re.compile(r"[\s《》“”]+")
_ESCAPED = re.compile(r'[/?#\[\]%"<>\\^`{|}]')
_SHORTEST = 2
"""Characters: a shorter word stands anywhere."""

_LONGEST_PART = 64
"""Characters: so much of a word can stand at the edge of a context."""

_Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Secrets:
    """The words that no file may show; `stands_in` says fast whether any may stand in a text, `pattern` says where.

    Whatever else is an e-mail address counts as one of the words.
    """

    words: tuple[str, ...]
    stands_in: Callable[[str], bool]
    pattern: re.Pattern[str]
    heads: frozenset[str]
    tails: frozenset[str]

    def mask(self, text: str) -> str:
        """Put the mark in the place of each secret word."""
        return self.pattern.sub(MARK, text) if self.shows(text) else text

    def shows(self, text: str) -> bool:
        """Say whether a secret word stands in a text."""
        return ("@" in text or self.stands_in(text)) and self.pattern.search(text) is not None

    def cut_before(self, text: str) -> str:
        """Return the text up to the first secret word, also up to one that the end of the text cuts through."""
        found = self.pattern.search(text) if "@" in text or self.stands_in(text) else None
        text = text if found is None else text[: found.start()]
        cut = (size for size in range(min(len(text), _LONGEST_PART), 1, -1) if text[-size:].lower() in self.heads)
        return text[: len(text) - next(cut, 0)]

    def cut_after(self, text: str) -> str:
        """Return the text after the last secret word, also after one that the start of the text cuts through."""
        found = list(self.pattern.finditer(text)) if "@" in text or self.stands_in(text) else []
        text = text[found[-1].end() :] if found else text
        cut = (size for size in range(min(len(text), _LONGEST_PART), 1, -1) if text[:size].lower() in self.tails)
        return text[next(cut, 0) :]


def collect_secrets(graph: LocalGraph, records: Iterable[Mapping[str, Any]]) -> Secrets:
    """Gather what a graph and its records say of contacts."""
    words = {
        quad.object.value
        for contact in _find_contacts(graph.store)
        for property_ in _PERSONAL
        for quad in graph.store.quads_for_pattern(contact, property_, None, None)
        if isinstance(quad.object, ox.Literal)
    }
    for record in records:
        for contact in record.get("contacts") or ():
            words |= {str(contact["name"])} if contact.get("name") else set()
            words |= {str(one) for key in ("phones", "faxes", "emails") for one in contact.get(key) or ()}
    return _to_secrets(words)


def strip_record(record: Mapping[str, Any], secrets: Secrets) -> dict[str, Any]:
    """Return a record without contacts, every text in it masked."""
    return {key: [] if key == "contacts" else _mask(value, secrets) for key, value in record.items()}


def strip_graph(graph: LocalGraph, secrets: Secrets) -> LocalGraph:
    """Return a copy of the graph in memory without contacts, their claims, and the quotes that show them."""
    store = graph.store
    contacts = _find_contacts(store)
    places = _find_places(store, contacts)
    gone = _find_ranges(store, places, secrets)
    claims = {
        quad.subject
        for property_ in (_SUBJECT, _OBJECT)
        for contact in contacts
        for quad in store.quads_for_pattern(None, property_, contact, None)
    }
    claims |= {quad.subject for node in gone for quad in store.quads_for_pattern(None, _QUOTED_FROM, node, None)}
    gone |= _find_unquoted(store, claims)
    left_out = contacts | claims | gone
    kept = ox.Store()
    kept.bulk_extend(_iter_kept(store, left_out, places, secrets))
    return LocalGraph(kept)


def _iter_kept(
    store: ox.Store, left_out: set[Any], places: Mapping[Any, list[_Place]], secrets: Secrets
) -> Iterator[ox.Quad]:
    known: dict[Any, Any] = {}

    def mask(term: Any) -> Any:
        if term not in known:
            known[term] = _mask_term(term, secrets)
        return known[term]

    for quad in store:
        if quad.subject in left_out or quad.object in left_out:
            continue
        if quad.graph_name in _PUBLIC:
            yield quad
            continue
        if quad.predicate in (_PREFIX, _SUFFIX):
            object_ = ox.Literal(_cut(store, quad, places.get(quad.graph_name, []), secrets))
        else:
            object_ = mask(quad.object)
        yield ox.Quad(mask(quad.subject), quad.predicate, object_, quad.graph_name)


def _find_contacts(store: ox.Store) -> set[Any]:
    return {quad.subject for quad in store.quads_for_pattern(None, _TYPE, _CONTACT, None)}


def _find_places(store: ox.Store, contacts: set[Any]) -> Mapping[Any, list[_Place]]:
    """Return, by document graph, where names, numbers and addresses of contacts stand in the source."""
    places: dict[Any, set[_Place]] = defaultdict(set)
    for contact in contacts:
        for about in store.quads_for_pattern(None, _SUBJECT, contact, None):
            said = {quad.object for quad in store.quads_for_pattern(about.subject, _PREDICATE, None, about.graph_name)}
            if said & set(_PERSONAL):
                for quoted in store.quads_for_pattern(about.subject, _QUOTED_FROM, None, about.graph_name):
                    places[about.graph_name] |= set(_iter_places(store, quoted.object, about.graph_name))
    return {graph: sorted(found) for graph, found in places.items()}


def _iter_places(store: ox.Store, node: Any, graph: Any) -> Iterator[_Place]:
    ends = [_number(store, node, property_, graph) for property_ in (_START, _END)]
    if ends[0] is not None and ends[1] is not None:
        yield ends[0], ends[1]


def _number(store: ox.Store, node: Any, property_: ox.NamedNode, graph: Any) -> int | None:
    for quad in store.quads_for_pattern(node, property_, None, graph):
        if isinstance(quad.object, ox.Literal) and quad.object.value.isdecimal():
            return int(quad.object.value)
    return None


def _find_ranges(store: ox.Store, places: Mapping[Any, list[_Place]], secrets: Secrets) -> set[Any]:
    """Return the source ranges that overlap a place of a contact, or quote a secret word."""
    found = {
        quad.subject
        for quad in store.quads_for_pattern(None, _EXACT, None, None)
        if isinstance(quad.object, ox.Literal) and secrets.shows(quad.object.value)
    }
    for graph, taken in places.items():
        for quad in store.quads_for_pattern(None, _START, None, graph):
            for start, end in _iter_places(store, quad.subject, graph):
                if any(start < last and first < end for first, last in taken):
                    found.add(quad.subject)
    return found


def _find_unquoted(store: ox.Store, claims: set[Any]) -> set[Any]:
    """Return the source ranges that no claim but these quotes."""
    ranges = {quad.object for claim in claims for quad in store.quads_for_pattern(claim, _QUOTED_FROM, None, None)}
    return {
        node
        for node in ranges
        if all(quad.subject in claims for quad in store.quads_for_pattern(None, _QUOTED_FROM, node, None))
    }


def _cut(store: ox.Store, quad: ox.Quad, taken: list[_Place], secrets: Secrets) -> str:
    """Shorten the context of a quote to the part between it and the nearest contact."""
    assert isinstance(quad.object, ox.Literal)
    text, node, graph = quad.object.value, quad.subject, quad.graph_name
    if quad.predicate == _PREFIX:
        edge = _number(store, node, _START, graph) or 0
        last = max((min(end, edge) for start, end in taken if start < edge), default=0)
        return secrets.cut_after(text[max(0, len(text) - (edge - last)) :])
    edge = _number(store, node, _END, graph) or 0
    first = min((max(start, edge) for start, end in taken if end > edge), default=edge + len(text))
    return secrets.cut_before(text[: first - edge])


def _mask_term(term: Any, secrets: Secrets) -> Any:
    match term:
        case ox.Literal():
            text = secrets.mask(term.value)
            if text == term.value:
                return term
            return (
                ox.Literal(text, language=term.language) if term.language else ox.Literal(text, datatype=term.datatype)
            )
        case ox.NamedNode():
            text = secrets.mask(term.value)
            return term if text == term.value else ox.NamedNode(text)
        case _:
            return term


def _mask(value: Any, secrets: Secrets) -> Any:
    match value:
        case str():
            return secrets.mask(value)
        case list():
            return [_mask(one, secrets) for one in value]
        case dict():
            return {name: _mask(one, secrets) for name, one in value.items()}
        case _:
            return value


def _to_secrets(words: Iterable[str]) -> Secrets:
    """Know each word as it is printed and as it stands in an IRI; Latin words and numbers only as whole words."""
    import ahocorasick_rs

    forms = set()
    for word in words:
        compact = _LAYOUT.sub("", unicodedata.normalize("NFKC", word))
        escaped = _ESCAPED.sub(lambda found: quote(found[0], safe=""), compact)
        forms |= {form for form in (word.strip(), compact, escaped) if len(form) >= _SHORTEST}
    ordered = tuple(sorted(forms, key=lambda form: (-len(form), form)))
    automaton = ahocorasick_rs.AhoCorasick(sorted({form.lower() for form in ordered}))
    patterns = [*(_bounded(form) for form in ordered), _EMAIL]
    return Secrets(
        ordered,
        lambda text: bool(automaton.find_matches_as_indexes(text.lower())),
        re.compile("|".join(patterns), re.IGNORECASE),
        frozenset(form[:size].lower() for form in ordered for size in range(2, len(form)) if _is_telling(form[:size])),
        frozenset(form[size:].lower() for form in ordered for size in range(1, len(form)) if _is_telling(form[size:])),
    )


def _is_telling(part: str) -> bool:
    """Say whether a part of a word, at the edge of a context, gives something of it away."""
    return len(part) >= (3 if part.isascii() else _SHORTEST)


def _bounded(word: str) -> str:
    before = r"(?<![A-Za-z0-9])" if word[0].isascii() and word[0].isalnum() else ""
    after = r"(?![A-Za-z0-9])" if word[-1].isascii() and word[-1].isalnum() else ""
    return before + re.escape(word) + after
