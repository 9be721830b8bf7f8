"""The numbered headings of a guide: first-level fields and directions.

In: a cleaned `Text`. Out: the `Heading`s that count, in order. Numbers count by their sequence, not
by their looks, and out of sequence only where the labels of a direction stand right behind them.
This module does not know where a title ends.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise

from kg_build.frozen import frozen
from kg_build.items import to_item_number
from kg_build.labels import find_labels
from kg_build.numbering import Mark, Shape, keep_sequence, read_marks
from kg_build.rules import Rulebook
from kg_build.spans import Span
from kg_build.text import Text

__all__ = ["LONGEST_TITLE", "Heading", "find_headings"]

LONGEST_TITLE = 120
"""Characters; the longest title of a direction seen has 61. What is longer is body."""

_DECIMAL = (("DirectionNumber", False), ("SectionNumber", True))
_LETTERED = (("LetteredDirectionNumber", False), ("LetteredSectionNumber", True))
"""Labels of two-part numbers, each with whether it is a field's."""

_WHOLE = "heading.mark-digits"
"""The card of the marks 1. and 2.: under such directions 1.1 and 1.2 are topics."""
_LEAST = 4
"""Characters of a title."""
_TELLING = ("agreements", "initiatives", "topics", "projects", "projects-and-budget", "budget", "content", "indicators")
"""Slots of which a direction has one; a part of the guide (申报要求, 咨询方式) has none."""


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
    """Return the headings of fields and directions: by decimal numbers, else by A1, else by marks of one shape.

    Where the labels of a direction stand behind 1. and 2., the decimal numbers 2.1 and 2.2 are those of topics.
    """
    decimal = _in_sequence(text, rulebook, _two_part(text, rulebook, _DECIMAL))
    if decimal:
        whole = _by_marks(text, rulebook, _WHOLE) if _are_items(text, rulebook, decimal) else []
        return tuple(whole or _with_fields(text, rulebook, decimal))
    lettered = _in_sequence(text, rulebook, _two_part(text, rulebook, _LETTERED))
    if any(_has_labels(text, rulebook, heading) for heading in lettered):
        return tuple(_with_fields(text, rulebook, lettered))
    return tuple(_by_marks(text, rulebook))


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


def _by_marks(text: Text, rulebook: Rulebook, card: str = "") -> list[Heading]:
    """Return directions that are numbered by marks of one shape, and the fields over them; `card` names the shape's.

    Of the rows whose marks stand over the labels of a direction, the one that begins first numbers the
    directions: the others number what is inside them.
    """
    rows = {shape: marks for shape, marks in read_marks(text, rulebook).items() if card in ("", shape[0])}
    starts = sorted(mark.span.start for marks in rows.values() for mark in marks)
    labelled = {shape: _labelled(text, rulebook, keep_sequence(marks), starts) for shape, marks in rows.items()}
    labelled = {shape: marks for shape, marks in labelled.items() if len(marks) > 1}
    if labelled:
        own = min(labelled, key=lambda shape: labelled[shape][0].span.start)
        first, last = labelled[own][0], labelled[own][-1]
        kept = keep_sequence(rows[own])
        marks = [mark for mark in kept if first.span.start <= mark.span.start <= last.span.start]
    else:
        own, marks = next(_as_stated(text, rulebook, rows), (("", "", ""), []))
    headings = [_to_heading(mark, field=False) for mark in marks]
    rest = {shape: row for shape, row in rows.items() if shape != own}
    return sorted((*headings, *_fields(text, rulebook, rest, headings)), key=lambda heading: heading.span.start)


def _with_fields(text: Text, rulebook: Rulebook, headings: list[Heading]) -> list[Heading]:
    """Add the fields over directions with two-part numbers, where marks of another shape number them: 一、 over 1.1."""
    if any(heading.field for heading in headings):
        return headings
    fields = _fields(text, rulebook, read_marks(text, rulebook), headings)
    whole = len(fields) > 1 and fields[0].span.start < headings[0].span.start
    return sorted((*headings, *fields), key=lambda heading: heading.span.start) if whole else headings


def _fields(text: Text, rulebook: Rulebook, rows: dict[Shape, list[Mark]], below: list[Heading]) -> list[Heading]:
    """Return the marks of the shape that stands over directions most often."""
    above = [[mark for mark in row if _stands_over(text, rulebook, mark, below)] for row in rows.values()]
    return [_to_heading(mark, field=True) for mark in max(above, key=len, default=[])]


def _to_heading(mark: Mark, *, field: bool) -> Heading:
    return Heading(mark.span, mark.number, (0, mark.value), field)


def _labelled(text: Text, rulebook: Rulebook, marks: list[Mark], starts: list[int]) -> list[Mark]:
    """Return the marks over whose title the labels of a direction stand, with no other mark in between."""
    found, telling = [], False
    for mark in marks:
        start = mark.span.end
        stop = min(len(text.text), start + LONGEST_TITLE, *starts[bisect_right(starts, mark.span.start) :][:1])
        label = next(iter(find_labels(text, start, stop, rulebook)), None)
        if (
            label is None
            or label.start - start < _LEAST
            or any(sign in text.text[start : label.start] for sign in "。；;")
        ):
            continue
        found.append(mark)
        telling = telling or label.concept in _TELLING
    return found if telling else []


def _as_stated(text: Text, rulebook: Rulebook, rows: dict[Shape, list[Mark]]) -> Iterator[tuple[Shape, list[Mark]]]:
    """Yield the rows that count 1, 2, 3 … over titles, where they are as many as the guide says it has directions.

    Guides in prose print no labels: 本批指南设立8个方向, then eight titles, each over its paragraphs.
    """
    for shape, marks in rows.items():
        titled = [mark for mark in marks if _heads_title(text, rulebook, mark)]
        first = titled[0].span.start if titled else 0
        stated = [span.group("n") for span in rulebook.find("StatedDirections", text.text, 0, first)]
        counts = {to_item_number(text.text[slice(*place)]) for place in stated if place is not None}
        if (
            len(titled) > 1
            and len(titled) in counts
            and [mark.value for mark in titled] == [*range(1, len(titled) + 1)]
        ):
            yield shape, titled


def _heads_title(text: Text, rulebook: Rulebook, mark: Mark) -> bool:
    """Say whether a title stands behind a mark: words that end like one, and a line that opens a body behind them."""
    start = mark.span.end
    for offset in text.line_starts(start + 1, start + LONGEST_TITLE):
        if "。" in text.text[start:offset]:
            return False
        opens = any(rule.pattern.match(text.text, offset) for rule in rulebook.rules("BodyOpening"))
        if opens and any(rule.pattern.search(text.text, start, offset) for rule in rulebook.rules("TitleEnding")):
            return True
    return False


def _stands_over(text: Text, rulebook: Rulebook, field: Mark, directions: list[Heading]) -> bool:
    """Say whether a field's heading stands right over a direction and names a field, not a part of the guide."""
    start = field.span.end
    following = next((direction.span.start for direction in directions if direction.span.start > start), None)
    if (
        following is None
        or following - start > LONGEST_TITLE
        or any(sign in text.text[start:following] for sign in "。；;")
    ):
        return False
    return not rulebook.find("PartOfGuide", text.text, start, text.next_line(field.span.start))
