"""Which numbers of the indicators are targets.

In: a range of a text. Out: its quantities without years, ranks, levels, what was named before, and
the conditions under which something is measured. Comparators that serve several numbers are given to
each of them. This module does not make records.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from kg_build.quantities import Quantity, find_quantities
from kg_build.rules import Rulebook

__all__ = ["find_targets"]

_DELIMITERS = "，,；;。：:"
_CONJUNCTION = re.compile(r"[^，,；;。：:（()）]{0,14}?(?:以及|和|与|及|、|或|\+|/)\s?")
_NAMED_BOUND = re.compile(r"\s?(?:≤|<|＜)\s?[^\d，,；;。]{1,14}")
_LEVEL = re.compile(r"\s?(?:量|数量)?级")
_NEVER_BARE = ("型", "号", "级", "代", "届", "位", "度")
_NAMED_TWO = re.compile(r"[和与及、]\w{1,12}$")
_NEAR = 16


@dataclass(frozen=True, slots=True)
class _Place:
    """A quantity with its clause: the stretch between marks at its own depth of brackets."""

    quantity: Quantity
    start: int
    end: int
    bracket: int = -1
    """Where the bracket around it opens, -1 outside brackets; it ends at `bracket_end`."""
    bracket_end: int = -1
    outer_start: int = -1
    outer_end: int = -1
    """The clause around the bracket."""


def find_targets(text: str, start: int, end: int, rulebook: Rulebook) -> tuple[Quantity, ...]:
    """Return the quantities of an indicator that are targets, in the order of the text."""
    quantities = _distribute(text, _merge_bounds(text, find_quantities(text, start, end, rulebook)))
    brackets = _brackets(text, start, end)
    places = [_place(text, quantity, brackets, start, end) for quantity in quantities]
    kept: list[_Place] = []
    for at in range(len(places) - 1, -1, -1):
        place = places[at]
        before = places[at - 1].quantity if at else None
        later = any(other.start == place.start and other.bracket == place.bracket for other in kept)
        if _is_target(text, place, before, rulebook, later=later):
            kept.append(place)
    return tuple(place.quantity for place in reversed(kept))


def _is_target(text: str, place: _Place, before: Quantity | None, rulebook: Rulebook, *, later: bool) -> bool:
    quantity = place.quantity
    if _is_year(quantity) or _is_named(text, place, rulebook) or _is_formula(text, quantity, before):
        return False
    if text[max(0, quantity.start - 4) : quantity.start].rstrip(" (（").endswith("@"):
        return _is_named_too(text, place, before)
    if _is_condition(text, place, rulebook, later=later):
        return False
    return bool(quantity.comparator) or _stands_alone(text, place, later=later)


def _is_year(quantity: Quantity) -> bool:
    calendar = 1900 <= quantity.low <= 2100 and not quantity.factor and quantity.low == int(quantity.low)
    return calendar and (quantity.unit == "年" or (quantity.unit is None and not quantity.comparator))


def _is_named(text: str, place: _Place, rulebook: Rulebook) -> bool:
    """Say whether a number is a rank, a level or something named before: 前20, 10米级, 上述2个."""
    quantity = place.quantity
    if quantity.comparator:
        return False
    words = text[max(place.start, quantity.start - 4) : quantity.start]
    if _matches("NoTarget", words, rulebook):
        return True
    behind = text[quantity.end : quantity.end + 1]
    if quantity.unit in _NEVER_BARE or _LEVEL.match(text, quantity.end):
        return True
    return behind == "中" and quantity.kind == "count"


def _is_formula(text: str, quantity: Quantity, before: Quantity | None) -> bool:
    """Say whether a number is a part of a formula, 1.5m/s+测量值×10%, or of a name, 5×FAD."""
    sign = text[max(0, quantity.start - 3) : quantity.start].rstrip()[-1:]
    gap = "" if before is None else text[before.end : quantity.start].strip()
    if sign == "×":
        return gap != "×"
    if sign == "+":
        return before is None or not gap[:-1].isalpha() or len(gap) > 6
    behind = text[quantity.end : quantity.end + 2].strip()
    return behind[:1] == "×" and quantity.unit is None and not quantity.comparator


def _is_named_too(text: str, place: _Place, before: Quantity | None) -> bool:
    """Say whether the quantity behind @ has a name of its own: 速率和距离不低于3kbps@5km."""
    if before is None or not place.quantity.comparator:
        return False
    return bool(_NAMED_TWO.search(text[place.start : before.lead]))


def _is_condition(text: str, place: _Place, rulebook: Rulebook, *, later: bool) -> bool:
    """Say whether a number is a condition under which something else is measured."""
    quantity = place.quantity
    if _frames(text, place.start, place.end, rulebook) or _in_framed_bracket(text, place, rulebook):
        return True
    behind = text[quantity.end : min(place.end, quantity.end + _NEAR)].partition("、")[0]
    kinds = {span.concept for span in rulebook.find_all("TestCondition", behind)}
    if quantity.comparator:
        under = quantity.lead == quantity.start and quantity.comparator == "<="
        return quantity.kind != "count" and ("circumstances" in kinds or (under and behind[:1].isalpha()))
    if not later and text[place.start : place.end].rstrip()[-1:] in ("时", "后", "下"):
        return _matches("ClauseEnding", text[place.start : place.end].rstrip(), rulebook)
    words = text[max(place.start, quantity.start - 4) : quantity.start]
    if quantity.kind == "count":
        within = words.endswith("在") and "内" in behind[:8]
        return within or (later and bool(kinds & {"after", "cycles"}))
    prefixed = quantity.high is None and _matches("ConditionBefore", words, rulebook)
    return prefixed or "after" in kinds or "circumstances" in kinds


def _frames(text: str, start: int, end: int, rulebook: Rulebook) -> bool:
    """Say whether a clause as a whole is a condition: 当面积不低于20cm2时，在测试集上，."""
    if text[end : end + 1] not in ("，", ",", "：", ":"):
        return False
    clause = text[start:end].rstrip()
    return _matches("ClauseEnding", clause, rulebook) and _matches("ClauseOpening", clause, rulebook)


def _in_framed_bracket(text: str, place: _Place, rulebook: Rulebook) -> bool:
    """Say whether a bracket only tells how something is measured: (1h), （0.6V~0.95V）, （… ≤500层）上，."""
    if place.bracket < 0:
        return False
    if _frames(text, place.outer_start, place.outer_end, rulebook):
        return True
    if place.quantity.comparator:
        return False
    if not any("\u4e00" <= mark <= "\u9fff" for mark in text[place.start : place.quantity.start]):
        return True
    behind = text[place.bracket_end : min(place.outer_end, place.bracket_end + _NEAR)]
    return any(span.concept == "after" for span in rulebook.find_all("TestCondition", behind))


def _matches(label: str, words: str, rulebook: Rulebook) -> bool:
    return any(rule.pattern.search(words) for rule in rulebook.rules(label))


def _stands_alone(text: str, place: _Place, *, later: bool) -> bool:
    """Say whether a number without a comparator is a target: a count, or a value that ends its clause."""
    quantity = place.quantity
    if quantity.kind == "count":
        return True
    if not text[quantity.end : place.end].strip(" 、）)") or quantity.high is not None:
        return True
    behind = text[quantity.end : quantity.end + 2].strip()[:1]
    if later:
        return behind in ("、", "×")
    return quantity.unit is not None or "\u4e00" <= behind <= "\u9fff"


def _merge_bounds(text: str, quantities: tuple[Quantity, ...]) -> list[Quantity]:
    """Make one range of 300nm≤分辨率≤500nm."""
    found: list[Quantity] = []
    for quantity in quantities:
        last = found[-1] if found else None
        if last and not last.comparator and "<" in quantity.comparator and last.unit in (None, quantity.unit):
            if _NAMED_BOUND.fullmatch(text, last.end, quantity.lead):
                found[-1] = replace(quantity, start=last.start, lead=last.lead, low=last.low, high=quantity.low)
                continue
        found.append(quantity)
    return found


def _distribute(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """Give 不少于500个 … 和50个 one comparator."""
    found: list[Quantity] = []
    for quantity in quantities:
        last = found[-1] if found else None
        if last and not quantity.comparator and last.comparator and last.lead < last.start and quantity.high is None:
            gap = text[last.end : quantity.start]
            alike = last.kind in ("", quantity.kind) or {quantity.kind, last.kind} <= {"measure", "time"}
            if alike and (_CONJUNCTION.fullmatch(gap) or gap.strip(" (（") == "@" or _is_short(gap, quantity)):
                quantity = replace(quantity, comparator=last.comparator, lead=quantity.start)
        found.append(quantity)
    return found


def _is_short(gap: str, quantity: Quantity) -> bool:
    return 0 < len(gap) <= 3 and gap.isalpha() and quantity.kind == "measure"


def _brackets(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the outermost brackets as ranges of what is inside."""
    found, opened = [], []
    for at in range(start, end):
        if text[at] in "（(":
            opened.append(at)
        elif text[at] in "）)" and opened:
            first = opened.pop()
            if not opened:
                found.append((first + 1, at))
    return found


def _place(text: str, quantity: Quantity, brackets: list[tuple[int, int]], start: int, end: int) -> _Place:
    inside = next(((first, last) for first, last in brackets if first <= quantity.start < last), None)
    outer = _clause(text, quantity.start, quantity.end, (start, end), brackets)
    if inside is None:
        return _Place(quantity, *outer)
    return _Place(quantity, *_clause(text, quantity.start, quantity.end, inside, []), inside[0] - 1, inside[1], *outer)


def _clause(text: str, first: int, last: int, limits: tuple[int, int], skip: list[tuple[int, int]]) -> tuple[int, int]:
    while first > limits[0] and not _delimits(text, first - 1, skip):
        first -= 1
    while last < limits[1] and not _delimits(text, last, skip):
        last += 1
    return first, last


def _delimits(text: str, at: int, skip: list[tuple[int, int]]) -> bool:
    if text[at] not in _DELIMITERS or any(a <= at < b for a, b in skip):
        return False
    return not (text[at] in ",:" and text[at - 1 : at].isdigit() and text[at + 1 : at + 2].isdigit())
