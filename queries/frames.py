"""Rows as data frames and as a table for a notebook.

In: columns and rows of plain Python values. Out: a pandas or polars frame, or HTML in which nothing runs.
pandas and polars are imported when a frame is asked for; neither is needed otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import TYPE_CHECKING, TypeAlias

from ontology.errors import QueryError

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

__all__ = ["to_html", "to_pandas", "to_polars"]

Value: TypeAlias = str | int | float | bool | None
Rows: TypeAlias = Sequence[Sequence[Value]]

_MOST_SHOWN = 100
_DTYPES = {bool: "boolean", int: "Int64", float: "Float64", str: "string"}
"""Type of a column's values → the pandas type that can lack a value; a column without any value holds strings."""


def to_pandas(columns: Sequence[str], rows: Rows) -> pd.DataFrame:
    """Return a pandas frame; what the graph does not say is `pd.NA`, and whole numbers stay whole."""
    try:
        import pandas as pd
    except ImportError as error:
        raise QueryError("pandas is not installed", where="to_pandas", right="pip install pandas") from error
    columned = _turn(columns, rows)
    return pd.DataFrame({name: pd.array(values, dtype=_DTYPES[_type_of(values)]) for name, values in columned.items()})


def to_polars(columns: Sequence[str], rows: Rows) -> pl.DataFrame:
    """Return a polars frame; what the graph does not say is null."""
    try:
        import polars as pl
    except ImportError as error:
        raise QueryError("polars is not installed", where="to_polars", right="pip install polars") from error
    types = {bool: pl.Boolean, int: pl.Int64, float: pl.Float64, str: pl.String}
    columned = _turn(columns, rows)
    return pl.DataFrame([pl.Series(name, values, dtype=types[_type_of(values)]) for name, values in columned.items()])


def to_html(
    columns: Sequence[str], cells: Sequence[Sequence[str]], numeric: Sequence[bool], *, cut: bool = False
) -> str:
    """Return an HTML table of the first rows, every text escaped, and a line that says how many rows there are."""
    styles = [' style="text-align:right"' if right else ' style="text-align:left"' for right in numeric]
    head = "".join(f"<th{style}>{escape(name)}</th>" for name, style in zip(columns, styles, strict=True))
    body = "".join(
        f"<tr>{''.join(f'<td{style}>{escape(cell)}</td>' for cell, style in zip(row, styles, strict=True))}</tr>\n"
        for row in cells[:_MOST_SHOWN]
    )
    count = f"{len(cells)} row{'' if len(cells) == 1 else 's'}"
    if len(cells) > _MOST_SHOWN:
        count = f"the first {_MOST_SHOWN} of {count}"
    if cut:
        count += ", and there are more than were asked for"
    return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}</tbody>\n</table>\n<p>{count}</p>\n"


def _turn(columns: Sequence[str], rows: Rows) -> dict[str, list[Value]]:
    """Return the values of each column, all of them of one type."""
    turned = {name: [row[place] for row in rows] for place, name in enumerate(columns)}
    return {name: [_convert(value, _type_of(values)) for value in values] for name, values in turned.items()}


def _type_of(values: Sequence[Value]) -> type:
    """Return the one type that holds all values: numbers of both kinds are floats, anything else mixed is text."""
    types = {type(value) for value in values if value is not None}
    if types == {int, float}:
        return float
    return types.pop() if len(types) == 1 else str


def _convert(value: Value, type_: type) -> Value:
    converted: Value = None if value is None else type_(value)
    return converted
