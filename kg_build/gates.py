"""Which cards of a label may find something in a text, told by the words that their matches need.

In: the cards of a label. Out: a `Gate`. Most parts of a text lack what most cards need, and not to
search there takes a fifth of the time of a search. This module does not know what any label means.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from kg_build.cards import Rule

__all__ = ["Gate", "make_gate"]

_MANY = 10
"""Needed words of a label from which on to look for all in one pass is faster than for one after the other."""

_FEW = 64
"""First needed words of a label up to which a pattern of them all finds the first of them fast."""


@dataclass(frozen=True, slots=True, eq=False)
class Gate:
    """Tells which cards of a label may find something in a text: where they are many, all their words in one pass."""

    rules: tuple[Rule, ...]
    keys: re.Pattern[str] | None
    """Finds where words of the first set of each card's needs stand; None where a card has no needs, or they are many."""
    automaton: AhoCorasick | None
    """Finds all needed words; None where they are few, and are looked for card by card."""
    owners: Mapping[str, frozenset[int]]
    """Of each word, the cards that have it in the first set of their needs, by their place."""
    others: tuple[tuple[frozenset[str], ...], ...]
    """Of each card, the other sets."""
    always: frozenset[int]

    def open(self, text: str, start: int, end: int) -> list[Rule]:
        """Return the cards that may find something in `text[start:end]`, in their order."""
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

    def may_open(self, text: str, start: int, end: int) -> bool:
        """Say whether a card may find something in `text[start:end]`, where one asks of many parts of a text."""
        if self.keys is None:
            return True
        places = _key_places(self, text)
        at = bisect_left(places, start)
        return at < len(places) and places[at] < end


@functools.lru_cache(maxsize=8)
def _key_places(gate: Gate, text: str) -> list[int]:
    """Return where the words of the cards' first needs stand in a text."""
    return [] if gate.keys is None else [match.start() for match in gate.keys.finditer(text)]


def make_gate(rules: Sequence[Rule]) -> Gate:
    """Return the gate of the cards of a label."""
    words = sorted({word for rule in rules for words in rule.needs for word in words})
    owners: dict[str, set[int]] = {}
    for place, rule in enumerate(rules):
        for word in rule.needs[0] if rule.needs else ():
            owners.setdefault(word, set()).add(place)
    always = frozenset(place for place, rule in enumerate(rules) if not rule.needs)
    many = sum(len(rule.needs[0]) for rule in rules if rule.needs) >= _MANY
    few = not always and 0 < len(owners) <= _FEW
    return Gate(
        tuple(rules),
        _finder(sorted(owners)) if few else None,
        _automaton(words) if many else None,
        {word: frozenset(places) for word, places in owners.items()},
        tuple([tuple(map(frozenset, rule.needs[1:])) for rule in rules]),
        always,
    )


def _finder(words: Sequence[str]) -> re.Pattern[str]:
    """Return a pattern that finds where words begin, those inside others too; it takes one character of each."""
    head = "".join(sorted({re.escape(word[0]) for word in words}))
    return re.compile(rf"[{head}](?<=(?={'|'.join(map(re.escape, words))})[\s\S])")


def _automaton(words: Sequence[str]) -> AhoCorasick:
    """Return what finds words; not as a table, which is faster alone but pushes all else out of the processor's cache."""
    kind = Implementation.ContiguousNFA
    return AhoCorasick(words, matchkind=MatchKind.Standard, store_patterns=True, implementation=kind)
