"""The words of the page and the tables on quality, in both languages, and the fields that they name.

In: two tables beside the template. Out: names; and for each field, which statements are its evidence.
This module compares nothing.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

__all__ = ["TEMPLATES", "Field", "read_fields", "read_words"]

TEMPLATES = Path(__file__).parent / "templates"


@dataclass(frozen=True, slots=True)
class Field:
    """A compared field: its names, and the properties of its evidence; `of` tells whose they are."""

    zh: str
    en: str
    properties: tuple[str, ...]
    of: str = "record"


@cache
def read_fields() -> Mapping[str, Field]:
    """Read the table of the compared fields, in the order of the record table."""
    rows = tomllib.loads((TEMPLATES / "fields.toml").read_text(encoding="utf-8"))
    return {name: Field(**row | {"properties": tuple(row["properties"])}) for name, row in rows.items()}


@cache
def read_words() -> Mapping[str, Mapping[str, str]]:
    """Read the words: by key, then by language (zh, en)."""
    return tomllib.loads((TEMPLATES / "words.toml").read_text(encoding="utf-8"))
