"""The numbers and sums that a direction's quota and budget slots state, each with its scope.

In: a `Block`. Out: `Quota`s, in the order of the text. What is for a part of the projects has a
scope; what is for a single project says so. This module does not add up.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator

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
_PHRASES = {"projects": "ProjectQuota", "budget": "BudgetPhrase", "each": "PerProject"}
_PROJECT_UNITS = ("个", "项")
"""With what the classifiers of projects begin; 个月 and 个百分点 are no classifiers."""
_PROJECTS = re.compile(r"(?:[^，,；;。、（）()\d]{0,8}(?:项目|课题))?(?:左右|以[内上])?\s?(?:[，,；;。、（()）]|$)")
"""What may stand behind a number of projects among sums and in sentences."""
_NOUN = 8
"""Characters behind a number, enough for 重点领域方向."""
_EACH = ("/项", "/个")
_EVERY = "每各单"
_OPENED = "slot.quota-without-label"
"""The rule of a slot that goes on behind its quotas with conditions."""
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
    slots = block.named(*QUOTA_SLOTS) or block.named(*_UNLABELLED)
    return tuple([quota for slot in slots for quota in _in_slot(block, slot)])


def _in_slot(block: Block, slot: Slot) -> tuple[Quota, ...]:
    """Return what a slot states; of one without a label, what its sentences on quota and money state."""
    if slot.name in QUOTA_SLOTS and slot.label.rule != _OPENED:
        return _in_range(block, slot, slot.start, slot.end)
    found: list[Quota] = []
    for start, end in _planned_sentences(block, slot):
        found += _in_range(block, slot, start, end)
    return tuple(found)


def _planned_sentences(block: Block, slot: Slot) -> Iterator[tuple[int, int]]:
    """Yield the parts of sentences from the first words on quota or money to the full stop."""
    text, edge = block.text.text, slot.start
    stated = read_phrases(text, slot.start, slot.end, block.rulebook, kinds=("projects", "budget", "each"))
    for at in sorted(quota.value.span.start for quota in stated):
        if at < edge:
            continue
        start = max(edge, *(text.rfind(mark, edge, at) + 1 for mark in "。；;"))
        stop = text.find("。", at, slot.end)
        edge = slot.end if stop < 0 else stop
        yield start, edge


def read_phrases(
    text: str, start: int, end: int, rulebook: Rulebook, *, kinds: Iterable[str] = ("projects", "budget")
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
                if value and quantity.lead - phrase.end <= _NEAR and _fits(text, quantity, kind, rulebook):
                    each = bool(rulebook.find("PerProject", text, max(start, comma), phrase.start))
                    found.append(Quota(kind, Value(value, span), None, each))
    return tuple(found)


def _fits(text: str, quantity: Quantity, kind: str, rulebook: Rulebook) -> bool:
    if kind != "projects":
        return quantity.kind == "money" and "/" not in (quantity.unit or "")
    classifier = quantity.kind == "count" and (quantity.unit or "")[:1] in _PROJECT_UNITS
    return classifier and not _is_of_others(text, quantity.start, quantity, rulebook)


def _in_range(block: Block, slot: Slot, start: int, end: int) -> tuple[Quota, ...]:
    """Return the numbers of projects and the sums of `[start, end)` with what each is for."""
    text, rulebook = block.text.text, block.rulebook
    found: list[Quota] = []
    edge = start
    for quantity in find_quantities(text, start, end, rulebook):
        last = _LAST_EDGE.match(text, edge, quantity.lead)
        start = last.end() if last else edge
        edge = quantity.end
        kind, value = "budget" if quantity.kind == "money" else "projects", to_range(quantity)
        if value is None or not _is_quota(text, start, quantity, slot, rulebook):
            continue
        each = kind == "budget" and _for_one(text, start, quantity, slot, rulebook)
        scope = None if each else _scope(text, start, quantity.lead, rulebook)
        if scope is None and not each and found and found[-1].kind != kind:
            scope = _scope_before(text, start, quantity, found, rulebook)
        span = Span(quantity.lead, quantity.end, kind, f"{kind}.slot" if _has_label(slot) else f"{kind}.stated")
        found.append(Quota(kind, Value(value, span), scope, each))
    return tuple(found)


def _has_label(slot: Slot) -> bool:
    return slot.name in QUOTA_SLOTS and slot.label.rule != _OPENED


def _is_quota(text: str, start: int, quantity: Quantity, slot: Slot, rulebook: Rulebook) -> bool:
    """Say whether a number is one of projects, or a sum that the funder pays."""
    if quantity.kind == "money":
        unit = quantity.unit or ""
        return ("/" not in unit or unit.endswith(_EACH)) and not rulebook.find("NoBudget", text, start, quantity.lead)
    if quantity.kind != "count" or (quantity.unit or "")[:1] not in _PROJECT_UNITS:
        return False
    if _is_of_others(text, start, quantity, rulebook):
        return False
    words = rulebook.find("ProjectQuota", text, start, quantity.lead)
    if (words and words[-1].end == quantity.lead) or (slot.name != "budget" and _has_label(slot)):
        return True
    single = rulebook.find("PerProject", text, start, quantity.lead)
    return not single and bool(_PROJECTS.match(text, quantity.end))


def _is_of_others(text: str, start: int, quantity: Quantity, rulebook: Rulebook) -> bool:
    """Say whether a number is one of units, countries or fields: 参与单位不超过6个, 5个重点方向."""
    spans = rulebook.find("NoProjectQuota", text, start, min(len(text), quantity.end + _NOUN))
    return any(span.end == quantity.lead if span.concept == "before" else span.start == quantity.end for span in spans)


def _scope_before(text: str, start: int, quantity: Quantity, found: list[Quota], rulebook: Rulebook) -> Span | None:
    """Return the scope of the quota before, which serves this one too; a whole sum behind a whole number has none."""
    last = found[-1]
    between = text[last.value.span.end : quantity.lead]
    if last.scope is None or any(mark in between for mark in "；;。）)"):
        return None
    divided = text[last.scope.start] not in _EVERY and all(quota.scope or quota.kind != last.kind for quota in found)
    return last.scope if divided or not rulebook.find("WholeSum", text, start, quantity.lead) else None


def _for_one(text: str, start: int, quantity: Quantity, slot: Slot, rulebook: Rulebook) -> bool:
    """Say whether a sum is for a single project: its own words say so, or the label without 总 behind it."""
    if (quantity.unit or "").endswith(_EACH) or rulebook.find("PerProject", text, start, quantity.end + 2):
        return True
    if not rulebook.find("PerProject", text, slot.label.start, slot.label.end):
        return False
    return not rulebook.find("WholeSum", text, start, quantity.lead)


def _scope(text: str, start: int, end: int, rulebook: Rulebook) -> Span | None:
    """Return the words before a number that tell for which part it is, without 其中, 拟支持 and the like."""
    for rule in rulebook.rules("ScopeEdge"):
        while match := rule.pattern.search(text[start:end]):
            if rule.concept == "opening":
                start += match.end()
            else:
                end = start + match.start()
    return Span(start, end, "Scope", "envelopes.scope") if end > start else None
