"""How many projects a direction will fund.

In: a `Block`. Out: the range of its own quota, None where it states none; parts are added up only
where no total is printed.
"""

from __future__ import annotations

from dataclasses import replace

from kg_build.fields.quotas import Quota, read_quotas
from kg_build.records import Range
from kg_build.slots import Block
from kg_build.spans import Value

__all__ = ["read_projects", "total"]


def read_projects(block: Block) -> Value[Range] | None:
    """Return the number of projects of this direction."""
    return total(tuple(quota for quota in read_quotas(block) if quota.kind == "projects"))


def total(quotas: tuple[Quota, ...]) -> Value[Range] | None:
    """Return the quota without a scope, else the sum of those with one; what is for each of something adds nothing."""
    whole = [quota for quota in quotas if not quota.each]
    for quota in whole:
        if quota.scope is None:
            return quota.value
    parts = [quota.value for quota in whole]
    if len(parts) < 2:
        return None
    lows, highs = [part.value.min for part in parts], [part.value.max for part in parts]
    low = None if None in lows else sum(value for value in lows if value is not None)
    high = None if None in highs else sum(value for value in highs if value is not None)
    span = replace(parts[0].span, end=parts[-1].span.end, rule=f"{whole[0].kind}.sum-of-parts")
    return Value(Range(low, high), span)
