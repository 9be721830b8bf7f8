"""What money a direction has, for all its projects or for each.

In: a `Block`. Out: ranges in whole yuan (CNY); sums in another currency are none of them, nor what
companies or partners add of their own.
"""

from __future__ import annotations

from kg_build.fields.counts import total
from kg_build.fields.quotas import Quota, read_phrases, read_quotas
from kg_build.records import Range
from kg_build.slots import Block
from kg_build.spans import Value

__all__ = ["read_budget", "read_project_budget"]


def read_budget(block: Block) -> Value[Range] | None:
    """Return the money of this direction, in yuan."""
    return total(tuple(quota for quota in read_quotas(block) if quota.kind == "budget"))


def read_project_budget(block: Block) -> Value[Range] | None:
    """Return the money for a single project, in yuan."""
    for quota in (*read_quotas(block), *_conditions(block)):
        if quota.kind == "budget" and quota.each:
            return quota.value
    return None


def _conditions(block: Block) -> tuple[Quota, ...]:
    text = block.text.text
    slots = block.named("requirements")
    return tuple(quota for slot in slots for quota in read_phrases(text, slot.start, slot.end, block.rulebook))
