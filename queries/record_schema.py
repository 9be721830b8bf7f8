"""The shape of a record, said once: from it come the JSON Schema of `records` and the types of typed tables.

In: nothing. Out: `CALL` and `DIRECTION`, a field for each key, and `to_json_schema`. The records are made in another
room; a test holds the two together.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from ontology.vocabulary import BASE

__all__ = ["CALL", "DIRECTION", "Field", "to_json_schema"]

Simple: TypeAlias = Literal["string", "integer", "number", "boolean", "value"]
"""`value` is a whole number or a text: a requirement's parameter, 3 or "2:1"."""


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a record: a simple value, an object of fields, or a list of either."""

    name: str
    type: Simple | tuple[Field, ...]
    note: str
    many: bool = False
    nullable: bool = True
    choices: tuple[str, ...] = ()
    pattern: str = ""


def _one(name: str, type_: Simple | tuple[Field, ...], note: str) -> Field:
    return Field(name, type_, note)


def _given(name: str, note: str, *, choices: tuple[str, ...] = (), pattern: str = ".") -> Field:
    return Field(name, "string", note, nullable=False, choices=choices, pattern="" if choices else pattern)


def _texts(name: str, note: str, pattern: str = ".") -> Field:
    return Field(name, "string", note, many=True, nullable=False, pattern=pattern)


def _objects(name: str, note: str, *fields: Field) -> Field:
    return Field(name, fields, note, many=True, nullable=False)


def _range(name: str, type_: Simple, note: str) -> Field:
    return Field(name, (_one("min", type_, "at least"), _one("max", type_, "at most")), note)


_PROJECTS = _range("projects", "integer", "how many projects are to be funded")
_BUDGET = _range("budget_cny", "integer", "money in yuan")
_YEARS = _range("duration_years", "number", "term in years")
_REQUIREMENTS = _objects(
    "requirements",
    "conditions of application, each code once",
    _given("code", "code of the requirement scheme", pattern="^[a-z]+(-[a-z]+)*$"),
    _one("value", "value", "a number, or a ratio such as 2:1"),
)
_CONTACTS = _objects(
    "contacts",
    "persons and mailboxes",
    _one("name", "string", "name of the person, null for an address without one"),
    _one("org", "string", "employer, where the text attaches one"),
    _texts("phones", "phone numbers as printed"),
    _texts("faxes", "fax numbers as printed"),
    _texts("emails", "e-mail addresses", "^[^@\\s]+@[^@\\s]+$"),
)

CALL = (
    _given("kind", "which kind of record this is", choices=("call",)),
    _given("document", "id of the source document"),
    _one("title", "string", "full title with its stage note"),
    _texts("programmes", "names of the programmes"),
    _one("year", "integer", "year of the call"),
    _one("batch", "integer", "which batch of its year"),
    Field("stage", "string", "final, draft or proposal", choices=("draft", "final", "proposal")),
    _one("stated_directions", "integer", "number of directions that the preamble gives"),
    _one("stated_partners", "integer", "number of partners that the preamble gives"),
    _PROJECTS,
    _BUDGET,
    _YEARS,
    _one("max_chinese_participants", "integer", "most Chinese units that may take part"),
    _objects("sections", "first-level fields", _given("number", "as printed"), _given("title", "without 领域")),
    _REQUIREMENTS,
    _CONTACTS,
)
"""The keys of a call's record, in order."""

DIRECTION = (
    _given("kind", "which kind of record this is", choices=("direction",)),
    _given("document", "id of the source document"),
    _given("number", "number as printed"),
    _one("parent", "string", "number of the direction that this is a part of"),
    _given("title", "without number and type"),
    _one("section", "string", "number of the first-level field"),
    Field("research_type", "string", "type of research", choices=("basic", "demonstration", "key-technology")),
    _texts("partners", "codes of countries, regions, groups and organisations", "^[^\\s]+$"),
    _texts("partner_members", "codes of the countries that are spelled out for a group", "^[A-Z]{2}$"),
    _one("min_partner_countries", "integer", "least number of foreign countries"),
    _objects(
        "agreements",
        "legal bases",
        _given("title", "without 《》"),
        _one("year", "integer", "year printed as its date"),
        _given("kind", "a leader's 倡议 is an initiative", choices=("agreement", "initiative")),
    ),
    _texts("agencies", "government bodies and funding agencies"),
    _objects("topics", "items of 领域方向", _given("title", "of the topic"), _texts("subtopics", "named under it")),
    Field("open_topic", "boolean", "true for 领域不限", nullable=False),
    _PROJECTS,
    _BUDGET,
    _objects("envelopes", "parts of quota or money", _given("scope", "what it is for"), _PROJECTS, _BUDGET),
    _range("project_budget_cny", "integer", "yuan for a single project"),
    _YEARS,
    _CONTACTS,
    _texts("urls", "web addresses"),
    _REQUIREMENTS,
    _texts("keywords", "关键词"),
    _texts("fields", "codes of the field scheme", "^[A-Z]+$"),
    _texts("indicators", "items of 考核指标"),
    _objects(
        "measures",
        "numbers that are targets",
        _given("text", "from the quantity's name to the unit"),
        _given("comparator", "relation to the value", choices=("<", "<=", "=", ">", ">=", "better", "range", "±")),
        Field("value", "number", "the number", nullable=False),
        _one("value_max", "number", "upper end of a range"),
        _one("unit", "string", "as printed"),
    ),
)
"""The keys of a direction's record, in order."""

_JSON_TYPES: dict[str, list[str]] = {"value": ["integer", "string"]}


def to_json_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of one line of `records`."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": BASE + "records.schema.json",
        "title": "Zhinan record",
        "description": "One line of records.jsonl: a call, or one of its directions. Every key is always there.",
        "oneOf": [{"$ref": "#/$defs/call"}, {"$ref": "#/$defs/direction"}],
        "$defs": {"call": _to_object(CALL), "direction": _to_object(DIRECTION)},
    }


def _to_object(fields: tuple[Field, ...]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {field.name: _to_property(field) for field in fields},
        "required": [field.name for field in fields],
        "additionalProperties": False,
    }


def _to_property(field: Field) -> dict[str, Any]:
    one = _to_object(field.type) if isinstance(field.type, tuple) else _to_simple(field)
    if field.many:
        return {"description": field.note, "type": "array", "items": one}
    if isinstance(field.type, tuple) and field.nullable:
        return {"description": field.note, "oneOf": [one, {"type": "null"}]}
    return {"description": field.note, **one}


def _to_simple(field: Field) -> dict[str, Any]:
    types = _JSON_TYPES.get(str(field.type), [str(field.type)])
    if field.choices:
        return {"enum": [*field.choices, *([None] if field.nullable else [])]}
    told: dict[str, Any] = {"type": [*types, "null"] if field.nullable else types[0]}
    return {**told, "pattern": field.pattern} if field.pattern else told
