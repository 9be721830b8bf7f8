"""Directions as Parquet: a row each, lists and structs typed, with the facts of the call and the quotes.

In: holdings. Out: the bytes of one file. pyarrow is imported when it is written.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from queries.answers import shorten, to_text
from queries.holdings import Holdings
from queries.listings import Listing, Listings, read_listings
from queries.record_schema import CALL, DIRECTION, Field

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["to_schema", "write_parquet"]

_NAMED = {"partners": "partners", "partner_members": "partners", "fields": "fields"}
"""Lists of codes → the scheme that names them: in the file each is code, zh and en."""


def write_parquet(holdings: Holdings) -> Iterator[bytes]:
    """Yield one Parquet file: the record of each direction, its IRI, its call's record, and its quotes."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    listings = read_listings(holdings)
    table = pa.Table.from_pylist([_to_row(listings, one) for one in listings.directions], schema=to_schema())
    out = io.BytesIO()
    pq.write_table(table, out, compression="zstd")
    yield out.getvalue()


def to_schema() -> pa.Schema:
    """Return the types of the columns."""
    import pyarrow as pa

    fields = [pa.field("direction", pa.string()), pa.field("iri", pa.string())]
    fields += [_to_field(field) for field in DIRECTION if field.name != "kind"]
    call = pa.struct([_to_field(field) for field in CALL if field.name not in ("kind", "document")])
    quote = pa.struct(
        [
            *(pa.field(name, pa.string()) for name in ("subject", "property", "value", "quote", "sentence", "rule")),
            *(pa.field(name, pa.int64()) for name in ("start", "end")),
            pa.field("confidence", pa.float64()),
        ]
    )
    return pa.schema([*fields, pa.field("call", call), pa.field("quotes", pa.list_(quote))])


def _to_field(field: Field) -> pa.Field:
    import pyarrow as pa

    if field.name in _NAMED:
        one = pa.struct([pa.field(name, pa.string()) for name in ("code", "zh", "en")])
    elif isinstance(field.type, tuple):
        parts = [part for one in field.type for part in _split(one)]
        one = pa.struct([_to_field(part) for part in parts])
    else:
        one = {"string": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}[field.type]
    metadata = {"description": field.note}
    return pa.field(field.name, pa.list_(one) if field.many else one, metadata=metadata)


def _split(field: Field) -> tuple[Field, ...]:
    """Return a value that is a number or a text as two columns, each of one type."""
    if field.type != "value":
        return (field,)
    return Field("value", "integer", "a number"), Field("ratio", "string", "a ratio such as 2:1")


def _to_row(listings: Listings, listing: Listing) -> dict[str, Any]:
    row = {field.name: _to_value(listings, field, listing.direction.get(field.name)) for field in DIRECTION}
    call = {field.name: _to_value(listings, field, listing.call.get(field.name)) for field in CALL}
    quotes = [
        {
            "subject": shorten(one.subject),
            "property": shorten(one.predicate),
            "value": to_text(one.value),
            "quote": one.exact,
            "sentence": one.sentence,
            "rule": one.rule,
            "start": one.start,
            "end": one.end,
            "confidence": one.confidence,
        }
        for one in listing.own
    ]
    return {"direction": listing.code, "iri": listing.iri or None, **row, "call": call, "quotes": quotes}


def _to_value(listings: Listings, field: Field, value: Any) -> Any:
    if field.name in _NAMED:
        scheme = _NAMED[field.name]
        codes = [str(code) for code in value or ()]
        return [
            {"code": code, "zh": listings.name(scheme, code), "en": listings.name_in_english(scheme, code)}
            for code in codes
        ]
    if field.many:
        return [_to_one(listings, field, one) for one in value or ()]
    return None if value is None else _to_one(listings, field, value)


def _to_one(listings: Listings, field: Field, value: Any) -> Any:
    if not isinstance(field.type, tuple):
        return value
    told: dict[str, Any] = {}
    for part in field.type:
        one = value.get(part.name)
        if part.type == "value":
            told |= {"value": one if isinstance(one, int) else None, "ratio": one if isinstance(one, str) else None}
        else:
            told[part.name] = _to_value(listings, part, one)
    return told
