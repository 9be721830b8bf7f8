"""Which numbers of the indicators are targets.

In: a range of a text. Out: its quantities without years, ranks, levels, what was named before, and
the conditions under which something is measured. Comparators that serve several numbers are given to
each of them. This module does not make records.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import pairwise

from kg_build.choices import choose, choose_by_opening
from kg_build.frozen import frozen
from kg_build.quantities import Quantity, find_quantities
from kg_build.rules import Rulebook

__all__ = ["Target", "find_targets"]

_EDGES = re.compile(
    r"[，；;。：,:—（()）①-⒇](?:(?<=[，；;。：（()）①-⒇])|(?<=[,:])(?!\d)|(?<!\d[,:])(?<=[,:])|(?<=—)—)"
)
"""Brackets, and marks between clauses; a comma or colon between digits is none."""
_REMARK = re.compile(r"\s?[（(][^（）()]*[)）]")
_REMARK_OPENINGS = " （("
"""A bracket right behind a number, whose words are its own: 效率≥92%（额定工况下）."""
_CONJUNCTION = re.compile(r"[^，,；;。：:（()）]{0,14}?(?:以及|和|与|及|、|或|\+|/)\s?")
_NAMED_BOUND = re.compile(r"\s?(?:≤|<|＜)\s?[^\d，,；;。]{1,14}")
_LEVEL = re.compile(r"\s?(?:量|数量)?级")
_NEVER_BARE = ("号", "级", "代", "届", "位", "度")
_NAMED_TWO = re.compile(r"[和与及、]\w{1,12}$")
_NAMED_TIMES = re.compile(r"\s?×(?!\s?\d)")
_WITHIN = ("范围内", "区间内")
_CHINESE = re.compile("[\u4e00-\u9fff]")
_COMMAS = ("，", ",", "：", ":")
_NEAR = 16
"""Characters behind a number in which 后, 下 or 情况下 makes it a condition."""


@frozen()
class Target:
    """A quantity with its clause `[start, end)`: the stretch between marks at its own depth of brackets.

    `bracket` is where the bracket around it opens, -1 outside brackets.
    """

    quantity: Quantity
    start: int
    end: int
    bracket: int = -1


@frozen()
class _Clauses:
    """The marks and outermost brackets of a range of a text, for finding the clause around a place."""

    start: int
    end: int
    marks: list[int]
    """Of the range, those in brackets left out."""
    brackets: list[tuple[int, int]]
    inner: list[list[int]]
    """Of each bracket, the marks in it."""

    def place(self, quantity: Quantity) -> Target:
        if self.brackets:
            at = bisect_right(self.brackets, (quantity.start, self.end)) - 1
            if at >= 0 and quantity.start < self.brackets[at][1]:
                first, last = self.brackets[at]
                return Target(quantity, *_between(self.inner[at], quantity, first, last), first - 1)
        start, end = _between(self.marks, quantity, self.start, self.end)
        return Target(quantity, start, end)

    def around(self, target: Target) -> tuple[int, int, int]:
        """Return the clause around the bracket that a target stands in, and where the bracket ends."""
        at = bisect_left(self.brackets, (target.bracket + 1, 0))
        return *_between(self.marks, target.quantity, self.start, self.end), self.brackets[at][1]


def find_targets(text: str, start: int, end: int, rulebook: Rulebook) -> tuple[Target, ...]:
    """Return the quantities in `text[start:end]` that are targets, in the order of the text."""
    quantities = _merge_bounds(text, find_quantities(text, start, end, rulebook))
    if not quantities:
        return ()
    _distribute(text, quantities)
    clauses = _read_clauses(text, start, end)
    places = [clauses.place(quantity) for quantity in quantities]
    kept: list[Target] = []
    clauses_kept: list[tuple[int, int]] = []
    for at in range(len(places) - 1, -1, -1):
        place = places[at]
        clause = place.start, place.bracket
        later = not place.quantity.comparator and clause in clauses_kept[-9:]
        if _is_target(text, place, quantities[at - 1] if at else None, clauses, rulebook, later=later):
            kept.append(place)
            clauses_kept.append(clause)
    kept.reverse()
    return tuple(kept)


def _is_target(
    text: str, place: Target, before: Quantity | None, clauses: _Clauses, rulebook: Rulebook, *, later: bool
) -> bool:
    """Say whether a number is a target; `later`, whether one without comparator has another behind it in its clause."""
    quantity = place.quantity
    words = text[max(0, quantity.start - 4) : quantity.start]
    if quantity.unit in (None, "年") and _is_year(quantity):
        return False
    if ("×" in words or "+" in words or quantity.unit is None) and _is_formula(text, words, quantity, before):
        return False
    if not quantity.comparator and _is_named(text, place, rulebook):
        return False
    if "@" in words and words.rstrip(" (（")[-1:] == "@":
        return _is_named_too(text, place, before)
    if _is_framed(text, place, clauses, rulebook):
        return False
    if quantity.comparator:
        return quantity.kind == "count" or not _is_compared_condition(text, place, rulebook)
    return not _is_condition(text, place, rulebook, later=later) and _stands_alone(text, place, later=later)


def _is_year(quantity: Quantity) -> bool:
    if quantity.factor or (quantity.unit != "年" and (quantity.unit is not None or quantity.comparator)):
        return False
    return 1900 <= quantity.low <= 2100


def _is_named(text: str, place: Target, rulebook: Rulebook) -> bool:
    """Say whether a number is a rank, a level or something named before: 前20, 10米级, 上述2个."""
    quantity = place.quantity
    bare = quantity.unit in _NEVER_BARE or (quantity.unit == "型" and quantity.high is None)
    if bare or _LEVEL.match(text, quantity.end):
        return True
    if quantity.kind == "count" and text[quantity.end : quantity.end + 1] == "中":
        return True
    return _matches("NoTarget", text[max(place.start, quantity.start - 4) : quantity.start], rulebook)


def _is_formula(text: str, words: str, quantity: Quantity, before: Quantity | None) -> bool:
    """Say whether a number behind these words is a part of a formula, 1.5m/s+测量值×10%, or of a name, 5×FAD."""
    sign = words[-3:].rstrip()[-1:]
    if sign in ("×", "+"):
        gap = "" if before is None else text[before.end : quantity.start].strip()
        return gap != "×" if sign == "×" else before is None or not gap[:-1].isalpha() or len(gap) > 6
    if quantity.unit is not None or quantity.comparator:
        return False
    return bool(_NAMED_TIMES.match(text, quantity.end))


def _is_named_too(text: str, place: Target, before: Quantity | None) -> bool:
    """Say whether the quantity behind @ has a name of its own: 速率和距离不低于3kbps@5km."""
    if before is None or not place.quantity.comparator:
        return False
    return bool(_NAMED_TWO.search(text[place.start : before.lead]))


def _is_framed(text: str, place: Target, clauses: _Clauses, rulebook: Rulebook) -> bool:
    """Say whether a whole clause or bracket only tells how something is measured: 当…时, (1h), （…）后."""
    if _frames(text, place.start, place.end, rulebook):
        return True
    if place.bracket < 0:
        return False
    first, last, closing = clauses.around(place)
    if _frames(text, first, last, rulebook):
        return True
    if place.quantity.comparator:
        return False
    if not _CHINESE.search(text, place.start, place.quantity.start):
        return True
    return "after" in _conditions(text[closing : min(last, closing + _NEAR)], rulebook)


def _is_compared_condition(text: str, place: Target, rulebook: Rulebook) -> bool:
    """Say whether a measure with its comparator is a condition under which something else is measured."""
    quantity, behind = place.quantity, _behind(text, place)
    attribute = quantity.lead == quantity.start and quantity.comparator == "<=" and behind[:1].isalpha()
    return attribute or "circumstances" in _conditions(behind, rulebook)


def _is_condition(text: str, place: Target, rulebook: Rulebook, *, later: bool) -> bool:
    """Say whether a number without a comparator is a condition under which something else is measured."""
    quantity = place.quantity
    if not later and _ends_as_condition(text, place, rulebook):
        return True
    behind = _behind(text, place)
    words = text[max(place.start, quantity.start - 4) : quantity.start]
    if quantity.kind == "count":
        within = words.endswith("在") and "内" in behind[:8]
        return within or (later and not _conditions(behind, rulebook).isdisjoint(("after", "cycles")))
    if quantity.high is None and _matches("ConditionBefore", words, rulebook):
        return True
    return not _conditions(behind, rulebook).isdisjoint(("after", "circumstances"))


def _behind(text: str, place: Target) -> str:
    """Return the words behind a number and its own bracket, up to 、 and not many."""
    at = place.quantity.end
    if text[at : at + 1] in _REMARK_OPENINGS and (bracket := _REMARK.match(text, at, place.end)):
        at = bracket.end()
    return text[at : min(place.end, at + _NEAR)].partition("、")[0]


def _conditions(words: str, rulebook: Rulebook) -> set[str | None]:
    if not words or not choose(rulebook, "TestCondition").places.search(words):
        return set()
    return {rule.concept for rule in rulebook.rules("TestCondition") if rule.pattern.search(words)}


def _ends_as_condition(text: str, place: Target, rulebook: Rulebook) -> bool:
    if text[place.end - 1] not in "时后下 ":
        return False
    clause = text[place.start : place.end].rstrip()
    return clause[-1:] in ("时", "后", "下") and _matches("ClauseEnding", clause, rulebook)


def _frames(text: str, start: int, end: int, rulebook: Rulebook) -> bool:
    """Say whether a clause as a whole is a condition: 当面积不低于20cm2时，在测试集上，."""
    if text[end : end + 1] not in _COMMAS:
        return False
    opening = choose_by_opening(rulebook, "ClauseOpening")[text[start]]
    if opening is None:
        return False
    clause = text[start:end].rstrip()
    return bool(opening.pattern.match(clause)) and _matches("ClauseEnding", clause, rulebook)


def _matches(label: str, words: str, rulebook: Rulebook) -> bool:
    return bool(choose(rulebook, label).places.search(words))


def _stands_alone(text: str, place: Target, *, later: bool) -> bool:
    """Say whether a number without a comparator is a target: a count, or a value that ends its clause."""
    quantity = place.quantity
    if quantity.high is not None:
        return not (later and text.startswith(_WITHIN, quantity.end))
    if quantity.kind == "count" or not text[quantity.end : place.end].strip(" 、）)"):
        return True
    behind, words = text[quantity.end : quantity.end + 2].strip()[:1], text[quantity.start - 2 : quantity.start]
    if later:
        return behind in ("、", "×") or words.rstrip()[-1:] == "×"
    return quantity.unit is not None or bool(_CHINESE.match(behind))


def _merge_bounds(text: str, quantities: tuple[Quantity, ...]) -> list[Quantity]:
    """Make one range of 300nm≤分辨率≤500nm."""
    found: list[Quantity] = []
    for quantity in quantities:
        if found and "<" in quantity.comparator and _is_lower_bound(text, found[-1], quantity):
            last = found.pop()
            quantity.start, quantity.lead, quantity.low, quantity.high = last.start, last.lead, last.low, quantity.low
        found.append(quantity)
    return found


def _is_lower_bound(text: str, last: Quantity, quantity: Quantity) -> bool:
    if last.comparator or last.unit not in (None, quantity.unit):
        return False
    return bool(_NAMED_BOUND.fullmatch(text, last.end, quantity.lead))


def _distribute(text: str, quantities: list[Quantity]) -> None:
    """Give 不少于500个 … 和50个 one comparator."""
    for last, quantity in pairwise(quantities):
        if not quantity.comparator and last.comparator and last.lead < last.start and quantity.high is None:
            gap = text[last.end : quantity.start]
            alike = last.kind in ("", quantity.kind) or {quantity.kind, last.kind} <= {"measure", "time"}
            if alike and (_CONJUNCTION.fullmatch(gap) or gap.strip(" (（") == "@" or _is_short(gap, quantity)):
                quantity.shared = last.lead if last.shared is None else last.shared
                quantity.comparator, quantity.lead = last.comparator, quantity.start


def _is_short(gap: str, quantity: Quantity) -> bool:
    return 0 < len(gap) <= 3 and gap.isalpha() and quantity.kind == "measure"


def _read_clauses(text: str, start: int, end: int) -> _Clauses:
    marks: list[int] = []
    brackets: list[tuple[int, int]] = []
    inner: list[list[int]] = []
    opened: list[tuple[int, int]] = []
    for match in _EDGES.finditer(text, start, end):
        at = match.start()
        mark = text[at]
        if mark not in "（()）":
            marks.append(at)
        elif mark in "（(":
            opened.append((at, len(marks)))
        elif opened:
            first, known = opened.pop()
            if not opened:
                brackets.append((first + 1, at))
                inner.append(marks[known:])
                del marks[known:]
    return _Clauses(start, end, marks, brackets, inner)


def _between(marks: list[int], quantity: Quantity, start: int, end: int) -> tuple[int, int]:
    """Return the stretch between the marks around a quantity, within `[start, end)`."""
    before, behind = bisect_left(marks, quantity.start), bisect_left(marks, quantity.end)
    return (marks[before - 1] + 1 if before else start), (marks[behind] if behind < len(marks) else end)
