"""One rule card: the shape of a phrase, with examples of what it finds and of what it must leave alone.

In: the table of a card as TOML gives it. Out: a `Rule` that turns matches into spans. A card without a
match and a reject, or with a failing example, is refused. This module does not know what any label means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from kg_build.patterns import find_places, needed_words
from kg_build.spans import Span
from ontology.errors import RuleError

__all__ = ["Rule", "read_card"]

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


def read_card(card: Mapping[str, Any], where: str) -> Rule:
    """Read and test a card; RuleError names its place and what is wrong."""
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
