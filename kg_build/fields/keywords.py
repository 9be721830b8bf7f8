"""The keywords that a direction prints.

In: a direction's block. Out: the keywords in their order. This module knows one separator, ；, as
keywords may hold 、 themselves.
"""

from __future__ import annotations

import functools

from kg_build.fields.enumerations import split_at
from kg_build.slots import Block
from kg_build.spans import Span, Value

__all__ = ["read_keywords"]


@functools.lru_cache(maxsize=2)
def read_keywords(block: Block) -> tuple[Value[str], ...]:
    """Return the items of 关键词, split at ； only."""
    text = block.text.text
    parts = [part for slot in block.named("keywords") for part in split_at(text, slot.start, slot.end, "；;")]
    return tuple(Value(text[start:end], Span(start, end, "Keyword", "keyword.item")) for start, end in parts)
