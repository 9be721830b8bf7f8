"""The labels that guides print before a part of a direction.

In: a range of a cleaned text. Out: the spans of its labels, in order, each with the slot's name as
its concept. This module knows where a label may stand, not what stands behind it.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter

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

_COLONS = (re.compile("："), re.compile(":"))
"""Two searches for one sign each take a third of the time of one for both."""
_BOUND = ("“", '"', "《", "的", "和", "及", "与")
"""What binds a word to the sentence it stands in: then it is no label."""


@dataclass(frozen=True, slots=True)
class _Found:
    """The labels of a whole text: by the colons that close them, and by the lines that they fill."""

    colons: tuple[int, ...]
    before_colons: tuple[Span, ...]
    lines: tuple[int, ...]
    on_lines: tuple[Span, ...]


def find_labels(text: Text, start: int, end: int, rulebook: Rulebook) -> tuple[Span, ...]:
    """Return the labels in `[start, end)`: with a colon anywhere, without one on a line of their own."""
    found = _find_everywhere(text, rulebook)
    first = bisect_left(found.colons, start)
    labels = list(found.before_colons[first : bisect_left(found.colons, end, first)])
    if labels and labels[0].start < start:  # it begins before the range: a shorter one may begin in it
        again = _before_colons(text.text, start, found.colons[first] + 1, rulebook)
        labels[:1] = [span for _, span in again if not _is_bound(text, span)]
    before = len(labels)
    own = bisect_left(found.lines, start)
    if own < len(found.lines) and found.lines[own] < end:
        taken = {span.start for span in labels}
        lines = found.on_lines[own : bisect_left(found.lines, end)]
        labels += [span for span in lines if span.start not in taken and text.next_line(span.start) <= end]
    cut = _on_last_line(text, start, end, rulebook)
    if cut is not None and all(span.start != cut.start for span in labels[:before]):
        labels.append(cut)
    if len(labels) > before:
        labels.sort(key=attrgetter("start", "end"))
    return tuple(labels)


def _on_last_line(text: Text, start: int, end: int, rulebook: Rulebook) -> Span | None:
    """Return the label that fills what the range holds of a line that goes on behind it."""
    behind = bisect_left(text.lines, end)
    if behind == 0 or text.lines[behind - 1] < start or text.lines[behind : behind + 1] == (end,):
        return None
    return _on_own_line(text, text.lines[behind - 1], end, rulebook) if end < len(text.text) else None


@functools.lru_cache(maxsize=2)
def _find_everywhere(text: Text, rulebook: Rulebook) -> _Found:
    """Find the labels of a text once: headings, titles and slots ask for the same ones."""
    before = [
        entry for entry in _before_colons(text.text, 0, len(text.text), rulebook) if not _is_bound(text, entry[1])
    ]
    lines = zip(text.lines, (*text.lines[1:], len(text.text)), strict=False)
    short = [(start, end) for start, end in lines if end - start <= _LONGEST + 2]
    own = [span for line in short if (span := _on_own_line(text, *line, rulebook))]
    return _Found(
        tuple([colon for colon, _ in before]),
        tuple([span for _, span in before]),
        tuple([span.start for span in own]),
        tuple(own),
    )


def _before_colons(text: str, start: int, end: int, rulebook: Rulebook) -> Iterator[tuple[int, Span]]:
    """Yield each colon that closes a label, with the longest that it closes.

    A guide has a colon in 50 characters, and the character before it tells of most that they close no
    label: to look there first was ten times as fast as to search the text with every card.
    """
    edge = start
    for at in sorted([colon.start() for sign in _COLONS for colon in sign.finditer(text, start, end)]):
        low, edge = max(edge, at - _REACH), at + 1
        last = at - 2 if text[at - 1] == " " else at - 1
        found: tuple[re.Match[str], Rule] | None = None
        for rule in _ending(rulebook, text[last]) if last >= low else ():
            match = rule.pattern.search(text, low, edge)
            if match and (found is None or match.start() < found[0].start()):
                found = match, rule
        if found:
            yield at, found[1].span(found[0])


@functools.lru_cache(maxsize=1024)
def _ending(rulebook: Rulebook, character: str) -> tuple[Rule, ...]:
    """Return the cards of labels that may have this character before the colon."""
    cards = rulebook.rules("SlotLabel")
    return tuple(rule for rule in cards if may_end(rule.pattern.pattern.removesuffix(_CLOSING), character))


def _is_bound(text: Text, span: Span) -> bool:
    before = text.text[max(0, span.start - 1) : span.start]
    return before in _BOUND and not text.starts_line(span.start)


def _on_own_line(text: Text, start: int, end: int, rulebook: Rulebook) -> Span | None:
    """Return the label that is all that a line holds, as headings of parts do."""
    words = text.text[start:end].strip()
    if 2 <= len(words) <= _LONGEST and words[-1] not in "：:":
        for rule in _ending(rulebook, words[-1]):
            if rule.pattern.fullmatch(words + "："):
                return Span(start, start + len(words), "SlotLabel", rule.id, rule.concept)
    return None
