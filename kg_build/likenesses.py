"""Names that may be of one thing: proposed, never merged.

In: the mentions of all documents. Out: pairs of names, with what makes them alike. Two names are alike
where only words differ that say nothing (中国 before a ministry, 国际 in a programme), or one character
of a long name. Numbers and countries must be the same, and what the schemes keep apart stays apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import NamedTuple

from kg_build.identities import Identities, name_thing
from kg_build.mentions import Mention
from ontology.vocabulary import Concept, Vocabulary

__all__ = ["Likeness", "find_likenesses"]

_FILLERS = re.compile(
    r"中华人民共和国|中国人民共和国|中国|国家|国立|国际|联邦|共和国|王国|政府间|政府|谅解|关于|重点专项|[的与和及在]"
)
_MARKS = re.compile(r"[\W_]+")
_NUMBERS = re.compile(r"[0-9一二三四五六七八九十首]+")
_SHORTEST = {"keywords": 6}
"""Characters of a name in which one may be a misprint; in shorter words one character is another thing."""
_SHORTEST_OTHER = 8
_MARK = "\ue000"
"""Stands in a name where a country stood."""


class Likeness(NamedTuple):
    """Two names of a kind; `name` is the one to keep, `other` may be another name of the same thing."""

    kind: str
    name: str
    other: str
    why: str


class _Shape(NamedTuple):
    """A name without what says nothing: the rest may differ in one character, the others must be equal."""

    countries: tuple[str, ...]
    numbers: tuple[str, ...]
    rest: str


def find_likenesses(
    mentions: Mapping[str, Iterable[Mention]], identities: Identities, vocabulary: Vocabulary
) -> tuple[Likeness, ...]:
    """Return the pairs of names that may be of one thing, sorted; `mentions` are by document."""
    documents: dict[tuple[str, str], set[str]] = defaultdict(set)
    for document, found in mentions.items():
        for mention in found:
            documents[mention.kind, mention.name].add(document)
    pairs: dict[tuple[str, frozenset[str]], str] = {}
    countries = _index_countries(vocabulary.concepts("partners"))
    for kind in ("programmes", "agencies", "agreements", "keywords"):
        names = {name for of, name in documents if of == kind} | _listed(kind, vocabulary)
        used = {name for of, name in documents if of == kind}
        for one, other, why in _alike(kind, sorted(names), countries):
            if {one, other} & used and not {one, other} <= _listed(kind, vocabulary):
                pairs.setdefault((kind, frozenset((one, other))), why)
    for one, other, why in _alike_contacts(mentions):
        pairs.setdefault(("contacts", frozenset((one, other))), why)
    ranked = (Likeness(kind, *_rank(kind, names, documents, identities), why) for (kind, names), why in pairs.items())
    return tuple(sorted(ranked))


def _rank(
    kind: str, names: Iterable[str], documents: Mapping[tuple[str, str], set[str]], identities: Identities
) -> tuple[str, str]:
    """Return the name to keep, then the other: a listed one, else that of more documents, else the longer."""

    def worth(name: str) -> tuple[bool, int, int, str]:
        listed = name_thing(kind, name) in identities.names
        return not listed, -len(documents.get((kind, name), ())), -len(name), name

    name, other = sorted(names, key=worth)
    return name, other


def _listed(kind: str, vocabulary: Vocabulary) -> set[str]:
    return {concept.zh for concept in vocabulary.concepts(kind)} if kind in ("agencies", "agreements") else set()


def _alike(
    kind: str, names: Sequence[str], countries: Mapping[str, Sequence[tuple[str, str]]]
) -> Iterator[tuple[str, str, str]]:
    shapes = {name: _to_shape(name, countries if kind in ("agencies", "agreements") else {}) for name in names}
    same: dict[_Shape, list[str]] = defaultdict(list)
    for name, shape in shapes.items():
        same[shape].append(name)
    for group in same.values():
        yield from ((one, other, "the same without words that say nothing") for one, other in combinations(group, 2))
    for shape, other in _neighbours(shape for shape in same if len(shape.rest) >= _SHORTEST.get(kind, _SHORTEST_OTHER)):
        yield same[shape][0], same[other][0], "one character differs"


def _neighbours(shapes: Iterable[_Shape]) -> Iterator[tuple[_Shape, _Shape]]:
    """Yield shapes whose rests differ in one character: they meet where each leaves out one of its own."""
    meetings: dict[_Shape, list[_Shape]] = defaultdict(list)
    for shape in shapes:
        meetings[shape].append(shape)
        for at in range(len(shape.rest)):
            meetings[shape._replace(rest=shape.rest[:at] + shape.rest[at + 1 :])].append(shape)
    for met in meetings.values():
        for one, other in combinations(sorted(set(met)), 2):
            if _differ_in_one(one.rest, other.rest):
                yield one, other


def _differ_in_one(one: str, other: str) -> bool:
    from rapidfuzz.distance import OSA

    return OSA.distance(one, other, score_cutoff=1) == 1


def _to_shape(name: str, countries: Mapping[str, Sequence[tuple[str, str]]]) -> _Shape:
    codes, rest = [], ""
    at = 0
    while at < len(name):
        label, code = next((pair for pair in countries.get(name[at], ()) if name.startswith(pair[0], at)), ("", ""))
        codes += [code] if code not in ("", "CN") else []
        rest += _MARK if label else name[at]
        at += len(label) or 1
    rest = _FILLERS.sub("", rest.replace(_MARK, "").replace("科学技术", "科技").casefold())
    return _Shape(tuple(codes), tuple(_NUMBERS.findall(rest)), _MARKS.sub("", rest))


def _index_countries(concepts: Iterable[Concept]) -> dict[str, list[tuple[str, str]]]:
    """Return the names of partners with their codes by first character, longest first; 中日 is a name of Japan."""
    owners: dict[str, set[str]] = defaultdict(set)
    for concept in concepts:
        for label in concept.labels:
            if label.language == "zh":
                owners[label.text].add(concept.notation)
        for short in concept.short_forms:
            owners["中" + short].add(concept.notation)
    index: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for text in sorted(owners, key=lambda text: (-len(text), text)):
        if len(owners[text]) == 1:
            index[text[0]].append((text, next(iter(owners[text]))))
    return index


def _alike_contacts(mentions: Mapping[str, Iterable[Mention]]) -> Iterator[tuple[str, str, str]]:
    """Yield contacts with one person's name or nearly one address; with one phone only where no document has both.

    Colleagues share the phone of their office, and stand side by side in one guide.
    """
    found = [(document, mention) for document in sorted(mentions) for mention in mentions[document]]
    contacts = [(document, mention) for document, mention in found if mention.kind == "contacts"]
    by: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    for document, mention in contacts:
        if mention.person:
            by["the same person's name", _fold(mention.person)].append((document, mention.name))
        local, at, domain = mention.name.partition("@")
        if at:
            by["nearly the same address", f"{local}@{domain.rpartition('.')[0]}"].append((document, mention.name))
        for phone in mention.phones:
            by["the same phone", phone].append((document, mention.name))
    homes: dict[str, set[str]] = defaultdict(set)
    for document, mention in contacts:
        homes[mention.name].add(document)
    for (why, _), places in sorted(by.items()):
        for one, other in combinations(sorted({name for _, name in places}), 2):
            if why != "the same phone" or not homes[one] & homes[other]:
                yield one, other, why


def _fold(person: str) -> str:
    """Return a name without case and marks, its words sorted: KIM Yun-sook is Yun Sook Kim."""
    return "".join(sorted(_MARKS.sub(" ", person.casefold()).split()))
