"""The targets of the indicators in figures: accuracy ≥90%, 2~3 sets, ±3%.

In: a `Block`. Out: a `Measure` for each number that is a target, in the order of the text. What is a
target is for `targets.py` to say.
"""

from __future__ import annotations

import re

from kg_build.fields.indicators import read_indicators
from kg_build.fields.targets import find_targets
from kg_build.numerals import factor
from kg_build.quantities import Quantity
from kg_build.records import Measure
from kg_build.slots import Block
from kg_build.spans import Span, Value

__all__ = ["read_measures"]

_EDGES = "，,；;。：:（）()"
_OPENING = re.compile(r"(?:\s|、|并且?|且|和|及|以及|其中|各)+")
_COUNTED = re.compile(r"[^，,；;。：:、（）()\d≥≤<>]{1,20}")


def read_measures(block: Block) -> tuple[Measure, ...]:
    """Return the targets in figures, item by item."""
    text, found = block.text.text, []
    for indicator in read_indicators(block):
        edge = indicator.span.start
        for quantity in find_targets(text, indicator.span.start, indicator.span.end, block.rulebook):
            found.append(_measure(text, quantity, edge, indicator.span.end))
            edge = quantity.end
    return tuple(found)


def _measure(text: str, quantity: Quantity, edge: int, end: int) -> Measure:
    span = _phrase(text, quantity, edge, end)
    scale, factor_mark = _factor(quantity.factor)
    comparator = "range" if quantity.high is not None else quantity.comparator or "="
    unit = factor_mark + (quantity.unit or "")
    return Measure(
        text=Value(text[span.start : span.end], span),
        comparator=comparator,
        value=round(float(quantity.low) * scale, 6) if abs(quantity.low) >= 1 else _six_digits(quantity),
        value_max=None if quantity.high is None else float(quantity.high) * scale,
        unit=re.sub(r"\s*([/·])\s*", r"\1", unit) or None,
    )


def _six_digits(quantity: Quantity) -> float:
    return float(f"{float(quantity.low):.6g}")


def _factor(printed: str) -> tuple[int, str]:
    """Part a factor into a number and the 万 or 亿 that the unit keeps: 3千万 is 3000 万."""
    if not printed:
        return 1, ""
    return factor(printed[:-1]), printed[-1]


def _phrase(text: str, quantity: Quantity, edge: int, end: int) -> Span:
    """Return the words from the measured thing to the end of number, unit or counted noun."""
    start = quantity.lead
    while start > edge and text[start - 1] not in _EDGES:
        start -= 1
    opening = _OPENING.match(text, start, quantity.lead)
    start = opening.end() if opening else start
    stop = quantity.end
    if quantity.kind == "count" and quantity.lead - start <= 3:
        counted = _COUNTED.match(text, stop, end)
        stop = counted.end() if counted else stop
    while stop > quantity.end and text[stop - 1] == " ":
        stop -= 1
    return Span(start, stop, "Measure", f"measures.{quantity.rule.partition('.')[2]}")
