"""The bodies behind a direction, on both sides: ministries, funding agencies, embassies, organisations.

In: a direction's block with the listed names of its text. Out: names as written, in the fullest
spelling met, each body once; the Chinese ministry by its own name. Parties of an agreement count
whatever their kind; in conditions and contacts only public bodies do. This module does not know
what an agreement is: `agreements.py` does.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg_build.fields.agreements import find_bases, fold, read_agreements
from kg_build.fields.partners import matches
from kg_build.frozen import frozen
from kg_build.slots import Block
from kg_build.spans import Span, Value

__all__ = ["read_agencies"]

_CANONICAL = ("科学技术部", "科学技术部国际合作司")
"""Names that are given whatever the spelling: the last part of the concept's IRI."""

_MEMBERS = 16
"""Characters behind a name in which 成员国 may follow, an acronym in brackets between."""
_PROSE = ("requirements", "contacts", "projects", "budget", "projects-and-budget", "term")
"""Slots of conditions and contacts, and those that conditions may follow without a label of their own."""
_JOINTS = "与和及同、—－–-"
_JOINT = re.compile(f"[{_JOINTS}]")
_LONGEST = 30
"""Characters of a name behind the country's; the longest seen has 21."""

_NO_NAME = re.compile(f"[^一-鿿{_JOINTS}]")

_EXTENSION = 12
"""Characters of a department's name behind its ministry's; the longest seen has 7."""


@frozen()
class _Names:
    """The listed names in an agreement's title."""

    partners: tuple[Span, ...]
    agencies: tuple[Span, ...]


@dataclass(slots=True)
class _Body:
    """A body with the spellings met; the country and the folded rest of its name tell it from others."""

    concept: str | None
    key: tuple[str, str]
    spans: list[Span]


def read_agencies(block: Block) -> tuple[Value[str], ...]:
    """Return the bodies named in the agreements, conditions and contacts, in the order of the text."""
    found: list[Span] = []
    titles = [agreement.title.span for agreement in read_agreements(block) if agreement.kind == "agreement"]
    for title in titles:
        found += _in_title(block, title)
    for start, end in _places(block, titles):
        found += _in_prose(block, start, end)
    bodies: list[_Body] = []
    for span in sorted(found, key=lambda span: span.start):
        if _is_of_members(block, span):
            continue
        _gather(bodies, span, _key(block, span))
    return tuple(_value(block, body) for body in bodies)


def _places(block: Block, titles: list[Span]) -> Iterator[tuple[int, int]]:
    """Yield where bodies are named outside the titles: conditions, contacts, and what says who agreed."""
    text, rulebook = block.text.text, block.rulebook
    for slot in block.slots:
        if slot.name in _PROSE:
            yield slot.start, slot.end
        elif slot.name == "lead":
            yield from [
                (span.start, slot.end) for span in rulebook.find_rare("QuotaOpening", text, slot.start, slot.end)[:1]
            ]
    bases = [(slot.start, slot.end) for slot in block.named("agreements")]
    for start, end in find_bases(block):
        bases += [
            (start, stop) for stop in [max((t.start for t in titles if start <= t.start < end), default=0)] if stop
        ]
    for start, end in bases:
        edges = [(s.start, s.end) for s in titles if start <= s.start < end]
        yield from zip([start, *(e for _, e in edges)], [*(b for b, _ in edges), end], strict=True)


def _is_of_members(block: Block, span: Span) -> bool:
    """Say whether a name only tells whose countries are meant: 上海合作组织成员国."""
    behind = block.text.text[span.end : span.end + _MEMBERS]
    return "国" in behind and any(rule.pattern.match(behind) for rule in block.rulebook.rules("OfItsMembers"))


def _gather(bodies: list[_Body], span: Span, key: tuple[str, str]) -> None:
    """Add a spelling to the body that it names, or as a new body."""
    for body in bodies:
        if body.key == key or (span.concept is not None and body.concept == span.concept):
            body.spans.append(span)
            body.concept = body.concept or span.concept
            return
    bodies.append(_Body(span.concept, key, [span]))


def _key(block: Block, span: Span) -> tuple[str, str]:
    """Return the country and the rest of a name without words that only one spelling has."""
    country, rest = "", block.say(span)
    for name in block.listed("partners", span.start, span.end):
        if name.start == span.start and name.end < span.end:
            country, rest = name.concept or "", block.text.text[name.end : span.end]
    for rule in block.rulebook.rules("StateName"):
        rest = rule.pattern.sub("", rest)
    return country, fold(rest)


def _value(block: Block, body: _Body) -> Value[str]:
    """Return the fullest spelling with its place; the Chinese ministry by its own name."""
    name = (body.concept or "").rpartition("/")[2]
    if name in _CANONICAL:
        return Value(name, body.spans[0])
    fullest = max(body.spans, key=lambda span: (span.end - span.start, -span.start))
    return Value(block.say(fullest), replace(fullest, concept=body.concept))


def _listed(block: Block, start: int, end: int) -> Iterator[Span]:
    """Yield the listed agencies; a bare name right behind a foreign country is that country's body."""
    for span in block.listed("agencies", start, end):
        before = block.listed("partners", max(start, span.start - 12), span.start)
        if not any(name.end == span.start and not _is_own(name) for name in before):
            yield Span(span.start, span.end, "Agency", span.rule, span.concept)


def _in_title(block: Block, title: Span) -> Iterator[Span]:
    """Yield the parties of an agreement from its title, and the listed bodies it names besides."""
    names = _Names(block.listed("partners", title.start, title.end), block.listed("agencies", title.start, title.end))
    parties = list(_parties(block, title, names))
    listed = list(_listed(block, title.start, title.end))
    for party in parties:
        same = [span for span in listed if (span.start, span.end) == (party.start, party.end)]
        yield from same[:1] or [party]
    for span in listed:
        if not any(party.start <= span.start and span.end <= party.end for party in parties):
            yield span


def _parties(block: Block, title: Span, names: _Names) -> Iterator[Span]:
    """Yield what stands on both sides of 与 (和, —) before the words that say what was agreed."""
    stop = _parties_end(block, title.start, title.end, names)
    at, pieces = title.start, []
    for mark in _JOINT.finditer(block.text.text, title.start, stop):
        joint = mark.start()
        if joint > at and _begins_party(block, joint + 1, stop, names) and _ends_party(block, at, joint, names):
            pieces.append((at, joint))
            at = joint + 1
    if not pieces:
        return
    for left, right in [*pieces, (at, stop)]:
        span = _party(block, left, right)
        if span is not None:
            yield span


def _parties_end(block: Block, start: int, end: int, names: _Names) -> int:
    """Return where the parties end in a title; words inside a listed name do not end them (阿拉伯联合酋长国)."""
    for _, word in block.rulebook.matches("PartyEnd", block.text.text, start, end):
        at = word.start()
        if start < at < end and not any(name.start < at < name.end for name in (*names.agencies, *names.partners)):
            end = at
    return end


def _begins_party(block: Block, start: int, end: int, names: _Names) -> bool:
    """Say whether a party's name begins here: a country's, a listed body's or an organisation's."""
    listed = any(name.start == start and name.end <= end for name in (*names.partners, *names.agencies))
    return listed or _head_end(block, start, end) is not None


def _ends_party(block: Block, start: int, end: int, names: _Names) -> bool:
    """Say whether a party's name ends here, so that 与 joins two parties and is not part of one."""
    if any(name.end == end and name.start >= start for name in names.partners):
        return True
    return block.text.text.endswith("政府", start, end) or _head_end(block, start, end) == end


def _party(block: Block, start: int, end: int) -> Span | None:
    """Return the body in a piece of a title, up to its head; None for a government or a joint committee."""
    stop = _head_end(block, start, end)
    if stop is None or stop - start < 3 or matches(block, "NoAgency", start, stop):
        return None
    return Span(start, stop, "Agency", "agency.party")


@functools.lru_cache(maxsize=4)
def _head_end(block: Block, start: int, end: int) -> int | None:
    """Return the end of the last head of a name in the range."""
    if matches(block, "PartyHead", start, end):
        return end
    return max(_heads(block, start, end), default=None)


def _heads(block: Block, start: int, end: int) -> list[int]:
    """Return where the heads of names end in the range."""
    return sorted(head.end() for _, head in block.rulebook.matches("AgencyHead", block.text.text, start, end))


def _in_prose(block: Block, start: int, end: int) -> Iterator[Span]:
    """Yield the public bodies of a slot: listed ones, those named with their country, and contacts' employers."""
    listed = [s for s in _listed(block, start, end) if not matches(block, "ResearchBody", s.start, s.end)]
    own = [s for s in block.rulebook.find("ChineseBody", block.text.text, start, end) if not _inside(s, listed)]
    listed = [s for s in listed if not _inside(s, own)]
    listed += [Span(s.start, s.end, "Agency", s.rule) for s in own]
    named = [span for name in block.listed("partners", start, end) for span in _named(block, name, end)]
    named = [span for span in named if not _inside(span, listed)]
    yield from (span for span in listed if not _inside(span, named))
    yield from named
    for span in block.listed("organisation", start, end):
        if _heads(block, span.start, span.end)[-1:] == [span.end] and not _inside(span, [*listed, *named]):
            yield Span(span.start, span.end, "Agency", span.rule, confidence=span.confidence)


def _named(block: Block, name: Span, end: int) -> Iterator[Span]:
    """Yield the body whose name begins with a country's or organisation's (缅甸教育部, GEO中国秘书处)."""
    if _is_own(name):
        return
    stop = _name_end(block, name.end, min(end, name.end + _LONGEST))
    inner = [n for n in block.listed("partners", name.end, stop) if not _is_own(n)]
    stop = min([stop, *(n.start for n in inner)])
    heads = _heads(block, name.end, stop)
    if not heads or matches(block, "NoAgency", name.start, heads[0]):
        if _is_organisation(name) and not block.say(name).isascii():
            yield Span(name.start, name.end, "Agency", "agency.organisation")
        return
    last = heads[0]
    for head in heads[1:]:
        if head - last <= _EXTENSION and not _JOINT.search(block.text.text, last, head):
            last = head
    yield Span(name.start, last, "Agency", "agency.of-a-country")


def _is_own(name: Span) -> bool:
    return (name.concept or "").endswith("/CN")


def _is_organisation(name: Span) -> bool:
    return "/organisation/" in (name.concept or "")


def _name_end(block: Block, start: int, end: int) -> int:
    """Return where a name that began before `start` must have ended: at a mark, a figure or a verb."""
    text = block.text.text
    mark = _NO_NAME.search(text, start, end)
    stop = mark.start() if mark else end
    words = block.rulebook.matches("AgencyNameEnd", text, start, stop)
    return min((word.start() for _, word in words), default=stop)


def _inside(span: Span, others: Iterable[Span]) -> bool:
    return any(other.start <= span.start and span.end <= other.end for other in others)
