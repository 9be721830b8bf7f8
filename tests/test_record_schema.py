"""The JSON Schema takes every record that we write, and no broken one."""

from __future__ import annotations

import copy
import dataclasses
import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kg_build.build import build
from kg_build.records import Call, to_records
from kg_build.records import Direction as DirectionRecord
from queries.export import export
from queries.record_schema import CALL, DIRECTION, Field, to_json_schema
from tests.conftest import ROOT
from tests.small_graph import RECORDS

Break = Callable[[dict[str, Any]], object]


@pytest.fixture(scope="module")
def judge() -> jsonschema.Draft202012Validator:
    schema = to_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def iter_lines(path: Path) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def test_every_record_of_the_condensed_edition_is_valid(built: Path, judge: jsonschema.Draft202012Validator) -> None:
    records = list(iter_lines(built / "records.jsonl"))
    assert len(records) == 188
    assert [list(judge.iter_errors(record)) for record in records] == [[]] * len(records)


def test_every_record_of_the_full_guides_is_valid(built_corpus: Path, judge: jsonschema.Draft202012Validator) -> None:
    records = list(iter_lines(built_corpus / "records.jsonl"))
    assert len(records) == 188
    assert [list(judge.iter_errors(record)) for record in records] == [[]] * len(records)


def test_every_record_of_the_guides_in_the_tests_is_valid(
    tmp_path: Path, judge: jsonschema.Draft202012Validator
) -> None:
    build([ROOT / "tests" / "documents" / "guides"], tmp_path / "kg")
    records = list(iter_lines(tmp_path / "kg" / "records.jsonl"))
    assert len(records) > 80
    assert [list(judge.iter_errors(record)) for record in records] == [[]] * len(records)


def test_the_fields_are_those_of_the_records(built: Path) -> None:
    call, direction = (
        next(one for one in iter_lines(built / "records.jsonl") if one["kind"] == kind)
        for kind in ("call", "direction")
    )
    assert [field.name for field in CALL] == list(call)
    assert [field.name for field in DIRECTION] == list(direction)
    assert {field.name for field in CALL} - {"kind"} == {one.name for one in dataclasses.fields(Call)} - {"directions"}
    assert {field.name for field in DIRECTION} - {"kind", "document"} == {
        one.name for one in dataclasses.fields(DirectionRecord)
    }
    empty = to_records(Call(document="900", title=None))[0]
    assert [empty[field.name] for field in CALL if field.many] == [[]] * sum(field.many for field in CALL)


@pytest.mark.parametrize(
    "harm",
    [
        lambda one: one.pop("title"),
        lambda one: one.update(extra=1),
        lambda one: one.update(kind="section"),
        lambda one: one.update(document=""),
        lambda one: one.update(title=None),
        lambda one: one.update(projects={"min": "2", "max": 2}),
        lambda one: one.update(projects={"min": 2}),
        lambda one: one.update(projects=2),
        lambda one: one.update(budget_cny={"min": 1.5, "max": 2}),
        lambda one: one.update(open_topic=None),
        lambda one: one.update(partners="IL"),
        lambda one: one.update(partner_members=["Israel"]),
        lambda one: one.update(research_type="applied"),
        lambda one: one.update(requirements=[{"code": "Enterprise Lead", "value": None}]),
        lambda one: one.update(requirements=[{"code": "core-ip", "value": 0.5}]),
        lambda one: one["contacts"][0].update(emails=["nobody"]),
        lambda one: one["contacts"][0].pop("phones"),
        lambda one: one.update(measures=[{"text": "a", "comparator": "~", "value": 1, "value_max": None, "unit": None}]),
        lambda one: one.update(agreements=[{"title": "a", "year": "2028", "kind": "agreement"}]),
    ],
)  # fmt: skip
def test_a_broken_record_is_refused(harm: Break, judge: jsonschema.Draft202012Validator) -> None:
    record = copy.deepcopy(dict(RECORDS[1]))
    assert judge.is_valid(record)
    harm(record)
    assert not judge.is_valid(record)


def test_no_object_takes_what_no_field_says() -> None:
    def walk(fields: tuple[Field, ...]) -> Iterator[Field]:
        for field in fields:
            yield field
            yield from walk(field.type) if isinstance(field.type, tuple) else ()

    assert all(field.note for field in walk((*CALL, *DIRECTION)))
    text = json.dumps(to_json_schema())
    assert text.count('"additionalProperties": false') == text.count('"properties"')


def test_the_schema_is_a_kind_of_its_own(built: Path, tmp_path: Path) -> None:
    export("records-schema", built, tmp_path / "s.json")
    assert json.load(io.BytesIO((tmp_path / "s.json").read_bytes())) == to_json_schema()
