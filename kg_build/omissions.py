"""What stands in a guide and was not read: labels, lists and headings that no reader took.

In: directions with the blocks that they were read from. Out: findings that show the place. This
module changes nothing and guesses nothing; a list of conditions may hold items without a code, so
it is not looked at.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from kg_build.findings import Finding
from kg_build.items import Item, find_items, find_marks
from kg_build.records import Direction
from kg_build.rules import Rule, Rulebook
from kg_build.slots import SUBDIRECTION, Block
from kg_build.spans import Span, Value
from kg_build.text import Text

__all__ = ["find_skipped_headings", "find_unknown_labels", "find_unread_lists"]

_LISTS = ("agreements", "initiatives", "topics", "projects", "projects-and-budget", "budget", "contacts", "indicators")
"""Slots in which each item of a list says something that a record holds."""
_SUBHEADED = ("topics", "content", "indicators", SUBDIRECTION)
"""Slots in which a short line with a colon is a heading of the work, unless it opens like a label."""
_RECORDED = 2
"""Levels of a list that a record holds: topics and what is named under them."""
_ENDS = "。；;！!？?"
_SHORT = 0.7
"""A line shorter than this part of the longest line near it was not broken by a page's width."""
_NEAR = 8
_TITLE = 60
_DECIMAL = re.compile(r"(\d+)\.(\d+)")


def find_unknown_labels(direction: Direction, block: Block) -> Iterator[Finding]:
    """Tell of lines that open with a label (资助方式：) that names no slot."""
    text = block.text
    rulebook, rules = block.rulebook, block.rulebook.rules("LabelShape")
    known = [(slot.label.start, slot.label.end) for slot in block.slots]
    lines = text.line_starts(block.section.body, block.section.end)
    found = [(rule, match) for line in lines for rule in rules if (match := rule.pattern.match(text.text, line))]
    for rule, match in found:
        offset = match.start()
        if _is_known(known, offset) or not _opens_paragraph(text, offset):
            continue
        span = rule.span(match)
        slot = next((slot for slot in reversed(block.slots) if slot.start <= offset), None)
        subheaded = slot is not None and slot.name in _SUBHEADED
        likely = not subheaded or _match(text, rulebook.rules("SlotLikeLabel"), offset) is not None
        if not likely or _is_contact(block, span):
            continue
        label = span.group("label")
        assert label is not None, "the card names its label"
        message = (
            f"the label {text.text[label[0] : label[1]]} is not known; what stands behind it was not read as a slot"
        )
        yield Finding("warning", direction.number.value, "label.unknown", message, span)


def _match(text: Text, rules: Iterable[Rule], offset: int) -> tuple[Rule, re.Match[str]] | None:
    for rule in rules:
        if match := rule.pattern.match(text.text, offset):
            return rule, match
    return None


def _is_known(labels: Iterable[tuple[int, int]], offset: int) -> bool:
    return any(start <= offset < end for start, end in labels)


def _opens_paragraph(text: Text, offset: int) -> bool:
    """Say whether what stands before a line is a sentence's end, or a line that the page's width did not break."""
    if offset == 0 or text.text[offset - 1] in _ENDS:
        return True
    behind = bisect_right(text.lines, offset)
    lengths = [end - start for start, end in pairwise(text.lines[max(0, behind - _NEAR) : behind])]
    return bool(lengths) and lengths[-1] < _SHORT * max(lengths)


def _is_contact(block: Block, span: Span) -> bool:
    """Say whether a label asks for a person or an address; a wrapped line may hold its end alone."""
    start = max(block.section.body, span.start - 8)
    found = (
        each
        for name in ("ContactLabel", "ContactField")
        for each in block.rulebook.find(name, block.text.text, start, span.end)
    )
    return any(each.end > span.start for each in found)


def find_unread_lists(direction: Direction, block: Block) -> Iterator[Finding]:
    """Tell of lists from which nothing was read, in a slot or inside an item, and of marks that follow no mark."""
    slots, text, rulebook = block.named(*_LISTS), block.text, block.rulebook
    listed = [(slot, marks) for slot in slots if (marks := find_marks(text, slot.start, slot.end, rulebook))]
    places = tuple(_evidence(direction)) if listed else ()
    for slot, marks in listed:
        kept: set[int] = set()
        for level, items in _lists(block, slot.start, slot.end, [mark.start for mark in marks]):
            kept.update(item.marker.start for item in items)
            unread = [item for item in items if not _is_read(item, places)]
            if unread and level < _RECORDED:
                message = f"nothing was read from {len(unread)} of the {len(items)} items of a list in {slot.name}"
                yield Finding("warning", direction.number.value, "list.unread", message, _quote(unread[0]))
            elif unread:
                message = f"a list of {len(items)} items in {slot.name} lies deeper than a record goes"
                yield Finding("info", direction.number.value, "list.too-deep", message, _quote(unread[0]))
        stray = next((mark for mark in marks if kept and mark.start not in kept and _opens_item(block, mark)), None)
        if stray is not None:
            printed = block.say(stray).strip()
            message = f"the item {printed} in {slot.name} does not follow the item before it"
            yield Finding("warning", direction.number.value, "list.broken", message, stray)


def _lists(
    block: Block, start: int, end: int, marks: Sequence[int], level: int = 0
) -> Iterator[tuple[int, tuple[Item, ...]]]:
    """Yield the list of a range and those in its items; `marks` are where all marks of the slot begin, in order."""
    first = bisect_left(marks, start)
    if first == len(marks) or marks[first] >= end:
        return
    items = find_items(block.text, start, end, block.rulebook)
    if items:
        yield level, items
    for item in items:
        yield from _lists(block, item.start, item.end, marks, level + 1)


def _opens_item(block: Block, mark: Span) -> bool:
    """Say whether a mark opens a line behind the end of a sentence, as an item's does."""
    text = block.text
    return text.starts_line(mark.start) and text.text[mark.start - 1 : mark.start] in tuple(_ENDS + "：:")


def _is_read(item: Item, places: Iterable[Span]) -> bool:
    start, end = item.start, item.end
    return any(place.start < end and start < place.end for place in places)


def _quote(item: Item) -> Span:
    return Span(item.marker.start, min(item.end, item.start + 40), "Doubt", item.marker.rule)


def _evidence(direction: Direction) -> Iterator[Span]:
    """Yield the places of all that was read from lists."""
    for value in _values(direction):
        if value is not None:
            yield value.span


def _values(direction: Direction) -> Iterator[Value[object] | None]:
    yield from (direction.open_topic, direction.projects, direction.budget_cny, direction.project_budget_cny)
    yield from (direction.duration_years, *direction.indicators, *direction.keywords, *direction.urls)
    yield from (agreement.title for agreement in direction.agreements)
    yield from (requirement.code for requirement in direction.requirements)
    for topic in direction.topics:
        yield from (topic.title, *topic.subtopics)
    for envelope in direction.envelopes:
        yield from (envelope.scope, envelope.projects, envelope.budget_cny)
    for contact in direction.contacts:
        yield from (contact.name, contact.org, *contact.phones, *contact.faxes, *contact.emails)


def find_skipped_headings(text: Text, rulebook: Rulebook, directions: Iterable[Direction]) -> Iterator[Finding]:
    """Tell of numbers that were left out (1.4 behind 1.2), and of lines that open like a heading and opened none."""
    directions = tuple(directions)
    yield from _gaps([direction for direction in directions if direction.parent is None])
    numbers = sorted((direction.number.span.start, direction.number.value) for direction in directions)
    heads = [start for start, _ in numbers]
    signs = frozenset([text.text[offset] for offset in text.lines])
    cards = {sign: found for sign in signs if (found := rulebook.starting("DirectionNumber", sign))}
    for offset in text.lines:
        opening = _match(text, cards.get(text.text[offset], ()), offset)
        at = bisect_left(heads, offset) if opening else 0
        if opening is None or at == 0 or offset in heads[at : at + 1]:
            continue
        span, before = opening[0].span(opening[1]), numbers[at - 1][1]
        printed = text.text[span.start : span.end].strip("指南方向 .．、:：")
        if "." in before and _follows(printed, before) and _heads_title(text, rulebook, span):
            message = f"a line opens like the direction {printed} and was read as a part of {before}"
            yield Finding("warning", "call", "heading.skipped", message, span)


def _gaps(directions: Sequence[Direction]) -> Iterator[Finding]:
    """Tell of each number that does not continue the one before it; a field begins at 1."""
    last = (0, 0)
    for direction in directions:
        match = _DECIMAL.fullmatch(direction.number.value)
        if match is None:
            return
        order = int(match[1]), int(match[2])
        next_field = order[0] == last[0] + 1 and (order[1] == 1 or (order[1] == 0 and last[1] == 9))
        if not next_field and order != (last[0], last[1] + 1):
            before = f"behind {last[0]}.{last[1]}" if last[0] else "first"
            message = f"{direction.number.value} stands {before}: were directions left out?"
            yield Finding("warning", direction.number.value, "heading.gap", message, direction.number.span)
        last = order


def _follows(printed: str, before: str) -> bool:
    """Say whether a number may be the number of a later direction: 1.4 or 2.3 behind 1.2, not 1.1 nor 7.5."""
    major, minor, *_ = map(int, re.split(r"[.．]", printed))
    last_major, last_minor, *_ = map(int, f"{before}.0".split("."))
    return minor > last_minor if major == last_major else major == last_major + 1


def _heads_title(text: Text, rulebook: Rulebook, number: Span) -> bool:
    """Say whether the line behind a number ends like a title, or the one on which a wrapped title goes on."""
    first = text.next_line(number.start)
    ends = [end for end in (first, text.next_line(first)) if end - number.end <= _TITLE]
    lines = [text.text[number.end : end].strip(" 。") for end in ends]
    rules = rulebook.rules("TitleEnding")
    return any("。" not in line and rule.pattern.search(line) is not None for line in lines for rule in rules)
