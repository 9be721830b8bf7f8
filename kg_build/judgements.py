"""Corrections put into effect on what was read.

In: a call, and corrections of it. Out: the call as the person has it, each judged fact still on the
span where it was read; which corrections took effect; an error for each whose old value is not what
is read any more. Nothing is changed in place, and no fact is made that was not read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar

from kg_build.corrections import Correction, JudgedSpan
from kg_build.findings import Finding
from kg_build.properties import PROPERTIES
from kg_build.records import Call, Contact, Range, Record, to_records
from kg_build.spans import Span, Value

__all__ = ["Judgement", "apply_corrections", "drop_settled"]

_RANGES = ("projects", "budget_cny", "project_budget_cny", "duration_years")

T = TypeVar("T")
_MISSING = object()


@dataclass(frozen=True, slots=True)
class Judgement:
    """What corrections did to a call; `spans` are the places of each fact that was judged, first its own."""

    call: Call
    spans: tuple[tuple[JudgedSpan, ...], ...]
    findings: tuple[Finding, ...]


def apply_corrections(call: Call, corrections: Sequence[Correction]) -> Judgement:
    """Apply the corrections of a call's document, in their order; what is stale is told and not applied."""
    spans: list[tuple[JudgedSpan, ...]] = []
    findings: list[Finding] = []
    judged = call
    for correction in corrections:
        outcome = _apply(judged, correction)
        if isinstance(outcome, str):
            message = f"{correction.spot}: {correction.verdict} {correction.key} {correction.old}: {outcome}"
            findings.append(Finding("error", correction.direction or "call", "correction.stale", message))
        else:
            judged, places = outcome
            spans.append(places)
    return Judgement(judged, tuple(spans), tuple(findings))


def drop_settled(findings: Iterable[Finding], spans: Iterable[Sequence[JudgedSpan]]) -> tuple[Finding, ...]:
    """Leave out the doubts about facts that a person has judged."""
    settled = [
        (span.correction.direction or "call", span)
        for places in spans
        for span in places
        if span.correction is not None
    ]
    return tuple(
        finding
        for finding in findings
        if finding.severity == "error"
        or finding.span is None
        or not any(
            subject == finding.subject and span.start < finding.span.end and finding.span.start < span.end
            for subject, span in settled
        )
    )


def _apply(call: Call, correction: Correction) -> tuple[Call, tuple[JudgedSpan, ...]] | str:
    """Return the call with the correction and its places, or why it does not fit any more."""
    if correction.direction is None:
        return _edit(call, to_records(call)[0], correction)
    for at, direction in enumerate(call.directions):
        if direction.number.value == correction.direction:
            edited = _edit(direction, to_records(call)[at + 1], correction)
            if isinstance(edited, str):
                return edited
            directions = (*call.directions[:at], edited[0], *call.directions[at + 1 :])
            return replace(call, directions=directions), edited[1]
    return f"no direction {correction.direction} is read now"


def _edit(stated: T, row: Record, correction: Correction) -> tuple[T, tuple[JudgedSpan, ...]] | str:
    """Return a call or a direction with one fact judged."""
    name, old = correction.key, json.loads(correction.old)
    current: Any = getattr(stated, name)
    if not PROPERTIES[name].many:
        if current is None or row[name] != old:
            return f"now {_show(row[name])} is read"
        edited, spans = _judge(current, correction)
        return replace(stated, **{name: edited}), spans  # type: ignore[type-var]
    rows = row[name]
    assert isinstance(rows, list)
    places = [at for at, one in enumerate(rows) if _fits(one, old)]
    if len(places) != 1:
        return f"{len(places)} such are read now" if places else f"now {_show(rows)} is read"
    edited, spans = _judge(current[places[0]], correction)
    if _is_empty(edited):
        return "nothing would be left of it; reject it"
    kept = () if edited is None else (edited,)
    values = (*current[: places[0]], *kept, *current[places[0] + 1 :])
    return replace(stated, **{name: values}), spans  # type: ignore[type-var]


def _fits(row: object, old: object) -> bool:
    """Say whether a value is the old one; of a table, whether it has the parts that are named."""
    if isinstance(row, Mapping) and isinstance(old, Mapping):
        return all(row.get(key, _MISSING) == value for key, value in old.items())
    return row == old


def _judge(fact: Any, correction: Correction) -> tuple[Any, tuple[JudgedSpan, ...]]:
    """Return a fact as it is after the correction, None where it is rejected, and the places where it was read."""
    marked = _mark(fact, correction)
    spans = tuple(dict.fromkeys(_spans(marked)))
    if correction.verdict == "reject":
        return None, spans
    if correction.verdict == "correct" and correction.new is not None:
        new, anchor = json.loads(correction.new), replace(spans[0], concept=None)
        if isinstance(fact, Value):
            return Value(Range(**new) if correction.key in _RANGES else new, anchor), spans
        parts = {name: _part(name, getattr(marked, name), said, anchor) for name, said in new.items()}
        return replace(marked, **parts), spans
    return marked, spans


def _is_empty(fact: Any) -> bool:
    """Say whether nothing is left of a fact; only a contact may lose all that it has."""
    return isinstance(fact, Contact) and not any(getattr(fact, one.name) for one in fields(fact))


def _part(name: str, current: Any, said: Any, anchor: Span) -> Any:
    """Return a part of a fact with its new value, on the place of the old part, or of the fact where it had none."""
    if name in ("kind", "unit", "value_max") or isinstance(current, float | int):
        return said
    if isinstance(said, list):
        spans = {value.value: value.span for value in current}
        return tuple(Value(one, spans.get(one, anchor)) for one in said)
    if said is None:
        return None
    span = anchor if current is None else replace(current.span, concept=None)
    return Value(Range(**said) if name in _RANGES else said, span)


def _mark(fact: Any, correction: Correction) -> Any:
    """Return a fact whose every span says who judged it."""
    if isinstance(fact, Span):
        return JudgedSpan(
            fact.start, fact.end, fact.label, f"correction.{correction.verdict}", fact.concept, (), 1.0, correction
        )
    if isinstance(fact, tuple):
        return tuple(_mark(one, correction) for one in fact)
    if is_dataclass(fact) and not isinstance(fact, type | Range):
        return replace(fact, **{one.name: _mark(getattr(fact, one.name), correction) for one in fields(fact)})
    return fact


def _spans(fact: Any) -> Iterator[JudgedSpan]:
    """Yield the places of a fact, in the order of its parts."""
    if isinstance(fact, JudgedSpan):
        yield fact
    elif isinstance(fact, tuple):
        for one in fact:
            yield from _spans(one)
    elif is_dataclass(fact) and not isinstance(fact, type):
        for part in fields(fact):
            yield from _spans(getattr(fact, part.name))


def _show(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else f"{text[:79]}…"
