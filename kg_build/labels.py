"""The labels that guides print before a part of a direction.

In: a range of a cleaned text. Out: the spans of its labels, in order, each with the slot's name as
its concept. This module knows where a label may stand, not what stands behind it.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg_build.rules import Rulebook
from kg_build.spans import Span
from kg_build.text import Text

__all__ = ["find_labels"]

_LONGEST = 12
"""Characters of a label that stands on a line of its own."""

_BOUND = ("“", '"', "《", "的", "和", "及", "与")
"""What binds a word to the sentence it stands in: then it is no label."""


def find_labels(text: Text, start: int, end: int, rulebook: Rulebook) -> tuple[Span, ...]:
    """Return the labels in `[start, end)`: with a colon anywhere, without one on a line of their own."""
    found = [span for span in rulebook.find("SlotLabel", text.text, start, end) if not _is_bound(text, span)]
    taken = {span.start for span in found}
    found += [span for span in _on_own_lines(text, start, end, rulebook) if span.start not in taken]
    return tuple(sorted(found))


def _is_bound(text: Text, span: Span) -> bool:
    before = text.text[max(0, span.start - 1) : span.start]
    return before in _BOUND and not text.starts_line(span.start)


def _on_own_lines(text: Text, start: int, end: int, rulebook: Rulebook) -> Iterator[Span]:
    """Yield the lines that hold a label and nothing else, as headings of parts do."""
    for offset in text.line_starts(start, end):
        behind = min(text.next_line(offset), end)
        words = text.text[offset:behind].strip()
        if 2 <= len(words) <= _LONGEST and words[-1] not in "：:":
            for rule in rulebook.rules("SlotLabel"):
                if rule.pattern.fullmatch(words + "："):
                    yield Span(offset, offset + len(words), "SlotLabel", rule.id, rule.concept)
                    break
