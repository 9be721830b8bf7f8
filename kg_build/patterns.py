"""What a match of a pattern must hold, begin with and end in, read from the pattern itself.

In: a regular expression. Out: words of which each match holds one, and the characters at its ends. So
a search can pass over a text that holds none of the words, which is 20 times as fast as to try the
pattern there. Nothing has to be said twice on a card, and nothing grows stale with it.

Python's own parser of patterns is private to `re`. Where a later Python has none of that name, nothing
is known of a pattern, and all is searched: slower, with the same result.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence, Set
from importlib import import_module
from importlib.util import find_spec
from itertools import product
from typing import Any

__all__ = ["find_places", "find_places_of", "may_begin", "may_end", "needed_words"]

Items = Sequence[tuple[Any, Any]]
"""A parsed pattern: operations with their arguments, as `re` has them."""

_DIGIT = r"\d"
"""Stands in a set of characters for any digit."""

_FLAGS = re.compile(r"^\(\?[a-z]+\)")
_NAME = re.compile(r"\(\?P<\w+>")
_MOST = 24
"""Words; to look for more costs as much as the search."""
_SETS = 3
"""Sets of words that are looked for; a fourth rules out one search in sixty."""
_COSTS = {1: 5.0, 2: 1.2}
"""How much a word of so many characters costs: a single one stands in most texts. Longer ones cost 1."""


def needed_words(pattern: re.Pattern[str]) -> tuple[tuple[str, ...], ...]:
    """Return sets of words such that a text in which a pattern matches holds one of each set, the rarest first.

    >>> needed_words(re.compile("(?:须|应)?(?:配套|自筹)(?:经费)?[^。]{0,9}比例"))
    (('比例',), ('自筹', '配套'))
    """
    found: list[frozenset[str]] = []
    for words in sorted(_candidates(_parse(pattern.pattern, pattern.flags)), key=lambda words: (_cost(words), *words)):
        if len(found) < _SETS and not any(_implies(other, words) for other in found):
            found.append(words)
    return tuple(tuple(sorted(words)) for words in found)


def _implies(some: Set[str], others: Set[str]) -> bool:
    """Say whether what holds one of some words holds one of others."""
    return all(any(other in word for other in others) for word in some)


def may_begin(pattern: re.Pattern[str], character: str) -> bool:
    r"""Say whether a match may begin with a character; True where that is not known.

    >>> pattern = re.compile(r"(?<!第)(?:约?\d+|十)年")
    >>> [may_begin(pattern, character) for character in "约7十第年"]
    [True, True, True, False, False]
    """
    return _holds(_first(pattern), character)


def find_places(pattern: re.Pattern[str]) -> re.Pattern[str] | None:
    r"""Return a pattern that finds where another matches, and is faster; None where that one is as fast.

    `re` passes over characters that no match begins with, where the pattern begins with a character or a
    choice of such. With a look-behind or something optional at its head it tries each place in full.

    >>> find_places(re.compile("(?<!第)(?:三|十)?年"))
    re.compile('[三十年](?<=(?=(?<!第)(?:三|十)?年)[\\s\\S])')
    """
    characters = _first(pattern)
    if characters is None or "" in characters or _leads(_parse(pattern.pattern, pattern.flags)):
        return None
    return _places(characters, [pattern], pattern.flags)


def find_places_of(patterns: Sequence[re.Pattern[str]]) -> re.Pattern[str] | None:
    r"""Return a pattern that finds where any of several matches, in one pass; None where it is not known how.

    >>> find_places_of([re.compile("(?P<n>[一二])、"), re.compile("(?P<n>十)、")])
    re.compile('[一二十](?<=(?=(?:[一二])、|(?:十)、)[\\s\\S])')
    """
    characters: set[str] = set()
    for pattern in patterns:
        first = _first(pattern)
        if first is None or "" in first or pattern.flags != patterns[0].flags or "(?P=" in pattern.pattern:
            return None
        characters |= first
    return _places(characters, patterns, patterns[0].flags) if patterns else None


def _places(characters: Set[str], patterns: Iterable[re.Pattern[str]], flags: int) -> re.Pattern[str]:
    head = "".join([sign if sign == _DIGIT else re.escape(sign) for sign in sorted(characters)])
    bodies = [
        _NAME.sub("(?:", _FLAGS.sub("", each.pattern)) + ("\n" if flags & re.VERBOSE else "") for each in patterns
    ]
    return re.compile(f"[{head}](?<=(?={'|'.join(bodies)})[\\s\\S])", flags)


def _leads(items: Items) -> bool:
    """Say whether `re` itself takes the first characters of a pattern for its search."""
    while items and items[0][0].name == "SUBPATTERN":
        items = items[0][1][3]
    if items and items[0][0].name == "BRANCH":
        return all(part and part[0][0].name == "LITERAL" for part in items[0][1][1])
    return bool(items) and items[0][0].name in ("LITERAL", "IN")


def may_end(pattern: str, character: str) -> bool:
    """Say whether a match of a pattern may end in a character; True where that is not known."""
    return _holds(_edge(_parse(pattern, 0), last=True), character)


def _holds(characters: Set[str] | None, character: str) -> bool:
    if characters is None or "" in characters or character in characters:
        return True
    return _DIGIT in characters and character.isdecimal()


@functools.lru_cache(maxsize=64)
def _first(pattern: re.Pattern[str]) -> Set[str] | None:
    return _edge(_parse(pattern.pattern, pattern.flags), last=False)


def _parse(pattern: str, flags: int) -> Items:
    parser = _parser()
    if parser is None or flags & re.IGNORECASE:
        return ()
    items: Items = parser.parse(pattern, flags & ~re.UNICODE)
    return items


@functools.cache
def _parser() -> Any:
    return None if find_spec("re._parser") is None else import_module("re._parser")


def _cost(words: Iterable[str]) -> float:
    return sum([_COSTS.get(len(word), 1 - len(word) / 100) for word in words])


def _candidates(items: Items) -> list[frozenset[str]]:
    found = [_without_longer(words) for words in _runs(items)]
    for operation, argument in items:
        name = operation.name
        if name == "SUBPATTERN":
            found += _candidates(argument[3])
        elif name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and argument[0] > 0:
            found += _candidates(argument[2])
        elif name == "ASSERT" and argument[0] > 0:  # a look-ahead: what it asks for stands in the text, too
            found += _candidates(argument[1])
        elif name == "BRANCH":
            found += _of_branches([sorted(_candidates(part), key=_cost) for part in argument[1]])
    return [words for words in found if len(words) <= _MOST]


def _of_branches(branches: Sequence[Sequence[frozenset[str]]]) -> Iterator[frozenset[str]]:
    """Yield the cheapest sets of all branches as one, then their next ones, as long as one has another."""
    if all(branches):
        for at in range(max(map(len, branches))):
            yield _without_longer({word for sets in branches for word in sets[min(at, len(sets) - 1)]})


def _runs(items: Items) -> Iterator[set[str]]:
    """Yield what runs of items can match, up to where one may be left out, where it is little and never nothing."""
    run: set[str] = {""}
    for item in items:
        strings = _strings(item)
        if "" not in run and (strings is None or "" in strings or len(strings) * len(run) > _MOST):
            yield run
        if strings is None:
            run = {""}
        elif len(strings) * len(run) > _MOST:
            run = strings
        else:
            run = {left + right for left, right in product(run, strings)}
    if "" not in run:
        yield run


def _without_longer(words: set[str]) -> frozenset[str]:
    """Leave out the words that hold another one."""
    if len({len(word) for word in words}) == 1:
        return frozenset(words)
    return frozenset([word for word in words if not any(other != word and other in word for other in words)])


def _strings(item: tuple[Any, Any]) -> set[str] | None:
    """Return all strings that an item matches, None where they are too many or not known."""
    name, argument = item[0].name, item[1]
    if name == "LITERAL":
        return {chr(argument)}
    if name in ("ASSERT", "ASSERT_NOT", "AT"):
        return {""}
    if name == "SUBPATTERN":
        return _strings_of_all(argument[3]) if not argument[1] & re.IGNORECASE else None
    if name == "BRANCH":
        return _union(_strings_of_all(part) for part in argument[1])
    if name == "IN":
        found = _characters(argument)
        return None if found is None or _DIGIT in found else found
    if name in ("MAX_REPEAT", "MIN_REPEAT") and argument[1] == 1:
        once = _strings_of_all(argument[2])
        return None if once is None else once | ({""} if argument[0] == 0 else set())
    return None


def _strings_of_all(items: Items) -> set[str] | None:
    found: set[str] = {""}
    for item in items:
        strings = _strings(item)
        if strings is None or len(strings) * len(found) > _MOST:
            return None
        found = {left + right for left, right in product(found, strings)}
    return found


def _union(sets: Iterable[set[str] | None]) -> set[str] | None:
    found: set[str] = set()
    for each in sets:
        if each is None:
            return None
        found |= each
    return found


def _characters(members: Sequence[tuple[Any, Any]]) -> set[str] | None:
    """Return the characters of a class, None where it is negated, large, or of another kind than digits."""
    found: set[str] = set()
    for operation, argument in members:
        name = operation.name
        if name == "LITERAL":
            found.add(chr(argument))
        elif name == "RANGE" and argument[1] - argument[0] < 128:
            found.update(map(chr, range(argument[0], argument[1] + 1)))
        elif name == "CATEGORY" and argument.name.endswith("CATEGORY_DIGIT"):
            found.add(_DIGIT)
        else:
            return None
    return found


def _edge(items: Items, *, last: bool) -> set[str] | None:
    """Return the characters at an end of what items match, with "" where they may match nothing."""
    found: set[str] = set()
    for item in reversed(items) if last else items:
        here = _edge_of_one(item, last=last)
        if here is None:
            return None
        found |= here - {""}
        if "" not in here:
            return found
    return found | {""}


def _edge_of_one(item: tuple[Any, Any], *, last: bool) -> set[str] | None:
    name, argument = item[0].name, item[1]
    if name == "LITERAL":
        return {chr(argument)}
    if name in ("ASSERT", "ASSERT_NOT", "AT"):
        return {""}
    if name == "IN":
        return _characters(argument)
    if name == "SUBPATTERN":
        return _edge(argument[3], last=last)
    if name == "BRANCH":
        return _union(_edge(part, last=last) for part in argument[1])
    if name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT"):
        found = _edge(argument[2], last=last)
        return found if found is None or argument[0] else found | {""}
    return None
