"""Which direction of one call is which of another: by title, for numbers change from year to year.

In: directions as titles, numbers and partners. Out: pairs of places. It refuses to know: what else
the directions state, and where they were read.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

__all__ = ["Mark", "pair"]

_ALIKE = 0.75
"""Titles this alike are of one direction: 中国和奥地利政府间科技合作项目 and 中国和奥地利政府间联合研究项目 are, at 0.8."""
_SEPARATED = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Mark:
    """What a direction is known by."""

    title: str
    number: str
    partners: frozenset[str]


def pair(before: Sequence[Mark], after: Sequence[Mark]) -> list[tuple[int, int]]:
    """Return pairs of places in `before` and `after`, in the order of `after`, each place at most once.

    The most alike go first: titles that are equal but for case, width and punctuation, then those that are nearly
    so, the same partners and the same number deciding between equals. Two directions with partners that have
    none in common are never one: 中国和芬兰… is not 中国和荷兰….
    """
    taken_before: set[int] = set()
    taken_after: set[int] = set()
    pairs = []
    for *_, old, new in sorted(_iter_candidates(before, after)):
        if old not in taken_before and new not in taken_after:
            taken_before.add(old)
            taken_after.add(new)
            pairs.append((old, new))
    return sorted(pairs, key=lambda places: places[1])


def _iter_candidates(before: Sequence[Mark], after: Sequence[Mark]) -> Iterator[tuple[float, float, bool, int, int]]:
    """Yield what may be a pair, to be sorted: unlikeness of titles, of partners, of numbers, and the places."""
    from rapidfuzz.fuzz import ratio

    old_titles, new_titles = ([_fold(mark.title) for mark in marks] for marks in (before, after))
    for old, left in enumerate(before):
        for new, right in enumerate(after):
            shared = left.partners & right.partners
            if left.partners and right.partners and not shared:
                continue
            alike = ratio(old_titles[old], new_titles[new], score_cutoff=100 * _ALIKE) / 100
            if alike:
                common = len(shared) / (len(left.partners | right.partners) or 1)
                yield 1 - alike, 1 - common, left.number != right.number, old, new


def _fold(title: str) -> str:
    return _SEPARATED.sub("", unicodedata.normalize("NFKC", title).casefold())
