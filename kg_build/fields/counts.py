"""How many projects a direction will fund.

In: a `Block`. Out: the range of its own quota, None where it states none; parts are added up only
where no total is printed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from kg_build.fields.envelopes import read_envelopes
from kg_build.fields.quotas import Quota, read_quotas
from kg_build.records import Range
from kg_build.slots import Block
from kg_build.spans import Value

__all__ = ["read_projects", "sum_of_parts", "total"]


def read_projects(block: Block) -> Value[Range] | None:
    """Return the number of projects of this direction."""
    quotas = [quota for quota in read_quotas(block) if quota.kind == "projects"]
    if not quotas:
        return None
    return total(quotas) or sum_of_parts([envelope.projects for envelope in read_envelopes(block)])


def total(quotas: Sequence[Quota]) -> Value[Range] | None:
    """Return the quota without a scope; one that is printed as two bounds (不少于3项，不多于5项) has both."""
    whole = [quota.value for quota in quotas if quota.scope is None and not quota.each]
    if not whole:
        return None
    low, high = whole[0], whole[1] if len(whole) > 1 else whole[0]
    if low.value.max is None and high.value.min is None:
        return Value(Range(low.value.min, high.value.max), replace(low.span, end=high.span.end))
    return low


def sum_of_parts(parts: Sequence[Value[Range] | None]) -> Value[Range] | None:
    """Add up two or more parts; a bound that one part lacks the sum lacks too."""
    known = [part for part in parts if part is not None]
    if len(known) < 2:
        return None
    lows, highs = [part.value.min for part in known], [part.value.max for part in known]
    low = None if None in lows else sum(value for value in lows if value is not None)
    high = None if None in highs else sum(value for value in highs if value is not None)
    end = max(part.span.end for part in known)
    return Value(Range(low, high), replace(known[0].span, end=end, rule=f"{known[0].span.label}.sum-of-parts"))
