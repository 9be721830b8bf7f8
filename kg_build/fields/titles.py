"""The heading of a direction: its title and the research type printed behind it.

In: a direction's block. Out: the title without number and type, and the type's code. This module
does not know where headings begin and end; `sections.py` does.
"""

from __future__ import annotations

import functools
from dataclasses import replace

from kg_build.slots import Block
from kg_build.spans import Span, Value

__all__ = ["read_title"]

_CLOSING = ("）", ")", " ")
"""How a title ends behind which a type is printed: in a bracket."""


@functools.lru_cache(maxsize=2)
def read_title(block: Block) -> tuple[Value[str], Value[str] | None]:
    """Return the title and the research type ("basic", "key-technology", "demonstration") or None."""
    span = block.section.title_span
    assert span is not None, "a direction has a heading"
    text = block.text.text
    bracketed = text[span.start : span.end].endswith(_CLOSING)
    types = block.rulebook.find("ResearchType", text, span.start, span.end) if bracketed else ()
    if not types:
        return Value(block.say(span), span), None
    found = types[-1]
    title = _trim(block, span, found.start)
    return Value(block.say(title), title), Value(found.concept or "", found)


def _trim(block: Block, span: Span, end: int) -> Span:
    while end > span.start and block.text.text[end - 1] == " ":
        end -= 1
    return replace(span, end=end)
