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

_EDGES = "，,；;。：:（("
_OPENING = re.compile(r"(?:\s|、|并且?|且|和|及|以及|其中|各|的)+")
_COUNTED = re.compile(r"(?:[^，,；;。：:、（）()\d≥≤<>]|(?<=[A-Za-z])\d)+")
_CLOSING = re.compile(r"(?:(?<!参)与|[和及、\s])+$")
_LONG = 24
"""Characters; a longer noun behind a count is a clause."""
_SHARED = re.compile(r"\s?(?:[和与及、×@+/]|以及)\s?")


def read_measures(block: Block) -> tuple[Measure, ...]:
    """Return the targets in figures, item by item; what stands before the first mark of a list counts too."""
    text, found = block.text.text, []
    for start, end in _ranges(block):
        edge = start
        targets = find_targets(text, start, end, block.rulebook)
        for at, quantity in enumerate(targets):
            stop = targets[at + 1].lead if at + 1 < len(targets) else end
            found.append(_measure(text, quantity, (start, edge), stop))
            edge = quantity.end
    return tuple(found)


def _ranges(block: Block) -> list[tuple[int, int]]:
    indicators = [indicator.span for indicator in read_indicators(block)]
    found = []
    for slot in block.named("indicators"):
        inside = [span for span in indicators if slot.start <= span.start < slot.end]
        if inside and inside[0].start > slot.start + 4:
            found.append((slot.start, inside[0].start))
        found += [(span.start, span.end) for span in inside]
    return found


def _measure(text: str, quantity: Quantity, edges: tuple[int, int], end: int) -> Measure:
    span = _phrase(text, quantity, edges, end)
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


def _phrase(text: str, quantity: Quantity, edges: tuple[int, int], end: int) -> Span:
    """Return the words from the measured thing to the end of number, unit or counted noun.

    `edges` are where the item begins and where the measure before this one ends; one that shares the
    name of that measure (0.25°×0.31°, 15%和60%) begins where the clause does.
    """
    edge = edges[0] if _SHARED.fullmatch(text, edges[1], quantity.lead) else edges[1]
    start = quantity.lead
    while start > edge and text[start - 1] not in _EDGES:
        start -= 1
        if text[start] in "）)":
            opened = max(text.rfind("（", edge, start), text.rfind("(", edge, start))
            start = opened if opened >= 0 else start
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
    elif stop == end and (conjunction := _CLOSING.search(text, start, stop)):
        stop = conjunction.start()
    return stop
