"""What a project will be judged by: the items of 考核指标, 技术指标, 预期成果.

In: a `Block`. Out: the items in the order of the text, without mark and final point. Marks split
where there are any, else ；. A closing sentence on who may apply or lead is no item.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from itertools import pairwise

from kg_build.items import find_items
from kg_build.slots import Block, Slot
from kg_build.spans import Span, Value

__all__ = ["closing_sentence", "read_indicators"]

_MARKS = re.compile(r"[（(）)；;]")
_ENDS = " 。；;，,"
_CLOSING = 120
"""Characters at the end of a slot in which a closing sentence begins."""


def read_indicators(block: Block) -> tuple[Value[str], ...]:
    """Return the indicators; several lists (one a topic) follow one another."""
    text = block.text.text
    return tuple(
        Value(text[span.start : span.end], span) for slot in block.named("indicators") for span in _items(block, slot)
    )


def _items(block: Block, slot: Slot) -> tuple[Span, ...]:
    text = block.text.text
    end = closing_sentence(block, slot)
    items = find_items(block.text, slot.start, end, block.rulebook)
    if items:
        parts = [(item.start, item.end, "indicators.marked") for item in items]
    else:
        edges = [slot.start - 1, *_semicolons(text, slot.start, end), end]
        parts = [(at + 1, edge, "indicators.semicolon") for at, edge in pairwise(edges)]
    return tuple(span for start, stop, rule in parts if (span := _trimmed(text, start, stop, rule)))


def _semicolons(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where the semicolons outside brackets stand."""
    depth = 0
    for match in _MARKS.finditer(text, start, end):
        if match[0] in "；;":
            if depth <= 0:
                yield match.start()
        else:
            depth += 1 if match[0] in "（(" else -1


def closing_sentence(block: Block, slot: Slot) -> int:
    """Return where closing sentences on who may apply begin; the slot's end where there are none."""
    return _closing(block, slot.start, slot.end)


@functools.lru_cache(maxsize=16)
def _closing(block: Block, start: int, end: int) -> int:
    while True:
        found = block.rulebook.find("ApplicantSentence", block.text.text, max(start, end - _CLOSING), end)
        if not found:
            return end
        end = found[0].start


def _trimmed(text: str, start: int, end: int, rule: str) -> Span | None:
    while start < end and text[start] in _ENDS:
        start += 1
    while end > start and text[end - 1] in _ENDS:
        end -= 1
    return Span(start, end, "Indicator", rule) if end > start else None
