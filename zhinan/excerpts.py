"""A source text as a page shows it: pieces, each marked or not, lines joined that a page's width broke.

In: a raw text, a range, marked ranges. Out: `Piece`s in the order of the text; what is left out
between them is a cut. No character is changed but line breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["CUT", "Mark", "Piece", "cut_out", "join_lines", "to_pieces"]

CUT = "cut"
_AROUND = 110
"""Characters shown on either side of a mark."""
_SHORT = 700
"""Characters: a passage no longer than this is shown whole."""
_BREAK = re.compile(r"[^\S\n]*\n\s*")
_SENTENCE_END = "。；;！!？?：:"
_OPENING = re.compile(
    r"[-—#*•·]|[（(]?\d{1,2}[.)）、．]|[（(]?[一二三四五六七八九十]{1,3}[)）、]|[\u4e00-\u9fff]{2,10}\s?[:：]"
)
"""How a line opens that begins an item or a slot."""
_EDGES = "。；;\n"
_STRETCH = 40
"""Characters by which a window may grow to begin and end with a sentence."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A range of the raw text and why it is marked; of several on the same characters the last given wins."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one kind: "" is plain, `CUT` stands for what is left out and has no text."""

    text: str
    kind: str


def to_pieces(raw: str, start: int, end: int, marks: Iterable[Mark]) -> tuple[Piece, ...]:
    """Divide `raw[start:end]` into pieces of one kind each."""
    return tuple(_iter_pieces(raw, start, end, join_lines(raw, start, end), list(marks)))


def cut_out(raw: str, start: int, end: int, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """Divide what stands around the marks, and around the beginning, into pieces; a short range whole."""
    if end - start <= _SHORT:
        return to_pieces(raw, start, end, marks)
    shown = join_lines(raw, start, end)
    wanted = [(start, start), *((mark.start, mark.end) for mark in marks)]
    windows = _merge([_stretch(raw, max(low - _AROUND, start), min(high + _AROUND, end)) for low, high in wanted])
    pieces: list[Piece] = []
    at = start
    for low, high in windows:
        low, high = max(low, start), min(high, end)
        if low > at:
            pieces.append(Piece("", CUT))
        pieces += _iter_pieces(raw, low, high, shown, marks)
        at = high
    return (*pieces, Piece("", CUT)) if at < end else tuple(pieces)


def _stretch(raw: str, low: int, high: int) -> tuple[int, int]:
    """Let a window begin behind a sentence's end and end with one, where they are near."""
    before = max(raw.rfind(mark, max(0, low - _STRETCH), low) for mark in _EDGES)
    behind = [at for mark in _EDGES if (at := raw.find(mark, high, high + _STRETCH)) >= 0]
    return (before + 1 if before >= 0 else low), (min(behind) + 1 if behind else high)


def _merge(windows: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for low, high in sorted(windows):
        if merged and low <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(high, merged[-1][1])
        else:
            merged.append((low, high))
    return merged


def _iter_pieces(raw: str, start: int, end: int, shown: dict[int, str], marks: Sequence[Mark]) -> Iterator[Piece]:
    inside = [mark for mark in marks if mark.start < end and start < mark.end]
    edges = {start, end, *(max(mark.start, start) for mark in inside), *(min(mark.end, end) for mark in inside)}
    text, kind = "", ""
    for low, high in pairwise(sorted(edges)):
        kinds = [mark.kind for mark in inside if mark.start <= low and high <= mark.end]
        if text and (kinds[-1] if kinds else "") != kind:
            yield Piece(text, kind)
            text = ""
        kind = kinds[-1] if kinds else ""
        text += "".join(shown.get(place, raw[place]) for place in range(low, high))
    if text:
        yield Piece(text, kind)


def join_lines(raw: str, start: int, end: int) -> dict[int, str]:
    """Return what to show for each character of a line break: nothing, a blank, or a break where a paragraph ended."""
    shown: dict[int, str] = {}
    for match in _BREAK.finditer(raw, start, end):
        before, behind = raw[match.start() - 1 : match.start()], raw[match.end() : match.end() + 1]
        if before in tuple(_SENTENCE_END) or _OPENING.match(raw, match.end()):
            joint = "\n"
        else:
            joint = " " if (before + behind).isascii() else ""
        shown |= dict.fromkeys(range(*match.span()), "")
        shown[match.start()] = joint
    return shown
