"""The conditions of application that a direction or a call prints, by code.

In: a direction's block, or the margins of the call. Out: each code once, with its number or ratio,
evidenced by the clause that says it. Cards find the phrases; this module reads how the clause
speaks (鼓励, 不要求, 如有 …) and decides whether the phrase is a condition. It knows no country.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from kg_build.fields.countries import read_min_partner_countries
from kg_build.frozen import frozen
from kg_build.items import find_marks
from kg_build.records import Requirement
from kg_build.slots import Block, Slot
from kg_build.spans import Span, Value

__all__ = ["read_call_requirements", "read_requirements"]

_CONDITIONS = ("requirements", "projects", "budget", "projects-and-budget", "term", "contacts")
"""Slots in which every sentence may be a condition."""

_PROSE = ("lead", "topics", "content", "indicators")
"""Slots of research prose, in which only a sentence on who may, should or must take part is a condition."""

_EITHER = ("gender-dimension", "exchange-plan")
"""Codes that are given for a demand and for an encouragement alike."""

_SPOKEN = ("licence", "core-ip", "enterprise-participation", "required-participant-type", "min-consortium")
"""Codes whose phrases are praise or description where no word of demand stands before them."""

_FOREIGN = ("foreign-enterprise-lead", "partner-eligibility")
"""Codes of the foreign side, which win over a code of the Chinese side read from the same words."""

_OURS = ("中方", "我方")
"""How a clause opens on the Chinese side."""

_AIMS = ("强化", "推动", "促进", "加强", "坚持", "发挥", "提升", "实现", "带动", "服务")
"""How a clause opens that tells an aim of its own, whatever the clause before it demands."""

_SPEAKING = ("demand", "encouragement", "purpose")
_REACH = 200
"""Characters; no phrase is longer."""

_STOPS = "。；;"
_STOP = re.compile(f"[{_STOPS}]")
_PART = re.compile(r"(?<=[。；;])\s?[一二三四五六七八九十]{1,3}、")
"""How the next part of a call opens."""
_COMMA = re.compile("[，,]")
_NUMBERS = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_CAPS = ("不超过", "不得超过", "不多于", "最多", "至多")


@frozen()
class _Clause:
    """The range of the clauses that a phrase lies in, how they speak, and where the word for it stands."""

    start: int
    end: int
    modality: str
    at: int


@frozen()
class _Sentence:
    """A sentence with its phrases and its words of modality; `plain` where it needs none to demand."""

    text: str
    start: int
    end: int
    spans: tuple[Span, ...]
    cues: tuple[Span, ...]
    plain: bool

    def clause(self, span: Span) -> _Clause:
        """Return the clauses that a phrase lies in, with how they speak where the phrase ends.

        The last word before the phrase's end counts; a clause without one goes on with the
        encouragement or the demand of the clause before it.
        """
        start, stop = self.opening(span.start), _COMMA.search(self.text, span.end, self.end)
        end = stop.start() if stop else self.end
        at = bisect_left(self.cues, span.end, key=_start) - 1
        while at >= 0 and self.cues[at].concept == "later":
            at -= 1
        if at < 0:
            return _Clause(start, end, "", span.start)
        cue = self.cues[at]
        if cue.start < start and (cue.concept not in ("encouragement", "demand") or self.text.startswith(_AIMS, start)):
            return _Clause(start, end, "", span.start)
        return _Clause(start, end, cue.concept or "", cue.start)

    def opening(self, at: int) -> int:
        """Return where the clause begins that a place lies in."""
        text, start = self.text, self.start
        return max(start, text.rfind("，", start, at) + 1, text.rfind(",", start, at) + 1)


def read_requirements(block: Block) -> tuple[Requirement, ...]:
    """Return the conditions of a direction in the order of the text, each code once."""
    found = list(_read_sentences(block, _sentences(block)))
    countries = read_min_partner_countries(block)
    if countries is not None:
        code = Value("min-partner-countries", countries.span)
        found = [*(each for each in found if each.code.value != code.value), Requirement(code, countries)]
    return _first_of_each([*found, *(limit for slot in block.named(*_CONDITIONS) for limit in _limits(block, slot))])


def read_call_requirements(margins: Iterable[Block]) -> tuple[Requirement, ...]:
    """Return the rules that a call prints for all directions or a class of them, each code once."""
    found: list[Requirement] = []
    for block in margins:
        found += _read_sentences(block, (sentence for slot in block.slots for sentence in _of_the_call(block, slot)))
        found += (limit for slot in block.slots for limit in _limits(block, slot))
    return _first_of_each(found)


def _limits(block: Block, slot: Slot) -> Iterator[Requirement]:
    """Read at most how many Chinese units may take part, with the cards that read the call's own key."""
    text = block.text.text
    for span in block.rulebook.find("ChineseParticipants", text, slot.start, slot.end):
        code = Value("max-chinese-participants", Span(span.start, span.end, "Requirement", span.rule))
        yield Requirement(code, _number(text, span))


def _first_of_each(found: Iterable[Requirement]) -> tuple[Requirement, ...]:
    """Keep each code once: the one that has a value, else the first."""
    kept: dict[str, Requirement] = {}
    for each in sorted(found, key=lambda each: (each.value is None, each.code.span.start)):
        kept.setdefault(each.code.value, each)
    return tuple(sorted(kept.values(), key=lambda each: (each.code.span.start, each.code.value)))


# ---- sentences


def _sentences(block: Block) -> Iterator[_Sentence]:
    text = block.text.text
    prose: list[Slot] = []
    for slot in block.slots:
        if slot.name in _CONDITIONS:
            yield from _split(block, slot.start, slot.end, plain=slot.name == "requirements")
        elif slot.name in _PROSE:
            prose.append(slot)
    for slot in prose:
        seen = slot.start
        for span in block.rulebook.find_rare("Application", text, slot.start, slot.end):
            if span.start >= seen:
                start, seen = _around(text, slot.start, slot.end, span)
                yield from _split(block, start, seen, plain=False)


def _of_the_call(block: Block, slot: Slot) -> Iterator[_Sentence]:
    """Yield the sentences of a margin; under a heading of conditions each may be one without a word of demand."""
    text, at = block.text.text, slot.start
    for heading in block.rulebook.find_rare("ConditionsHeading", text, slot.start, slot.end):
        if heading.start >= at:
            following = _PART.search(text, heading.end, slot.end)
            yield from _split(block, at, heading.start, plain=False)
            at = following.start() if following else slot.end
            yield from _split(block, heading.end, at, plain=True)
    yield from _split(block, at, slot.end, plain=False)


def _split(block: Block, start: int, end: int, *, plain: bool) -> Iterator[_Sentence]:
    """Yield the sentences of a range that hold the phrase of a condition, and the word of modality that it needs."""
    text, rulebook = block.text.text, block.rulebook
    if plain:
        for first, last in _between_stops(text, start, end):
            if spans := rulebook.find_all("Requirement", text, first, last):
                yield _Sentence(text, first, last, spans, rulebook.find("Modality", text, first, last), plain)
        return
    cues = rulebook.find("Modality", text, start, end)
    for first, last in _between_stops(text, start, end) if _is_spoken(cues) else ():
        said = cues[bisect_left(cues, first, key=_start) : bisect_left(cues, last, key=_start)]
        if _is_spoken(said) and (spans := rulebook.find_all("Requirement", text, first, last)):
            yield _Sentence(text, first, last, spans, said, plain)


def _between_stops(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a range; no card reaches over a full stop."""
    for stop in _STOP.finditer(text, start, end):
        if stop.start() > start:
            yield start, stop.start()
        start = stop.end()
    if end > start:
        yield start, end


def _is_spoken(cues: Iterable[Span]) -> bool:
    return any(cue.concept in _SPEAKING for cue in cues)


def _around(text: str, start: int, end: int, span: Span) -> tuple[int, int]:
    """Return the sentence of a range that a phrase stands in."""
    first = max(start, *[text.rfind(stop, start, span.start) + 1 for stop in _STOPS])
    stop = _STOP.search(text, span.end, end)
    return first, stop.start() if stop else end


# ---- conditions


def _read_sentences(block: Block, sentences: Iterable[_Sentence]) -> Iterator[Requirement]:
    for sentence in sentences:
        codes = {span.concept for span in sentence.spans}
        for span in sentence.spans:
            if "two-plus-two" in codes and span.concept == "enterprise-participation":
                continue  # the explanation of the model, not a demand of its own
            if _outdone(span, sentence.spans):
                continue
            clause = sentence.clause(span)
            if _counts(block, sentence, span, clause):
                yield from _read(block, sentence, span, clause)


def _outdone(span: Span, spans: Sequence[Span]) -> bool:
    """Say whether the same words are read as a condition on the foreign side."""
    if span.concept == "foreign-enterprise-lead":
        return False
    rivals = _FOREIGN[:1] if span.concept == "partner-eligibility" else _FOREIGN
    if span.concept not in ("enterprise-lead", "academic-lead", "enterprise-participation", "partner-eligibility"):
        return False
    near = spans[bisect_left(spans, span.start - _REACH, key=_start) : bisect_left(spans, span.end, key=_start)]
    return any(each.concept in rivals and span.start < each.end for each in near)


def _start(span: Span) -> int:
    return span.start


def _counts(block: Block, sentence: _Sentence, span: Span, clause: _Clause) -> bool:
    """Say whether the sentence makes the phrase a condition."""
    if not _is_said(sentence, span, clause.modality):
        return False
    abroad = span.group("abroad")
    if abroad and (not block.listed("partners", *abroad) or sentence.text.startswith(_OURS, clause.start, span.start)):
        return False
    return span.end == clause.end or not any(block.rulebook.matches("Preference", sentence.text, span.end, clause.end))


def _is_said(sentence: _Sentence, span: Span, modality: str) -> bool:
    """Say whether words of this modality make the phrase a condition."""
    code = span.concept or ""
    if code.startswith("encourage-"):
        return modality in ("encouragement", "purpose")
    if code in _EITHER:
        return modality in ("encouragement", "demand")
    if modality != "demand" and not (modality == "" and sentence.plain and code not in _SPOKEN):
        return False
    if code == "dual-submission":
        return not any(cue.concept == "later" and cue.start < span.end for cue in sentence.cues)
    return code != "min-consortium" or not sentence.text[sentence.start : span.start].endswith(_CAPS)


def _read(block: Block, sentence: _Sentence, span: Span, clause: _Clause) -> Iterator[Requirement]:
    code = Value(span.concept or "", _evidence(block, sentence, span, clause))
    if code.value == "matching-funds":
        yield Requirement(code, _ratio(block, sentence, clause))
    elif code.value == "min-consortium":
        number = _number(sentence.text, span)
        if number.value >= 2:
            yield Requirement(code, number)
    else:
        yield Requirement(code)


def _evidence(block: Block, sentence: _Sentence, span: Span, clause: _Clause) -> Span:
    """Return the clause that says it, from the word that makes it a condition, without a list's mark."""
    text, start, end = sentence.text, clause.start, clause.end
    if clause.modality == "encouragement":
        start = min(start, sentence.opening(clause.at))
    if block.rulebook.starting("Marker", text[start]):
        for mark in find_marks(block.text, start, min(start + 6, end), block.rulebook):
            if mark.start == start and mark.end <= span.start:
                start = mark.end
    while text[start] == " " and start < span.start:
        start += 1
    while text[end - 1] == " " and end > span.end:
        end -= 1
    return Span(start, end, span.label, span.rule, None, (), span.confidence)


def _number(text: str, span: Span) -> Value[int]:
    group = span.group("n")
    assert group is not None, "a card that counts has a group n"
    printed = text[group[0] : group[1]]
    return Value(_NUMBERS.get(printed) or int(printed), Span(*group, span.label, span.rule))


def _ratio(block: Block, sentence: _Sentence, clause: _Clause) -> Value[int | str] | None:
    """Return own money to the state's, as printed ("2:1"); 等额 is "1:1"; None where no ratio is printed."""
    found = block.rulebook.find_all("FundingRatio", sentence.text, clause.start, sentence.end)
    order = ("state-own", "times", "own-state", "equal")
    for ratio in sorted(found, key=lambda each: (order.index(each.concept or ""), each.start)):
        printed = {name: sentence.text[begin:end] for name, begin, end in ratio.groups}
        parts = {name: str(_NUMBERS.get(part) or part) for name, part in printed.items()}
        own, state = parts.get("own") or parts.get("times") or "1", parts.get("state", "1")
        return Value(f"{own}:{state}", Span(ratio.start, ratio.end, ratio.label, ratio.rule))
    return None
