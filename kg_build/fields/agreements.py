"""The legal bases of a direction: agreements, named instruments and leaders' initiatives.

In: a direction's block. Out: `Agreement`s in the order of the text, each title once. This module does
not know who the parties are: that is `agencies.py`'s.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from kg_build.numerals import to_number
from kg_build.records import Agreement
from kg_build.slots import Block
from kg_build.spans import Span, Value

__all__ = ["find_bases", "find_titles", "fold", "read_agreements"]

_SLOTS = ("agreements", "initiatives")
_LAYOUT = re.compile(r"[\s《》“”\"'‘’（）()、，,·—－\-]+")
_ACRONYM = re.compile(r"[（(][A-Za-z][A-Za-z0-9 .&/-]{1,19}[）)](?=[\u4e00-\u9fff])(?![和与及或])")
"""An acronym in the middle of a name (联合资助机制（CFM）换文)."""

_TRIM = " 　《》。；;，,、:："
_PROSE = ("lead", "requirements")
"""Slots in whose sentences a basis may be named."""
_STOPS = "。；;"
_REACH = 70
"""Characters before a title in which its date and those who signed it may stand."""


@functools.lru_cache(maxsize=2)
def read_agreements(block: Block) -> tuple[Agreement, ...]:
    """Return the agreements of the slots for them, and those that conditions name as their basis."""
    found: list[Agreement] = []
    for slot in block.slots:
        if slot.name in _SLOTS:
            found += _in_slot(block, slot.start, slot.end, own=slot.name == "initiatives")
        elif slot.name in _PROSE:
            found += _initiatives(block, slot.start, slot.end, own=False)
    for start, end in find_bases(block):
        found += _in_prose(block, start, end)
    found.sort(key=lambda agreement: agreement.title.span.start)
    seen: dict[str, Agreement] = {}
    for agreement in found:
        first = seen.setdefault(fold(agreement.title.value), agreement)
        if first.year is None and agreement.year is not None:
            seen[fold(agreement.title.value)] = Agreement(first.title, agreement.year, first.kind)
    return tuple(seen.values())


def find_titles(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """Return the ranges between 《 and 》, outermost only; a mark that is never closed counts for nothing.

    >>> find_titles("《甲与乙关于〈丙〉的协议》、《丁》", 0, 17)
    ((1, 12), (15, 16))
    """
    found: list[tuple[int, int]] = []
    opened, depth = 0, 0
    for at in range(start, end):
        if text[at] == "《":
            opened, depth = (at + 1, 1) if depth == 0 else (opened, depth + 1)
        elif text[at] == "》" and depth:
            depth -= 1
            if depth == 0 and at > opened:
                found.append((opened, at))
    return tuple(found)


def fold(title: str) -> str:
    """Take layout out of a title, so that two prints of one name compare equal."""
    return _LAYOUT.sub("", unicodedata.normalize("NFKC", title))


def _in_slot(block: Block, start: int, end: int, *, own: bool) -> Iterator[Agreement]:
    """Yield all that a slot names; `own` says that quoted words are an initiative whoever said them."""
    text = block.text.text
    titles = find_titles(text, start, end)
    initiatives = list(_initiatives(block, start, end, own=own))
    found = [*initiatives, *(_titled(block, title, start, end) for title in titles)]
    taken = [(a.title.span.start, a.title.span.end) for a in found]
    found += [a for a in _named(block, start, end, titles) if not _overlaps(a.title.span, taken)]
    inside = [(a.title.span.start, a.title.span.end) for a in initiatives]
    yield from sorted(
        (a for a in found if a in initiatives or not _overlaps(a.title.span, inside)),
        key=lambda agreement: agreement.title.span.start,
    )


@functools.lru_cache(maxsize=2)
def find_bases(block: Block) -> tuple[tuple[int, int], ...]:
    """Return what stands in prose behind the words that make it a basis (根据 …), to the end of the sentence.

    Conditions follow many a 协议 that is still to be signed: there a title must be printed.
    """
    text, found = block.text.text, []
    for slot in block.named(*_PROSE):
        if slot.name != "lead" and "《" not in text[slot.start : slot.end]:
            continue
        at = slot.start
        for word in block.rulebook.find_rare("AgreementBasis", text, slot.start, slot.end):
            if word.start >= at:
                _, start = word.group("word") or (word.start, word.end)
                at = min([slot.end, *(i for mark in _STOPS if (i := text.find(mark, start, slot.end)) >= 0)])
                found.append((start, at))
    return tuple(found)


def _in_prose(block: Block, start: int, end: int) -> Iterator[Agreement]:
    """Yield what a sentence gives as its basis: titles (根据2014年《…》), and instruments by name (依据外交换文)."""
    text = block.text.text
    titles = find_titles(text, start, end) if "《" in text[start:end] else ()
    at = start
    for title in titles:
        said, before = text[slice(*title)], text[at : title[0] - 1]
        signed = _says(block, "AgreementParty", said) or _says(block, "AgreementSigned", before)
        if signed and _says(block, "AgreementTitle", said):
            yield _titled(block, title, start, end)
        at = title[1] + 1
    if titles or block.rulebook.find_rare("AgreementParty", text, start, end):
        ends = [(span.start + 1, span.end - 1) for span in block.rulebook.find("InstrumentEnd", text, start, end)]
        for agreement in _named(block, start, end, tuple(sorted([*titles, *ends]))):
            named, before = agreement.title.value, text[start : agreement.title.span.start]
            of_states = _says(block, "AgreementParty", named)
            of_states = of_states or all(_says(block, label, before) for label in ("AgreementParty", "AgreementSigned"))
            if of_states and _says(block, "InstrumentInProse", named):
                yield agreement


def _says(block: Block, label: str, words: str) -> bool:
    return any(rule.pattern.search(words) for rule in block.rulebook.rules(label))


def _titled(block: Block, title: tuple[int, int], start: int, end: int) -> Agreement:
    text = block.text.text
    span = Span(*_trimmed(text, *title), "Agreement", "agreement.title-marks")
    year = _year(block, title[1] + 1, end) or _year_before(block, start, title[0] - 1)
    return Agreement(Value(text[span.start : span.end], span), year, "agreement")


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return start, end


def _year(block: Block, at: int, end: int) -> Value[int] | None:
    """Read the date printed right behind a title, in brackets or as the year of signing."""
    for rule in block.rulebook.rules("AgreementYear"):
        if match := rule.pattern.match(block.text.text, at, min(end, at + 40)):
            return _year_of(block, rule.span(match))
    return None


def _year_before(block: Block, start: int, at: int) -> Value[int] | None:
    """Read the date printed right before a title (2014年《…》)."""
    for rule in block.rulebook.rules("AgreementYearBefore"):
        if match := rule.pattern.search(block.text.text, max(start, at - _REACH), at):
            return _year_of(block, rule.span(match))
    return None


def _year_of(block: Block, span: Span) -> Value[int]:
    start, end = span.group("year") or span.group("bare") or (span.start, span.end)
    year = to_number(block.text.text[start:end].replace("○", "〇"))
    assert year is not None, "a card of years finds a number"
    return Value(int(year), Span(start, end, span.label, span.rule))


def _initiatives(block: Block, start: int, end: int, *, own: bool) -> Iterator[Agreement]:
    text = block.text.text
    spans = list(block.rulebook.find("Initiative", text, start, end))
    if own and not spans:
        spans = list(block.rulebook.find("InitiativeInSlot", text, start, end))
    for span in spans:
        title = span.group("title")
        assert title is not None, "an initiative card names its title"
        quoted = Span(*_trimmed(text, *title), "Initiative", span.rule)
        yield Agreement(Value(block.say(quoted), quoted), None, "initiative")


def _named(block: Block, start: int, end: int, titles: tuple[tuple[int, int], ...]) -> Iterator[Agreement]:
    """Yield the instruments named without 《》: what is left between titles and ends like one (外交换文)."""
    text = block.text.text
    edges = [(start, start)] + [(s - 1, e + 1) for s, e in titles] + [(end, end)]
    for (_, left), (right, _) in pairwise(edges):
        for piece in _pieces(block, left, right):
            span = Span(*piece, "Agreement", "agreement.named-instrument")
            year = _year(block, span.end, end) or _year_before(block, left, span.start)
            yield Agreement(Value(text[span.start : span.end], span), year, "agreement")


def _pieces(block: Block, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Split what is left between titles at marks; a mark inside a name (教育、科学部) does not end it."""
    text = block.text.text
    opening = block.rulebook.rules("AgreementOpening")[0]
    at = start
    for stop in [i for i in range(start, end) if text[i] in "、，,；;。（("] + [end]:
        if stop < at or _ACRONYM.match(text, stop, end):
            continue
        match = opening.pattern.match(text, at, stop)
        begin = match.end() if match else at
        if text[begin:stop].endswith(("）", ")")):
            at = stop
            continue
        if stop - begin >= 6 and any(
            rule.pattern.search(text, begin, stop) for rule in block.rulebook.rules("Instrument")
        ):
            yield begin, stop
            at = stop
        elif stop < end and text[stop] in "；;。（(":
            closing = "）" if text[stop] == "（" else ")"
            at = max(stop + 1, text.find(closing, stop, end) + 1) if text[stop] in "（(" else stop + 1


def _overlaps(span: Span, taken: list[tuple[int, int]]) -> bool:
    return any(span.start < end and start < span.end for start, end in taken)
