"""Lists inside a text: their marks and their items.

In: a range of a cleaned text. Out: the items of its outermost list, in order. Marks count by their
sequence (1, 2, 3 …) and by where they may stand, so that figures in a sentence are no items. This
module does not know what the items are about.
"""

from __future__ import annotations

from kg_build.frozen import frozen
from kg_build.rules import Rulebook
from kg_build.spans import Span
from kg_build.text import Text

__all__ = ["Item", "find_items", "find_items_of", "to_item_number"]

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


def find_items(text: Text, start: int, end: int, rulebook: Rulebook, *, first: int = 1) -> tuple[Item, ...]:
    """Return the items of the outermost list in `[start, end)`; empty where there is no list.

    The outermost list is the one whose first mark comes first. A list that begins again at 1 goes
    on with the same kind of mark; its items follow in the order of the text. `first` is a number
    other than 1 that the list may begin with: where numbers run on across groups.
    """
    by_kind: dict[str, list[tuple[Span, int]]] = {}
    for span in rulebook.inside("Marker", text.text, start, end):
        if _may_stand(text, span.start, start):
            by_kind.setdefault(span.concept or "", []).append((span, _number(text.text, span)))
    lists = [(kind, _in_sequence(kind, marks, first)) for kind, marks in by_kind.items()]
    lists = [
        (kind, marks) for kind, marks in lists if len(marks) > 1 or (marks and text.starts_line(marks[0][0].start))
    ]
    if not lists:
        return ()
    kind, marks = min(lists, key=lambda entry: entry[1][0][0].start)
    return _items(text, kind, marks, end)


def find_items_of(text: Text, start: int, end: int, rulebook: Rulebook, *, kind: str) -> tuple[Item, ...]:
    """Return the items of one kind of mark in `[start, end)`, whatever lists they lie in."""
    spans = rulebook.inside("Marker", text.text, start, end)
    marks = [(span, _number(text.text, span)) for span in spans if span.concept == kind]
    marks = [mark for mark in marks if _may_stand(text, mark[0].start, start)]
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


def _may_stand(text: Text, offset: int, start: int) -> bool:
    return offset == start or text.starts_line(offset) or text.text[offset - 1] in _BEFORE


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
