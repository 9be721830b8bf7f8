"""What may stand under each key of the record table, and how a value of it is written by a person.

In: a key and a value as TOML or JSON has it. Out: the value as the record table has it, or the words
for what would be right. This module knows no call and no correction.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import isfinite

from ontology.errors import RuleError
from ontology.vocabulary import Vocabulary

__all__ = ["PROPERTIES", "Property", "to_value"]

Check = Callable[[object, Vocabulary], object]
"""Returns a value in the form of the table; raises ValueError, with what would be right."""

_ACRONYM = re.compile(r"[A-Z][A-Z0-9-]*")
_EMAIL = re.compile(r"[^ @]+@[^ @]+")
_URL = re.compile(r"https?://\S+")
_RATIO = re.compile(r"[0-9]+(\.[0-9]+)?:[0-9]+(\.[0-9]+)?")
_NULLABLE = ("year", "name", "org", "projects", "budget_cny", "value_max", "unit")
"""Parts of tables that the record table has as null; a requirement's value is another."""
_COMPARATORS = (">=", ">", "<=", "<", "=", "range", "±", "better")


@dataclass(frozen=True, slots=True)
class Property:
    """A key of the record table: of a call, of a direction, or of both.

    `many` values are corrected one by one; a value with `parts` is a table with these keys.
    """

    of: tuple[str, ...]
    check: Check
    many: bool = False
    needed: bool = False
    parts: Mapping[str, Check] = field(default_factory=dict)


def to_value(key: str, value: object, vocabulary: Vocabulary, *, whole: bool = True) -> object:
    """Return a value of the key as the record table has it.

    A part of a table may be left out where not `whole`. Raises RuleError for a value that cannot be.
    """
    about = PROPERTIES[key]
    try:
        return about.check(value, vocabulary) if not about.parts else _to_table(about.parts, value, vocabulary, whole)
    except ValueError as error:
        raise RuleError(f"{key} cannot be {value!r}", right=str(error)) from error


def _to_table(parts: Mapping[str, Check], value: object, vocabulary: Vocabulary, whole: bool) -> dict[str, object]:
    if not isinstance(value, Mapping) or not value or not value.keys() <= parts.keys():
        raise ValueError(f"a table of {', '.join(parts)}")
    empty = next((name for name, said in value.items() if said is None and not _may_be_null(name, parts)), None)
    if empty is not None:
        raise ValueError(f"{empty} with a value")
    checked = {name: None if said is None else parts[name](said, vocabulary) for name, said in value.items()}
    if whole and checked.get(next(iter(parts))) is None and "emails" not in parts:
        raise ValueError(f"a table with {next(iter(parts))}")
    return checked


def _may_be_null(name: str, parts: Mapping[str, Check]) -> bool:
    return name in _NULLABLE or (name == "value" and "code" in parts)


def _text(value: object, _: Vocabulary) -> object:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("words in quotes")
    return value.strip()


def _truth(value: object, _: Vocabulary) -> object:
    if value is not True:
        raise ValueError("true")
    return value


def _integer(least: int, most: int = 10**13) -> Check:
    def check(value: object, _: Vocabulary) -> object:
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise ValueError(f"a whole number from {least}" + (f" to {most}" if most < 10**13 else ""))
        return value

    return check


def _number(value: object, _: Vocabulary) -> object:
    if not isinstance(value, int | float) or isinstance(value, bool) or not isfinite(value):
        raise ValueError("a number")
    return value


def _range(*, whole: bool = True) -> Check:
    def check(value: object, _: Vocabulary) -> object:
        bounds = value if isinstance(value, Mapping) else {"min": value, "max": value}
        if not bounds.keys() <= {"min", "max"}:
            raise ValueError("{ min = n, max = n }, or one of the two")
        least, most = (_bound(bounds.get(end), whole) for end in ("min", "max"))
        if least is None and most is None:
            raise ValueError("{ min = n, max = n }, or one of the two")
        if least is not None and most is not None and least > most:
            raise ValueError("a min that is not above max")
        return {"min": least, "max": most}

    return check


def _bound(bound: object, whole: bool) -> float | None:
    if bound is None:
        return None
    if isinstance(bound, bool) or not isinstance(bound, int if whole else int | float) or not 0 <= bound < 10**15:
        raise ValueError(f"{{ min = n, max = n }} of {'whole ' if whole else ''}numbers, or one number")
    return bound


def _code(scheme: str) -> Check:
    def check(value: object, vocabulary: Vocabulary) -> object:
        if isinstance(value, str) and vocabulary.find_concept(scheme, value) is not None:
            return value
        codes = [concept.notation for concept in vocabulary.concepts(scheme)]
        raise ValueError(f"a code of {scheme}" + (f": {' '.join(codes)}" if len(codes) < 8 else ""))

    return check


def _partner(value: object, vocabulary: Vocabulary) -> object:
    if isinstance(value, str) and (vocabulary.find_concept("partners", value) or _is_acronym(value)):
        return value
    raise ValueError("a code of partners (NZ, 143, BRI), or an organisation's acronym of three letters or more")


def _is_acronym(value: str) -> bool:
    """Two letters are a country's code, and there is none that is not in the scheme."""
    return len(value) > 2 and _ACRONYM.fullmatch(value) is not None


def _like(pattern: re.Pattern[str], right: str) -> Check:
    def check(value: object, _: Vocabulary) -> object:
        if not isinstance(value, str) or not pattern.fullmatch(value):
            raise ValueError(right)
        return value

    return check


def _one_of(*values: str) -> Check:
    def check(value: object, _: Vocabulary) -> object:
        if value not in values:
            raise ValueError(f"one of {' '.join(values)}")
        return value

    return check


def _list(check_one: Check) -> Check:
    def check(value: object, vocabulary: Vocabulary) -> object:
        if not isinstance(value, list):
            raise ValueError("a list")
        return [check_one(one, vocabulary) for one in value]

    return check


def _amount(value: object, vocabulary: Vocabulary) -> object:
    """Check what a requirement asks for: a number or a ratio."""
    if isinstance(value, str) and _RATIO.fullmatch(value):
        return value
    return _integer(1)(value, vocabulary)


_CALL, _DIRECTION, _BOTH = ("call",), ("direction",), ("call", "direction")
_PHONES = _list(_like(re.compile(r".*[0-9]{3}.*"), "a number with figures"))
_CONTACT = {
    "name": _text,
    "org": _text,
    "phones": _PHONES,
    "faxes": _PHONES,
    "emails": _list(_like(_EMAIL, "an e-mail address")),
}
_MEASURE = {
    "text": _text,
    "comparator": _one_of(*_COMPARATORS),
    "value": _number,
    "value_max": _number,
    "unit": _text,
}
_YEAR = _integer(1949, 2100)

PROPERTIES: Mapping[str, Property] = {
    "title": Property(_BOTH, _text, needed=True),
    "programmes": Property(_CALL, _text, many=True),
    "year": Property(_CALL, _YEAR),
    "batch": Property(_CALL, _integer(1, 99)),
    "stage": Property(_CALL, _code("stages")),
    "stated_directions": Property(_CALL, _integer(1)),
    "stated_partners": Property(_CALL, _integer(1)),
    "max_chinese_participants": Property(_CALL, _integer(1)),
    "projects": Property(_BOTH, _range()),
    "budget_cny": Property(_BOTH, _range()),
    "duration_years": Property(_BOTH, _range(whole=False)),
    "requirements": Property(_BOTH, _text, many=True, parts={"code": _code("requirements"), "value": _amount}),
    "contacts": Property(_BOTH, _text, many=True, parts=_CONTACT),
    "research_type": Property(_DIRECTION, _code("research-types")),
    "partners": Property(_DIRECTION, _partner, many=True),
    "partner_members": Property(_DIRECTION, _partner, many=True),
    "min_partner_countries": Property(_DIRECTION, _integer(1)),
    "agreements": Property(
        _DIRECTION,
        _text,
        many=True,
        parts={"title": _text, "year": _YEAR, "kind": _one_of("agreement", "initiative")},
    ),
    "agencies": Property(_DIRECTION, _text, many=True),
    "topics": Property(_DIRECTION, _text, many=True, parts={"title": _text, "subtopics": _list(_text)}),
    "open_topic": Property(_DIRECTION, _truth),
    "envelopes": Property(
        _DIRECTION, _text, many=True, parts={"scope": _text, "projects": _range(), "budget_cny": _range()}
    ),
    "project_budget_cny": Property(_DIRECTION, _range()),
    "urls": Property(_DIRECTION, _like(_URL, "http:// or https:// and an address"), many=True),
    "keywords": Property(_DIRECTION, _text, many=True),
    "fields": Property(_DIRECTION, _code("fields"), many=True),
    "indicators": Property(_DIRECTION, _text, many=True),
    "measures": Property(_DIRECTION, _text, many=True, parts=_MEASURE),
}
"""The keys that a person may judge; what numbers and divides a guide is not among them."""
