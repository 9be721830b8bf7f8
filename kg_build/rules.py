"""Rule cards: the shapes of phrases, kept as files that test themselves.

In: the TOML files of the rulebook. Out: a `Rulebook` that finds spans by label. A card without a
match and a reject, with a failing example, a duplicate id or an undeclared label is refused. This
module does not know what any label means.
"""

from __future__ import annotations

import functools
import re
import tomllib
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from kg_build.patterns import find_places, find_places_of, may_begin, needed_words
from kg_build.spans import Recogniser, Span, SpanIndex, index_spans
from ontology.errors import RuleError

__all__ = ["FOLDER", "Rule", "Rulebook", "load_rules", "read_rulebook"]

FOLDER = Path(__file__).parent / "rulebook"
"""Where the cards are: `labels.toml` declares the labels, every other file holds cards."""

_KEYS = {
    "id",
    "label",
    "pattern",
    "matches",
    "rejects",
    "confidence",
    "replacement",
    "source",
    "concept",
    "needs",
    "last",
}

_MANY = 10
"""Needed words of a label from which on to look for all in one pass is faster than for one after the other."""

_FEW = 64
"""First needed words of a label up to which a pattern of them all finds the first of them fast."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A card: a pattern with examples of what it finds and of what it must leave alone.

    `replacement` is set for cleaning cards only (a template for `re.Match.expand`); `concept` is a
    notation such as a requirement code; `confidence` is handed on to the spans. `needs` are sets of words
    of each of which a match holds one, read from the pattern, none where that is not known; `places`, where
    it is set, finds faster than `pattern` where a match begins.
    """

    id: str
    label: str
    pattern: re.Pattern[str]
    confidence: float = 1.0
    replacement: str | None = None
    concept: str | None = None
    needs: tuple[tuple[str, ...], ...] = ()
    places: re.Pattern[str] | None = None

    def matches(self, text: str, start: int, end: int) -> Iterable[re.Match[str]]:
        """Return what `pattern.finditer` does."""
        if self.places is None:
            return self.pattern.finditer(text, start, end)
        found, edge = [], start
        for place in self.places.finditer(text, start, end):
            if place.start() >= edge and (match := self.pattern.match(text, place.start(), end)):
                found.append(match)
                edge = match.end()
        return found

    def may_match(self, text: str, start: int, end: int) -> bool:
        """Say whether `text[start:end]` holds all that each match needs."""
        for words in self.needs:
            for word in words:
                if text.find(word, start, end) >= 0:
                    break
            else:
                return False
        return True

    def span(self, match: re.Match[str]) -> Span:
        """Turn a match of this card into a span; the group `span`, if it matched, is the range."""
        start, end = match.span()
        if not match.re.groups:
            return Span(start, end, self.label, self.id, self.concept, (), self.confidence)
        groups = []
        for name in self.pattern.groupindex:
            first, last = match.span(name)
            if first < 0:
                continue
            if name == "span":
                start, end = first, last
            else:
                groups.append((name, first, last))
        return Span(start, end, self.label, self.id, self.concept, tuple(groups), self.confidence)


@dataclass(frozen=True, slots=True, eq=False)
class _Gate:
    """Tells which cards of a label may find something in a text: where they are many, all their words in one pass."""

    rules: tuple[Rule, ...]
    keys: re.Pattern[str] | None
    """Finds the words of the first set of each card's needs; None where a card has no needs, or they are many."""
    automaton: AhoCorasick | None
    """Finds all needed words; None where they are few, and are looked for card by card."""
    owners: Mapping[str, frozenset[int]]
    """Of each word, the cards that have it in the first set of their needs, by their place."""
    others: tuple[tuple[frozenset[str], ...], ...]
    """Of each card, the other sets."""
    always: frozenset[int]

    def open(self, text: str, start: int, end: int) -> list[Rule]:
        if self.keys is not None and not self.keys.search(text, start, end):
            return []  # the search stops at the first word, and needs no copy of the text
        if self.automaton is None:
            return [rule for rule in self.rules if rule.may_match(text, start, end)]
        found = set(self.automaton.find_matches_as_strings(text[start:end], overlapping=True))
        owners, others = self.owners, self.others
        opened = []
        for place in sorted(self.always.union(*[owners[word] for word in found if word in owners])):
            for words in others[place]:
                if found.isdisjoint(words):
                    break
            else:
                opened.append(self.rules[place])
        return opened


@dataclass(frozen=True, slots=True, eq=False)
class Rulebook:
    """All cards, by label, in the order of their files and of the cards in them; equal only to itself."""

    by_label: Mapping[str, tuple[Rule, ...]]
    gates: Mapping[str, _Gate]

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
        """Return the cards of a label that may find something in `text[start:end]`.

        Most regions lack what most cards need; not to search there takes a fifth of the time of a search.
        """
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
        if gate is not None and gate.keys is not None:
            places = _key_places(gate, text)
            at = bisect_left(places, start)
            if at == len(places) or places[at] >= end:
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


@functools.lru_cache(maxsize=4)
def _key_places(gate: _Gate, text: str) -> list[int]:
    """Return where the words of the cards' first needs stand in a text."""
    return [] if gate.keys is None else [match.start() for match in gate.keys.finditer(text)]


@functools.lru_cache(maxsize=2)
def _find_everywhere(rulebook: Rulebook, label: str, text: str) -> SpanIndex:
    places = _places(rulebook, label)
    if places is None:
        return index_spans(rulebook.find(label, text))
    spans: list[Span] = []
    edges: dict[str, int] = {}
    for place in places.finditer(text):
        at = place.start()
        for rule in _starting(rulebook, label, text[at]):
            if edges.get(rule.id, 0) <= at and (match := rule.pattern.match(text, at)):
                edges[rule.id] = match.end()
                spans.append(rule.span(match))
    return index_spans(_leftmost_longest(spans))


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
            rule = _read_card(card, f"{path.name}: {card.get('id', 'a card without id')}")
            if rule.id in seen:
                raise RuleError("two cards have one id", where=f"{path.name}: {rule.id}", right="an id used once")
            if rule.label not in labels:
                raise RuleError("unknown label", where=f"{path.name}: {rule.label}", right="a label of labels.toml")
            seen.add(rule.id)
            by_label.setdefault(rule.label, []).append(rule)
    gates = {label: _gate(rules) for label, rules in by_label.items()}
    return Rulebook({label: tuple(rules) for label, rules in by_label.items()}, gates)


def _gate(rules: Sequence[Rule]) -> _Gate:
    words = sorted({word for rule in rules for words in rule.needs for word in words})
    owners: dict[str, set[int]] = {}
    for place, rule in enumerate(rules):
        for word in rule.needs[0] if rule.needs else ():
            owners.setdefault(word, set()).add(place)
    always = frozenset(place for place, rule in enumerate(rules) if not rule.needs)
    many = sum(len(rule.needs[0]) for rule in rules if rule.needs) >= _MANY
    dfa = AhoCorasick(words, matchkind=MatchKind.Standard, store_patterns=True, implementation=Implementation.ContiguousNFA) if many else None
    return _Gate(
        tuple(rules),
        None if always or not owners or len(owners) > _FEW else re.compile("|".join(map(re.escape, sorted(owners)))),
        dfa,
        {word: frozenset(places) for word, places in owners.items()},
        tuple([tuple(map(frozenset, rule.needs[1:])) for rule in rules]),
        always,
    )


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise RuleError("cannot be read as TOML", where=str(path), right=str(error)) from error


def _read_card(card: Mapping[str, Any], where: str) -> Rule:
    if unknown := set(card) - _KEYS:
        raise RuleError("unknown keys " + ", ".join(sorted(unknown)), where=where, right=", ".join(sorted(_KEYS)))
    if missing := {"id", "label", "pattern", "matches", "rejects"} - set(card):
        raise RuleError("lacks " + ", ".join(sorted(missing)), where=where, right="a card with examples of both kinds")
    try:
        pattern = re.compile(card["pattern"])
    except re.error as error:
        raise RuleError(f"is no pattern: {error}", where=where, right="a regular expression") from error
    rule = Rule(
        card["id"],
        card["label"],
        pattern,
        card.get("confidence", 1.0),
        card.get("replacement"),
        card.get("concept"),
        needed_words(pattern),
        find_places(pattern),
    )
    _check_examples(rule, card, where)
    return rule


def _check_examples(rule: Rule, card: Mapping[str, Any], where: str) -> None:
    if not card["matches"] or not card["rejects"]:
        raise RuleError("has no match or no reject", where=where, right="at least one example of each")
    for example in card["matches"]:
        match = rule.pattern.search(example["text"])
        if match is None:
            raise RuleError(f"does not find its example {example['text']!r}", where=where, right="a match")
        span = rule.span(match)
        got = {name: example["text"][start:end] for name, start, end in span.groups}
        got["span"] = example["text"][span.start : span.end]
        for name, want in example.items():
            if name != "text" and got.get(name) != want:
                raise RuleError(f"finds {name} = {got.get(name)!r}", where=where, right=repr(want))
    for text in card["rejects"]:
        if rule.pattern.search(text):
            raise RuleError(f"finds something in its counter-example {text!r}", where=where, right="nothing")
