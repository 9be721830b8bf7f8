"""Where in a text something stands, and what was read there.

In: nothing but offsets. Out: `Span` (a half-open range of a cleaned text with the rule that found
it) and `Value` (a fact with its span). This module does not know what the text says.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import field
from typing import Generic, TypeVar

from kg_build.frozen import frozen

__all__ = ["Recogniser", "Span", "SpanIndex", "Value", "find_spans", "index_spans"]

T_co = TypeVar("T_co", covariant=True)


@frozen(order=True)
class Span:
    """A half-open range `[start, end)` in the coordinates of a cleaned `Text`.

    `label` says what kind of thing stands there, `rule` which rule found it, `concept` which
    concept of the vocabulary it names (an IRI). `groups` are the named parts of a rule card's
    match as `(name, start, end)`, in the same coordinates, in the order of the pattern.
    `confidence` lies in (0, 1]; 1.0 where the words leave no choice.
    """

    start: int
    end: int
    label: str
    rule: str
    concept: str | None = None
    groups: tuple[tuple[str, int, int], ...] = ()
    confidence: float = 1.0

    def group(self, name: str) -> tuple[int, int] | None:
        """Return the range of the named part, or None where the match has none."""
        for key, start, end in self.groups:
            if key == name:
                return start, end
        return None


@frozen()
class Value(Generic[T_co]):
    """A fact with its evidence: there is no way to state one without the other."""

    value: T_co
    span: Span


@frozen(eq=False)
class SpanIndex:
    """The spans of a text by label, each label's in the order of the text with a list of their starts.

    `late` are the labels that are looked for only where one asks for them.
    """

    by_label: Mapping[str, tuple[Sequence[int], Sequence[Span]]]
    late: Mapping[str, Callable[[int, int], tuple[Span, ...]]] = field(default_factory=dict)

    def inside(self, label: str, start: int, end: int) -> tuple[Span, ...]:
        """Return the spans of a label that lie in `[start, end)`, in the order of the text."""
        if label in self.late:
            return self.late[label](start, end)
        if label not in self.by_label:
            return ()
        starts, spans = self.by_label[label]
        first = bisect_left(starts, start)
        last = bisect_left(starts, end, first)
        return tuple([span for span in spans[first:last] if span.end <= end]) if last > first else ()


def index_spans(spans: Iterable[Span]) -> SpanIndex:
    """Index spans that are given in the order of the text."""
    by_label: dict[str, list[Span]] = {}
    for span in spans:
        by_label.setdefault(span.label, []).append(span)
    return SpanIndex({label: (tuple([s.start for s in found]), tuple(found)) for label, found in by_label.items()})


Recogniser = Callable[[str], Iterable[Span]]
"""Anything that finds spans in a string: rule cards, listed names, a trained spaCy pipeline."""


def find_spans(text: str, recognisers: Iterable[Recogniser]) -> tuple[Span, ...]:
    """Run every recogniser over the text and return its spans in the order of the text."""
    found = {span for recognise in recognisers for span in recognise(text)}
    return tuple(sorted(found, key=lambda span: (span.start, -span.end, span.label, span.rule, span.concept or "")))
