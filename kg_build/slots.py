"""The labelled parts of a direction: 合作协议, 领域方向, 其他要求, 考核指标 and their kin.

In: a direction's `Section`. Out: its `Slot`s in document order, none overlapping. This module
knows the labels that are printed, not what stands behind them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace

from kg_build.frozen import frozen
from kg_build.items import Item, find_items, find_items_of, find_marks, to_item_number
from kg_build.labels import find_labels
from kg_build.rules import Rulebook
from kg_build.sections import Section
from kg_build.spans import Span, SpanIndex
from kg_build.text import Text

__all__ = ["SUBDIRECTION", "Block", "Slot", "read_block", "read_margins", "read_subdirections"]

_SUBHEADED = ("dot", "subdirection")
"""Kinds of marks that number sub-directions: 1. and 子方向1：."""
_OPENING = 8
"""Characters that may say at the head of a direction that its basis follows."""
_NESTED = ("content", "indicators")
"""Slots that may stand inside an item of the topics, one for each item."""
_QUOTAS = ("projects", "budget", "projects-and-budget", "term")
"""Slots that a list of conditions may follow without a label of its own."""

SUBDIRECTION = "subdirection"
"""The name of a slot that belongs to a direction of its own inside this one."""

_NO_NAMES = SpanIndex({})


@frozen()
class Slot:
    """A part of a direction: the name of its kind and the range of what stands behind the label.

    "lead" is the part before any label, with an empty label span.
    """

    name: str
    start: int
    end: int
    label: Span


@frozen(eq=False)
class Block:
    """What the field readers see of one direction: the text, the section, its slots, the rule cards.

    `names` are the listed names of the whole text (label: the scheme, concept: the IRI); `heading` is
    the title of what the direction stands under: a first-level field, or a direction. A block is equal
    only to itself, so that what one reader read of it can be kept for the others.
    """

    text: Text
    section: Section
    slots: tuple[Slot, ...]
    rulebook: Rulebook
    names: SpanIndex = _NO_NAMES
    heading: Span | None = None

    def named(self, *names: str) -> tuple[Slot, ...]:
        """Return the slots of these names, in document order."""
        return tuple([slot for slot in self.slots if slot.name in names])

    def find(self, label: str, *names: str) -> tuple[Span, ...]:
        """Find what the cards of a label find in the slots of these names (in the whole block without names)."""
        if not names:
            return self.rulebook.find(label, self.text.text, self.section.start, self.section.end)
        found: list[Span] = []
        for slot in self.slots:
            if slot.name in names:
                found += self.rulebook.find(label, self.text.text, slot.start, slot.end)
        return tuple(found)

    def listed(self, scheme: str, start: int, end: int) -> tuple[Span, ...]:
        """Return the listed names of a scheme that lie in `[start, end)`, in the order of the text."""
        return self.names.inside(scheme, start, end)

    def say(self, span: Span) -> str:
        """Return the cleaned text of a span."""
        return self.text.text[span.start : span.end]

    def reach(self, name: str) -> tuple[int, int] | None:
        """Return the range of a slot with the slots nested in its items (研究内容 and 考核指标 under topics)."""
        for at, slot in enumerate(self.slots):
            if slot.name == name:
                behind = (s for s in self.slots[at + 1 :] if s.name not in (*_NESTED, SUBDIRECTION))
                end = next((s.label.start for s in behind), self.section.end)
                return slot.start, end if self._goes_on(slot, end) else slot.end
        return None

    def _goes_on(self, slot: Slot, end: int) -> bool:
        """Say whether the list of a slot goes on behind it, up to `end`: with its next number, not with a new list."""
        items = find_items(self.text, slot.start, slot.end, self.rulebook)
        if not items or end <= slot.end:
            return False
        further = find_items_of(self.text, slot.start, end, self.rulebook, kind=items[-1].kind)
        beyond = next((item for item in further if item.marker.start >= slot.end), None)
        return beyond is not None and beyond.number == items[-1].number + 1


def read_block(
    text: Text, section: Section, rulebook: Rulebook, names: SpanIndex = _NO_NAMES, heading: Span | None = None
) -> Block:
    """Divide a direction into its slots."""
    labels = find_labels(text, section.body, section.end, rulebook)
    lead_end = labels[0].start if labels else section.end
    slots = [_lead(section.body, lead_end)] if labels else list(_split_prose(text, section, rulebook))
    edges = [*(span.start for span in labels[1:]), section.end] if labels else []
    slots += [Slot(span.concept or "", span.end, end, span) for span, end in zip(labels, edges, strict=True)]
    parted: list[Slot] = []
    for slot in slots:
        for part in _split_off_quota(text, slot, rulebook) if slot.name == "topics" else (slot,):
            parted += _split_off_conditions(text, part, rulebook) if part.name in _QUOTAS else (part,)
    block = Block(text, section, tuple([slot for slot in parted if slot.end > slot.start]), rulebook, names, heading)
    nested = _cut_at_items(block)
    return Block(text, section, nested, rulebook, names, heading) if nested else block


def read_margins(text: Text, root: Section, rulebook: Rulebook, names: SpanIndex = _NO_NAMES) -> tuple[Block, ...]:
    """Return what the call itself says as blocks: the text before the directions, the text behind them."""
    last = root.children[-1].end if root.children else root.body
    ranges = ((0, root.body), (last, len(text.text)))
    return tuple(
        Block(text, replace(root, start=start, end=end, body=start, children=()), (_lead(start, end),), rulebook, names)
        for start, end in ranges
        if end > start
    )


def _lead(start: int, end: int) -> Slot:
    return Slot("lead", start, end, Span(start, start, "SlotLabel", "slot.lead"))


def _split_prose(text: Text, section: Section, rulebook: Rulebook) -> Iterator[Slot]:
    """Yield the slots of a direction without labels: its basis, or what else opens it, its topics, the conditions.

    Learnt from guides in prose: 根据…，双方商定的合作领域为先进材料和环境。拟支持项目不超过6项，…
    """
    phrase = next(iter(rulebook.find("TopicPhrase", text.text, section.body, section.end)), None)
    if phrase is None:
        yield _lead(section.body, section.end)
        return
    stop = text.text.find("。", phrase.end, section.end)
    stop = section.end if stop < 0 else stop + 1
    basis = rulebook.find("BasisOpening", text.text, section.body, min(section.body + _OPENING, phrase.start))
    if basis and basis[0].start == section.body:
        yield Slot(
            "agreements", section.body, phrase.start, Span(section.body, section.body, "SlotLabel", basis[0].rule)
        )
    else:
        yield _lead(section.body, phrase.start)
    yield Slot("topics", phrase.end, stop, phrase)
    yield Slot("requirements", stop, section.end, Span(stop, stop, "SlotLabel", "slot.conditions-without-label"))


def _split_off_quota(text: Text, slot: Slot, rulebook: Rulebook) -> tuple[Slot, ...]:
    """Part a sentence on the number of projects or their money from the topics that it follows without a label."""
    for span in rulebook.find("QuotaOpening", text.text, slot.start, slot.end):
        if text.starts_line(span.start) or text.text[span.start - 1] in "。；;":
            label = Span(span.start, span.start, "SlotLabel", "slot.quota-without-label")
            return replace(slot, end=span.start), Slot("projects-and-budget", span.start, slot.end, label)
    return (slot,)


def _split_off_conditions(text: Text, slot: Slot, rulebook: Rulebook) -> tuple[Slot, ...]:
    """Part a list of conditions from a quota or budget that it follows without a label of its own."""
    items = find_items(text, slot.start, slot.end, rulebook)
    if not items or items[0].marker.start == slot.start or not text.starts_line(items[0].marker.start):
        return (slot,)
    cut = items[0].marker.start
    label = Span(cut, cut, "SlotLabel", "slot.conditions-without-label")
    return replace(slot, end=cut), Slot("requirements", cut, slot.end, label)


def _cut_at_items(block: Block) -> tuple[Slot, ...]:
    """End a slot nested in an item of the topics where the next item begins; nothing where none does."""
    starts = [item.marker.start for item in topic_items(block)]
    if not starts:
        return ()
    cut = []
    for slot in block.slots:
        at = bisect_left(starts, slot.start)
        ends = slot.name in _NESTED and at < len(starts) and starts[at] < slot.end
        cut.append(replace(slot, end=starts[at]) if ends else slot)
    return tuple(cut)


def topic_items(block: Block) -> tuple[Item, ...]:
    """Return the items of the outermost list of the topics, 研究内容 and 考核指标 inside them included."""
    nested = [slot.start for slot in block.slots if slot.name in _NESTED]
    reach = block.reach("topics") if nested else None
    if reach is None or not any(reach[0] <= start < reach[1] for start in nested):
        return ()
    return find_items(block.text, *reach, block.rulebook)


def read_subdirections(block: Block) -> tuple[Section, ...]:
    """Return the items of the topics as directions of their own, where the guide calls them 子方向.

    Learnt from a direction that asks applicants to choose one 子方向 among numbered items, each
    with its own 研究内容; the numbers may run on across groups （一）（二）.
    """
    reach = block.reach("topics")
    if reach is None or not block.find("Subdirections"):
        return ()
    text, rulebook = block.text, block.rulebook
    marks = [
        span
        for span in find_marks(text, *reach, rulebook)
        if span.concept in (*_SUBHEADED, "chinese-brackets") and text.starts_line(span.start)
    ]
    labels = [slot.label.start for slot in block.slots if slot.name == "content"]
    found: list[Section] = []
    edges = [*(mark.start for mark in marks[1:]), reach[1]] if marks else []
    for span, edge in zip(marks, edges, strict=True):
        label = next((start for start in labels if span.start < start < edge), None)
        if span.concept not in _SUBHEADED or label is None:
            continue
        number = span.group("n")
        assert number is not None
        if to_item_number(text.text[number[0] : number[1]]) != len(found) + 1:
            continue
        printed = f"{block.section.number}.{len(found) + 1}"
        title = Span(span.end, label, "Title", "heading.subdirection")
        number_span = Span(number[0], number[1], "Number", "heading.subdirection")
        found.append(Section("direction", span.start, edge, label, printed, number_span, title))
    return tuple(found)
