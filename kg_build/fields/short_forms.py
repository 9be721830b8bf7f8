"""What short forms mean: 马 in 中马, 方 behind 塞.

In: a direction's block, its listed names and partners. Out: the short forms of which one meaning is
left. A country's short forms are the scheme's; this module only chooses among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg_build.recognisers import SHORT_FORMS
from kg_build.slots import Block
from kg_build.spans import Span

__all__ = ["settle_short_forms", "to_code"]


def settle_short_forms(
    block: Block,
    places: Sequence[tuple[int, int]],
    usual: Sequence[tuple[int, int]],
    partners: Iterable[Span],
    names: Iterable[Span],
) -> list[Span]:
    """Settle the short forms: one meaning only, or the one that stands in full in the direction.

    A partner's full name comes first, then any name of the direction (加方联系人：加拿大…), last what a
    short form usually means in a title or an agreement. One that begins a partner's name and is not
    listed for it means that partner, and says nothing new (中马 beside 马其顿).
    """
    listed = block.listed(SHORT_FORMS, block.section.start, block.section.end)
    if not listed:
        return []
    known, named = {to_code(span) for span in partners}, {to_code(span) for span in names}
    meanings: dict[int, list[Span]] = {}
    for span in listed:
        if any(start <= span.start < end for start, end in places):
            meanings.setdefault(span.start, []).append(span)
    found = []
    for spans in meanings.values():
        if any(name.start <= spans[0].start < name.end for name in names):
            continue
        meant = [span for span in spans if span.confidence == 1.0]
        if len(spans) > 1 or not meant:
            settled = ([span for span in spans if to_code(span) in codes] for codes in (known, named))
            meant = next(filter(None, settled), meant)
        if not meant and any(block.say(name).startswith(block.say(spans[0])) for name in partners):
            continue
        if not meant and any(start <= spans[0].start < end for start, end in usual):
            meant = [span for span in spans if _is_usual(block, span)]
        if len(meant) == 1:
            found.append(meant[0])
    return found


def to_code(span: Span) -> str:
    """Return the code of the partner that a span names, "" where it names none."""
    return (span.concept or "").rpartition("/")[2]


def _is_usual(block: Block, span: Span) -> bool:
    said = block.say(span)
    return any(
        rule.concept == to_code(span) and rule.pattern.match(said) for rule in block.rulebook.rules("UsualShortForm")
    )
