"""What of a record is compared with the gold: for each field, the items that it holds.

In: a record. Out: items, folded so that layout is no content. Lists are multisets; a range, or a
value with what it belongs to, is one item. This module compares nothing and reads no file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from typing import Any

__all__ = ["CALL_FIELDS", "DIRECTION_FIELDS", "Record", "fold", "fold_phone", "say"]

Record = Mapping[str, Any]

_DROPPED = re.compile("[\\s\"'“”‘’《》<>^]+")
_DASH = re.compile("[-—–‒―－−~～〜]+")
_OCR_DASH = re.compile("(?<=[\u4e00-\u9fff])一(?=[\u4e00-\u9fff])")
_FINAL = ".,;:。，；：、·-"
_SIGNS = {">=": "≥", "<=": "≤", ">": ">", "<": "<", "=": "=", "range": "", "±": "±", "better": "better than"}


def fold(value: object) -> str:
    """Take out of a text what is layout: width, case, white space, dashes, quotes, end marks."""
    text = _DASH.sub("-", unicodedata.normalize("NFKC", str(value)))
    text = _DROPPED.sub("", text).lower()
    if "中国一" in text:
        text = _OCR_DASH.sub("-", text)
    return re.sub("-+", "-", text).strip(_FINAL)


def fold_phone(number: str) -> str:
    """Keep the digits of a phone number, without the zeros that it opens with."""
    return re.sub(r"\D", "", number).lstrip("0")


def say(item: Hashable) -> str:
    """Say an item as a reader understands it.

    >>> say((None, 10)), say((2, 3)), say((">=", 10.0, None, "万吨")), say(("领域", (5, 5)))
    ('≤ 10', '2–3', '≥ 10 万吨', '领域 · 5')
    """
    match item:
        case (None | int() | float() as low, None | int() | float() as high):
            return _say_bounds(low, high)
        case (str(sign), int() | float() as low, None | int() | float() as high, str(unit)) if sign in _SIGNS:
            number = _say_bounds(low, low if high is None else high)
            return " ".join(part for part in (_SIGNS[sign], number, unit) if part)
        case tuple():
            return " · ".join(say(part) for part in item if part not in (None, ""))
        case float():
            return _say_number(item)
    return str(item)


def _say_bounds(low: float | None, high: float | None) -> str:
    if low is None or high is None:
        return f"≤ {_say_number(high)}" if high is not None else f"≥ {_say_number(low or 0)}"
    return _say_number(low) if low == high else f"{_say_number(low)}–{_say_number(high)}"


def _say_number(number: float) -> str:
    """Say a number without a needless fraction, thousands apart from five digits on."""
    text = f"{number:,.10g}" if abs(number) >= 10_000 else f"{number:.10g}"
    return text.replace("-", "−")


_Take = Callable[[Record], Iterable[Hashable]]


def _single(name: str) -> _Take:
    def take(record: Record) -> Iterable[Hashable]:
        value = record.get(name)
        return () if value in (None, "", False) else (fold(value),)

    return take


def _listed(name: str) -> _Take:
    return lambda record: map(fold, record.get(name) or ())


def _ranged(name: str) -> _Take:
    return lambda record: _bounds(record.get(name))


def _bounds(value: Record | None) -> tuple[tuple[object, object], ...]:
    bounds = ((value or {}).get("min"), (value or {}).get("max"))
    return () if bounds == (None, None) else (bounds,)


def _codes(record: Record) -> Iterator[Hashable]:
    for requirement in record.get("requirements") or ():
        yield fold(requirement["code"] if isinstance(requirement, Mapping) else requirement)


def _codes_with_values(record: Record) -> Iterator[Hashable]:
    for requirement in record.get("requirements") or ():
        if requirement.get("value") not in (None, ""):
            yield fold(requirement["code"]), fold(requirement["value"])


def _names(record: Record) -> Iterator[Hashable]:
    return (fold(contact["name"]) for contact in record.get("contacts") or () if contact.get("name"))


def _emails(record: Record) -> Iterator[Hashable]:
    return (email for _, email in _names_with_emails(record))


def _names_with_emails(record: Record) -> Iterator[tuple[str, str]]:
    for contact in record.get("contacts") or ():
        for email in contact.get("emails") or ():
            yield fold(contact.get("name") or ""), email.lower()


def _phones(record: Record) -> Iterator[Hashable]:
    for contact in record.get("contacts") or ():
        for phone in (*(contact.get("phones") or ()), *(contact.get("faxes") or ())):
            yield fold_phone(phone)


def _agreements_with_years(record: Record) -> Iterator[Hashable]:
    return ((fold(a["title"]), a["year"]) for a in record.get("agreements") or () if a.get("year"))


def _titles(name: str) -> _Take:
    return lambda record: (fold(item["title"]) for item in record.get(name) or ())


def _subtopics(record: Record) -> Iterator[Hashable]:
    for topic in record.get("topics") or ():
        yield from ((fold(topic["title"]), fold(part)) for part in topic.get("subtopics") or ())


def _envelopes(record: Record) -> Iterator[Hashable]:
    for envelope in record.get("envelopes") or ():
        amounts = (*_bounds(envelope.get("projects")), *_bounds(envelope.get("budget_cny")))
        yield (fold(envelope.get("scope") or ""), *amounts)


def _indicators(record: Record) -> Iterable[Hashable]:
    """Count the indicators: gold records give their number, ours the items."""
    indicators = record.get("indicators") or ()
    count = indicators if isinstance(indicators, int) else len(indicators)
    return (str(count),) if count else ()


def _measures(record: Record) -> Iterator[Hashable]:
    for measure in record.get("measures") or ():
        value, value_max = (_round(measure.get(name)) for name in ("value", "value_max"))
        yield measure["comparator"], value, value_max, fold(measure.get("unit") or "")


def _round(number: float | None) -> float | None:
    return None if number is None else float(f"{float(number):.6g}")


CALL_FIELDS: Mapping[str, _Take] = {
    "call.title": _single("title"),
    "call.programmes": _listed("programmes"),
    "call.year": _single("year"),
    "call.batch": _single("batch"),
    "call.stage": _single("stage"),
    "call.stated_directions": _single("stated_directions"),
    "call.stated_partners": _single("stated_partners"),
    "call.projects": _ranged("projects"),
    "call.budget_cny": _ranged("budget_cny"),
    "call.duration_years": _ranged("duration_years"),
    "call.max_chinese_participants": _single("max_chinese_participants"),
    "call.sections": lambda r: ((fold(s["number"]), fold(s["title"])) for s in r.get("sections") or ()),
    "call.requirements": _codes,
    "call.contacts": _names,
}
DIRECTION_FIELDS: Mapping[str, _Take] = {
    "direction": lambda record: ("here",),
    "title": _single("title"),
    "parent": _single("parent"),
    "section": _single("section"),
    "research_type": _single("research_type"),
    "partners": _listed("partners"),
    "partner_members": _listed("partner_members"),
    "min_partner_countries": _single("min_partner_countries"),
    "agreements": _titles("agreements"),
    "agreements.year": _agreements_with_years,
    "agencies": _listed("agencies"),
    "topics": _titles("topics"),
    "subtopics": _subtopics,
    "open_topic": _single("open_topic"),
    "projects": _ranged("projects"),
    "budget_cny": _ranged("budget_cny"),
    "envelopes": _envelopes,
    "duration_years": _ranged("duration_years"),
    "contacts.name": _names,
    "contacts.email": _emails,
    "contacts.phone": _phones,
    "contacts.pairing": _names_with_emails,
    "urls": lambda record: (fold(url).rstrip("/") for url in record.get("urls") or ()),
    "requirements": _codes,
    "requirements.value": _codes_with_values,
    "keywords": _listed("keywords"),
    "indicators": _indicators,
    "measures": _measures,
}
