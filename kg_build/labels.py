"""The labels that guides print before a part of a direction.

In: a range of a cleaned text. Out: the spans of its labels, in order, each with the slot's name as
its concept. This module knows where a label may stand, not what stands behind it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from kg_build.patterns import may_end
from kg_build.rules import Rule, Rulebook
from kg_build.spans import Span
from kg_build.text import Text

__all__ = ["find_labels"]

_LONGEST = 12
"""Characters of a label that stands on a line of its own."""

_REACH = 20
"""Characters of a label with a colon; the longest that a card can find has 16."""

_CLOSING = r"\s?[:：]"
"""How the pattern of every label ends."""

_COLON = re.compile("[:：]")
_BOUND = ("“", '"', "《", "的", "和", "及", "与")
"""What binds a word to the sentence it stands in: then it is no label."""


def find_labels(text: Text, start: int, end: int, rulebook: Rulebook) -> tuple[Span, ...]:
    """Return the labels in `[start, end)`: with a colon anywhere, without one on a line of their own."""
    found = [span for span in _before_colons(text.text, start, end, rulebook) if not _is_bound(text, span)]
    taken = {span.start for span in found}
    found += [span for span in _on_own_lines(text, start, end, rulebook) if span.start not in taken]
    return tuple(sorted(found))


def _before_colons(text: str, start: int, end: int, rulebook: Rulebook) -> Iterator[Span]:
    """Yield the longest label that each colon closes.

    A guide has a colon in 50 characters, and the character before it tells of most that they close no
    label: to look there first was ten times as fast as to search the text with every card.
    """
    edge = start
    for colon in _COLON.finditer(text, start, end):
        at = colon.start()
        low, edge = max(edge, at - _REACH), at + 1
        last = at - 2 if text[at - 1] == " " else at - 1
        found: tuple[int, Span] | None = None
        for rule in _ending(rulebook, text[last]) if last >= low else ():
            match = rule.pattern.search(text, low, edge)
            if match and (found is None or match.start() < found[0]):
                found = match.start(), rule.span(match)
        if found:
            yield found[1]


@functools.lru_cache(maxsize=1024)
def _ending(rulebook: Rulebook, character: str) -> tuple[Rule, ...]:
    """Return the cards of labels that may have this character before the colon."""
    cards = rulebook.rules("SlotLabel")
    return tuple(rule for rule in cards if may_end(rule.pattern.pattern.removesuffix(_CLOSING), character))


def _is_bound(text: Text, span: Span) -> bool:
    before = text.text[max(0, span.start - 1) : span.start]
    return before in _BOUND and not text.starts_line(span.start)


def _on_own_lines(text: Text, start: int, end: int, rulebook: Rulebook) -> Iterator[Span]:
    """Yield the lines that hold a label and nothing else, as headings of parts do."""
    for offset in text.line_starts(start, end):
        behind = min(text.next_line(offset), end)
        words = text.text[offset:behind].strip()
        if 2 <= len(words) <= _LONGEST and words[-1] not in "：:":
            for rule in _ending(rulebook, words[-1]):
                if rule.pattern.fullmatch(words + "："):
                    yield Span(offset, offset + len(words), "SlotLabel", rule.id, rule.concept)
                    break
