"""A guide's text without layout, each character knowing where it came from.

In: a `Document` and the cleaning cards. Out: a `Text`: one line of characters, in which wrapped
lines are joined and artefacts of page, markup and OCR are gone. Cleaning deletes or replaces, it
never moves. This module does not know what a heading or a slot is.
"""

from __future__ import annotations

import functools
import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from kg_build.documents import Document
from kg_build.pagination import find_page_marks
from kg_build.rules import Rule, Rulebook
from kg_build.spans import Span

__all__ = ["Text", "clean"]

_TIGHT = "\u2014\u2015\u2018\u2019\u201c\u201d\u2026\u3001-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\u2460-\u24ff"
_SPACES = "[\t-\r\x1c- \x85\u00a0\u1680\u2000-\u200b\u2028\u2029\u202f\u205f\u3000\ufeff]"
"""White space, all of it named: the search then looks each character up in one table."""
_LAYOUT = re.compile(
    f"({_SPACES}(?:(?<=[{_TIGHT}]{_SPACES}){_SPACES}*|{_SPACES}*(?=[{_TIGHT}])|(?<![\\s\\S]{_SPACES}){_SPACES}*|{_SPACES}*$"
    f"|(?<=\\d[ \t\n])(?:(?<=\n)|[ \t]*\n)\\s*(?=\\d)|({_SPACES}+|(?<! ))))"
)
"""White space behind or before a tight character, at an end of the text, or in a broken number; and as a group of
its own what is not one blank already. Its first character stands first and the look-behinds after it: so the search
skips whatever is no white space (4 times as fast)."""
_OFFSET = "I"
"""The type of an offset in an array."""
_WIDTH = 2 * array(_OFFSET).itemsize
"""Bytes of the place of a character: its start and its end."""
_FEW = 4
"""Needed words up to which to look for them is faster than to look for what a card finds."""
_USUAL = 1 << 16
"""Characters that few guides have more of: to count so far is done once."""

_WIDE_RUN = re.compile(
    "[\uff10-\uff5a](?<=[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a])[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]*"
)
_WIDE = {wide: wide - 0xFEE0 for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
"""Full-width digits and Latin letters, each to its half-width twin; marks keep their width."""


@dataclass(frozen=True, slots=True, eq=False)
class Text:
    """The cleaned text: one line, no white space next to a Chinese character or full-width mark.

    `origin[i]` and `ends[i]` are the half-open range of `document.raw` that character i stands
    for; both never decrease. `lines` are the offsets at which a line of the source began, in order.
    A text is equal only to itself, so that what was found in it can be kept.
    """

    document: Document
    text: str
    origin: Sequence[int]
    ends: Sequence[int]
    lines: tuple[int, ...]

    def source(self, span: Span) -> tuple[int, int]:
        """Return the half-open range of the raw source that a span of this text stands for."""
        return self.origin[span.start], self.ends[span.end - 1]

    def quote(self, span: Span) -> str:
        """Return the characters of the raw source that a span of this text stands for."""
        start, end = self.source(span)
        return self.document.raw[start:end]

    def starts_line(self, offset: int) -> bool:
        """Say whether a line of the source began at this offset."""
        at = bisect_left(self.lines, offset)
        return at < len(self.lines) and self.lines[at] == offset

    def line_starts(self, start: int, end: int) -> tuple[int, ...]:
        """Return the line starts in `[start, end)`."""
        return self.lines[bisect_left(self.lines, start) : bisect_left(self.lines, end)]

    def next_line(self, offset: int) -> int:
        """Return the first line start after the offset, or the length of the text."""
        at = bisect_right(self.lines, offset)
        return self.lines[at] if at < len(self.lines) else len(self.text)


@dataclass(slots=True)
class _Draft:
    """A text on its way: characters with their ranges in the raw source, start and end in turn.

    The places are bytes, as every card that finds something copies them, which bytes can in one go.
    """

    text: str
    places: bytes

    def change(self, changes: Iterable[tuple[int, int, str]]) -> None:
        """Put new words at ranges, given in order and without overlaps; an empty range stays as it is."""
        text, places = self.text, self.places
        words: list[str] = []
        kept: list[bytes] = []
        at = 0
        for start, end, new in changes:
            if start == end:
                continue
            words.append(text[at:start])
            kept.append(places[_WIDTH * at : _WIDTH * start])
            if new:
                words.append(new)
                kept.append(_spread(text[start:end], new, places[_WIDTH * start : _WIDTH * end]))
            at = end
        if at:
            self.text = "".join((*words, text[at:]))
            self.places = b"".join((*kept, places[_WIDTH * at :]))

    def join_lines(self) -> None:
        """Take white space away that says nothing; what parts Latin words is one blank."""
        parts = _LAYOUT.split(self.text)
        runs = parts[2::3]
        del parts[2::3]
        edges, places = list(accumulate(map(len, parts))), self.places
        kept = [b""] * len(parts)
        kept[::2] = [places[_WIDTH * a : _WIDTH * b] for a, b in zip([0, *edges[1::2]], edges[::2], strict=True)]
        for at, run in enumerate(runs):
            if run is not None:
                at = 2 * at + 1
                kept[at] = _spread(parts[at], " ", places[_WIDTH * edges[at - 1] : _WIDTH * edges[at]])
        parts[1::2] = ["" if run is None else " " for run in runs]
        self.text, self.places = "".join(parts), b"".join(kept)


def _spread(old: str, new: str, ranges: bytes) -> bytes:
    """Give new characters the place of the old: their own where they were kept, else the whole match.

    Characters that are new share the match's range, the first the start, all the end.
    """
    places, found = array(_OFFSET, ranges), array(_OFFSET)
    at = first = last = 0
    for character in new:
        place = old.find(character, at)
        if place >= 0:
            at = place + 1
            start, end = places[2 * place], places[2 * place + 1]
        else:
            start, end = places[2 * min(at, len(old) - 1)], places[-1]
        first, last = max(first, start), max(last, end)
        found.extend((first, last))
    return found.tobytes()


def clean(document: Document, rulebook: Rulebook) -> Text:
    """Take a document's layout away: the cleaning cards in order, then line breaks and blanks.

    Full-width digits and letters become half width. A break between two digits is a wrapped number and goes; between two Latin words it is one
    blank. What stood at a line's start stays known in `Text.lines`.
    """
    raw = document.raw
    narrow = _WIDE_RUN.sub(lambda match: match[0].translate(_WIDE), raw)
    draft = _Draft(narrow, _own_places(len(raw)))
    draft.change((start, end, "") for start, end in find_page_marks(raw, rulebook))
    _apply(draft, rulebook, "Layout")
    draft.join_lines()
    _apply(draft, rulebook, "Misprint")
    places = array(_OFFSET, draft.places)
    origin, ends = places[::2], places[1::2]
    return Text(document, draft.text, origin, ends, tuple(_line_starts(raw, origin)))


def _line_starts(raw: str, origin: Sequence[int]) -> Iterable[int]:
    """Return where the lines of the source begin in the cleaned text, of which none is longer than it was."""
    starts, length = {0: None}, len(origin)
    at = begun = 0
    for line in raw.split("\n")[:-1]:
        begun += len(line) + 1
        at = bisect_left(origin, begun, at, min(at + len(line) + 1, length))
        starts[at] = None
    starts.pop(length, None)
    return starts


def _own_places(length: int) -> bytes:
    """Return the places of characters that stand for themselves: 0, 1, 1, 2, 2, 3 …"""
    return _count(max(length, _USUAL))[: _WIDTH * length]


@functools.lru_cache(maxsize=1)
def _count(length: int) -> bytes:
    offsets = array(_OFFSET, range(length + 1))
    places = offsets[1:] + offsets[1:]
    places[::2], places[1::2] = offsets[:-1], offsets[1:]
    return places.tobytes()


def _apply(draft: _Draft, rulebook: Rulebook, label: str) -> None:
    for rule, signs, words in _read_needs(rulebook, label):
        text = draft.text
        for sign in signs:
            if sign in text:
                break
        else:
            continue
        if any(word in text for word in words):
            draft.change(_replacements(rule, text))


@functools.lru_cache(maxsize=2)
def _read_needs(rulebook: Rulebook, label: str) -> tuple[tuple[Rule, frozenset[str], tuple[str, ...]], ...]:
    """Return the cards of a label, each with the signs that its needed words begin with, and the words where they are few.

    The signs are few, and one is looked for faster than words.
    """
    needs = [(rule, rule.needs[0] if rule.needs else ("",)) for rule in rulebook.rules(label)]
    return tuple(
        [(rule, frozenset([w[:1] for w in words]), words if len(words) <= _FEW else ("",)) for rule, words in needs]
    )


def _replacements(rule: Rule, text: str) -> list[tuple[int, int, str]]:
    new, found = rule.replacement or "", rule.matches(text, 0, len(text))
    if "\\" not in new:
        return [(*match.span(), new) for match in found]
    parts = new.split("\\1")  # `expand` reads its template each time, which takes 3 µs
    if any("\\" in part for part in parts):
        return [(*match.span(), match.expand(new)) for match in found]
    return [(*match.span(), (match[1] or "").join(parts)) for match in found]
