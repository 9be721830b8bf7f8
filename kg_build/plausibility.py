"""What does not add up in a reading: doubts to be told, not hidden.

In: a call with the blocks it was read from. Out: findings, in the order of the text. This module
changes nothing and guesses nothing.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg_build.findings import Finding
from kg_build.records import Call, Contact, Direction, Range
from kg_build.slots import Block, Slot
from kg_build.spans import Span, Value
from kg_build.text import Text

__all__ = ["find_doubts"]

_SHORTEST = 2
"""Characters: a slot that says less says nothing."""


def find_doubts(text: Text, call: Call, blocks: tuple[Block, ...]) -> tuple[Finding, ...]:
    """Compare what was found with what the call states, and each slot with what was read from it."""
    doubts = [*_count_doubts(call), *_sum_doubts(call)]
    if not call.directions:
        doubts.append(Finding("warning", "call", "call.no-directions", "no direction was found: is this a guide?"))
    for direction, block in zip(call.directions, blocks, strict=True):
        doubts += _slot_doubts(direction, block)
        doubts += _contact_doubts(direction)
    return tuple(doubts)


def _count_doubts(call: Call) -> Iterator[Finding]:
    found = sum(direction.parent is None for direction in call.directions)
    stated = call.stated_directions
    if stated is not None and stated.value != found:
        yield _doubt("call", "call.directions", f"states {stated.value} directions, {found} were found", stated.span)
    partners = {partner.value for direction in call.directions for partner in direction.partners}
    if call.stated_partners is not None and call.stated_partners.value > len(partners):
        message = f"states {call.stated_partners.value} partners, {len(partners)} were found"
        yield _doubt("call", "call.partners", message, call.stated_partners.span)


def _sum_doubts(call: Call) -> Iterator[Finding]:
    top = [direction for direction in call.directions if direction.parent is None]
    for name, stated, parts in (
        ("projects", call.projects, [direction.projects for direction in top]),
        ("budget", call.budget_cny, [direction.budget_cny for direction in top]),
    ):
        limit = stated.value.max if stated else None
        total = _total(parts)
        if stated and limit is not None and total is not None and total != limit:
            message = f"states a {name} of {limit}, its directions add up to {total}"
            yield _doubt("call", f"call.{name}", message, stated.span)


def _total(parts: list[Value[Range] | None]) -> float | None:
    """Add the upper bounds; None where a direction states none."""
    bounds = [part.value.max if part else None for part in parts]
    known = [bound for bound in bounds if bound is not None]
    return sum(known) if known and len(known) == len(bounds) else None


def _slot_doubts(direction: Direction, block: Block) -> Iterator[Finding]:
    """Tell of each labelled slot from which nothing was read."""
    read: dict[str, object] = {
        "agreements": direction.agreements,
        "initiatives": direction.agreements,
        "topics": direction.topics or direction.open_topic,
        "projects": direction.projects or direction.envelopes,
        "projects-and-budget": direction.projects or direction.envelopes or direction.budget_cny,
        "budget": direction.budget_cny or direction.project_budget_cny or direction.envelopes,
        "term": direction.duration_years,
        "keywords": direction.keywords,
        "indicators": direction.indicators,
    }
    for slot in block.slots:
        if slot.name in read and not read[slot.name] and slot.end - slot.start >= _SHORTEST:
            message = f"nothing was understood in the slot {slot.name}"
            yield _doubt(direction.number.value, f"slot.{slot.name}", message, _place(block, slot))


def _place(block: Block, slot: Slot) -> Span:
    return Span(slot.start, min(slot.end, slot.start + 60), "Doubt", slot.label.rule)


def _contact_doubts(direction: Direction) -> Iterator[Finding]:
    for contact in direction.contacts:
        place = _first(contact)
        if contact.name is None and place is not None:
            yield _doubt(direction.number.value, "contact.no-name", "a contact without a person's name", place)


def _first(contact: Contact) -> Span | None:
    values = (*contact.emails, *contact.phones, *contact.faxes)
    return values[0].span if values else None


def _doubt(subject: str, rule: str, message: str, span: Span) -> Finding:
    return Finding("warning", subject, rule, message, span)
