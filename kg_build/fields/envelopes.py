"""Parts of a direction's quota and money, by what they are for.

In: a `Block`. Out: one `Envelope` for each scope, in the order of the text; what is for each topic
becomes one for every topic of the direction.
"""

from __future__ import annotations

import functools

from kg_build.fields.quotas import Quota, read_quotas
from kg_build.fields.topics import read_topics
from kg_build.records import Envelope
from kg_build.slots import Block
from kg_build.spans import Span, Value

__all__ = ["read_envelopes"]


@functools.lru_cache(maxsize=2)
def read_envelopes(block: Block) -> tuple[Envelope, ...]:
    """Return the parts of quota and money that have a scope; those of one scope are one."""
    by_scope: dict[str, list[Quota]] = {}
    for quota in read_quotas(block):
        if quota.scope is not None:
            by_scope.setdefault(block.say(quota.scope), []).append(quota)
    found = []
    for quotas in by_scope.values():
        projects = next((quota.value for quota in quotas if quota.kind == "projects"), None)
        budget = next((quota.value for quota in quotas if quota.kind == "budget"), None)
        scope = quotas[0].scope
        assert scope is not None
        found += [Envelope(name, projects, budget) for name in _names(block, scope)]
    return tuple(found)


def _names(block: Block, scope: Span) -> tuple[Value[str], ...]:
    """Return the scope in words; 每个领域方向 stands for the topics of the direction, where it has any."""
    words = block.say(scope)
    if any(rule.pattern.search(words) for rule in block.rulebook.rules("EachTopic")):
        topics = tuple(topic.title for topic in read_topics(block))
        if topics:
            return topics
    return (Value(words, scope),)
