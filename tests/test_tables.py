"""An answer survives its way to an eye, a spreadsheet, a program and a page, whatever its cells hold."""

from __future__ import annotations

import csv
import io
import json

import pytest
from pyoxigraph import Literal, NamedNode

from queries.answers import Solutions, shorten, to_text, to_value
from queries.tables import FORMATS, pad, to_csv, to_json, to_markdown, to_table, width_of

XSD = "http://www.w3.org/2001/XMLSchema#"
ANSWER = Solutions(
    ("call", "title", "projects", "budget_max_cny"),
    (
        (
            NamedNode("https://w3id.org/zhinan/call/001"),
            Literal("中以，“芯片”", language="zh"),
            Literal(3),
            Literal(20000000),
        ),
        (NamedNode("https://w3id.org/zhinan/call/002"), Literal("A|B\nC\x1b[2J"), None, None),
    ),
)
HOSTILE = ("=1+1", "+972-3", "-40~70", "@SUM(A1)", "\t=1", " =1", "\r=1", "＝1", "'=1", "　@x")


def test_a_table_is_aligned_in_terminal_columns() -> None:
    lines = to_table(ANSWER).splitlines()
    assert {width_of(line) for line in lines[:3]} == {width_of(lines[0])}
    assert lines[2].endswith("20,000,000"), "money is read with separators"
    assert lines[-1] == "(2 rows)"


def test_no_control_character_reaches_the_terminal() -> None:
    assert all(character == "\n" or character.isprintable() for character in to_table(ANSWER))


@pytest.mark.parametrize("width", [20, 40, 60])
def test_a_narrow_terminal_gets_a_narrow_table(width: int) -> None:
    longer = Solutions(("title",), ((Literal("很长的标题" * 20),),))
    assert max(map(width_of, to_table(longer, width=width).splitlines())) <= width


def test_csv_opens_right_in_a_chinese_excel() -> None:
    text = to_csv(ANSWER)
    assert text.startswith("\ufeffcall,title,projects,budget_max_cny\r\n")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert rows[1] == ["call/001", "中以，“芯片”", "3", "20000000"]
    assert rows[2] == ["call/002", "A|B\nC\x1b[2J", "", ""]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_csv_cell_runs_as_a_formula(text: str) -> None:
    rows = list(csv.reader(io.StringIO(to_csv(Solutions(("a",), ((Literal(text),),)))[1:], newline="")))
    assert rows[1] == ["'" + text]


def test_a_negative_number_is_a_number() -> None:
    answer = Solutions(("a",), ((Literal("-40", datatype=NamedNode(XSD + "decimal")),),))
    assert to_csv(answer).endswith("\r\n-40\r\n")


def test_json_keeps_types_and_absence() -> None:
    first, second = json.loads(to_json(ANSWER))
    assert first == {
        "call": "https://w3id.org/zhinan/call/001",
        "title": "中以，“芯片”",
        "projects": 3,
        "budget_max_cny": 20000000,
    }
    assert second["projects"] is None


def test_a_markdown_row_stays_a_row() -> None:
    text = to_markdown(Solutions(("a", "b"), ((Literal("x|y\n<script>"), Literal(1)),)))
    assert text.splitlines() == ["| a | b |", "| --- | ---: |", r"| x\|y &lt;script> | 1 |"]


def test_every_format_tells_yes_and_no_and_nothing() -> None:
    for name, tell in FORMATS.items():
        assert "true" in tell(True), name
        assert tell(Solutions(("a",), ())).strip(), name


@pytest.mark.parametrize(("text", "width", "shown"), [
    ("以色列", 8, "以色列  "), ("以色列", 6, "以色列"), ("以色列", 5, "以色…"), ("以色列", 4, "以… "), ("IL", 1, "…"),
])  # fmt: skip
def test_padding_counts_what_a_terminal_counts(text: str, width: int, shown: str) -> None:
    assert pad(text, width) == shown
    assert width_of(pad(text, width)) == width


@pytest.mark.parametrize(("iri", "short"), [
    ("https://w3id.org/zhinan/country/IL", "country/IL"),
    ("https://w3id.org/zhinan/ontology#partner", "zn:partner"),
    ("https://schema.org/telephone", "schema:telephone"),
    ("https://example.org/x", "https://example.org/x"),
])  # fmt: skip
def test_a_short_name_is_one_that_show_takes(iri: str, short: str) -> None:
    assert shorten(iri) == short


def test_terms_keep_their_values() -> None:
    assert to_value(Literal(True)) is True
    assert to_value(Literal("5.5", datatype=NamedNode(XSD + "decimal"))) == 5.5
    assert to_value(Literal("007")) == "007"
    assert to_text(None) == ""
