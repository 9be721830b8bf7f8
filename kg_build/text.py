"""A guide's text without layout, each character knowing where it came from.

In: a `Document` and the cleaning cards. Out: a `Text`: one line of characters, in which wrapped
lines are joined and artefacts of page, markup and OCR are gone. Cleaning deletes or replaces, it
never moves. This module does not know what a heading or a slot is.
"""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg_build.documents import Document
from kg_build.rules import Rulebook
from kg_build.spans import Span

__all__ = ["Text", "clean"]

_TIGHT = "\u2014\u2015\u2018\u2019\u201c\u201d\u2026\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef\u2460-\u24ff"
_SPACES = "[\\s\u00a0\u200b\ufeff\u3000]"
_LAYOUT = re.compile(
    f"{_SPACES}(?:(?<=[{_TIGHT}]{_SPACES}){_SPACES}*|{_SPACES}*(?=[{_TIGHT}])|(?<![\\s\\S]{_SPACES}){_SPACES}*|{_SPACES}*$)"
)
"""White space behind or before a tight character, or at an end of the text. Its first character stands
first and the look-behind after it: so the search skips whatever is no white space (4 times as fast)."""
_BROKEN_NUMBER = re.compile(r"[ \t\n](?<=\d[ \t\n])(?:(?<=\n)|[ \t]*\n)\s*(?=\d)")
_ALONE = re.compile(r"(?:\A|\n[ \t]*\n|\f)[ \t]*(\d{1,3})[ \t]*(?=\n[ \t]*\n|\f|\n?\Z)")
_RUN = re.compile(f"{_SPACES}(?:{_SPACES}+|(?<! ))")
"""A run of white space that is not one blank already."""
_OFFSET = "I"
"""The type of an offset in an array."""

_WIDE_RUN = re.compile("[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a]+")
_WIDE = {wide: wide - 0xFEE0 for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
"""Full-width digits and Latin letters, each to its half-width twin; marks keep their width."""


@dataclass(frozen=True, slots=True)
class Text:
    """The cleaned text: one line, no white space next to a Chinese character or full-width mark.

    `origin[i]` and `ends[i]` are the half-open range of `document.raw` that character i stands
    for; both never decrease. `lines` are the offsets at which a line of the source began, in order.
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
    """A text on its way: characters with their ranges in the raw source.

    Arrays, as every card that finds something copies them: that took twice as long with lists.
    """

    text: str
    origin: array[int]
    ends: array[int]

    def delete(self, ranges: Iterable[tuple[int, int]]) -> None:
        """Take ranges out, given in order and without overlaps."""
        self._change((start, end, "") for start, end in ranges)

    def replace(self, pattern: re.Pattern[str], replacement: str) -> None:
        """Replace each match; the new characters share the match's range, the first the start, all the end."""
        self._change(
            (*match.span(), match.expand(replacement) if "\\" in replacement else replacement)
            for match in pattern.finditer(self.text)
        )

    def _change(self, changes: Iterable[tuple[int, int, str]]) -> None:
        """Put new words at ranges, given in order and without overlaps; an empty range stays as it is."""
        parts: list[str] = []
        origin, ends = array(_OFFSET), array(_OFFSET)
        at = 0
        for start, end, new in changes:
            if start == end:
                continue
            parts.append(self.text[at:start])
            origin += self.origin[at:start]
            ends += self.ends[at:start]
            if new:
                parts.append(new)
                origin.extend(_spread(self.text[start:end], new, self.origin[start:end]))
                ends.extend(_spread(self.text[start:end], new, self.ends[start:end], last=True))
            at = end
        if at:
            self.text = "".join(parts) + self.text[at:]
            self.origin = origin + self.origin[at:]
            self.ends = ends + self.ends[at:]


def _page_numbers(raw: str) -> list[tuple[int, int]]:
    """Return the ranges of numbers that stand alone between blank lines and count on: …, 3, …, 4, …

    A wrapped line may hold a figure and nothing else; only a number that follows or precedes its
    neighbour by one is a page's.
    """
    alone = [(match.span(1), int(match[1])) for match in _ALONE.finditer(raw)]
    numbers = [None, *(number for _, number in alone), None]
    return [
        span
        for at, (span, number) in enumerate(alone, 1)
        if numbers[at - 1] == number - 1 or numbers[at + 1] == number + 1
    ]


def _spread(old: str, new: str, ranges: Sequence[int], *, last: bool = False) -> list[int]:
    """Give new characters the place of the old: their own where they were kept, else the whole match."""
    found: list[int] = []
    at = 0
    for character in new:
        place = old.find(character, at)
        if place >= 0:
            found.append(ranges[place])
            at = place + 1
        else:
            found.append(ranges[-1] if last else ranges[min(at, len(ranges) - 1)])
    for i in range(1, len(found)):
        found[i] = max(found[i], found[i - 1])
    return found


def clean(document: Document, rulebook: Rulebook) -> Text:
    """Take a document's layout away: the cleaning cards in order, then line breaks and blanks.

    Full-width digits and letters become half width. A break between two digits is a wrapped number and goes; between two Latin words it is one
    blank. What stood at a line's start stays known in `Text.lines`.
    """
    raw = document.raw
    places = array(_OFFSET, range(len(raw) + 1))
    narrow = _WIDE_RUN.sub(lambda match: match[0].translate(_WIDE), raw)
    draft = _Draft(narrow, places[:-1], places[1:])
    draft.delete(_page_numbers(raw))
    _apply(draft, rulebook, "Layout")
    for pattern, replacement in ((_BROKEN_NUMBER, ""), (_LAYOUT, ""), (_RUN, " ")):
        draft.replace(pattern, replacement)
    _apply(draft, rulebook, "Misprint")
    starts = {0, *(bisect_right(draft.origin, match.start()) for match in re.finditer("\n", raw))}
    lines = sorted(start for start in starts if start < len(draft.text))
    return Text(document, draft.text, draft.origin, draft.ends, tuple(lines))


def _apply(draft: _Draft, rulebook: Rulebook, label: str) -> None:
    for rule in rulebook.rules(label):
        if rule.may_match(draft.text, 0, len(draft.text)):
            draft.replace(rule.pattern, rule.replacement or "")
