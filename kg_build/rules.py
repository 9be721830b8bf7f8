"""Rule cards: the shapes of phrases, kept as files that test themselves.

In: the TOML files of the rulebook. Out: a `Rulebook` that finds spans by label. A card without a
match and a reject, with a failing example, a duplicate id or an undeclared label is refused. This
module does not know what any label means.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg_build.cards import Rule, read_card
from kg_build.gates import Gate, make_gate
from kg_build.patterns import find_places_of, may_begin
from kg_build.spans import Recogniser, Span, SpanIndex, index_spans
from ontology.errors import RuleError

__all__ = ["FOLDER", "Rule", "Rulebook", "load_rules", "read_rulebook"]

FOLDER = Path(__file__).parent / "rulebook"
"""Where the cards are: `labels.toml` declares the labels, every other file holds cards."""


@dataclass(frozen=True, slots=True, eq=False)
class Rulebook:
    """All cards, by label, in the order of their files and of the cards in them; equal only to itself."""

    by_label: Mapping[str, tuple[Rule, ...]]
    gates: Mapping[str, Gate]

    def rules(self, label: str) -> tuple[Rule, ...]:
        """Return the cards of a label; RuleError where the label has none."""
        if label not in self.by_label:
            raise RuleError("no rule card has this label", where=label, right="one of " + ", ".join(self.by_label))
        return self.by_label[label]

    def starting(self, label: str, character: str) -> tuple[Rule, ...]:
        """Return the cards of a label that may find something that begins with this character."""
        return _starting(self, label, character)

    def matches(self, label: str, text: str, start: int, end: int) -> Iterator[tuple[Rule, re.Match[str]]]:
        """Yield the matches of a label's cards in `text[start:end]`, card by card."""
        for rule in self._open(label, text, start, end):
            for match in rule.matches(text, start, end):
                yield rule, match

    def _open(self, label: str, text: str, start: int, end: int) -> list[Rule]:
        """Return the cards of a label that may find something in `text[start:end]`."""
        gate = self.gates.get(label)
        return gate.open(text, start, end) if gate is not None else list(self.rules(label))

    def _spans(self, label: str, text: str, start: int, end: int | None) -> list[Span]:
        stop = len(text) if end is None else end
        rules = self._open(label, text, start, stop)
        if not rules:
            return []
        if len(rules) == 1:
            rule = rules[0]
            return [rule.span(match) for match in rule.matches(text, start, stop)]
        return [rule.span(match) for rule in rules for match in rule.matches(text, start, stop)]

    def find(self, label: str, text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
        """Find what the cards of a label find in `text[start:end]`: leftmost, then longest, no overlaps.

        Patterns see only the region (`^`, `$` and look-arounds stop at nothing but the text's own
        ends on the left; on the right the text ends at `end`).
        """
        spans = self._spans(label, text, start, end)
        return _leftmost_longest(spans) if spans else ()

    def find_rare(self, label: str, text: str, start: int, end: int) -> tuple[Span, ...]:
        """Find what `find` does, for what few of many parts of a text hold.

        Where in the text the words stand that a match needs is read once, and kept.
        """
        gate = self.gates.get(label)
        if gate is not None and not gate.may_open(text, start, end):
            return ()
        return self.find(label, text, start, end)

    def inside(self, label: str, text: str, start: int, end: int) -> tuple[Span, ...]:
        """Return what lies in `text[start:end]` of all that a label's cards find in the text.

        The text is searched once and its spans are kept: for what many ask for in many parts of a text.
        """
        return _find_everywhere(self, label, text).inside(label, start, end)

    def find_all(self, label: str, text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
        """Find what each card of a label finds, overlaps kept, in the order of the text."""
        spans = self._spans(label, text, start, end)
        if len(spans) > 1:
            spans.sort(key=lambda span: (span.start, -span.end, span.rule))
        return tuple(spans)

    def recogniser(self, label: str) -> Recogniser:
        """Return the cards of a label as a recogniser of whole texts."""
        return functools.partial(self.find, label)


@functools.lru_cache(maxsize=4096)
def _starting(rulebook: Rulebook, label: str, character: str) -> tuple[Rule, ...]:
    return tuple(rule for rule in rulebook.rules(label) if may_begin(rule.pattern, character))


@functools.lru_cache(maxsize=2)
def _find_everywhere(rulebook: Rulebook, label: str, text: str) -> SpanIndex:
    places = _places(rulebook, label)
    if places is None:
        return index_spans(rulebook.find(label, text))
    found: dict[str, list[Span]] = {rule.id: [] for rule in rulebook.rules(label)}
    edges: dict[str, int] = {}
    for place in places.finditer(text):
        at = place.start()
        for rule in _starting(rulebook, label, text[at]):
            if edges.get(rule.id, 0) <= at and (match := rule.pattern.match(text, at)):
                edges[rule.id] = match.end()
                found[rule.id].append(rule.span(match))
    return index_spans(_leftmost_longest([span for spans in found.values() for span in spans]))


@functools.lru_cache(maxsize=8)
def _places(rulebook: Rulebook, label: str) -> re.Pattern[str] | None:
    """Return a pattern that finds in one pass where any card of a label matches."""
    return find_places_of([rule.pattern for rule in rulebook.rules(label)])


def _leftmost_longest(spans: list[Span]) -> tuple[Span, ...]:
    if len(spans) > 1:
        spans.sort(key=lambda span: (span.start, -span.end))
    kept: list[Span] = []
    edge = -1
    for span in spans:
        if span.end > span.start >= edge:
            kept.append(span)
            edge = span.end
    return tuple(kept)


@functools.cache
def read_rulebook() -> Rulebook:
    """Load the rulebook of the project, once a process."""
    return load_rules(FOLDER)


def load_rules(folder: Path) -> Rulebook:
    """Read and test every card of a folder; RuleError names the file and the card that is wrong."""
    labels = _read_toml(folder / "labels.toml")
    by_label: dict[str, list[Rule]] = {}
    seen: set[str] = set()
    for path in sorted(folder.glob("*.toml")):
        for card in _read_toml(path).get("rule", ()):
            rule = read_card(card, f"{path.name}: {card.get('id', 'a card without id')}")
            if rule.id in seen:
                raise RuleError("two cards have one id", where=f"{path.name}: {rule.id}", right="an id used once")
            if rule.label not in labels:
                raise RuleError("unknown label", where=f"{path.name}: {rule.label}", right="a label of labels.toml")
            seen.add(rule.id)
            by_label.setdefault(rule.label, []).append(rule)
    gates = {label: make_gate(rules) for label, rules in by_label.items()}
    return Rulebook({label: tuple(rules) for label, rules in by_label.items()}, gates)


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise RuleError("cannot be read as TOML", where=str(path), right=str(error)) from error
