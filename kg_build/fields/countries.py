"""At least how many foreign countries must take part.

In: a direction's block. Out: the number with the words that say it. A number of countries in which
something is shown, deployed or covered is none; which countries take part is `partners.py`'s to say.
"""

from __future__ import annotations

import functools
import re

from kg_build.fields.partners import BASES, matches, silent_slots
from kg_build.slots import Block, Slot
from kg_build.spans import Span, Value

__all__ = ["read_min_partner_countries"]

_NUMERALS = {character: number for number, character in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
_STOPS = "。；;"
_STOP = re.compile(f"[{_STOPS}]")
_NUMBERS = r"\d一二两三四五六七八九十"
_COUNTED = re.compile(
    rf"[{_NUMBERS}于少为有≥=达到过](?:(?<=[{_NUMBERS}])\s?[国个及或以]|(?<![{_NUMBERS}])\s?[{_NUMBERS}])"
)
"""How a number of countries is printed: before 国, 个 or 以上, or behind 不少于, ≥ and their kin."""

_OPENING = "其中至少有不于须应 —-≥）)①②③④⑤⑥⑦⑧⑨⑩0123456789"
"""What may stand before a number that opens its clause."""


@functools.lru_cache(maxsize=2)
def read_min_partner_countries(block: Block) -> Value[int] | None:
    """Return the least number of foreign countries that must take part; the highest where several are set.

    Countries where something is shown, deployed or covered (在2个国家示范) do not count.
    """
    text, silent = block.text.text, silent_slots(block)
    found: list[Value[int]] = []
    for slot in block.slots:
        if slot.name in BASES or slot.name in silent:
            continue
        for start, end in _about_countries(text, slot.start, slot.end):
            found += [_count(block, span) for span in block.rulebook.find("CountryCountBehind", text, start, end)]
            for span in block.rulebook.find("CountryCount", text, start, end):
                if _takes_part(block, slot, span):
                    found.append(_count(block, span))
    return max(found, key=lambda value: value.value) if found else None


def _about_countries(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the parts of a range that are worth a search for numbers of countries: sentences that count and say 国."""
    found: list[tuple[int, int]] = []
    at = text.find("国", start, end)
    while at >= 0:
        left = start
        for mark in _STOPS:
            left = max(left, text.rfind(mark, left, at) + 1)
        stop = _STOP.search(text, at, end)
        start = stop.start() if stop else end
        if _COUNTED.search(text, left, start):
            found.append((left, start))
        at = text.find("国", start, end)
    return found


def _count(block: Block, span: Span) -> Value[int]:
    place = span.group("n")
    assert place is not None, "a card of counts names its number"
    printed = block.text.text[place[0] : place[1]]
    return Value(int(printed) if printed.isdigit() else _NUMERALS[printed], span)


def _takes_part(block: Block, slot: Slot, span: Span) -> bool:
    """Say whether counted countries take part, and are not the place of a deed."""
    text = block.text.text
    left = max(
        [slot.start, span.start - 30] + [text.rfind(mark, slot.start, span.start) + 1 for mark in "，,。；;、（("]
    )
    right = min(slot.end, span.end + 60)
    if matches(block, "CountWhereOnly", left, span.start):
        return False
    if matches(block, "CountFrom", left, span.start):
        return True
    opens = not text[left : span.start].strip(_OPENING) or matches(block, "CountWith", left, span.start)
    return opens and matches(block, "CountTakesPart", span.end, right)
