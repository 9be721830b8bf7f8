"""The numbers and sums that a direction's quota and budget slots state, each with its scope.

In: a `Block`. Out: `Quota`s, in the order of the text. What is for a part of the projects has a
scope; what is for a single project says so. This module does not add up.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable

from kg_build.frozen import frozen
from kg_build.quantities import Quantity, find_quantities
from kg_build.records import Range
from kg_build.rules import Rulebook
from kg_build.slots import Block, Slot
from kg_build.spans import Span, Value

__all__ = ["QUOTA_SLOTS", "Quota", "read_phrases", "read_quotas", "to_bounds", "to_range"]

QUOTA_SLOTS = ("projects", "projects-and-budget", "budget")
"""The slots that state numbers of projects and sums."""
_UNLABELLED = ("lead", "requirements")
_PHRASES = {"projects": "ProjectQuota", "budget": "BudgetPhrase"}
_PROJECT_UNITS = ("个", "项")
_EDGES = "；;，,（(。）)"
_LAST_EDGE = re.compile(f".*[{_EDGES}]", re.DOTALL)
"""All up to the last mark."""
_NEAR = 14
"""Characters between the words 拟支持项目数, 国拨经费 and their number."""


@frozen()
class Quota:
    """A number of projects (`kind` "projects") or a sum in yuan (`kind` "budget").

    `scope` is the part of the projects that it is for, None for all; `each` marks a sum for one project.
    """

    kind: str
    value: Value[Range]
    scope: Span | None
    each: bool


def to_range(quantity: Quantity) -> Range | None:
    """Return the bounds of a quantity in whole units, None where they are no whole numbers."""
    low = quantity.lowest
    high = low if quantity.high is None else quantity.highest
    return _bounds(quantity, int(low), int(high)) if low == int(low) and high == int(high) else None


def to_bounds(quantity: Quantity) -> Range:
    """Return the bounds of a quantity; whole numbers are integers."""
    low, high = (int(n) if n == int(n) else float(n) for n in (quantity.lowest, quantity.highest))
    return _bounds(quantity, low, high)


def _bounds(quantity: Quantity, low: float, high: float) -> Range:
    if quantity.high is not None or quantity.comparator in ("", "better", "±"):
        return Range(low, high)
    return Range(low, None) if ">" in quantity.comparator else Range(None, low)


@functools.lru_cache(maxsize=2)
def read_quotas(block: Block) -> tuple[Quota, ...]:
    """Return what the slots for projects and money state; where there are none, what sentences state."""
    slots = block.named(*QUOTA_SLOTS)
    if not slots:
        text = block.text.text
        ranges = [(slot.start, slot.end) for slot in block.named(*_UNLABELLED)]
        return tuple(quota for start, end in ranges for quota in read_phrases(text, start, end, block.rulebook))
    return tuple([quota for slot in slots for quota in _in_slot(block, slot)])


def read_phrases(
    text: str, start: int, end: int, rulebook: Rulebook, *, kinds: Iterable[str] = tuple(_PHRASES)
) -> tuple[Quota, ...]:
    """Return what sentences state: 拟支持项目数共计12项, 国拨经费总概算2亿元; not what is for each direction."""
    found = []
    for kind in kinds:
        for phrase in rulebook.find(_PHRASES[kind], text, start, end):
            clause = max(start, *(text.rfind(mark, start, phrase.start) + 1 for mark in "。；;"))
            others = rulebook.find("EachDirection", text, clause, phrase.start)
            near = max(clause, *(text.rfind(mark, clause, phrase.start) + 1 for mark in "，,"))
            if others or (kind == "budget" and rulebook.find("NoBudget", text, near, phrase.start)):
                continue
            stop = min(
                [end, phrase.end + 30, *(at for mark in "。；;" if (at := text.find(mark, phrase.end, end)) >= 0)]
            )
            for quantity in find_quantities(text, phrase.end, stop, rulebook)[:1]:
                span = Span(quantity.lead, quantity.end, kind, f"{kind}.stated")
                value = to_range(quantity)
                comma = max(text.rfind(mark, start, phrase.start) for mark in _EDGES)
                if value and quantity.lead - phrase.end <= _NEAR and _fits(text, quantity, kind):
                    each = bool(rulebook.find("PerProject", text, max(start, comma), phrase.start))
                    found.append(Quota(kind, Value(value, span), None, each))
    return tuple(found)


def _fits(text: str, quantity: Quantity, kind: str) -> bool:
    if kind == "budget":
        return quantity.kind == "money" and "/" not in (quantity.unit or "")
    return (quantity.unit or "")[:1] in _PROJECT_UNITS


def _in_slot(block: Block, slot: Slot) -> tuple[Quota, ...]:
    text, rulebook, label = block.text.text, block.rulebook, (slot.label.start, slot.label.end)
    found: list[Quota] = []
    edge = slot.start
    for quantity in find_quantities(text, slot.start, slot.end, rulebook):
        last = _LAST_EDGE.match(text, edge, quantity.lead)
        start = last.end() if last else edge
        edge = quantity.end
        value = to_range(quantity)
        kind = "budget" if quantity.kind == "money" else "projects"
        unit = (quantity.unit or "")[:1]
        if value is None or (kind == "projects" and unit not in _PROJECT_UNITS):
            continue
        if kind == "projects" and slot.name == "budget" and not _is_planned(text, start, quantity, rulebook):
            continue
        span = Span(quantity.lead, quantity.end, kind, f"{kind}.slot")
        each = _for_one(text, start, quantity, rulebook)
        if quantity.kind == "money" and not each and rulebook.find("PerProject", text, *label):
            each = not rulebook.find("WholeSum", text, start, quantity.lead)
        scope = None if each else _scope(text, start, quantity.lead, rulebook)
        if scope is None and not each and found and found[-1].kind != kind:
            between = text[found[-1].value.span.end : quantity.lead]
            scope = found[-1].scope if not any(mark in between for mark in "；;。）)") else None
        found.append(Quota(kind, Value(value, span), scope, each and kind == "budget"))
    return tuple(found)


def _is_planned(text: str, start: int, quantity: Quantity, rulebook: Rulebook) -> bool:
    """Say whether a number among sums is of projects all the same: 资助标准：拟支持6项，每项80万元."""
    words = rulebook.find("ProjectQuota", text, start, quantity.lead)
    return bool(words) and words[-1].end == quantity.lead


def _for_one(text: str, start: int, quantity: Quantity, rulebook: Rulebook) -> bool:
    if quantity.kind != "money":
        return False
    unit = quantity.unit or ""
    return unit.endswith(("/项", "/个")) or bool(rulebook.find("PerProject", text, start, quantity.end + 2))


def _scope(text: str, start: int, end: int, rulebook: Rulebook) -> Span | None:
    """Return the words before a number that tell for which part it is, without 其中, 拟支持 and the like."""
    for rule in rulebook.rules("ScopeEdge"):
        while match := rule.pattern.search(text[start:end]):
            if rule.concept == "opening":
                start += match.end()
            else:
                end = start + match.start()
    return Span(start, end, "Scope", "envelopes.scope") if end > start else None
