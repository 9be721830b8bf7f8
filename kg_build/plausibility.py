"""What does not add up in a reading: doubts to be told, not hidden.

In: a call with the blocks it was read from. Out: findings, call first, then each direction's, in the
order of the text. This module changes nothing and guesses nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg_build.findings import Finding
from kg_build.omissions import find_skipped_headings, find_unknown_labels, find_unread_lists
from kg_build.pagination import find_footnotes
from kg_build.records import Call, Contact, Direction, Range
from kg_build.rules import Rulebook
from kg_build.slots import Block, Slot
from kg_build.spans import Span, Value
from kg_build.text import Text

__all__ = ["find_doubts"]

_SHORTEST = 2
"""Characters: a slot that says less says nothing."""
_FACTS = {
    "agreements": ("agreements",),
    "initiatives": ("agreements",),
    "topics": ("topics", "open_topic"),
    "projects": ("projects", "envelopes"),
    "projects-and-budget": ("projects", "envelopes", "budget_cny"),
    "budget": ("budget_cny", "project_budget_cny", "envelopes"),
    "term": ("duration_years",),
    "keywords": ("keywords",),
    "indicators": ("indicators",),
    "contacts": ("contacts", "urls"),
}
"""What is read from a labelled slot."""


def find_doubts(text: Text, call: Call, blocks: tuple[Block, ...]) -> tuple[Finding, ...]:
    """Compare what was found with what the guide states, and each slot with what was read from it."""
    if not call.directions:
        return (_no_directions(call),)
    parts: dict[str, list[Direction]] = {}
    for direction in call.directions:
        if direction.parent is not None:
            parts.setdefault(direction.parent, []).append(direction)
    doubts = [*_footnotes(text, blocks[0].rulebook), *_count_doubts(call), *_call_sum_doubts(call, parts)]
    doubts += find_skipped_headings(text, blocks[0].rulebook, call.directions)
    for direction, block in zip(call.directions, blocks, strict=True):
        doubts += _slot_doubts(direction, block)
        doubts += find_unknown_labels(direction, block)
        doubts += find_unread_lists(direction, block)
        doubts += _part_doubts(direction, parts.get(direction.number.value, []))
        doubts += _contact_doubts(direction)
    return tuple(doubts)


def _footnotes(text: Text, rulebook: Rulebook) -> Iterator[Finding]:
    """Tell what the footnotes say: they are cut out of the text, so nothing is read from them."""
    raw = text.document.raw
    for start, end in find_footnotes(raw, rulebook):
        words = " ".join(raw[start:end].split())
        yield Finding(
            "info", "call", "footnote.unread", f"a footnote was not read, at {start}–{end} of the source: {words}"
        )


def _no_directions(call: Call) -> Finding:
    """Tell a notice that only forwards guides from a text in which directions were looked for in vain."""
    if call.title is not None and call.title.value.endswith("通知"):
        message = "no direction stands here: a notice, which forwards guides that have files of their own"
        return _doubt("call", "call.notice", message, call.title.span)
    span = None if call.stated_directions is None else call.stated_directions.span
    stated = "" if call.stated_directions is None else f", though {call.stated_directions.value} are stated"
    return Finding("warning", "call", "call.no-directions", f"no direction was found{stated}: is this a guide?", span)


def _count_doubts(call: Call) -> Iterator[Finding]:
    found = sum(direction.parent is None for direction in call.directions)
    stated = call.stated_directions
    if stated is not None and stated.value != found:
        yield _doubt("call", "call.directions", f"states {stated.value} directions, {found} were found", stated.span)
    partners = {partner.value for direction in call.directions for partner in direction.partners}
    if call.stated_partners is not None and call.stated_partners.value > len(partners):
        message = f"states {call.stated_partners.value} partners, {len(partners)} were found"
        yield _doubt("call", "call.partners", message, call.stated_partners.span)


def _call_sum_doubts(call: Call, parts: Mapping[str, list[Direction]]) -> Iterator[Finding]:
    top = [(direction, parts.get(direction.number.value, [])) for direction in call.directions if not direction.parent]
    projects = [_range(direction.projects) or _sum([_range(part.projects) for part in its]) for direction, its in top]
    budgets = [_range(direction.budget_cny) or _sum([_range(p.budget_cny) for p in its]) for direction, its in top]
    yield from _sum_doubts("call", "call.projects", "projects", call.projects, projects)
    yield from _sum_doubts("call", "call.budget", "a budget", call.budget_cny, budgets)


def _part_doubts(direction: Direction, parts: list[Direction]) -> Iterator[Finding]:
    """Compare a direction's quota and money with those of its sub-directions and of its envelopes."""
    if not parts and not direction.envelopes:
        return
    number = direction.number.value
    for what, stated, theirs, shares in (
        ("projects", direction.projects, [part.projects for part in parts], [e.projects for e in direction.envelopes]),
        ("a budget", direction.budget_cny, [p.budget_cny for p in parts], [e.budget_cny for e in direction.envelopes]),
    ):
        name = what.removeprefix("a ")
        yield from _sum_doubts(number, f"direction.{name}", what, stated, [_range(part) for part in theirs])
        least = sum((share.value.min or 0) for share in shares if share)
        largest = max(((share.value.max or 0) for share in shares if share), default=0)
        limit = stated.value.max if stated else None
        if stated and limit is not None and max(least, largest) > limit:
            message = f"states {what} of {limit:,}, a part of it has {max(least, largest):,}"
            yield _doubt(number, f"direction.{name}", message, stated.span)


def _range(value: Value[Range] | None) -> Range | None:
    return None if value is None else value.value


def _sum(parts: list[Range | None]) -> Range | None:
    return Range(*_add(parts)) if any(parts) else None


def _add(parts: Iterable[Range | None]) -> tuple[float, float | None]:
    """Add ranges: the least that they take together, and the most, None where a part has no upper bound."""
    known = list(parts)
    least = sum(part.min or 0 for part in known if part is not None)
    bounds = [part.max if part is not None else None for part in known]
    most = [bound for bound in bounds if bound is not None]
    return least, sum(most) if len(most) == len(bounds) else None


def _sum_doubts(
    subject: str, rule: str, what: str, stated: Value[Range] | None, parts: list[Range | None]
) -> Iterator[Finding]:
    """Compare a stated amount with what its parts take; limits (不超过) need not be reached, so their sum is no doubt."""
    if stated is None or not any(parts):
        return
    lowest, highest = stated.value.min, stated.value.max
    least, most = _add(parts)
    limit = highest if highest is not None else lowest
    if highest is not None and least > highest:
        message = f"states {what} of {limit:,}, its directions take at least {least:,}"
        yield _doubt(subject, rule, message, stated.span)
    elif lowest is not None and most is not None and most < lowest:
        message = f"states {what} of {limit:,}, its directions take at most {most:,}"
        yield _doubt(subject, rule, message, stated.span)
    elif lowest == highest and most not in (None, highest):
        message = f"states {what} of {limit:,}, the limits of its directions add up to {most:,}"
        yield Finding("info", subject, rule, message, stated.span)


def _slot_doubts(direction: Direction, block: Block) -> Iterator[Finding]:
    """Tell of each labelled slot from which nothing was read."""
    for slot in block.slots:
        facts = _FACTS.get(slot.name)
        read = facts is None or any(getattr(direction, fact) for fact in facts)
        if not read and slot.end - slot.start >= _SHORTEST:
            message = f"nothing was understood in the slot {slot.name}"
            yield _doubt(direction.number.value, f"slot.{slot.name}", message, _place(slot))


def _place(slot: Slot) -> Span:
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
