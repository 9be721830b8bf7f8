"""What one guide says: a call with its directions, each fact beside its evidence.

In: values that the field readers found. Out: the record table of the contract, one dictionary
for the call and one for each direction, in document order. This module neither reads text nor
knows IRIs.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg_build.spans import Value

__all__ = [
    "Agreement",
    "Call",
    "Contact",
    "Direction",
    "Envelope",
    "Measure",
    "Range",
    "Requirement",
    "SectionTitle",
    "Topic",
    "to_records",
]


@dataclass(frozen=True, slots=True, order=True)
class Range:
    """A stated amount with its bounds, both inclusive; None where the text sets no bound.

    Projects and yuan are whole numbers; years may be parts of one (18个月 is 1.5).
    """

    min: float | None
    max: float | None


@dataclass(frozen=True, slots=True)
class SectionTitle:
    """A first-level field of a call: number as printed, title without a trailing 领域."""

    number: Value[str]
    title: Value[str]


@dataclass(frozen=True, slots=True)
class Agreement:
    """A legal basis: `kind` is "agreement" or "initiative" (a leader's 倡议)."""

    title: Value[str]
    year: Value[int] | None
    kind: str


@dataclass(frozen=True, slots=True)
class Topic:
    """An item of 领域方向 with the items named under it, one level deep."""

    title: Value[str]
    subtopics: tuple[Value[str], ...] = ()


@dataclass(frozen=True, slots=True)
class Envelope:
    """A part of the quota or the money with the scope that it is for; money in yuan."""

    scope: Value[str]
    projects: Value[Range] | None
    budget_cny: Value[Range] | None


@dataclass(frozen=True, slots=True)
class Contact:
    """A person or mailbox; `name` is None for an address without a person."""

    name: Value[str] | None
    org: Value[str] | None
    phones: tuple[Value[str], ...] = ()
    faxes: tuple[Value[str], ...] = ()
    emails: tuple[Value[str], ...] = ()

    @property
    def key(self) -> Value[str]:
        """Return what a contact is known by: its first e-mail, else its name; of an office its first phone."""
        values = (*self.emails[:1], self.name, self.org, *self.phones, *self.faxes)
        return next(value for value in values if value is not None)


@dataclass(frozen=True, slots=True)
class Requirement:
    """A condition by its code; `value` is a number, a ratio such as "2:1", or None."""

    code: Value[str]
    value: Value[int | str] | None = None


@dataclass(frozen=True, slots=True)
class Measure:
    """A number that is a target.

    `text` runs from the quantity's name to the end of the unit; `comparator` is one of
    ">=" ">" "<=" "<" "=" "range" "±" "better", its evidence also covers words of comparison that stand
    before an earlier number and serve this one too; `value_max` is set for "range" only.
    """

    text: Value[str]
    comparator: Value[str]
    value: float
    value_max: float | None
    unit: str | None


@dataclass(frozen=True, slots=True)
class Direction:
    """A 指南方向; ranges are of this direction alone, money in yuan, terms in years."""

    number: Value[str]
    parent: str | None
    title: Value[str]
    section: str | None
    research_type: Value[str] | None = None
    partners: tuple[Value[str], ...] = ()
    partner_members: tuple[Value[str], ...] = ()
    min_partner_countries: Value[int] | None = None
    agreements: tuple[Agreement, ...] = ()
    agencies: tuple[Value[str], ...] = ()
    topics: tuple[Topic, ...] = ()
    open_topic: Value[bool] | None = None
    projects: Value[Range] | None = None
    budget_cny: Value[Range] | None = None
    envelopes: tuple[Envelope, ...] = ()
    project_budget_cny: Value[Range] | None = None
    duration_years: Value[Range] | None = None
    contacts: tuple[Contact, ...] = ()
    urls: tuple[Value[str], ...] = ()
    requirements: tuple[Requirement, ...] = ()
    keywords: tuple[Value[str], ...] = ()
    fields: tuple[Value[str], ...] = ()
    indicators: tuple[Value[str], ...] = ()
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    """What the guide says of itself, and its directions in document order."""

    document: str
    title: Value[str] | None
    programmes: tuple[Value[str], ...] = ()
    year: Value[int] | None = None
    batch: Value[int] | None = None
    stage: Value[str] | None = None
    stated_directions: Value[int] | None = None
    stated_partners: Value[int] | None = None
    projects: Value[Range] | None = None
    budget_cny: Value[Range] | None = None
    duration_years: Value[Range] | None = None
    max_chinese_participants: Value[int] | None = None
    sections: tuple[SectionTitle, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    contacts: tuple[Contact, ...] = ()
    directions: tuple[Direction, ...] = ()


Record = dict[str, object]


def to_records(call: Call) -> tuple[Record, ...]:
    """Return the rows of the record table: the call's, then its directions' in document order."""
    return (_call_record(call), *(_direction_record(call.document, direction) for direction in call.directions))


def _call_record(call: Call) -> Record:
    return {
        "kind": "call",
        "document": call.document,
        "title": _plain(call.title),
        "programmes": _list(call.programmes),
        "year": _plain(call.year),
        "batch": _plain(call.batch),
        "stage": _plain(call.stage),
        "stated_directions": _plain(call.stated_directions),
        "stated_partners": _plain(call.stated_partners),
        "projects": _range(call.projects),
        "budget_cny": _range(call.budget_cny),
        "duration_years": _range(call.duration_years),
        "max_chinese_participants": _plain(call.max_chinese_participants),
        "sections": [{"number": s.number.value, "title": s.title.value} for s in call.sections],
        "requirements": [_requirement(r) for r in call.requirements],
        "contacts": [_contact(c) for c in call.contacts],
    }


def _direction_record(document: str, direction: Direction) -> Record:
    return {
        "kind": "direction",
        "document": document,
        "number": direction.number.value,
        "parent": direction.parent,
        "title": direction.title.value,
        "section": direction.section,
        "research_type": _plain(direction.research_type),
        "partners": _list(direction.partners),
        "partner_members": _list(direction.partner_members),
        "min_partner_countries": _plain(direction.min_partner_countries),
        "agreements": [{"title": a.title.value, "year": _plain(a.year), "kind": a.kind} for a in direction.agreements],
        "agencies": _list(direction.agencies),
        "topics": [{"title": t.title.value, "subtopics": _list(t.subtopics)} for t in direction.topics],
        "open_topic": direction.open_topic is not None and direction.open_topic.value,
        "projects": _range(direction.projects),
        "budget_cny": _range(direction.budget_cny),
        "envelopes": [
            {"scope": e.scope.value, "projects": _range(e.projects), "budget_cny": _range(e.budget_cny)}
            for e in direction.envelopes
        ],
        "project_budget_cny": _range(direction.project_budget_cny),
        "duration_years": _range(direction.duration_years),
        "contacts": [_contact(c) for c in direction.contacts],
        "urls": _list(direction.urls),
        "requirements": [_requirement(r) for r in direction.requirements],
        "keywords": _list(direction.keywords),
        "fields": _list(direction.fields),
        "indicators": _list(direction.indicators),
        "measures": [_measure(m) for m in direction.measures],
    }


def _plain(value: Value[object] | None) -> object:
    return None if value is None else value.value


def _list(values: Iterable[Value[object]]) -> list[object]:
    return [value.value for value in values]


def _range(value: Value[Range] | None) -> Record | None:
    return None if value is None else {"min": _bound(value.value.min), "max": _bound(value.value.max)}


def _bound(value: float | None) -> float | None:
    return None if value is None else _number(value)


def _requirement(requirement: Requirement) -> Record:
    return {"code": requirement.code.value, "value": _plain(requirement.value)}


def _contact(contact: Contact) -> Record:
    return {
        "name": _plain(contact.name),
        "org": _plain(contact.org),
        "phones": _list(contact.phones),
        "faxes": _list(contact.faxes),
        "emails": _list(contact.emails),
    }


def _measure(measure: Measure) -> Record:
    return {
        "text": measure.text.value,
        "comparator": measure.comparator.value,
        "value": _number(measure.value),
        "value_max": None if measure.value_max is None else _number(measure.value_max),
        "unit": measure.unit,
    }


def _number(value: float) -> int | float:
    """Write whole numbers without a fraction: 10, not 10.0."""
    return int(value) if value == int(value) else value
