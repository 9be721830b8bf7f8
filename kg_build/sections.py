"""The skeleton of a guide: its first-level fields and its directions.

In: a cleaned `Text`. Out: a tree of `Section`s that nest and do not overlap. This module knows where
titles end, not what a direction says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg_build.frozen import frozen
from kg_build.headings import LONGEST_TITLE, Heading, find_headings
from kg_build.labels import find_labels
from kg_build.rules import Rulebook
from kg_build.spans import Span
from kg_build.text import Text

__all__ = ["Section", "split_sections"]

_WINDOW = 400
"""Characters behind a heading's number in which its first label is looked for."""

_REST = 16
"""Characters that the last line of a wrapped title may have and still be told from a body."""

_SHORTEST = 1
"""Signs of a number whose decimals count topics: 1.1 below 1. is no direction inside it."""

_ENDING = 10
"""Characters in which a title's ending is looked for; the longest that a card can find has 3."""


@frozen()
class Section:
    """A part of a guide with its heading; ranges are half-open, in Text coordinates.

    `kind` is "guide" (the root), "field" or "direction". `number` and `title` are the ranges of
    the heading's parts, None for the root; `start` is where the heading begins, `body` where the
    text below the title begins (for the root: where the first field or direction begins). The children
    of a direction are those whose printed numbers go on from its own: 3.7.1 in 3.7, B3.1 in B3.
    """

    kind: str
    start: int
    end: int
    body: int
    number: str | None = None
    number_span: Span | None = None
    title_span: Span | None = None
    children: tuple[Section, ...] = ()

    def walk(self) -> Iterator[Section]:
        """Yield this section and all below it, in document order."""
        yield self
        for child in self.children:
            yield from child.walk()


def split_sections(text: Text, rulebook: Rulebook) -> Section:
    """Return the guide with its fields and directions; children are empty where there are none."""
    headings = find_headings(text, rulebook)
    if not headings:
        end = len(text.text)
        return Section("guide", 0, end, end)
    end = _tail(text, rulebook, headings[-1].span.end)
    edges = [heading.span.start for heading in headings[1:]] + [end]
    parts = [_section(text, rulebook, heading, edge) for heading, edge in zip(headings, edges, strict=True)]
    inside = [(part, _read_numbered(text, rulebook, part)) for part in parts]
    parts = [replace(part, children=children) if children else part for part, children in inside]
    return Section("guide", 0, len(text.text), headings[0].span.start, children=_nest(parts))


def _tail(text: Text, rulebook: Rulebook, start: int) -> int:
    """Return where the last direction ends: before the call's own closing text, or at the end."""
    for offset in text.line_starts(start, len(text.text)):
        if _matches(text, rulebook, "Tail", offset):
            return offset
    return len(text.text)


def _section(text: Text, rulebook: Rulebook, heading: Heading, end: int) -> Section:
    start = heading.span.end
    kind = "field" if heading.field else "direction"
    stop = _field_title_end(text, rulebook, start, end) if heading.field else _title_end(text, rulebook, start, end)
    title = _trimmed(text, start, stop)
    number = Span(*heading.number, "Number", heading.span.rule)
    printed = text.text[number.start : number.end].replace("．", ".")
    return Section(kind, heading.span.start, end, stop, printed, number, title)


def _read_numbered(text: Text, rulebook: Rulebook, part: Section) -> tuple[Section, ...]:
    """Return the directions inside a direction whose numbers go on from its own, each over labels of its own."""
    found: list[Heading] = []
    at = part.body
    while part.kind == "direction" and part.number is not None and len(part.number) > _SHORTEST:
        printed = f"{part.number}.{len(found) + 1}"
        at = text.text.find(printed, at, part.end)
        if at < 0:
            break
        end = at + len(printed)
        if text.starts_line(at) and not text.text[end].isdigit() and _has_label(text, rulebook, end, part.end):
            span = Span(at, end, "Number", "heading.numbered-inside")
            found.append(Heading(span, (at, end), (0, len(found) + 1), False))
        at = end
    edges = [*(heading.span.start for heading in found[1:]), part.end]
    return tuple(_section(text, rulebook, *pair) for pair in zip(found, edges, strict=True)) if len(found) > 1 else ()


def _has_label(text: Text, rulebook: Rulebook, start: int, end: int) -> bool:
    return bool(find_labels(text, start, min(end, start + LONGEST_TITLE), rulebook))


def _trimmed(text: Text, start: int, end: int) -> Span:
    """Return a title's range without blanks and marks around it."""
    while start < end and text.text[start] in " .．、:：；;":
        start += 1
    while end > start and text.text[end - 1] in " 。:：；;，,":
        end -= 1
    return Span(start, end, "Title", "heading.title")


def _title_end(text: Text, rulebook: Rulebook, start: int, end: int) -> int:
    """Return where a direction's title ends: at its first slot label, or at the line where the body opens.

    Titles are wrapped like any text, so a line's end is the title's end only where what stands so
    far ends like a title and the next line opens a body, not the rest of the title.
    """
    label = next((span.start for span in find_labels(text, start, min(end, start + _WINDOW), rulebook)), None)
    stop = min(end, start + LONGEST_TITLE) if label is None else label
    for offset in text.line_starts(start + 1, stop):
        if _matches(text, rulebook, "BasisOpening", offset) and _ends_title(text, rulebook, start, offset):
            return offset
    whole = label is not None or end - start <= LONGEST_TITLE
    if whole and "。" not in text.text[start:stop] and stop - start <= LONGEST_TITLE:
        return stop
    breaks = [offset for offset in text.line_starts(start + 1, stop) if offset - start <= LONGEST_TITLE]
    endings = [offset for offset in breaks if _ends_title(text, rulebook, start, offset)]
    for offset in endings:
        likely = _matches(text, rulebook, "LikelyBodyOpening", offset) and not _is_rest_of_title(text, rulebook, offset)
        if likely or _matches(text, rulebook, "BodyOpening", offset):
            return offset
    return (endings or breaks or [stop])[0]


def _matches(text: Text, rulebook: Rulebook, label: str, offset: int) -> bool:
    return any(rule.pattern.match(text.text, offset) for rule in rulebook.starting(label, text.text[offset]))


def _is_rest_of_title(text: Text, rulebook: Rulebook, offset: int) -> bool:
    """Say whether a short line that ends like a title goes on with one (… 关键技术 / 联合研发)."""
    behind = text.next_line(offset)
    return behind - offset <= _REST and _ends_title(text, rulebook, offset, behind)


def _field_title_end(text: Text, rulebook: Rulebook, start: int, end: int) -> int:
    """Return where a field's title ends: before the line that opens an introduction, or at its first direction."""
    for offset in text.line_starts(start + 1, end):
        if _matches(text, rulebook, "BodyOpening", offset) or _matches(text, rulebook, "LikelyBodyOpening", offset):
            return offset
    return end


def _ends_title(text: Text, rulebook: Rulebook, start: int, offset: int) -> bool:
    start = max(start, offset - _ENDING)
    return any(rule.pattern.search(text.text, start, offset) for rule in rulebook.rules("TitleEnding"))


def _nest(parts: list[Section]) -> tuple[Section, ...]:
    """Put the directions under the field heading that they follow."""
    top: list[Section] = []
    below: list[Section] = []
    for part in reversed(parts):
        if part.kind == "direction":
            below.append(part)
        elif below:
            top.append(replace(part, end=below[0].end, children=tuple(reversed(below))))
            below = []
        else:
            top.append(part)
    return (*reversed(below), *reversed(top))
