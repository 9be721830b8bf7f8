"""Rule cards: the shapes of phrases, kept as files that test themselves.

In: the TOML files of the rulebook. Out: a `Rulebook` that finds spans by label. A card without a
match and a reject, with a failing example, a duplicate id or an undeclared label is refused. This
module does not know what any label means.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg_build.spans import Recogniser, Span
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


@dataclass(frozen=True, slots=True)
class Rule:
    """A card: a pattern with examples of what it finds and of what it must leave alone.

    `replacement` is set for cleaning cards only (a template for `re.Match.expand`); `concept` is a
    notation such as a requirement code; `confidence` is handed on to the spans. `needs` are words of
    which each match holds one: where a text has none of them, the pattern need not be tried. `last`, of
    a label, are the characters that may stand before the colon that closes it.
    """

    id: str
    label: str
    pattern: re.Pattern[str]
    confidence: float = 1.0
    replacement: str | None = None
    concept: str | None = None
    needs: tuple[str, ...] = ()
    last: str = ""

    def may_match(self, text: str, start: int, end: int) -> bool:
        """Say whether `text[start:end]` holds a word that each match needs: 20 times as fast as a search."""
        for word in self.needs:
            if text.find(word, start, end) >= 0:
                return True
        return not self.needs

    def span(self, match: re.Match[str]) -> Span:
        """Turn a match of this card into a span; the group `span`, if it matched, is the range."""
        groups = [(name, *match.span(name)) for name in self.pattern.groupindex if match.start(name) >= 0]
        start, end = next(((s, e) for name, s, e in groups if name == "span"), match.span())
        named = tuple(group for group in groups if group[0] != "span")
        return Span(start, end, self.label, self.id, self.concept, named, self.confidence)


@dataclass(frozen=True, slots=True, eq=False)
class Rulebook:
    """All cards, by label, in the order of their files and of the cards in them; equal only to itself."""

    by_label: Mapping[str, tuple[Rule, ...]]

    def rules(self, label: str) -> tuple[Rule, ...]:
        """Return the cards of a label; RuleError where the label has none."""
        if label not in self.by_label:
            raise RuleError("no rule card has this label", where=label, right="one of " + ", ".join(self.by_label))
        return self.by_label[label]

    def find(self, label: str, text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
        """Find what the cards of a label find in `text[start:end]`: leftmost, then longest, no overlaps.

        Patterns see only the region (`^`, `$` and look-arounds stop at nothing but the text's own
        ends on the left; on the right the text ends at `end`).
        """
        stop = len(text) if end is None else end
        spans = [rule.span(match) for rule in self.rules(label) for match in rule.pattern.finditer(text, start, stop)]
        return _leftmost_longest(spans)

    def find_all(self, label: str, text: str, start: int = 0, end: int | None = None) -> tuple[Span, ...]:
        """Find what each card of a label finds, overlaps kept, in the order of the text."""
        stop = len(text) if end is None else end
        spans = [rule.span(match) for rule in self.rules(label) for match in rule.pattern.finditer(text, start, stop)]
        return tuple(sorted(spans, key=lambda span: (span.start, -span.end, span.rule)))

    def recogniser(self, label: str) -> Recogniser:
        """Return the cards of a label as a recogniser of whole texts."""
        return functools.partial(self.find, label)


def _leftmost_longest(spans: Iterable[Span]) -> tuple[Span, ...]:
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.end > span.start and (not kept or span.start >= kept[-1].end):
            kept.append(span)
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
    return Rulebook({label: tuple(rules) for label, rules in by_label.items()})


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
        tuple(card.get("needs", ())),
        card.get("last", ""),
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
        if not rule.may_match(match[0], 0, len(match[0])):
            raise RuleError(f"finds {match[0]!r} without any word of needs", where=where, right="needs that all have")
        if rule.last and match[0].rstrip(" :：")[-1:] not in rule.last:
            raise RuleError(f"finds {match[0]!r}, which none of last ends", where=where, right="all of its ends")
        for name, want in example.items():
            if name != "text" and got.get(name) != want:
                raise RuleError(f"finds {name} = {got.get(name)!r}", where=where, right=repr(want))
    for text in card["rejects"]:
        if rule.pattern.search(text):
            raise RuleError(f"finds something in its counter-example {text!r}", where=where, right="nothing")
