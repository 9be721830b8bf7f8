"""The texts on which a rule card takes longest: prefixes of its own examples, repeated.

In: a card and its examples. Out: seconds of processor time. A card that tries again from every place
(a quadratic one) shows on such a text and on no real one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from time import process_time

from kg_build.rules import FOLDER, Rule

__all__ = ["measure_worst", "read_examples"]

_SMALL = 2_000
"""Bytes on which the worst prefixes are found."""
_WORST = 2
"""Prefixes of a card that are timed on the large text."""


def read_examples() -> dict[str, list[str]]:
    """Return the examples of each card, what it finds and what it leaves alone, by its id."""
    files = [tomllib.loads(path.read_text("utf-8")) for path in sorted(FOLDER.glob("*.toml"))]
    cards = [card for file in files for card in file.get("rule", ())]
    return {card["id"]: [*(match["text"] for match in card["matches"]), *card["rejects"]] for card in cards}


def measure_worst(card: Rule, examples: Iterable[str], size: int) -> tuple[float, str, str]:
    """Return the seconds that a card takes on so many bytes of its worst prefix, its id, and the prefix."""
    units = dict.fromkeys(text[:length] for text in examples for length in range(1, len(text) + 1))
    worst = sorted(units, key=lambda unit: -_measure(card, unit, _SMALL))[:_WORST]
    return max((_measure(card, unit, size), card.id, unit) for unit in worst)


def _measure(card: Rule, unit: str, size: int) -> float:
    """Return the better of two turns."""
    text = unit * (size // len(unit.encode()) + 1)
    times = []
    for _ in range(2):
        begun = process_time()
        for _match in card.pattern.finditer(text):
            pass
        times.append(process_time() - begun)
    return min(times)
