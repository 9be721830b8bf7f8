"""A source text as a page shows it: pieces, each marked or not, lines joined that a page's width broke.

In: a raw text, a range, marked ranges. Out: `Piece`s in the order of the text; what is left out
between them is a cut. No character is changed but line breaks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

__all__ = ["CUT", "Mark", "Piece", "cut_out", "to_pieces"]

CUT = "cut"
_AROUND = 110
"""Characters shown on either side of a mark."""
_SHORT = 700
"""Characters: a passage no longer than this is shown whole."""
_BREAK = re.compile(r"[^\S\n]*\n\s*")
_SENTENCE_END = "。；;！!？?：:"
_FULL = 0.75
"""A line shorter than this part of the longest was not broken by a page's width."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A range of the raw text and why it is marked; of two on the same characters the later kind wins."""

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
    return tuple(_iter_pieces(raw, start, end, _join_lines(raw, start, end), list(marks)))


def cut_out(raw: str, start: int, end: int, marks: Sequence[Mark]) -> tuple[Piece, ...]:
    """Divide what stands around the marks, and around the beginning, into pieces; a short range whole."""
    if end - start <= _SHORT:
        return to_pieces(raw, start, end, marks)
    shown = _join_lines(raw, start, end)
    windows = _merge([(start, start + _AROUND), *((mark.start - _AROUND, mark.end + _AROUND) for mark in marks)])
    pieces: list[Piece] = []
    at = start
    for low, high in windows:
        low, high = max(low, start), min(high, end)
        if low > at:
            pieces.append(Piece("", CUT))
        pieces += _iter_pieces(raw, low, high, shown, marks)
        at = high
    return (*pieces, Piece("", CUT)) if at < end else tuple(pieces)


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
    cuts = sorted(edges)
    for low, high in zip(cuts, cuts[1:], strict=False):
        kinds = [mark.kind for mark in inside if mark.start <= low and high <= mark.end]
        text = "".join(shown.get(place, raw[place]) for place in range(low, high))
        if text:
            yield Piece(text, kinds[-1] if kinds else "")


def _join_lines(raw: str, start: int, end: int) -> dict[int, str]:
    """Return what to show for each character of a line break: nothing, a blank or a break, where the line ended."""
    longest = max((len(line) for line in raw[start:end].split("\n")), default=0)
    shown: dict[int, str] = {}
    for match in _BREAK.finditer(raw, start, end):
        line = match.start() - (raw.rfind("\n", start, match.start()) + 1 or start)
        before, behind = raw[match.start() - 1 : match.start()], raw[match.end() : match.end() + 1]
        if before in tuple(_SENTENCE_END) or line < _FULL * longest:
            joint = "\n"
        else:
            joint = " " if (before + behind).isascii() else ""
        shown |= dict.fromkeys(range(*match.span()), "")
        shown[match.start()] = joint
    return shown
