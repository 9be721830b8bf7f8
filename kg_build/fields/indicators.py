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
    found = [span for slot in block.named("indicators") for span in _items(block, slot)]
    return tuple([Value(text[span.start : span.end], span) for span in found])


def _items(block: Block, slot: Slot) -> list[Span]:
    text = block.text.text
    end = closing_sentence(block, slot)
    items = find_items(block.text, slot.start, end, block.rulebook)
    if items:
        spans = [_trimmed(text, item.start, item.end, "indicators.marked") for item in items]
    else:
        edges = [slot.start - 1, *_semicolons(text, slot.start, end), end]
        spans = [_trimmed(text, at + 1, edge, "indicators.semicolon") for at, edge in pairwise(edges)]
    return [span for span in spans if span is not None]


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
    text, rules = block.text.text, block.rulebook.rules("ApplicantSentence")
    at = text.find("。", max(1, start, end - _CLOSING) - 1, end - 1)
    while at >= 0:
        behind = at + 1
        if any(rule.pattern.match(text, behind, end) for rule in rules):
            end, behind = behind, max(1, start, behind - _CLOSING) - 1
        at = text.find("。", behind, end - 1)
    return end


def _trimmed(text: str, start: int, end: int, rule: str) -> Span | None:
    while start < end and text[start] in _ENDS:
        start += 1
    while end > start and text[end - 1] in _ENDS:
        end -= 1
    return Span(start, end, "Indicator", rule) if end > start else None
