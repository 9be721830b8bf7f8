"""What a call says of itself: title, programmes, year, batch, stage, and the figures of its preamble.

In: the cleaned text, its sections, and the blocks before and behind the directions. Out: a `Call`
without directions, requirements and contacts, which others read. Figures for each direction are not
the call's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg_build.fields.counts import total
from kg_build.fields.quotas import read_phrases
from kg_build.fields.terms import read_term
from kg_build.numerals import to_number
from kg_build.records import Call, SectionTitle
from kg_build.rules import Rulebook
from kg_build.sections import Section
from kg_build.slots import Block
from kg_build.spans import Span, Value
from kg_build.text import Text

__all__ = ["read_call_facts"]

_FIELD = re.compile(r"(?<=.)领域$")
_TITLE = 200
"""Characters; the longest title seen has 60."""
_NAME = re.compile(r"[“\"]([^”\"]+)[”\"]")
_OWN_YEAR = re.compile(r"本专项\s?$")


def read_call_facts(text: Text, root: Section, margins: tuple[Block, ...]) -> Call:
    """Return what the call says of itself; the title decides programmes, batch and stage."""
    call = Call(document=text.document.id, title=None, sections=tuple(_sections(text, root)))
    if not margins:
        return call
    line, rulebook = text.text, margins[0].rulebook
    start, end = margins[0].section.start, margins[0].section.end
    title = _title(line, start, end, rulebook)
    if title is not None:
        start = title.span.end
        call = replace(
            call,
            title=title,
            programmes=tuple(_programmes(line, title.span, end, rulebook)),
            year=_number(line, title.span.start, start, "CallYear", rulebook),
            batch=_number(line, title.span.start, start, "Batch", rulebook),
            stage=_stage(line, title.span, rulebook),
        )
    quotas = read_phrases(line, start, end, rulebook)
    limits = (_number(line, b.section.start, b.section.end, "ChineseParticipants", rulebook) for b in margins)
    terms = (read_term(line, block.section.start, block.section.end, rulebook) for block in margins)
    return replace(
        call,
        year=call.year or _own_year(line, start, end, rulebook),
        stated_directions=_number(line, start, end, "StatedDirections", rulebook),
        stated_partners=_number(line, start, end, "StatedPartners", rulebook),
        projects=total([quota for quota in quotas if quota.kind == "projects"]),
        budget_cny=total([quota for quota in quotas if quota.kind == "budget"]),
        duration_years=next((term for term in terms if term), None),
        max_chinese_participants=next((limit for limit in limits if limit), None),
    )


def _title(line: str, start: int, end: int, rulebook: Rulebook) -> Value[str] | None:
    """Return what stands before and up to the first 指南, with its stage note, without 附件."""
    for rule in rulebook.rules("CallAttachment"):
        match = rule.pattern.match(line, start, end)
        start = match.end() if match else start
    for span in rulebook.find("CallTitleEnd", line, start, min(end, start + _TITLE))[:1]:
        whole = Span(start, span.end, "CallTitle", "call.title")
        return Value(line[start : span.end].strip(), whole)
    return None


def _programmes(line: str, title: Span, end: int, rulebook: Rulebook) -> Iterator[Value[str]]:
    """Yield the programmes of the title; the names of a joint programme stand apart at a stroke.

    A notice of several programmes names the first in its title (“甲”等4个重点专项) and all below.
    """
    lists = rulebook.find("ProgrammeList", line, title.start, end)
    if lists and lists[0].start < title.end:
        longest = max(lists, key=lambda span: span.end - span.start)
        yield from _quoted(line, longest)
        return
    for span in rulebook.find("Programme", line, title.start, title.end)[:1]:
        named = span.group("name")
        assert named is not None
        at, end = named
        for name in line[at:end].split("/"):
            yield Value(name.strip(), Span(at, at + len(name), "Programme", span.rule))
            at += len(name) + 1


def _quoted(line: str, names: Span) -> Iterator[Value[str]]:
    part = names.group("names")
    assert part is not None
    for match in _NAME.finditer(line, *part):
        yield Value(match[1].strip(), Span(match.start(1), match.end(1), "Programme", names.rule))


def _stage(line: str, title: Span, rulebook: Rulebook) -> Value[str]:
    for span in rulebook.find("Stage", line, title.start, title.end):
        return Value(span.concept or "", span)
    return Value("final", replace(title, label="Stage", rule="call.stage-final"))


def _own_year(line: str, start: int, end: int, rulebook: Rulebook) -> Value[int] | None:
    """Return the year that the preamble gives the programme: 本专项2022年度."""
    for span in rulebook.find("CallYear", line, start, end):
        year = span.group("n")
        if year and _OWN_YEAR.search(line, max(start, span.start - 4), span.start):
            return Value(int(line[year[0] : year[1]]), span)
    return None


def _number(line: str, start: int, end: int, label: str, rulebook: Rulebook) -> Value[int] | None:
    """Return the number in the first match of a label's cards."""
    for span in rulebook.find(label, line, start, end):
        printed = span.group("n")
        number = to_number(line[printed[0] : printed[1]]) if printed else None
        if number is not None:
            return Value(int(number), span)
    return None


def _sections(text: Text, root: Section) -> Iterator[SectionTitle]:
    """Yield the first-level fields, their titles without a trailing 领域."""
    for section in root.children:
        number, title = section.number_span, section.title_span
        if section.kind != "field" or number is None or title is None or section.number is None:
            continue
        words = _FIELD.sub("", text.text[title.start : title.end].strip())
        yield SectionTitle(Value(section.number, number), Value(words, replace(title, end=title.start + len(words))))
