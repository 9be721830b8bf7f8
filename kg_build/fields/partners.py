"""With whom, or for whom, a direction's work is done: its partners and their members.

In: a direction's block with the listed names of its text. Out: codes (ISO 3166, M49, groups,
organisations) with the words that say them. A country that only places an object (南极冰盖), makes a
standard or is merely preferred is no partner. This module knows no country: the scheme does.
"""

from __future__ import annotations

import functools
import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from kg_build.fields.acronyms import JOINTS, begins_longer, find_acronyms, to_kind, to_partner, with_unlisted
from kg_build.fields.short_forms import settle_short_forms, to_code
from kg_build.slots import SUBDIRECTION, Block, Slot
from kg_build.spans import Span, Value

__all__ = ["BASES", "matches", "read_partner_members", "read_partners", "silent_slots"]

_OWN_COUNTRY = "CN"
BASES = ("agreements", "initiatives")
"""Slots for the legal bases, whose names are the parties' and no counts of partners."""

_NESTED = ("topics", "content", "indicators")
_SILENT = ("keywords", "contacts", "budget", "term", SUBDIRECTION)
_COUNTRIES = re.compile(r".*(?:国家|成员国)$|.{2,20}?\s?(?:[（(][A-Za-z]{2,10}[）)])?(?:国家|各?成员国|各国)")
"""What makes an organisation's name one of its countries (上合组织国家, 上合组织（SCO）国家)."""

_BRACKET = re.compile(r"\s?[（(][^（）()]{1,60}[）)]")
"""What may stand behind a name in a list: its acronym, or its members."""

_STOPS = "。；;"
_REACH = 48
"""Characters of a sentence that are read on either side of a name."""

_CUES_WITH = (("PartnerWith", "JointWork"), ("PartnerTogether", "DeedTogether"))
"""Labels of words on both sides of those with whom the work is done."""

_CUES = (("PartnerForGood", "WhoseGood"), *_CUES_WITH, ("PartnerWhere", "DeedThere"), ("PartnerAmong", "ThoseAmong"))
"""Labels of words on both sides of partners of any kind."""

_MEMBERS = 14
"""Characters behind an organisation's name in which 成员国 may follow, an acronym in brackets between."""

_FEWEST_MEMBERS = 3
"""Countries in a list that spells a group out."""

Run = tuple[Span, ...]


def read_partners(block: Block) -> tuple[Value[str], ...]:
    """Return the partners' codes, each once: those of the title first, then in the order of the text."""
    names = _names(block)
    title = block.section.title_span
    found: list[Span] = []
    acronyms: list[Span] = []
    if title is not None:
        acronyms = find_acronyms(block, title, names)
        inside = [s for s in _between(names, title.start, title.end) if not begins_longer(block, s, acronyms)]
        found += [s for s in inside if _is_foreign(s) and not _is_place(block, s)]
    silent = silent_slots(block)
    slots = [slot for slot in block.slots if slot.name not in silent]
    for slot in slots:
        inside = _between(names, slot.start, slot.end)
        if slot.name in BASES:
            found += [s for s in inside if _is_foreign(s) and not _is_place(block, s)]
            continue
        if slot.name == "content":
            inside = with_unlisted(block, slot, inside)
        if inside:
            found += _in_prose(block, slot, _without_brackets(block, inside))
    if members := {span.start for span in _members(block)}:
        found = [span for span in found if span.start not in members]
    found += _short_forms(block, title, slots, found, names)
    codes = _codes(sorted(found, key=lambda span: span.start))
    if not acronyms:
        return codes
    known = {code.value for code in codes}
    return (*(code for code in (to_partner(block, span) for span in acronyms) if code.value not in known), *codes)


def read_partner_members(block: Block) -> tuple[Value[str], ...]:
    """Return the codes of the countries that spell a group out (阿拉伯国家（包括…）), in the order of the text."""
    return _codes(_members(block))


def _without_brackets(block: Block, names: list[Span]) -> list[Span]:
    """Leave out what a bracket behind a name only says again (世界卫生组织（WHO）), and the members of a group."""
    if len(names) < 2:
        return names
    members = {span.start for span in _members(block)}
    found: list[Span] = []
    for span in names:
        again = found and to_code(span) == to_code(found[-1]) and span.start - found[-1].end <= 2
        if span.start not in members and not (again and block.text.text[span.start - 1] in "（("):
            found.append(span)
    return found


@functools.lru_cache(maxsize=2)
def _names(block: Block) -> Run:
    return block.listed("partners", block.section.start, block.section.end)


def _codes(spans: Iterable[Span]) -> tuple[Value[str], ...]:
    first: dict[str, Span] = {}
    for span in spans:
        first.setdefault(to_code(span), span)
    return tuple(Value(code, span) for code, span in first.items())


def _is_group(span: Span) -> bool:
    """Say whether a name is of countries as such; the European Union acts and makes rules like a country."""
    return to_kind(span) == "group" and to_code(span) != "EU"


def _is_foreign(span: Span) -> bool:
    return to_code(span) != _OWN_COUNTRY


def _between(spans: Sequence[Span], start: int, end: int) -> list[Span]:
    first = bisect_left(spans, start, key=_start)
    last = bisect_left(spans, end, first, key=_start)
    return [span for span in spans[first:last] if span.end <= end]


def _start(span: Span) -> int:
    return span.start


@functools.lru_cache(maxsize=2)
def silent_slots(block: Block) -> tuple[str, ...]:
    """Return the slots that name no partners of this direction; in sub-directions' slots theirs are named."""
    named = block.rulebook.find_rare("Subdirections", block.text.text, block.section.start, block.section.end)
    return (*_SILENT, *_NESTED) if named and block.find("Subdirections", "requirements", "lead") else _SILENT


def _in_prose(block: Block, slot: Slot, names: list[Span]) -> Iterator[Span]:
    """Yield the names of a slot that are partners: groups of countries as such, others by their words."""
    for run in _runs(block, names):
        foreign = [span for span in run if _is_foreign(span) and not _is_place(block, span)]
        named = [span for span in foreign if _is_group(span) and not _is_latin(block, span)]
        bodies = [span for span in foreign if to_kind(span) == "organisation" and not _are_countries(block, span)]
        acting = [span for span in foreign if span not in bodies]
        if not named and not acting and (not bodies or slot.name != "content"):
            continue
        left, right = _sentence(block, slot, run)
        if matches(block, "PartnerPreferred", left, run[0].start):
            continue
        cued = len(named) < len(acting) and _is_cued(block, run, left, right)
        joined = bool(bodies) and slot.name == "content" and _is_joined(block, run, left, right)
        yield from (span for span in foreign if span in named or (joined if span in bodies else cued))


def _are_countries(block: Block, span: Span) -> bool:
    """Say whether an organisation's name stands for its countries."""
    return _COUNTRIES.match(block.text.text, span.start, span.end + _MEMBERS) is not None


def _runs(block: Block, names: Iterable[Span]) -> Iterator[Run]:
    """Yield names that stand in one list (中亚及非洲; 亚洲、欧洲、美洲) together; brackets behind them do not part them."""
    text = block.text.text
    run: list[Span] = []
    for span in names:
        between = text[run[-1].end : span.start] if run else ""
        if run and span.start >= run[-1].end and between not in JOINTS and not _is_joint(between):
            yield tuple(run)
            run = []
        run.append(span)
    if run:
        yield tuple(run)


def _is_joint(between: str) -> bool:
    bracket = _BRACKET.match(between)
    return bracket is not None and between[bracket.end() :] in JOINTS


def _sentence(block: Block, slot: Slot, run: Run) -> tuple[int, int]:
    """Return how far the words on both sides of a run are read: to the sentence's ends at most."""
    text = block.text.text
    left = max(slot.start, run[0].start - _REACH)
    left = max([left] + [text.rfind(mark, left, run[0].start) + 1 for mark in _STOPS])
    right = min(slot.end, run[-1].end + _REACH)
    return left, min([right] + [at for mark in _STOPS if (at := text.find(mark, run[-1].end, right)) >= 0])


def _is_cued(block: Block, run: Run, left: int, right: int) -> bool:
    """Say whether the words beside a run make its names partners: for them, with them, at their place."""
    start, end = run[0].start, run[-1].end
    if any(matches(block, label, left, start) for label in ("PartnerFor", "PartnerNamed")):
        return True
    if matches(block, "PartnerActs", end, right):
        return True
    return _are_between(block, run, left, right, _CUES)


def _is_joined(block: Block, run: Run, left: int, right: int) -> bool:
    """Say whether the words beside a run make its names those with whom the work is done."""
    return _are_between(block, run, left, right, _CUES_WITH)


def _are_between(block: Block, run: Run, left: int, right: int, cues: Iterable[tuple[str, str]]) -> bool:
    return any(
        matches(block, before, left, run[0].start) and matches(block, after, run[-1].end, right)
        for before, after in cues
    )


def matches(block: Block, label: str, start: int, end: int) -> bool:
    """Say whether a card of the label matches the words in `[start, end)`; its pattern says at which end."""
    words, rules = block.text.text[start:end], block.rulebook.rules(label)
    if len(rules) == 1:
        return rules[0].pattern.search(words) is not None
    return any(rule.pattern.search(words) for rule in rules)


def _follows(block: Block, label: str, start: int, end: int) -> bool:
    """Say whether a card of the label matches at the beginning of `[start, end)`, which its pattern asks for."""
    text = block.text.text
    rules = block.rulebook.starting(label, text[start : start + 1])
    return bool(rules) and any(rule.pattern.match(text[start:end]) for rule in rules)


def _is_place(block: Block, span: Span) -> bool:
    """Say whether a name only places or makes what follows (格陵兰冰盖), or is part of a plan's name."""
    end = span.end + _REACH // 2
    if _follows(block, "NameOfAPlan", span.end, end):
        return True
    return not _is_group(span) and _follows(block, "OnlyAPlace", span.end, end)


def _is_latin(block: Block, span: Span) -> bool:
    return block.say(span).isascii()


def _short_forms(block: Block, title: Span | None, slots: list[Slot], partners: list[Span], names: Run) -> list[Span]:
    """Return the short forms of the title and the slots that are settled and part of no plan's name."""
    usual = [slot for slot in slots if slot.name in BASES]
    places: list[Span | Slot] = [title, *slots] if title is not None else [*slots]
    usually: list[Span | Slot] = [title, *usual] if title is not None else [*usual]
    settled = settle_short_forms(
        block,
        [(place.start, place.end) for place in places],
        [(place.start, place.end) for place in usually],
        partners,
        names,
    )
    return [span for span in settled if not matches(block, "NameOfAPlan", span.end, span.end + _REACH)]


@functools.lru_cache(maxsize=2)
def _members(block: Block) -> list[Span]:
    """Return the names in lists of three or more countries that a group's name opens or closes."""
    names = _names(block)
    if len(names) < _FEWEST_MEMBERS:
        return []
    runs = list(_runs(block, names))
    found: list[Span] = []
    for before, run, behind in zip([None, *runs], runs, [*runs[1:], None], strict=False):
        if len(run) < _FEWEST_MEMBERS:
            continue
        opens = before is not None and _is_bracketed(block, "MembersOpening", before[-1], before[-1].end, run[0].start)
        closes = behind is not None and _is_bracketed(block, "MembersBehind", behind[0], run[-1].end, behind[0].start)
        if opens or closes:
            found += [span for span in run if to_kind(span) in ("country", "region") and _is_foreign(span)]
    return found


def _is_bracketed(block: Block, label: str, group: Span, start: int, end: int) -> bool:
    """Say whether a name is a group's, and a card of the label matches what stands between it and a list."""
    return end - start <= _REACH and to_kind(group) in ("group", "region") and matches(block, label, start, end)
