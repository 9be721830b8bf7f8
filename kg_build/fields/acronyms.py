"""Organisations and groups that no list knows: found by the acronym printed behind their name.

In: a direction's block, its title or a slot. Out: spans that name the acronym. Whether they are
partners is for `partners.py` to say.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg_build.slots import Block, Slot
from kg_build.spans import Span, Value

__all__ = ["JOINTS", "begins_longer", "find_acronyms", "to_kind", "to_partner", "with_unlisted"]

JOINTS = frozenset(
    ["", "、", "，", ",", "和", "及", "与", "或", "或者", "以及", "—", "-", "–", "－", "/", "和国际", "等国和"]
)
"""What stands between two names of one list."""

_OPENING = re.compile("[（(][A-Z]{2}")
"""How an acronym behind a name begins."""


def find_acronyms(block: Block, title: Span, names: Sequence[Span]) -> list[Span]:
    """Find the organisations and groups that no list knows, with the acronyms that the title prints.

    What a country's name begins is that country's (日本国际协力机构).
    """
    spans = block.rulebook.find("PartnerAcronym", block.text.text, title.start, title.end)
    found = [span for span in spans if not any(name.end == (span.group("name") or (0, 0))[1] for name in names)]
    return [s for s in found if not any(to_kind(n) == "country" and begins_longer(block, n, [s]) for n in names)]


def to_partner(block: Block, span: Span) -> Value[str]:
    code = span.group("code")
    assert code is not None, "an acronym card names its code"
    return Value(block.text.text[code[0] : code[1]], span)


def begins_longer(block: Block, name: Span, acronyms: list[Span]) -> bool:
    """Say whether a name is only the beginning of an organisation's: 南部非洲 of 南部非洲发展共同体（…）."""
    for span in acronyms:
        start, end = span.group("name") or (0, 0)
        if start <= name.end < end and JOINTS.isdisjoint(block.text.text[name.end : end]):
            return True
    return False


def with_unlisted(block: Block, slot: Slot, names: list[Span]) -> list[Span]:
    """Add the organisations that no list knows, by their acronyms (国际某学联合会（IXX）)."""
    text = block.text.text
    if _OPENING.search(text, slot.start, slot.end) is None:
        return names
    found = []
    for span in block.rulebook.find_rare("PartnerAcronym", text, slot.start, slot.end):
        (start, end), (first, last) = span.group("name") or (0, 0), span.group("code") or (0, 0)
        if end < first and not any(name.end == end for name in names):
            found.append(replace(span, start=start, end=end, concept=f"organisation/{text[first:last]}"))
    taken = [(span.start, span.end) for span in found]
    kept = [name for name in names if not any(start <= name.start < end for start, end in taken)]
    return sorted([*kept, *found], key=lambda span: span.start) if found else names


def to_kind(span: Span) -> str:
    """Return what a span names: country, region, group or organisation."""
    return (span.concept or "").rsplit("/", 2)[-2]
