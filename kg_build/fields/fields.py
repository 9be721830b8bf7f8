"""Which fields of science and technology a direction is about.

In: a direction's block, its listed names. Out: the codes of the top concepts of the field scheme,
in the order in which title, topics and keywords name them. This module knows no names: they are
labels of the scheme.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from types import MappingProxyType

from kg_build.fields.keywords import read_keywords
from kg_build.fields.titles import read_title
from kg_build.fields.topics import read_open_topic, read_topics
from kg_build.slots import Block
from kg_build.spans import Span, Value
from ontology.vocabulary import read_vocabulary

__all__ = ["read_fields"]

_SCHEME = "fields"
_OPEN = "ALL"
_ALWAYS = ("OCE",)
"""Fields that a heading above always gives: polar and marine work is OCE whatever else it is."""

_SYSTEM = "ICT"
"""The field of a platform, a system or software: what it is made with is then a subject, no tool."""

_BESIDE = 10
"""Characters beside a name in which it is said to be a tool."""

_KEYWORDS = 2
"""How many keywords must name a field that neither title nor topics name."""

_TITLE = 200
"""Within how many characters a guide names its programme."""

_SHARE = 0.3
"""The least part of a subtopic that the names of fields in it must fill."""


def read_fields(block: Block) -> tuple[Value[str], ...]:
    """Return the fields of the title and the topics, then those that several keywords share.

    Where these say nothing the first-level field's heading speaks for the direction. What the
    title names as a tool (基于人工智能的 …) is no field unless nothing else is named, the heading above
    names it too, or the product is a system of that kind. A sub-direction is about what its direction
    is about, too. Last of all the programme of the call says it (“智能机器人”重点专项).
    """
    topics = read_topics(block)
    parts = [part.span for topic in topics for part in topic.subtopics]
    title, _ = read_title(block)
    found = _codes(block, (title.span,)) | _codes(block, [topic.title.span for topic in topics])
    found |= {code: value for code, value in _codes(block, parts, share=_SHARE).items() if code not in found}
    above = _codes(block, _heading(block))
    subjects = set(above)
    if any(rule.pattern.search(title.value) for rule in block.rulebook.rules("Product")):
        subjects.add(_SYSTEM)
    tools = {code: v for code, v in found.items() if code not in subjects and _is_tool(block, v.span)}
    if len(tools) < len(found):
        found = {code: value for code, value in found.items() if code not in tools}
    found = found | {code: value for code, value in _keyword_codes(block).items() if code not in found}
    open_topic = read_open_topic(block)
    if open_topic:
        found = {_OPEN: Value(_OPEN, open_topic.span)} | _codes(block, _slots(block))
    if found and not _is_subdirection(block):
        above = {code: value for code, value in above.items() if code in _ALWAYS}
    found = found | {code: value for code, value in above.items() if code not in found}
    return tuple((found or _codes(block, _programme(block))).values())


def _codes(block: Block, places: Iterable[Span], *, share: float = 0.0) -> dict[str, Value[str]]:
    """Return the codes that listed names in these places stand for, each with the first name that says so.

    `share` is the least part of a place that its names must fill: a name inside a long phrase is
    seldom what the phrase is about.
    """
    tops = _tops()
    found: dict[str, Value[str]] = {}
    tools: dict[str, bool] = {}
    for place in places:
        names = block.listed(_SCHEME, place.start, place.end)
        if names and share and sum([name.end - name.start for name in names]) < share * (place.end - place.start):
            continue
        for name in names:
            for code in tops.get(name.concept or "", ()):
                if code not in found:
                    found[code] = Value(code, name)
                    continue
                if code not in tools:
                    tools[code] = _is_tool(block, found[code].span)
                if tools[code] and not _is_tool(block, name):
                    found[code], tools[code] = Value(code, name), False
    return found


def _keyword_codes(block: Block) -> dict[str, Value[str]]:
    """Return the codes that several keywords share."""
    counts: dict[str, list[Value[str]]] = {}
    for keyword in read_keywords(block):
        for code, value in _codes(block, (keyword.span,)).items():
            counts.setdefault(code, []).append(value)
    return {code: values[0] for code, values in counts.items() if len(values) >= _KEYWORDS}


def _is_tool(block: Block, name: Span) -> bool:
    text = block.text.text
    for rule in block.rulebook.rules("Tool"):
        if rule.id.endswith("before"):
            said = text[max(0, name.start - _BESIDE) : name.start]
        else:
            said = text[name.end : name.end + _BESIDE]
        if rule.pattern.search(said):
            return True
    return False


def _is_subdirection(block: Block) -> bool:
    """Say whether a block stands under a direction, whose subject is then its subject too."""
    return (block.section.number or "").count(".") > 1


def _slots(block: Block) -> Iterator[Span]:
    for slot in block.named("topics"):
        yield Span(slot.start, slot.end, "Slot", slot.label.rule)


def _programme(block: Block) -> tuple[Span, ...]:
    """Return where the title of the call names its programme."""
    return block.rulebook.find("Programme", block.text.text, 0, min(_TITLE, block.section.start))[:1]


def _heading(block: Block) -> tuple[Span, ...]:
    return (block.heading,) if block.heading else ()


@cache
def _tops() -> Mapping[str, tuple[str, ...]]:
    """Return the codes of the top concepts above each concept of the field scheme, itself included."""
    concepts = {concept.iri: concept for concept in read_vocabulary().concepts(_SCHEME)}
    return MappingProxyType(
        {
            iri: tuple(concepts[top].notation for top in concept.broader) or (concept.notation,)
            for iri, concept in concepts.items()
        }
    )
