"""The cards of a label as one pattern, of which the first card that fits decides.

In: the cards of a rulebook. Out: where a card fits, and which. To try one joint pattern at the few places
where a match may begin takes a quarter of the time of a search for each card. This module is for cards
without named parts that are asked for very often; it makes no spans.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg_build.patterns import find_places
from kg_build.rules import Rule, Rulebook
from ontology.errors import RuleError

__all__ = ["Choice", "Finder", "Fit", "Openings", "choose", "choose_by_opening"]

Fit = tuple[int, int, Rule]
"""A half-open range of a text and the card that fits there."""


@dataclass(frozen=True, slots=True, eq=False)
class Choice:
    """Cards in the order of their file; a group of `pattern` for each."""

    rules: tuple[Rule, ...]
    pattern: re.Pattern[str]

    def match(self, text: str, start: int, end: int) -> Fit | None:
        """Return the first card that fits at `start`, and where it ends."""
        match = self.pattern.match(text, start, end)
        return (start, match.end(), self.rules[(match.lastindex or 1) - 1]) if match else None


@dataclass(frozen=True, slots=True, eq=False)
class Finder(Choice):
    """A choice to search for: `places` finds where a card fits and has the groups of `pattern`, its ranges theirs."""

    places: re.Pattern[str]

    def find(self, text: str, start: int, end: int) -> list[Fit]:
        """Return what fits in `text[start:end]`, leftmost first, without overlaps."""
        found: list[Fit] = []
        edge = start
        for match in self.places.finditer(text, start, end):
            at = match.start()
            if at >= edge:
                group = match.lastindex or 1
                edge = match.end(group)
                found.append((at, edge, self.rules[group - 1]))
        return found


@functools.lru_cache(maxsize=64)
def choose(rulebook: Rulebook, label: str) -> Finder:
    """Join the cards of a label, each behind the characters that may open it: `re` tries no other card there."""
    rules = rulebook.rules(label)
    pattern = _join(rules)
    each = [re.compile(f"({rule.pattern.pattern})") for rule in rules]
    places = re.compile("|".join([(find_places(card) or card).pattern for card in each]))
    return Finder(rules, pattern, find_places(places) or re.compile(f"(?={places.pattern})"))


class Openings(dict[str, Choice | None]):
    """By character: the cards of a label that may find something that begins with it, None where none may."""

    def __init__(self, rulebook: Rulebook, label: str) -> None:
        super().__init__()
        self.rulebook = rulebook
        self.label = label

    def __missing__(self, character: str) -> Choice | None:
        rules = self.rulebook.starting(self.label, character)
        choice = Choice(rules, _join(rules)) if rules else None
        self[character] = choice
        return choice


@functools.lru_cache(maxsize=64)
def choose_by_opening(rulebook: Rulebook, label: str) -> Openings:
    """Join the cards of a label by the character that their finds begin with, each character when it is met."""
    return Openings(rulebook, label)


def _join(rules: Sequence[Rule]) -> re.Pattern[str]:
    pattern = re.compile("|".join(f"({rule.pattern.pattern})" for rule in rules))
    if pattern.groups != len(rules):
        raise RuleError("a card has groups", where=rules[0].label, right="groups that capture nothing, (?:…)")
    return pattern
