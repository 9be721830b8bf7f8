"""How long a project of a direction lasts.

In: a `Block`. Out: a range in years, from 实施周期, 执行期 and the like only; calendar years and
the periods of a task are no term.
"""

from __future__ import annotations

from dataclasses import replace

from kg_build.fields.quotas import to_bounds
from kg_build.quantities import find_quantities
from kg_build.records import Range
from kg_build.rules import Rulebook
from kg_build.slots import Block
from kg_build.spans import Span, Value

__all__ = ["read_duration", "read_term"]

_UNLABELLED = ("requirements", "lead", "projects", "budget", "projects-and-budget")
_NEAR = 32
"""Characters from 执行期 to its number: 项目执行期为2021—2023年，原则上不超过3年."""
_GAP = 3
"""Characters between the two bounds of one term: 不少于2年、不超过3年."""
_CALENDAR = 4
"""Characters of a calendar year."""
_UNITS = ("年", "个月")
_HALF = 0.5


def read_duration(block: Block) -> Value[Range] | None:
    """Return how long a project lasts, in years."""
    text, rulebook = block.text.text, block.rulebook
    for slot in block.named("term"):
        found = _years(text, slot.start, min(slot.end, slot.start + _NEAR), rulebook)
        if found:
            return found
    for slot in block.named(*_UNLABELLED):
        found = read_term(text, slot.start, slot.end, rulebook)
        if found:
            return found
    return None


def read_term(text: str, start: int, end: int, rulebook: Rulebook) -> Value[Range] | None:
    """Return the first term that `text[start:end]` names in words, in years."""
    for name in rulebook.find("Term", text, start, end):
        stop = min([end, name.end + _NEAR, *(at for mark in "。；;" if (at := text.find(mark, name.end, end)) >= 0)])
        found = _years(text, name.end, stop, rulebook)
        if found:
            return found
    return None


def _years(text: str, start: int, end: int, rulebook: Rulebook) -> Value[Range] | None:
    """Return the first term in `text[start:end]`; two bounds that follow each other are one."""
    found: Value[Range] | None = None
    for quantity in find_quantities(text, start, end, rulebook):
        long = quantity.end - quantity.start >= _CALENDAR
        if quantity.unit not in _UNITS or (long and rulebook.find("CalendarYear", text, quantity.start, quantity.end)):
            continue
        half = text.startswith("半", quantity.end)
        value = _in_years(to_bounds(quantity), quantity.unit, _HALF if half else 0)
        term = Value(value, Span(quantity.lead, quantity.end + half, "Term", "terms.years"))
        if found is None:
            found = term
        elif found.value.max is None and value.min is None and quantity.lead - found.span.end <= _GAP:
            return Value(Range(found.value.min, value.max), replace(found.span, end=term.span.end))
    return found


def _in_years(bounds: Range, unit: str, half: float) -> Range:
    """Turn months into years, to two digits: 18个月 is 1.5; 两年半 is 2.5."""
    parts = 1 if unit == "年" else 12
    low, high = (None if bound is None else round(bound / parts + half, 2) for bound in (bounds.min, bounds.max))
    return Range(low, high)
