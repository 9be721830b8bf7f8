"""What money a direction has, for all its projects or for each.

In: a `Block`. Out: ranges in whole yuan (CNY); sums in another currency are none of them, nor what
companies or partners add of their own.
"""

from __future__ import annotations

from kg_build.fields.counts import sum_of_parts, total
from kg_build.fields.envelopes import read_envelopes
from kg_build.fields.quotas import QUOTA_SLOTS, Quota, read_phrases, read_quotas
from kg_build.records import Range
from kg_build.slots import Block
from kg_build.spans import Value

__all__ = ["read_budget", "read_project_budget"]


def read_budget(block: Block) -> Value[Range] | None:
    """Return the money of this direction, in yuan."""
    quotas = [quota for quota in read_quotas(block) if quota.kind == "budget"]
    if not quotas:
        return None
    return total(quotas) or sum_of_parts([envelope.budget_cny for envelope in read_envelopes(block)])


def read_project_budget(block: Block) -> Value[Range] | None:
    """Return the money for a single project, in yuan."""
    for quota in read_quotas(block):
        if quota.kind == "budget" and quota.each:
            return quota.value
    return next((quota.value for quota in _conditions(block) if quota.each), None)


def _conditions(block: Block) -> tuple[Quota, ...]:
    """Return the sums that the conditions state, where `read_quotas` did not read them for want of a slot."""
    if not block.named(*QUOTA_SLOTS):
        return ()
    text = block.text.text
    found: list[Quota] = []
    for slot in block.named("requirements"):
        found += read_phrases(text, slot.start, slot.end, block.rulebook, kinds=("budget",))
    return tuple(found)
