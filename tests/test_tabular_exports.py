"""Tables keep types, text and sums: CSV for Excel, workbook, Parquet; and the release that holds them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow.parquet as pq
import pytest

from queries.direction_table import COLUMNS
from queries.export import export
from queries.workbook import LONGEST, cut
from tests.exported import export_files
from tests.small_graph import write_small

SHEETS = ["方向", "联系人", "申报要求", "指标数值", "依据协议", "合作方代码", "领域代码", "要求代码", "说明"]


@pytest.fixture(scope="module", params=["condensed", "corpus"])
def folder(request: pytest.FixtureRequest) -> Path:
    found: Path = request.getfixturevalue("built" if request.param == "condensed" else "built_corpus")
    return found


@pytest.fixture(scope="module")
def directions(folder: Path) -> list[dict[str, Any]]:
    records = map(json.loads, (folder / "records.jsonl").read_text(encoding="utf-8").splitlines())
    return [one for one in records if one["kind"] == "direction"]


def add_up(directions: list[dict[str, Any]], key: str, end: str) -> float:
    return sum((one[key] or {}).get(end) or 0 for one in directions)


def test_the_full_table_has_a_row_a_direction_and_the_sums_of_the_records(
    folder: Path, directions: list[dict[str, Any]], tmp_path: Path
) -> None:
    export("directions-full.csv", folder, tmp_path / "d.csv")
    raw = (tmp_path / "d.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbfdirection,iri,document,")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert raw.count(b"\r\n") == len(rows) + 1 == 184
    assert [(row["document"], row["number"]) for row in rows] == [(d["document"], d["number"]) for d in directions]
    for key in ("projects", "budget_cny"):
        for end in ("min", "max"):
            assert sum(int(row[f"{key}_{end}"] or 0) for row in rows) == add_up(directions, key, end)
    assert sum(float(row["years_max"] or 0) for row in rows) == add_up(directions, "duration_years", "max")
    assert sum(len(row["requirement_codes"].split("; ")) for row in rows if row["requirement_codes"]) == sum(
        len(one["requirements"]) for one in directions
    )
    with_money = [row for row in rows if row["budget_cny_max"]]
    assert all(row["quotes"] for row in with_money)


def test_the_columns_of_the_full_table_are_a_contract() -> None:
    names = [column.name for column in COLUMNS]
    assert len(set(names)) == len(names) == 51
    assert names[:5] == ["direction", "iri", "document", "call", "programmes"]
    assert names[-1] == "quotes"
    assert {column.type for column in COLUMNS} == {"string", "integer", "number", "boolean"}


def test_a_phone_alone_in_a_cell_is_text(tmp_path: Path) -> None:
    folder = write_small(tmp_path / "kg")
    export("directions-full.csv", folder, tmp_path / "d.csv")
    rows = list(csv.DictReader((tmp_path / "d.csv").read_text(encoding="utf-8-sig").splitlines()))
    assert rows[0]["contacts"].startswith("Noa Levi 电话 +972-3-5550101 noa@example.org; 李四 电话 010-5550102")


def iter_rows(book: openpyxl.Workbook, sheet: str) -> Iterator[dict[str, Any]]:
    rows = book[sheet].iter_rows(values_only=True)
    head = [str(cell) for cell in next(rows)]
    yield from (dict(zip(head, row, strict=True)) for row in rows)


def test_the_workbook_has_its_sheets_sums_quotes_and_links(
    folder: Path, directions: list[dict[str, Any]], tmp_path: Path
) -> None:
    export("directions.xlsx", folder, tmp_path / "d.xlsx")
    book = openpyxl.load_workbook(tmp_path / "d.xlsx")
    assert book.sheetnames == SHEETS
    for sheet in book.worksheets[:-1]:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
    rows = list(iter_rows(book, "方向"))
    assert len(rows) == len(directions)
    assert sum(row["经费上限(元)"] or 0 for row in rows) == add_up(directions, "budget_cny", "max")
    assert sum(row["项目数上限"] or 0 for row in rows) == add_up(directions, "projects", "max")
    measures = list(iter_rows(book, "指标数值"))
    assert len(measures) == sum(len(one["measures"]) for one in directions)
    assert [row["数值"] for row in measures] == [m["value"] for one in directions for m in one["measures"]]
    for name, count in (("联系人", 30), ("申报要求", 150), ("依据协议", 50)):
        found = list(iter_rows(book, name))
        assert len(found) >= count
        assert all(row["原文"] for row in found), name


def test_the_links_of_the_workbook_lead_where_they_say(folder: Path, tmp_path: Path) -> None:
    export("directions.xlsx", folder, tmp_path / "d.xlsx")
    book = openpyxl.load_workbook(tmp_path / "d.xlsx")
    links = 0
    for sheet in book.worksheets:
        for cell in (cell for row in sheet.iter_rows() for cell in row if cell.hyperlink):
            link = cell.hyperlink
            assert link is not None
            if link.location is None:
                assert link.target in (f"mailto:{cell.value}", cell.value)
                continue
            name, place = link.location.replace("'", "").split("!")
            target = book[name][place].value
            codes = [str(book[name][f"{column}{place[1:]}"].value) for column in "AB"]
            if sheet.title == "方向":
                assert str(cell.value).split("; ")[0] in codes
            else:
                assert target == cell.value
            links += 1
    assert links > 1000


def test_phones_are_text_and_numbers_are_numbers(folder: Path, tmp_path: Path) -> None:
    export("directions.xlsx", folder, tmp_path / "d.xlsx")
    book = openpyxl.load_workbook(tmp_path / "d.xlsx")
    phones = [row[3] for row in book["联系人"].iter_rows(min_row=2) if row[3].value]
    assert len(phones) > 20
    assert all(cell.data_type == "s" and cell.number_format == "@" for cell in phones)
    numbers = [row[4] for row in book["方向"].iter_rows(min_row=2)]
    assert all(cell.data_type == "s" for cell in numbers), "2.0 is a number of a direction, not 2"
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)


def test_a_text_too_long_for_a_cell_is_cut_and_says_so() -> None:
    assert cut("字" * LONGEST) == "字" * LONGEST
    for text in ("字" * 10_000_000, "😀" * 20_000):
        found = cut(text)
        assert LONGEST - 1 <= len(found.encode("utf-16-le")) // 2 <= LONGEST
        assert found.endswith(f"…〔截断，原文{len(text)}字 cut〕")


def test_parquet_reads_the_same_in_two_engines(folder: Path, directions: list[dict[str, Any]], tmp_path: Path) -> None:
    path = tmp_path / "d.parquet"
    export("parquet", folder, path)
    table = pq.read_table(path)
    rows = table.to_pylist()
    assert len(rows) == len(directions)
    wanted = tuple(
        add_up(directions, key, end)
        for key in ("projects", "budget_cny", "duration_years", "project_budget_cny")
        for end in ("min", "max")
    )
    one_more = (
        sum(measure["value"] for one in directions for measure in one["measures"]),
        sum(len(one["keywords"]) for one in directions),
    )
    by_arrow = tuple(
        sum((row[key] or {}).get(end) or 0 for row in rows)
        for key in ("projects", "budget_cny", "duration_years", "project_budget_cny")
        for end in ("min", "max")
    )
    row_more = (
        sum(measure["value"] for row in rows for measure in row["measures"]),
        sum(len(row["keywords"]) for row in rows),
    )
    sums = ", ".join(
        f'coalesce(sum("{key}"."{end}"), 0)'
        for key in ("projects", "budget_cny", "duration_years", "project_budget_cny")
        for end in ("min", "max")
    )
    found = duckdb.execute(
        f"SELECT {sums}, sum(list_sum(list_transform(measures, lambda one: one.value))), sum(len(keywords)) FROM read_parquet(?)",
        [str(path)],
    ).fetchone()
    assert found is not None
    assert (*by_arrow, *row_more) == pytest.approx((*wanted, *one_more))
    assert tuple(map(float, found)) == pytest.approx((*wanted, *one_more))


def test_parquet_keeps_every_value_of_the_records(
    folder: Path, directions: list[dict[str, Any]], tmp_path: Path
) -> None:
    export("parquet", folder, tmp_path / "d.parquet")
    table = pq.read_table(tmp_path / "d.parquet")
    types = {field.name: str(field.type) for field in table.schema}
    assert types["budget_cny"] == "struct<min: int64, max: int64>"
    assert types["topics"] == "list<element: struct<title: string, subtopics: list<element: string>>>"
    assert types["partners"] == "list<element: struct<code: string, zh: string, en: string>>"
    for row, record in zip(table.to_pylist(), directions, strict=True):
        for key in ("title", "agreements", "agencies", "topics", "contacts", "measures", "projects", "open_topic"):
            assert row[key] == record[key], key
        assert [one["code"] for one in row["partners"]] == record["partners"]
        told = [(one["code"], one["ratio"] if one["value"] is None else one["value"]) for one in row["requirements"]]
        assert told == [(one["code"], one["value"]) for one in record["requirements"]]
        assert row["iri"].endswith(f"/direction/{record['number']}")
        assert row["call"]["title"]
        assert row["quotes"]


def test_the_release_describes_its_files_and_their_checksums(built: Path, tmp_path: Path) -> None:
    files = export_files("datapackage", built, tmp_path / "release")
    descriptor = json.loads(files["datapackage.json"])
    assert descriptor["$schema"].endswith("/2.0/datapackage.json")
    assert len(descriptor["sources"]) == 5
    told = {one["path"]: one for one in descriptor["resources"]}
    assert set(told) == set(files) - {"datapackage.json", "SHA256SUMS"}
    for path, one in told.items():
        assert one["bytes"] == len(files[path])
        assert one["hash"] == "sha256:" + hashlib.sha256(files[path]).hexdigest()
        assert {"name", "title", "format", "mediatype"} <= one.keys()
    head = files["directions.csv"].decode("utf-8-sig").splitlines()[0].split(",")
    assert [field["name"] for field in told["directions.csv"]["schema"]["fields"]] == head
    assert files["records.jsonl"] == (built / "records.jsonl").read_bytes()
