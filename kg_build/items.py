"""Lists inside a text: their marks and their items.

In: a range of a cleaned text. Out: the items of its outermost list, in order. Marks count by their
sequence (1, 2, 3 …) and by where they may stand, so that figures in a sentence are no items. This
module does not know what the items are about.
"""

from __future__ import annotations

import functools
from bisect import bisect_left
from dataclasses import dataclass

from kg_build.frozen import frozen
from kg_build.rules import Rulebook
from kg_build.spans import Span
from kg_build.text import Text

__all__ = ["Item", "find_items", "find_items_of", "find_marks", "to_item_number"]

_CIRCLES = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CHINESE = "一二三四五六七八九"
_BEFORE = "。；;：:！!，,）)"
"""Marks of punctuation after which an item may begin in the middle of a line."""


@frozen()
class Item:
    """An item of a list: its mark, its kind of mark, and the range of what it says, ends trimmed."""

    marker: Span
    kind: str
    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Marks:
    """All marks of a text, in order, and the lists that were found among them."""

    starts: list[int]
    marks: list[tuple[Span, int, bool]]
    """Each mark with its number, and whether it may stand where it stands, whatever range it is asked for in."""
    lists: dict[tuple[int, int, int], tuple[Item, ...]]


@functools.lru_cache(maxsize=2)
def _find_marks(text: Text, rulebook: Rulebook) -> _Marks:
    """Find the marks of a text once: many ask for those of many ranges, and of the same range again."""
    line, lines, rules = text.text, frozenset(text.lines), rulebook.rules("Marker")
    found = [
        (match.start(), -match.end(), place, match)
        for place, rule in enumerate(rules)
        for match in rule.matches(line, 0, len(line))
    ]
    found.sort()
    marks: list[tuple[Span, int, bool]] = []
    edge = 0
    for start, end, place, match in found:
        if start >= edge:
            span, edge = rules[place].span(match), -end
            marks.append((span, _number(line, span), start in lines or line[start - 1] in _BEFORE))
    return _Marks([span.start for span, _, _ in marks], marks, {})


def find_marks(text: Text, start: int, end: int, rulebook: Rulebook) -> list[Span]:
    """Return the marks in `[start, end)`, of whatever list they are and whether they count or not."""
    found = _find_marks(text, rulebook)
    first = bisect_left(found.starts, start)
    last = bisect_left(found.starts, end, first)
    return [span for span, _, _ in found.marks[first:last] if span.end <= end] if last > first else []


def find_items(text: Text, start: int, end: int, rulebook: Rulebook, *, first: int = 1) -> tuple[Item, ...]:
    """Return the items of the outermost list in `[start, end)`; empty where there is no list.

    The outermost list is the one whose first mark comes first. A list that begins again at 1 goes
    on with the same kind of mark; its items follow in the order of the text. `first` is a number
    other than 1 that the list may begin with: where numbers run on across groups.
    """
    found = _find_marks(text, rulebook)
    at = bisect_left(found.starts, start)
    if at == len(found.starts) or found.starts[at] >= end:
        return ()
    items = found.lists.get((start, end, first))
    if items is None:
        marks = found.marks[at : bisect_left(found.starts, end, at)]
        items = found.lists[start, end, first] = _outermost(text, marks, start, end, first)
    return items


def _outermost(text: Text, found: list[tuple[Span, int, bool]], start: int, end: int, first: int) -> tuple[Item, ...]:
    by_kind: dict[str, list[tuple[Span, int]]] = {}
    for span, number, free in found:
        if span.end <= end and (free or span.start == start):
            by_kind.setdefault(span.concept or "", []).append((span, number))
    best: tuple[str, list[tuple[Span, int]]] | None = None
    for kind, candidates in by_kind.items():
        marks = _in_sequence(kind, candidates, first)
        if not marks or (len(marks) == 1 and not text.starts_line(marks[0][0].start)):
            continue
        if best is None or marks[0][0].start < best[1][0][0].start:
            best = kind, marks
    return () if best is None else _items(text, *best, end)


def find_items_of(text: Text, start: int, end: int, rulebook: Rulebook, *, kind: str) -> tuple[Item, ...]:
    """Return the items of one kind of mark in `[start, end)`, whatever lists they lie in."""
    found = _find_marks(text, rulebook)
    first, last = bisect_left(found.starts, start), bisect_left(found.starts, end)
    marks = [
        (span, number)
        for span, number, free in found.marks[first:last]
        if span.concept == kind and span.end <= end and (free or span.start == start)
    ]
    return _items(text, kind, _in_sequence(kind, marks, 1), end)


def _items(text: Text, kind: str, marks: list[tuple[Span, int]], end: int) -> tuple[Item, ...]:
    edges = [span.start for span, _ in marks[1:]] + [end]
    found = []
    for (span, number), edge in zip(marks, edges, strict=True):
        stop = edge
        while stop > span.end and text.text[stop - 1] in " ；;。":
            stop -= 1
        if stop > span.end:
            found.append(Item(span, kind, number, span.end, stop))
    return tuple(found)


def _in_sequence(kind: str, marks: list[tuple[Span, int]], first: int) -> list[tuple[Span, int]]:
    """Keep 1, 2, 3 … and what begins again at 1; dashes have no numbers and all stay."""
    if kind == "dash":
        return marks
    kept: list[tuple[Span, int]] = []
    for span, number in marks:
        if number == 1 or (not kept and number == first) or (kept and number == kept[-1][1] + 1):
            kept.append((span, number))
    return kept


def _number(text: str, span: Span) -> int:
    part = span.group("n")
    return to_item_number(text[slice(*part)]) if part else 0


def to_item_number(printed: str) -> int:
    """Return the number of a mark: 3, ③, 三, 十二; 0 where it is none.

    >>> [to_item_number(mark) for mark in ("3", "③", "三", "十二", "二十")]
    [3, 3, 3, 12, 20]
    """
    if printed in _CIRCLES:
        return _CIRCLES.index(printed) + 1
    if printed.isdigit():
        return int(printed)
    tens, mark, ones = printed.partition("十")
    if not mark:
        return _CHINESE.index(printed) + 1 if len(printed) == 1 else 0
    return (_CHINESE.index(tens) + 1 if tens else 1) * 10 + (_CHINESE.index(ones) + 1 if ones else 0)
