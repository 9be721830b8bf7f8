"""Lists in running text: where their items begin and end.

In: a range of a text. Out: the ranges of its parts. Brackets and quotes stay whole. This module
does not know what is listed.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from itertools import pairwise

__all__ = ["Part", "is_outside", "outside_brackets", "split_at", "split_list"]

Part = tuple[int, int]
"""A half-open range of the text."""

_OPEN = "（(《“「["
_CLOSE = "）)》”」]"
_EDGES = " 、，,；;。.:：—"
_LAST = ("以及", "和", "或", "及")
_HEADS = (
    "技术",
    "研究",
    "方法",
    "系统",
    "应用",
    "能力",
    "管理",
    "装备",
    "材料",
    "产业",
    "服务",
    "建设",
    "平台",
    "标准",
)
"""Words that serve both sides of 和 where they stand behind the second alone."""

_SHARED = 2
"""Characters: where the part behind 和 is longer than the one before it by more, its head serves both
(计量和标准能力建设 is one; 信息通信和生命科学 are two)."""


def outside_brackets(text: str, start: int, end: int, marks: str) -> Iterator[int]:
    """Yield where one of the marks stands in `[start, end)`, in no bracket or quotation."""
    depth = 0
    for match in _marks(marks).finditer(text, start, end):
        character = match[0]
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            depth = max(0, depth - 1)
        elif depth == 0:
            yield match.start()


def is_outside(text: str, start: int, offset: int) -> bool:
    """Say whether an offset lies in no bracket or quotation that begins behind `start`."""
    return offset in outside_brackets(text, start, offset + 1, text[offset])


@functools.lru_cache(maxsize=64)
def _marks(marks: str) -> re.Pattern[str]:
    return re.compile(f"[{re.escape(_OPEN + _CLOSE + marks)}]")


def split_at(text: str, start: int, end: int, marks: str) -> tuple[Part, ...]:
    """Split at any of the marks outside brackets; empty parts and marks at the edges go."""
    parts = [trim(text, start, end)]
    for mark in marks:
        if text.find(mark, start, end) >= 0:
            edges = [start - 1, *outside_brackets(text, start, end, marks), end]
            parts = [trim(text, left + 1, right) for left, right in pairwise(edges)]
            break
    return tuple([part for part in parts if part[1] > part[0]])


def trim(text: str, start: int, end: int) -> Part:
    """Leave out blanks and marks at both ends."""
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return start, end


def split_list(text: str, start: int, end: int, *, last: tuple[str, ...] = ("和",)) -> tuple[Part, ...]:
    """Split at the highest separator present: ；, else 、 and there also at a last 和.

    `last` names the conjunctions that part the last two items (topics: 和; subtopics: also 或 及 以及).

    >>> text = "新材料、信息通信和生命科学"
    >>> [text[a:b] for a, b in split_list(text, 0, len(text))]
    ['新材料', '信息通信', '生命科学']
    >>> text = "农业、计量和标准能力建设"
    >>> [text[a:b] for a, b in split_list(text, 0, len(text))]
    ['农业', '计量和标准能力建设']
    """
    for marks in ("；;", "、"):
        parts = split_at(text, start, end, marks)
        if len(parts) > 1:
            break
    if len(parts) == 1 and len(last) > 1:
        return _split_pair(text, *parts[0], last)
    if len(parts) < 2 or marks != "、":
        return tuple([_without_conjunction(text, *part) for part in parts])
    *rest, (left, right) = parts
    return (*(_without_conjunction(text, *part) for part in rest), *_split_last(text, left, right, last))


def _split_pair(text: str, start: int, end: int, conjunctions: tuple[str, ...]) -> tuple[Part, ...]:
    """Part two items that stand alone, without 、 (包括口蹄疫和小反刍兽疫); a shared head keeps them one.

    >>> [_split_pair(text, 0, len(text), ("和", "或")) for text in ("环境和能源", "氢能和燃料电池技术")]
    [((0, 2), (3, 5)), ((0, 9),)]
    """
    parts = _split_last(text, start, end, conjunctions)
    if len(parts) == 2:
        left, right = (text[part[0] : part[1]] for part in parts)
        if any(right.endswith(head) and not left.endswith(head) for head in _HEADS) or "的" in right:
            return ((start, end),)
    return parts


def _split_last(text: str, start: int, end: int, conjunctions: tuple[str, ...]) -> tuple[Part, ...]:
    start, end = _without_conjunction(text, start, end)
    for word in _LAST:
        at = text.find(word, start + 1, end - 1)
        if word not in conjunctions or at < 0 or not is_outside(text, start, at):
            continue
        left, right = trim(text, start, at), trim(text, at + len(word), end)
        alone = word in ("或", "以及") or _head(text, *right) - (left[1] - left[0]) <= _SHARED
        if alone and left[1] - left[0] >= 2 and right[1] - right[0] >= 2:
            return left, right
    return ((start, end),)


def _head(text: str, start: int, end: int) -> int:
    """Count the characters of a part up to its first bracket."""
    stops = [at for at in (text.find("(", start, end), text.find("（", start, end)) if at > start]
    return min([*stops, end]) - start


def _without_conjunction(text: str, start: int, end: int) -> Part:
    """Leave out a conjunction at the head of a part (、以及数据驱动的规划)."""
    for word in ("以及", "及", "和", "与", "或"):
        if text.startswith(word, start) and end - start > len(word) + 1:
            return trim(text, start + len(word), end)
    return start, end
