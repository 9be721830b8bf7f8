"""The numbered headings of a guide: first-level fields and directions.

In: a cleaned `Text`. Out: the `Heading`s that count, in order. Numbers count by their sequence, not
by their looks, and out of sequence only where the labels of a direction stand right behind them.
This module does not know where a title ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kg_build.frozen import frozen
from kg_build.items import find_marks, to_item_number
from kg_build.labels import find_labels
from kg_build.rules import Rulebook
from kg_build.spans import Span
from kg_build.text import Text

__all__ = ["LONGEST_TITLE", "Heading", "find_headings"]

LONGEST_TITLE = 120
"""Characters; the longest title of a direction seen has 61. What is longer is body."""

_DECIMAL = (("DirectionNumber", False), ("SectionNumber", True))
_LETTERED = (("LetteredDirectionNumber", False), ("LetteredSectionNumber", True))
"""Labels of two-part numbers, each with whether it is a field's."""

_NAMED = "direction"
"""The kind of mark that says itself what it numbers: 方向1."""

_PLAIN = (
    (_NAMED, "part"),
    (_NAMED, "chinese-comma"),
    ("chinese-brackets", "chinese-comma"),
    ("chinese-comma", ""),
    ("dot", "part"),
    ("dot", "chinese-comma"),
)
"""Kinds of marks that number directions where no decimal numbers do, each with the kind of its fields."""


@frozen()
class Heading:
    """A number at the head of a heading: `span` covers it with its marks, `number` is its own range.

    `order` is (1, 2) for 1.2 and (3, 0) for a field's 3; directions that are numbered without
    regard to fields have (0, n). `field` tells first-level fields from directions.
    """

    span: Span
    number: tuple[int, int]
    order: tuple[int, int]
    field: bool


def find_headings(text: Text, rulebook: Rulebook) -> tuple[Heading, ...]:
    """Return the headings of fields and directions: by decimal numbers, else by A1, 方向1, 一、（一）, else by 1.

    Where the labels of a direction stand behind 1. and 2., the decimal numbers 2.1 and 2.2 are those of topics.
    """
    decimal = _in_sequence(text, rulebook, _two_part(text, rulebook, _DECIMAL))
    if decimal:
        whole = _plain(text, rulebook, "dot", "chinese-comma") if _are_items(text, rulebook, decimal) else []
        return tuple(whole or decimal)
    lettered = _in_sequence(text, rulebook, _two_part(text, rulebook, _LETTERED))
    if any(_has_labels(text, rulebook, heading) for heading in lettered):
        return tuple(lettered)
    for kind, above in _PLAIN:
        plain = _plain(text, rulebook, kind, above)
        if plain:
            return tuple(plain)
    return ()


def _two_part(text: Text, rulebook: Rulebook, labels: tuple[tuple[str, bool], ...]) -> list[Heading]:
    found = []
    for label, field in labels:
        for rule, match in rulebook.matches(label, text.text, 0, len(text.text)):
            if not _may_stand(text, match.start(), field=field):
                continue
            span = rule.span(match)
            major, minor = span.group("major"), span.group("minor")
            assert major is not None
            order = _to_rank(text.text[slice(*major)]), int(text.text[slice(*minor)]) if minor else 0
            found.append(Heading(span, (major[0], (minor or major)[1]), order, field))
    return sorted(found, key=lambda heading: heading.span.start)


def _to_rank(printed: str) -> int:
    """Return the place of a number or letter in its row: 3 and C are the third."""
    return int(printed) if printed.isdigit() else ord(printed) - ord("A") + 1


def _may_stand(text: Text, start: int, *, field: bool) -> bool:
    """Say whether a heading may begin here: at a line's start, or glued to the end of a sentence."""
    if text.starts_line(start) or start == 0:
        return True
    return text.text[start - 1] in "。；;！）)" and (not field or text.starts_line(start - 1))


def _in_sequence(text: Text, rulebook: Rulebook, candidates: list[Heading]) -> list[Heading]:
    """Keep the candidates that continue the numbering; a field only with its first direction behind it."""
    kept: list[Heading] = []
    last: Heading | None = None
    for at, heading in enumerate(candidates):
        if heading.field:
            following = next((h for h in candidates[at + 1 :] if not h.field), None)
            if following and _opens_field(text, rulebook, heading, following, last):
                kept.append(heading)
        elif _continues(heading, last) or _leaps(text, rulebook, heading, last):
            kept.append(heading)
            last = heading
    return kept


def _continues(heading: Heading, last: Heading | None) -> bool:
    """Say whether a number is the next: 1.1 → 1.2, 1.9 → 1.10 or 2.0, 1.9 → 2.1; 1.1 is the first."""
    major, minor = heading.order
    if last is None:
        return heading.order == (1, 1)
    if major == last.order[0]:
        return minor == last.order[1] + 1
    return major == last.order[0] + 1 and (minor == 1 or (minor == 0 and last.order[1] == 9))


def _leaps(text: Text, rulebook: Rulebook, heading: Heading, last: Heading | None) -> bool:
    """Say whether a number that leaves some out is a direction's: its labels stand right behind it."""
    ahead = last is None or last.order < heading.order
    return ahead and text.starts_line(heading.span.start) and _has_labels(text, rulebook, heading)


def _has_labels(text: Text, rulebook: Rulebook, heading: Heading) -> bool:
    """Say whether a slot's label stands behind a heading, with no sentence in between."""
    start = heading.span.end
    labels = find_labels(text, start, min(len(text.text), start + LONGEST_TITLE), rulebook)
    return bool(labels) and not any(mark in text.text[start : labels[0].start] for mark in "。；;")


def _opens_field(text: Text, rulebook: Rulebook, heading: Heading, following: Heading, last: Heading | None) -> bool:
    """Say whether a field's number stands right over its first direction, with no label in between."""
    start, end = heading.span.end, following.span.start
    if following.order[0] != heading.order[0] or end - start > LONGEST_TITLE:
        return False
    if last is not None and heading.order[0] <= last.order[0]:
        return False
    if following.order[1] == 1 and heading.order[0] == (1 if last is None else last.order[0] + 1):
        return True
    return _leaps(text, rulebook, following, last) and not find_labels(text, start, end, rulebook)


def _are_items(text: Text, rulebook: Rulebook, headings: list[Heading]) -> bool:
    """Say whether most fields have a direction's labels over their first number: what is numbered are items."""
    labelled = [
        bool(find_labels(text, field.span.end, below.span.start, rulebook))
        for field, below in pairwise(headings)
        if field.field
    ]
    return sum(labelled) * 2 > len(labelled)


def _plain(text: Text, rulebook: Rulebook, kind: str, above: str) -> list[Heading]:
    """Return directions that are numbered by one kind of mark, and fields by the kind above it."""
    marks = list(_marks(text, rulebook, kind, field=False))
    directions = [mark for mark in marks if _has_labels(text, rulebook, mark)]
    if kind == _NAMED and len(directions) > 1:
        directions = [mark for mark, before in zip(marks, [None, *marks], strict=False) if _follows(mark, before)]
    if len(directions) < 2:
        directions = _as_stated(text, rulebook, marks)
    if not directions:
        return []
    fields = [
        mark for mark in _marks(text, rulebook, above, field=True) if _stands_over(text, rulebook, mark, directions)
    ]
    return sorted((*directions, *fields), key=lambda heading: heading.span.start)


def _follows(mark: Heading, before: Heading | None) -> bool:
    """Say whether a number is 1 or the next."""
    return mark.order[1] == 1 or (before is not None and mark.order[1] == before.order[1] + 1)


def _as_stated(text: Text, rulebook: Rulebook, marks: list[Heading]) -> list[Heading]:
    """Return the marks that count 1, 2, 3 … over titles, where they are as many as the guide says it has directions.

    Guides in prose print no labels: 本批指南设立8个方向, then eight titles, each over its paragraphs.
    """
    titled: list[Heading] = []
    for mark in marks:
        number = mark.order[1]
        if number == len(titled) + 1 and _heads_title(text, rulebook, mark):
            titled.append(mark)
    first = titled[0].span.start if titled else 0
    stated = [span.group("n") for span in rulebook.find("StatedDirections", text.text, 0, first)]
    counts = {to_item_number(text.text[slice(*place)]) for place in stated if place is not None}
    return titled if len(titled) > 1 and len(titled) in counts else []


def _heads_title(text: Text, rulebook: Rulebook, mark: Heading) -> bool:
    """Say whether a title stands behind a mark: words that end like one, and a line that opens a body behind them."""
    start = mark.span.end
    for offset in text.line_starts(start + 1, start + LONGEST_TITLE):
        if "。" in text.text[start:offset]:
            return False
        opens = any(rule.pattern.match(text.text, offset) for rule in rulebook.rules("BodyOpening"))
        if opens and any(rule.pattern.search(text.text, start, offset) for rule in rulebook.rules("TitleEnding")):
            return True
    return False


def _marks(text: Text, rulebook: Rulebook, kind: str, *, field: bool) -> Iterator[Heading]:
    for span in find_marks(text, 0, len(text.text), rulebook):
        number = span.group("n")
        if span.concept == kind and number is not None and text.starts_line(span.start):
            yield Heading(span, number, (0, to_item_number(text.text[slice(*number)])), field)


def _stands_over(text: Text, rulebook: Rulebook, field: Heading, directions: list[Heading]) -> bool:
    """Say whether a field's heading stands right over a direction and names a field, not a part of the guide."""
    following = next((direction for direction in directions if direction.span.start > field.span.start), None)
    if following is None or following.span.start - field.span.end > LONGEST_TITLE:
        return False
    return not rulebook.find("PartOfGuide", text.text, field.span.end, text.next_line(field.span.start))
