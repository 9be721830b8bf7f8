"""Rows become frames with types, and a notebook shows them without running anything that stands in them."""

from __future__ import annotations

import sys
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode

from ontology.errors import QueryError
from ontology.vocabulary import BASE
from queries.answers import Solutions
from queries.frames import to_html

ROWS = Solutions(
    ("call", "title", "projects", "share", "open", "empty", "mixed"),
    (
        (NamedNode(BASE + "call/001"), Literal("电池", language="zh"), Literal(3), Literal(0.5), Literal(True), None, Literal(1)),
        (NamedNode(BASE + "call/002"), None, None, Literal(2), None, None, Literal("1:1")),
    ),
)  # fmt: skip
VALUES = [
    {"call": "call/001", "title": "电池", "projects": 3, "share": 0.5, "open": True, "empty": None, "mixed": 1},
    {"call": "call/002", "title": None, "projects": None, "share": 2, "open": None, "empty": None, "mixed": "1:1"},
]


def test_rows_become_dictionaries_of_plain_values() -> None:
    assert ROWS.to_dicts() == VALUES


def test_a_pandas_frame_keeps_whole_numbers_whole_and_lacks_what_is_not_said() -> None:
    frame = ROWS.to_pandas()
    assert [str(type_) for type_ in frame.dtypes] == [
        "string",
        "string",
        "Int64",
        "Float64",
        "boolean",
        "string",
        "string",
    ]
    assert frame["projects"].sum() == 3
    assert frame["projects"].isna().tolist() == [False, True]
    assert frame["mixed"].tolist() == ["1", "1:1"]


def test_a_polars_frame_has_the_same_types() -> None:
    frame = ROWS.to_polars()
    names = ["String", "String", "Int64", "Float64", "Boolean", "String", "String"]
    assert [str(type_) for type_ in frame.dtypes] == names
    assert frame["projects"].to_list() == [3, None]
    assert frame["share"].sum() == 2.5


def test_an_answer_without_rows_is_a_frame_with_its_columns() -> None:
    empty = Solutions(("code", "budget"), ())
    assert list(empty.to_pandas().columns) == ["code", "budget"]
    assert empty.to_polars().columns == ["code", "budget"]
    assert "0 rows" in empty._repr_html_()


@pytest.mark.parametrize("library", ["pandas", "polars"])
def test_a_library_that_is_not_there_is_one_line(library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(QueryError, match=f"{library} is not installed · to_{library} · pip install {library}"):
        getattr(ROWS, f"to_{library}")()


def test_neither_library_is_loaded_before_a_frame_is_asked_for() -> None:
    import subprocess

    code = "import sys, zhinan, queries.library; sys.exit(bool({'pandas', 'polars'} & sys.modules.keys()))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@given(text=st.text())
def test_no_text_of_a_cell_becomes_markup(text: str) -> None:
    shown = to_html(("title",), [[text]], [False])
    inside = shown.partition("<tbody>")[2].partition("</tbody>")[0]
    assert inside.count("<") == inside.count(">") == len(["tr", "td", "/td", "/tr"])
    assert unescape(inside.partition('left">')[2].rpartition("</td>")[0]) == text


def test_a_long_answer_is_cut_and_says_so() -> None:
    shown = to_html(("n",), [[str(number)] for number in range(250)], [True])
    assert "the first 100 of 250 rows" in shown
    assert shown.count("<tr>") == 101


def test_a_notebook_shows_short_names_and_numbers_to_the_right() -> None:
    shown = ROWS._repr_html_()
    assert ">call/001</td>" in shown
    assert '<td style="text-align:right">3</td>' in shown
    assert "2 rows" in shown


def test_printing_rows_prints_the_table() -> None:
    assert str(ROWS).splitlines()[0].split() == list(ROWS.columns)
    assert str(ROWS).endswith("(2 rows)")
