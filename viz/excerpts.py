"""Quotes of one source in, readable passages out: what overlaps is joined, the quoted words are marked.

A quote carries a few characters on either side; those of neighbouring quotes join into longer passages.
It refuses to know: sources and pages. No character is changed but white space.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from viz.facts import Quote

__all__ = ["Excerpt", "Piece", "to_characters", "to_excerpts", "to_windows"]

_BLANKS = re.compile(r"\s+")
_BEFORE_CJK = re.compile(r"(?<=[^\x00-\x7f])\s+|\s+(?=[^\x00-\x7f])")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text that is quoted, or stands around what is."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    """A passage of a document; `start` to `end` is what is quoted, from its first character to its last."""

    document: str
    start: int
    end: int
    pieces: tuple[Piece, ...]


def to_characters(quotes: Iterable[Quote]) -> dict[int, str]:
    """Return every character that quotes and what stands around them tell, by its place."""
    known: dict[int, str] = {}
    for quote in quotes:
        text = quote.prefix + quote.exact + quote.suffix
        known |= enumerate(text, start=quote.start - len(quote.prefix))
    return known


def to_windows(known: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the unbroken ranges of places, in order, half-open."""
    for _, run in groupby(enumerate(sorted(known)), key=lambda pair: pair[1] - pair[0]):
        places = [place for _, place in run]
        yield places[0], places[-1] + 1


def to_excerpts(quotes: Iterable[Quote], *, most: int) -> tuple[Excerpt, ...]:
    """Return at most so many passages, in the order of document and place."""
    found: list[Excerpt] = []
    for document, group in groupby(sorted(set(quotes)), key=lambda quote: quote.document):
        own = list(group)
        known = to_characters(own)
        marked = {place for quote in own for place in range(quote.start, quote.end)}
        for low, high in to_windows(known):
            inside = [place for place in range(low, high) if place in marked]
            if inside:
                pieces = tuple(_iter_pieces(known, marked, low, high))
                found.append(Excerpt(document, inside[0], inside[-1] + 1, pieces))
    return tuple(found[:most])


def _iter_pieces(known: dict[int, str], marked: set[int], low: int, high: int) -> Iterator[Piece]:
    for kind, run in groupby(range(low, high), key=lambda place: place in marked):
        yield Piece(tidy("".join(known[place] for place in run)), kind)


def tidy(text: str) -> str:
    """Turn runs of white space into one blank, into none beside Chinese."""
    return _BLANKS.sub(" ", _BEFORE_CJK.sub("", text))
