"""All facts of a direction and of its call as one flat row, for a spreadsheet.

In: listings. Out: columns with stable names, and cells. Several values stand in one cell with "; " between them.
It refuses to know: how CSV and workbooks are written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from queries.characters import to_plain
from queries.holdings import Holdings, Record
from queries.listings import Listing, Listings, read_listings
from queries.tables import guard, write_csv

__all__ = ["COLUMNS", "Cell", "Column", "join", "to_contact", "write_full_csv"]

Cell: TypeAlias = str | int | float | bool | None

SEPARATOR = "; "


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the type of its cells as Data Packages call it, what it holds, and how to get it."""

    name: str
    type: str
    note: str
    get: Callable[[Listings, Listing], Cell]


def join(texts: Iterator[str] | list[str]) -> str | None:
    """Put several values in one cell; None for none."""
    return SEPARATOR.join(texts) or None


def to_contact(contact: Record) -> str:
    """Return a contact on one line; each number says what it is, so that no spreadsheet takes the cell for one."""
    parts = [contact.get("name"), contact.get("org")]
    parts += [f"电话 {one}" for one in contact.get("phones") or ()]
    parts += [f"传真 {one}" for one in contact.get("faxes") or ()]
    parts += contact.get("emails") or ()
    return " ".join(str(part) for part in parts if part)


def to_requirement(listings: Listings, requirement: Record) -> str:
    """Return a requirement by its Chinese name with its value."""
    value = requirement.get("value")
    name = listings.name("requirements", str(requirement["code"]))
    return name if value is None else f"{name} {value}"


def _own(key: str) -> Callable[[Listings, Listing], Cell]:
    return lambda _, listing: _simple(listing.direction.get(key))


def _of_call(key: str) -> Callable[[Listings, Listing], Cell]:
    return lambda _, listing: _simple(listing.call.get(key))


def _simple(value: Any) -> Cell:
    return join([str(one) for one in value]) if isinstance(value, list) else value


def _bound(record: str, key: str, end: str) -> Callable[[Listings, Listing], Cell]:
    def get(_: Listings, listing: Listing) -> Cell:
        source = listing.call if record == "call" else listing.direction
        return (source.get(key) or {}).get(end)

    return get


def _named(key: str, scheme: str) -> Callable[[Listings, Listing], Cell]:
    def get(listings: Listings, listing: Listing) -> Cell:
        return join([listings.name(scheme, str(code)) for code in listing.direction.get(key) or ()])

    return get


def _each(record: str, key: str, show: Callable[[Listings, Record], str]) -> Callable[[Listings, Listing], Cell]:
    def get(listings: Listings, listing: Listing) -> Cell:
        source = listing.call if record == "call" else listing.direction
        return join([show(listings, one) for one in source.get(key) or ()])

    return get


def _bounds(record: str, prefix: str) -> Iterator[Column]:
    kinds = (("projects", "integer", ""), ("budget_cny", "integer", "yuan, "), ("duration_years", "number", "years, "))
    for key, type_, unit in kinds:
        for end, word in (("min", "at least"), ("max", "at most")):
            name = f"{prefix}{key.replace('duration_', '')}_{end}"
            yield Column(name, type_, f"{key.split('_')[0]} of the {record}: {unit}{word}", _bound(record, key, end))


def _to_agreement(_: Listings, agreement: Record) -> str:
    return f"{agreement['title']}（{agreement['year']}）" if agreement.get("year") else str(agreement["title"])


def _to_topic(_: Listings, topic: Record) -> str:
    return f"{topic['title']}：{'、'.join(topic['subtopics'])}" if topic.get("subtopics") else str(topic["title"])


def _to_envelope(_: Listings, envelope: Record) -> str:
    parts = [str(envelope["scope"])]
    for key, unit in (("projects", "项"), ("budget_cny", "元")):
        amount: Mapping[str, Any] = envelope.get(key) or {}
        shown = "~".join(str(one) for one in dict.fromkeys((amount.get("min"), amount.get("max"))) if one is not None)
        parts += [shown + unit] if shown else []
    return " ".join(parts)


def _to_section(_: Listings, listing: Listing) -> Cell:
    number = listing.direction.get("section")
    return next((one["title"] for one in listing.call.get("sections") or () if one["number"] == number), None)


def _to_quotes(_: Listings, listing: Listing) -> Cell:
    quotes = listing.find_quotes("zn:projectsMin", "zn:projectsMax", "zn:budgetMin", "zn:budgetMax", "zn:yearsMax")
    return join(list(dict.fromkeys(one.sentence for one in quotes)))


COLUMNS = (
    Column("direction", "string", "call and number, as `zhinan show` takes them", lambda _, one: one.code),
    Column("iri", "string", "the direction in the graph", lambda _, one: one.iri or None),
    Column("document", "string", "id of the source document", _own("document")),
    Column("call", "string", "title of the call", _of_call("title")),
    Column("programmes", "string", "programmes of the call", _of_call("programmes")),
    Column("year", "integer", "year of the call", _of_call("year")),
    Column("batch", "integer", "batch of the call", _of_call("batch")),
    Column("stage", "string", "final, draft or proposal", _of_call("stage")),
    Column("section", "string", "first-level field", _to_section),
    Column("number", "string", "number as printed", _own("number")),
    Column("parent", "string", "number of the direction that it is a part of", _own("parent")),
    Column("title", "string", "title", _own("title")),
    Column("research_type", "string", "type of research", _own("research_type")),
    Column("partners", "string", "partners", _named("partners", "partners")),
    Column("partner_codes", "string", "their codes", _own("partners")),
    Column("partner_members", "string", "countries spelled out for a group", _named("partner_members", "partners")),
    Column("min_partner_countries", "integer", "least number of foreign countries", _own("min_partner_countries")),
    Column("agreements", "string", "legal bases", _each("direction", "agreements", _to_agreement)),
    Column("agencies", "string", "agencies of both sides", _own("agencies")),
    Column("fields", "string", "fields", _named("fields", "fields")),
    Column("field_codes", "string", "their codes", _own("fields")),
    Column("topics", "string", "topics with subtopics", _each("direction", "topics", _to_topic)),
    Column("open_topic", "boolean", "领域不限", _own("open_topic")),
    *_bounds("direction", ""),
    Column("envelopes", "string", "parts of quota or money", _each("direction", "envelopes", _to_envelope)),
    Column("project_budget_cny_min", "integer", "yuan for a project, at least", _bound("direction", "project_budget_cny", "min")),
    Column("project_budget_cny_max", "integer", "yuan for a project, at most", _bound("direction", "project_budget_cny", "max")),
    Column("requirements", "string", "conditions", _each("direction", "requirements", to_requirement)),
    Column("requirement_codes", "string", "their codes", _each("direction", "requirements", lambda _, one: str(one["code"]))),
    Column("contacts", "string", "contacts", _each("direction", "contacts", lambda _, one: to_contact(one))),
    Column("urls", "string", "web addresses", _own("urls")),
    Column("keywords", "string", "关键词", _own("keywords")),
    Column("indicators", "string", "考核指标", _own("indicators")),
    Column("measures", "string", "numbers that are targets", _each("direction", "measures", lambda _, one: str(one["text"]))),
    *_bounds("call", "call_"),
    Column("stated_directions", "integer", "number of directions that the call states", _of_call("stated_directions")),
    Column("stated_partners", "integer", "number of partners that the call states", _of_call("stated_partners")),
    Column("max_chinese_participants", "integer", "most Chinese units, by the call", _of_call("max_chinese_participants")),
    Column("call_requirements", "string", "conditions of the call", _each("call", "requirements", to_requirement)),
    Column("call_contacts", "string", "contacts of the call", _each("call", "contacts", lambda _, one: to_contact(one))),
    Column("quotes", "string", "sentences that state number and money", _to_quotes),
)  # fmt: skip
"""The columns of directions-full.csv, in order; their names are a contract."""


def write_full_csv(holdings: Holdings) -> Iterator[bytes]:
    """Yield a row for each direction with all that is known of it."""
    listings = read_listings(holdings)
    rows = ([to_cell(column.get(listings, one)) for column in COLUMNS] for one in listings.directions)
    yield write_csv([column.name for column in COLUMNS], rows).encode("utf-8")


def to_cell(value: Cell) -> str:
    """Return the text of a cell in which nothing runs: numbers as numbers, truth as true and false."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return guard(to_plain(value))
        case _:
            return str(value)
