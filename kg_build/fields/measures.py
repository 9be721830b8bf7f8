"""The targets of the indicators in figures: accuracy ≥90%, 2~3 sets, ±3%.

In: a `Block`. Out: a `Measure` for each number that is a target, in the order of the text. What is a
target is for `targets.py` to say.
"""

from __future__ import annotations

import re
from dataclasses import replace

from kg_build.fields.indicators import closing_sentence
from kg_build.fields.targets import Target, find_targets
from kg_build.numerals import factor
from kg_build.quantities import Quantity
from kg_build.records import Measure
from kg_build.slots import Block
from kg_build.spans import Span, Value

__all__ = ["read_measures"]

_OPENING = re.compile(r"(?:[\s、—]|[（(]\d{1,2}[)）]|\d{1,2}[)）、.]|并且?|且|和|及|以及|其中|各|的)+")
_COUNTED = re.compile(r"(?:[^，,；;。：:、（）()①-⒇\d≥≤<>]|(?<=[A-Za-z])\d)+")
_CLOSING = re.compile(r"(?:(?<!参)与|[和及、\s])+$")
_SHARED = re.compile(r"\s?(?:[和与及、×@+/]|以及)\s?")
_TINY = 0.001
_LONG = 24
"""Characters; a longer noun behind a count is a clause."""


def read_measures(block: Block) -> tuple[Measure, ...]:
    """Return the targets in figures, in the order of the text."""
    text, found = block.text.text, []
    for slot in block.named("indicators"):
        end = closing_sentence(block, slot)
        targets = find_targets(text, slot.start, end, block.rulebook)
        edge, before = slot.start, None
        for at, target in enumerate(targets):
            stop = targets[at + 1].quantity.lead if at + 1 < len(targets) else end
            span = _phrase(text, target, before, edge, stop)
            found.append(_measure(text, target.quantity, span))
            edge = target.quantity.end
            if span.end > edge and _CLOSING.fullmatch(text, span.end, stop):
                edge = span.end
            before = target
    return tuple(found)


def _measure(text: str, quantity: Quantity, span: Span) -> Measure:
    compared = span if quantity.shared is None else replace(span, start=min(span.start, quantity.shared))
    scale, unit = 1, quantity.unit or ""
    if quantity.factor:
        scale, factor_mark = _factor(quantity.factor)
        unit = factor_mark + unit
    return Measure(
        text=Value(text[span.start : span.end], span),
        comparator=Value("range" if quantity.high is not None else quantity.comparator or "=", compared),
        value=_six_digits(float(quantity.low) * scale),
        value_max=None if quantity.high is None else _six_digits(float(quantity.high) * scale),
        unit=(re.sub(r"\s*([/·])\s*", r"\1", unit) if " " in unit else unit) or None,
    )


def _six_digits(number: float) -> float:
    """Cut fractions to six digits: 1/3 is 0.333333, 1/48 is 0.020833, though not 10^-9 to nothing."""
    if _TINY <= abs(number) < 1:
        return round(number, 6)
    return number if number.is_integer() else float(f"{number:.6g}")


def _factor(printed: str) -> tuple[int, str]:
    """Part a factor into a number and the 万 or 亿 that the unit keeps: 3千万 is 3000 万."""
    return factor(printed[:-1]), printed[-1]


def _phrase(text: str, target: Target, before: Target | None, edge: int, end: int) -> Span:
    """Return the words from the measured thing to the end of number, unit or counted noun.

    They begin behind the measure before them in the same clause, at `edge`, unless they share its
    name (0.25°×0.31°, 15%和60%), and end before the next one, at `end`.
    """
    quantity, start = target.quantity, target.start
    if before is not None and before.start == target.start and before.bracket == target.bracket:
        shared = _SHARED.fullmatch(text, before.quantity.end, quantity.lead)
        start = start if shared else edge
    opening = _OPENING.match(text, start, quantity.lead)
    start = opening.end() if opening else start
    stop = quantity.end
    if quantity.kind == "count" and quantity.lead - start <= 3:
        stop = _counted(text, stop, end)
    return Span(start, stop, "Measure", f"measures.{quantity.rule.partition('.')[2]}")


def _counted(text: str, start: int, end: int) -> int:
    """Return where the counted noun ends: at a mark or the next target, a long one at its last 的."""
    counted = _COUNTED.match(text, start, end)
    if counted is None:
        return start
    stop = counted.end()
    if stop - start > _LONG:
        stop = max(start, text.rfind("的", start, start + _LONG))
    elif stop == end:
        conjunction = _CLOSING.search(text, start, stop)
        stop = conjunction.start() if conjunction else start
    return stop
