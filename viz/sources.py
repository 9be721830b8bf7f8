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
from itertools import pairwise

from pyoxigraph import NamedNode

from queries.answers import to_text
from viz.atlas import Atlas, Link
from viz.excerpts import tidy, to_characters, to_windows
from viz.facts import Claim, Document, Name

__all__ = ["Paragraph", "Segment", "SourcePage", "Text", "to_source_page"]

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
    """Text of one kind; marked where `end` is above `start`. `anchors` name the quotes that begin here."""

    text: str
    start: int = 0
    end: int = 0
    anchors: tuple[str, ...] = ()
    href: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text; `heading` where a section or a direction begins, `cut` where text before it is left out."""

    segments: tuple[Segment, ...]
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
    ranges = sorted({(claim.quote.start, claim.quote.end) for claim in claims})
    first = {}
    for claim in sorted(claims, key=lambda claim: claim.quote.end - claim.quote.start, reverse=True):
        first[claim.quote.start, claim.quote.end] = claim
    edges = sorted({place for pair in ranges for place in pair})
    headings = {claim.quote.start for claim in claims if claim.property in _HEADING}
    shown: set[tuple[int, int]] = set()
    for turn, (low, high) in enumerate(windows):
        cut = turn > 0 or low > 0
        for start, end in _iter_lines(characters, low, high):
            inside = edges[bisect_right(edges, start) : bisect_left(edges, end)]
            segments = []
            for one, other in pairwise([start, *inside, end]):
                covering = [pair for pair in _near(ranges, one) if pair[0] <= one and other <= pair[1]]
                words = "".join(characters[place] for place in range(one, other))
                if not covering:
                    segments.append(Segment(words))
                    continue
                begun = [pair for pair in covering if pair not in shown]
                shown |= set(begun)
                tightest = min(covering, key=lambda pair: (pair[1] - pair[0], pair))
                segments.append(
                    Segment(words, one, other, tuple(anchor(*pair) for pair in begun), locate(first[tightest]))
                )
            if any(segment.text.strip() for segment in segments):
                yield Paragraph(tuple(segments), any(place in headings for place in (start, *inside)), cut)
                cut = False


def _near(ranges: Sequence[tuple[int, int]], place: int) -> Sequence[tuple[int, int]]:
    """Return the ranges that begin at or before a place; a quote is no longer than a few thousand characters."""
    return ranges[bisect_left(ranges, (place - 4000, 0)) : bisect_right(ranges, (place + 1, 0))]


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
    for claim in claims:
        subject, value = _to_subject(atlas, claim.subject), _to_value(atlas, claim)
        known = [numbers.setdefault(name, len(numbers)) for name in (subject, _to_property(atlas, claim), value)]
        href = atlas.paths.get(claim.object.value, "") if isinstance(claim.object, NamedNode) else ""
        rows.append((claim.quote.start, claim.quote.end, *known, locate(claim), href))
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
        return Name(f"方向 {entry.number}", f"direction {entry.number}")
    if "/call/" in iri:
        return Name("指南", "Call")
    return _cut(atlas.facts.name(iri))


def _to_value(atlas: Atlas, claim: Claim) -> Name:
    if not isinstance(claim.object, NamedNode):
        text = to_text(claim.object)
        return _cut(Name(text, text))
    iri = claim.object.value
    if iri in atlas.entries:
        return Name(f"{atlas.entries[iri].number} {atlas.entries[iri].title}", f"{atlas.entries[iri].number} {atlas.entries[iri].title}")
    type_ = next(iter(atlas.facts.links(iri, "zn:requirementType")), iri)
    return _cut(atlas.facts.name(type_))


def _cut(name: Name) -> Name:
    def short(text: str) -> str:
        text = tidy(text)
        return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"

    return Name(short(name.zh), short(name.en))
