"""What a direction is about: the items of 领域方向 with the items named under them.

In: a direction's block. Out: `Topic`s in the order of the text, or the statement that the field is
open. This module does not classify: fields of science are `fields.py`'s.
"""

from __future__ import annotations

import functools

from kg_build.fields.enumerations import Part, is_outside, outside_brackets, split_at, split_list, trim
from kg_build.items import Item, find_items
from kg_build.records import Topic
from kg_build.slots import Block
from kg_build.spans import Span, Value

__all__ = ["read_open_topic", "read_topics"]

_CONJUNCTIONS = ("以及", "和", "或", "及")
_AFTER_LIST = tuple("，,将为在可已")
"""What follows 等 where it closes a list in the middle of a sentence."""


@functools.lru_cache(maxsize=2)
def read_open_topic(block: Block) -> Value[bool] | None:
    """Return True with its words where the guide says that any field is welcome (领域不限)."""
    spans = block.find("OpenTopic", "topics")
    return Value(True, spans[0]) if spans else None


@functools.lru_cache(maxsize=2)
def read_topics(block: Block) -> tuple[Topic, ...]:
    """Return the topics: the items of the list, else the parts of the sentence; none where the field is open."""
    reach = block.reach("topics")
    if reach is None or read_open_topic(block):
        return ()
    items = find_items(block.text, *reach, block.rulebook)
    if items:
        return _read_items(block, items)
    slot = block.named("topics")[0]
    return tuple(_topic(block, *part) for part in _sentence_parts(block, slot.start, slot.end))


def _sentence_parts(block: Block, start: int, end: int) -> tuple[Part, ...]:
    """Split the first sentence of a slot into topics; a list that shares a modifier or a head is one."""
    text = block.text.text
    start, end = _without_frame(block, start, _sentence_end(text, start, end))
    for label in ("SharedModifier", "SharedHead"):
        if "；" not in text[start:end] and any(
            rule.pattern.search(text[start:end]) for rule in block.rulebook.rules(label)
        ):
            return ((start, end),)
    return ((start, end),) if _is_one_with_parts(block, start, end) else split_list(text, start, end)


def _is_one_with_parts(block: Block, start: int, end: int) -> bool:
    """Say whether a sentence is one topic that names its parts: all that it lists stands behind its 包括."""
    text = block.text.text
    if next(outside_brackets(text, start, end, "；;"), None) is not None:
        return False
    listed = next(outside_brackets(text, start, end, "、"), end)
    found = block.rulebook.find("Including", text, start, listed)
    return any(span.start > start and is_outside(text, start, span.start) for span in found)


def _sentence_end(text: str, start: int, end: int) -> int:
    return next(outside_brackets(text, start, end, "。"), end)


def _without_frame(block: Block, start: int, end: int) -> Part:
    """Leave out the words that open and close a list: 重点支持 …, … 等领域."""
    text = block.text.text
    start, end = trim(text, start, end)
    for rule in block.rulebook.rules("ListOpening"):
        if match := rule.pattern.match(text, start, end):
            start = match.end()
    for rule in block.rulebook.rules("ListClosing"):
        if match := rule.pattern.search(text, start, end):
            end = match.start() if match.start() > start else end
    return trim(text, start, end)


def _read_items(block: Block, items: tuple[Item, ...]) -> tuple[Topic, ...]:
    """Read the items of a list; the numbers of the lists in them may run on from item to item."""
    topics: list[Topic] = []
    last = 0
    for item in items:
        nested = find_items(block.text, item.start, item.end, block.rulebook, first=last + 1)
        last = nested[-1].number if nested else last
        topics.append(_read_item(block, item, nested))
    return tuple(topic for topic in topics if topic.title.value)


def _read_item(block: Block, item: Item, nested: tuple[Item, ...]) -> Topic:
    """Read an item: its title, then what it names behind a colon, in a bracket, or as items of its own."""
    slots = [slot.label.start for slot in block.slots if item.start < slot.label.start < item.end]
    end = min([*slots, *(entry.marker.start for entry in nested[:1]), item.end])
    topic = _topic(block, item.start, end)
    if nested and nested[0].marker.start == end:
        return Topic(topic.title, tuple(_subtopic(block, *_item_title(block, entry)) for entry in nested))
    return topic


def _item_title(block: Block, item: Item) -> Part:
    """Return the range of a nested item's title: up to its first 。 or ：, its own list, or a slot in it."""
    text = block.text.text
    nested = find_items(block.text, item.start, item.end, block.rulebook)
    edges = [slot.label.start for slot in block.slots if item.start < slot.label.start < item.end]
    end = min([*edges, *(entry.marker.start for entry in nested[:1]), item.end])
    return _without_closing(block, *trim(text, item.start, next(outside_brackets(text, item.start, end, "。：:"), end)))


def _topic(block: Block, start: int, end: int) -> Topic:
    """Read one topic from its range: title and the parts that it names in running text."""
    text = block.text.text
    stop = next(outside_brackets(text, start, end, "。：:"), end)
    found = block.rulebook.find("Including", text, start, stop)
    including = next((span for span in found if is_outside(text, start, span.start)), None)
    if including and including.start > start:
        return Topic(_title(block, start, including.start), _parts(block, _behind(text, including, end), end))
    title, bracket = _title(block, start, stop), _closing_bracket(block, start, stop)
    if bracket:
        parts = bracket.group("parts")
        assert parts is not None
        return Topic(title, _bracket_parts(block, *parts))
    if stop < end and text[stop] in "：:":
        return Topic(title, _parts(block, stop + 1, end))
    return Topic(title)


def _behind(text: str, span: Span, end: int) -> int:
    at = span.end
    return at + 1 if at < end and text[at] in "：:" else at


def _title(block: Block, start: int, end: int) -> Value[str]:
    """Return a title; a bracket that names parts is no part of it, though its evidence spans it."""
    text = block.text.text
    start, end = trim(text, start, end)
    bracket = _closing_bracket(block, start, end)
    if bracket is None:
        return Value(text[start:end], Span(start, end, "Topic", "topic.item"))
    rest = text[bracket.end : end]
    stop = end if rest else bracket.start
    return Value(text[start : bracket.start] + rest, Span(start, stop, "Topic", "topic.item-with-bracket"))


def _closing_bracket(block: Block, start: int, end: int) -> Span | None:
    """Find a bracket with 包括 or 含 that closes the item; other brackets may stand behind it."""
    text = block.text.text
    if text.find("（", start, end) < 0 and text.find("(", start, end) < 0:
        return None
    for span in block.rulebook.find("BracketWithParts", text, start, end):
        behind = text[span.end : end].strip(" 。；;")
        if span.start > start and (not behind or (behind[0] in "（(" and behind[-1] in "）)")):
            return span
    return None


def _bracket_parts(block: Block, start: int, end: int) -> tuple[Value[str], ...]:
    """Split what a bracket names; there a comma parts more than 、 does."""
    text = block.text.text
    start, end = _without_closing(block, start, end)
    parts = split_at(text, start, end, "；;，,")
    if len(parts) < 2:
        parts = split_list(text, start, end, last=_CONJUNCTIONS)
    return tuple(_subtopic(block, *part) for part in parts)


def _parts(block: Block, start: int, end: int) -> tuple[Value[str], ...]:
    """Split what stands behind a colon or 包括; a later 具体包括 wins over what introduces it."""
    text = block.text.text
    focus = block.rulebook.find("Focus", text, start, end)
    if focus:
        start = focus[-1].end
    start, end = _without_frame(block, start, _list_end(text, start, end))
    if end - start < 2:
        return ()
    return tuple(_subtopic(block, *part) for part in split_list(text, start, end, last=_CONJUNCTIONS))


def _list_end(text: str, start: int, end: int) -> int:
    """Return where a list ends: at its sentence's end, or where 等 closes it and the sentence goes on.

    (机器人等将带来变革 closes; 癌症等重大疾病防治 does not: there 等 belongs to a modifier.)
    """
    end = _sentence_end(text, start, end)
    for offset in outside_brackets(text, start, end, "等"):
        if "、" in text[start:offset] and text[offset + 1 : offset + 2] in _AFTER_LIST:
            return offset
    return end


def _without_closing(block: Block, start: int, end: int) -> Part:
    text = block.text.text
    for rule in block.rulebook.rules("ListClosing"):
        if match := rule.pattern.search(text, start, end):
            end = match.start() if match.start() > start else end
    return trim(text, start, end)


def _subtopic(block: Block, start: int, end: int) -> Value[str]:
    start, end = _without_closing(block, start, end)
    return Value(block.text.text[start:end], Span(start, end, "Subtopic", "topic.part"))
