"""A source text as a page: paragraphs of plain and marked pieces, each mark with the facts that its characters say.

In: the claims of a document, its text where it is at hand, and where each fact stands in the report. Out: a
`SourcePage`. Without the text, the passages that the quotes carry are shown, joined where they overlap.
It refuses to know: HTML, files.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from pyoxigraph import NamedNode

from queries.answers import to_text
from viz.atlas import AGREEMENT_KINDS, Atlas, Link
from viz.excerpts import tidy, to_characters, to_windows
from viz.facts import Claim, Document, Name

__all__ = ["Paragraph", "Run", "Segment", "SourcePage", "Text", "to_source_page"]

_LONGEST = 80
"""Characters of a value in the list of facts."""
_HEADING = ("zn:number",)


@dataclass(frozen=True, slots=True)
class Text:
    """The text of a document; `breaks` says what to show for characters of line breaks that only a page's width made.

    `changed` where the file at hand is not the one that was read: then `raw` is empty.
    """

    raw: str
    breaks: Mapping[int, str]
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """Characters that the same quotes cover; `anchors` name the quotes that begin here."""

    text: str
    start: int
    end: int
    anchors: tuple[str, ...]
    href: str


@dataclass(frozen=True, slots=True)
class Run:
    """Text without a break: plain, or quoted all through and then in segments; `href` leads to what it says first."""

    text: str
    segments: tuple[Segment, ...] = ()
    href: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text; `heading` where a section or a direction begins, `cut` where text before it is left out."""

    runs: tuple[Run, ...]
    heading: bool = False
    cut: bool = False


@dataclass(frozen=True, slots=True)
class SourcePage:
    """A document with its evidence. `state` is whole, passages (no text at hand) or changed."""

    path: str
    document: Document
    state: str
    call: Link | None
    paragraphs: tuple[Paragraph, ...]
    contents: tuple[tuple[str, Link], ...]
    """Number and title of each direction, with the place where it begins."""
    facts: tuple[tuple[object, ...], ...]
    """Start, end, subject, property, value, way to the fact, way to the value's own page: by number below."""
    names: tuple[Name, ...]

    @property
    def evidence(self) -> dict[str, object]:
        """Return facts and names as plain data for the page's script."""
        return {"names": [[name.zh, name.en] for name in self.names], "facts": [list(row) for row in self.facts]}


def anchor(start: int, end: int) -> str:
    """Return the anchor of a quote on the page of its source."""
    return f"c{start}-{end}"


def to_source_page(atlas: Atlas, document: Document, text: Text | None, locate: Callable[[Claim], str]) -> SourcePage:
    """Set out a document; `locate` says where in the report a claim's fact stands."""
    claims = sorted(
        atlas.facts.iter_claims(document.id),
        key=lambda claim: (claim.quote.start, claim.quote.end, claim.subject, claim.property, to_text(claim.object)),
    )
    whole = text is not None and bool(text.raw)
    if text is not None and text.raw:
        characters = dict(enumerate(text.raw)) | dict(text.breaks)
        windows: list[tuple[int, int]] = [(0, len(text.raw))]
    else:
        characters = to_characters(claim.quote for claim in claims)
        windows = list(to_windows(characters))
    calls = [call for call in atlas.things("call") if document.id == call.rpartition("/")[2]]
    facts, names = _list_facts(atlas, claims, locate)
    return SourcePage(
        atlas.sources[document.id],
        document,
        "whole" if whole else "changed" if text is not None and text.changed else "passages",
        atlas.link(calls[0]) if calls else None,
        tuple(_iter_paragraphs(characters, windows, claims, locate)),
        tuple(_iter_contents(atlas, claims)),
        facts,
        names,
    )


def _iter_contents(atlas: Atlas, claims: Sequence[Claim]) -> Iterator[tuple[str, Link]]:
    for claim in claims:
        if claim.property == "zn:number" and claim.subject in atlas.entries:
            entry, quote = atlas.entries[claim.subject], claim.quote
            yield entry.number, Link(Name(entry.title, entry.title), f"#{anchor(quote.start, quote.end)}")


def _iter_paragraphs(
    characters: Mapping[int, str],
    windows: Sequence[tuple[int, int]],
    claims: Sequence[Claim],
    locate: Callable[[Claim], str],
) -> Iterator[Paragraph]:
    marks = _Marks(claims, locate)
    headings = {claim.quote.start for claim in claims if claim.property in _HEADING}
    for turn, (low, high) in enumerate(windows):
        cut = turn > 0 or low > 0
        for start, end in _iter_lines(characters, low, high):
            pieces = list(marks.iter_pieces(characters, start, end))
            if any(piece.strip() if isinstance(piece, str) else piece.text.strip() for piece in pieces):
                begins = any(not isinstance(piece, str) and piece.start in headings for piece in pieces)
                yield Paragraph(tuple(_join(pieces)), begins, cut)
                cut = False


class _Marks:
    """The quotes of a document as ranges, from which lines are cut into pieces; each quote has its anchor once."""

    def __init__(self, claims: Sequence[Claim], locate: Callable[[Claim], str]) -> None:
        self._claims = {(claim.quote.start, claim.quote.end): claim for claim in reversed(claims)}
        self._ranges = sorted(self._claims)
        self._edges = sorted({place for pair in self._ranges for place in pair})
        self._longest = max((end - start for start, end in self._ranges), default=0)
        self._locate = locate
        self._anchored: set[tuple[int, int]] = set()

    def iter_pieces(self, characters: Mapping[int, str], start: int, end: int) -> Iterator[str | Segment]:
        inside = self._edges[bisect_right(self._edges, start) : bisect_left(self._edges, end)]
        for low, high in pairwise([start, *inside, end]):
            words = "".join(characters[place] for place in range(low, high))
            first = bisect_left(self._ranges, (low - self._longest, 0))
            near = self._ranges[first : bisect_right(self._ranges, (low + 1, 0))]
            covering = [pair for pair in near if pair[0] <= low and high <= pair[1]]
            if not covering or low == high:
                yield words
                continue
            begun = [pair for pair in covering if pair not in self._anchored]
            self._anchored |= set(begun)
            tightest = min(covering, key=lambda pair: (pair[1] - pair[0], pair))
            href = self._locate(self._claims[tightest])
            yield Segment(words, low, high, tuple(anchor(*pair) for pair in begun), href)


def _join(pieces: Sequence[str | Segment]) -> Iterator[Run]:
    """Yield the runs of a line: neighbouring segments are one."""
    for plain, group in groupby(pieces, key=lambda piece: isinstance(piece, str)):
        if plain:
            yield Run("".join(map(str, group)))
        else:
            segments = tuple(piece for piece in group if isinstance(piece, Segment))
            yield Run("", segments, segments[0].href)


def _iter_lines(characters: Mapping[int, str], low: int, high: int) -> Iterator[tuple[int, int]]:
    """Yield the ranges between line breaks, with the break itself in neither."""
    start = low
    for place in range(low, high):
        if "\n" in characters[place]:
            yield start, place
            start = place + 1
    yield start, high


def _list_facts(
    atlas: Atlas, claims: Sequence[Claim], locate: Callable[[Claim], str]
) -> tuple[tuple[tuple[object, ...], ...], tuple[Name, ...]]:
    """List what each quote says, names and ways by their number: they repeat."""
    numbers: dict[Name, int] = {}
    rows = []
    told: set[tuple[int, int, Name, Name]] = set()
    ranked = sorted(
        claims, key=lambda one: (one.quote.start, one.quote.end, "/call/" not in one.subject, one.property[:3] != "zn:")
    )
    for claim in ranked:
        start, end = claim.quote.start, claim.quote.end
        subject, value = _to_subject(atlas, claim.subject), _to_value(atlas, claim)
        if subject == value or (start, end, subject, value) in told:
            continue  # a name is told by what has it
        told.add((start, end, subject, value))
        known = [numbers.setdefault(name, len(numbers)) for name in (subject, _to_property(atlas, claim), value)]
        href = atlas.paths.get(claim.object.value, "") if isinstance(claim.object, NamedNode) else ""
        rows.append((start, end, *known, locate(claim), href))
    return tuple(rows), tuple(numbers)


def _to_property(atlas: Atlas, claim: Claim) -> Name:
    prefix, _, local = claim.property.partition(":")
    return atlas.facts.term(local) if prefix == "zn" else _PROPERTIES.get(claim.property, Name(local, local))


_PROPERTIES = {
    "dcterms:title": Name("名称", "Title"),
    "dcterms:description": Name("内容", "Description"),
    "rdfs:label": Name("名称", "Name"),
    "skos:prefLabel": Name("名称", "Name"),
    "schema:name": Name("姓名", "Name"),
    "schema:email": Name("邮箱", "E-mail"),
    "schema:telephone": Name("电话", "Phone"),
    "schema:faxNumber": Name("传真", "Fax"),
    "schema:url": Name("网址", "Web page"),
    "vcard:organization-name": Name("单位", "Organisation"),
}


def _to_subject(atlas: Atlas, iri: str) -> Name:
    """Say what a fact is about: the direction it is part of, the call, or the thing itself."""
    own = re.match(r"(.*/direction/[^/]+)", iri)
    if own and own[1] in atlas.entries:
        entry = atlas.entries[own[1]]
        return Name(f"方向 {entry.number}", f"Direction {entry.number}")
    if "/call/" in iri:
        return Name("指南", "Call")
    return _cut(atlas.facts.name(iri))


def _to_value(atlas: Atlas, claim: Claim) -> Name:
    if not isinstance(claim.object, NamedNode):
        text = to_text(claim.object)
        return AGREEMENT_KINDS.get(text, _cut(Name(text, text)))
    iri = claim.object.value
    if iri in atlas.entries:
        return Name(
            f"{atlas.entries[iri].number} {atlas.entries[iri].title}",
            f"{atlas.entries[iri].number} {atlas.entries[iri].title}",
        )
    type_ = next(iter(atlas.facts.links(iri, "zn:requirementType")), iri)
    return _cut(atlas.facts.name(type_))


def _cut(name: Name) -> Name:
    def short(text: str) -> str:
        text = tidy(text)
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"

    return Name(short(name.zh), short(name.en))
