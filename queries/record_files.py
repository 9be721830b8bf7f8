"""The record table as lines of JSON, and the JSON Schema that each line follows.

In: holdings. Out: bytes. What a record is made of is said in `record_schema`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator

from queries.holdings import Holdings
from queries.record_schema import to_json_schema

__all__ = ["write_records", "write_schema"]


def write_records(holdings: Holdings) -> Iterator[bytes]:
    """Yield the record table as the build wrote it, a line for each call and direction."""
    for record in holdings.read_records():
        yield (json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8")


def write_schema(_: Holdings) -> Iterator[bytes]:
    """Yield the JSON Schema that every line of records follows."""
    yield (json.dumps(to_json_schema(), ensure_ascii=False, indent=2) + "\n").encode("utf-8")
