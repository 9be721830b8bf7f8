"""The figures of `evaluate` are those of the contract: counted by hand here, and like the judge's where it is."""

from __future__ import annotations

import copy
import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg_build.evaluation import Evaluation, Score, evaluate, read_records
from ontology.errors import DocumentError

CALL: dict[str, Any] = {"kind": "call", "document": "007", "title": "“合作”专项指南", "year": 2021}
DIRECTION: dict[str, Any] = {
    "kind": "direction",
    "document": "007",
    "number": "1.1",
    "title": "中国—新西兰 合作",
    "partners": ["NZ", "IL"],
    "projects": {"min": 3, "max": 3},
    "contacts": [{"name": "张三", "emails": ["A@b.cn"], "phones": ["010-12345"], "faxes": []}],
    "requirements": [{"code": "matching-funds", "value": "1:1"}],
    "measures": [{"comparator": ">=", "value": 3, "value_max": None, "unit": "套"}],
    "indicators": 2,
    "open_topic": False,
}


def write_gold(folder: Path, *records: dict[str, Any], labels: list[dict[str, Any]] | None = None) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "007.jsonl").write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    if labels is not None:
        (folder / "fields.jsonl").write_text("\n".join(map(json.dumps, labels)), encoding="utf-8")
    return folder


def score(evaluation: Evaluation, field: str) -> Score:
    return next(score for score in evaluation.scores if score.field == field)


def test_layout_is_no_content(tmp_path: Path) -> None:
    gold = write_gold(tmp_path / "gold", CALL, DIRECTION)
    said = DIRECTION | {
        "document": "007_more",
        "title": "中国-新西兰合作。",
        "indicators": ["甲", "乙"],
        "contacts": [{"name": "张 三", "emails": ["a@B.cn"], "phones": [], "faxes": ["(10)12345"]}],
        "measures": [{"comparator": ">=", "value": 3.0000001, "value_max": None, "unit": "套"}],
    }
    evaluation = evaluate(gold, [CALL | {"title": '"合作"专项指南'}, said])
    assert evaluation.misses == ()
    assert (evaluation.micro_f1, evaluation.macro_f1) == (1.0, 1.0)
    assert len(evaluation.scores) == 14


def test_precision_and_recall_count_items(tmp_path: Path) -> None:
    gold = write_gold(tmp_path / "gold", CALL, DIRECTION)
    said = DIRECTION | {"partners": ["NZ", "US", "US"], "projects": None}
    evaluation = evaluate(gold, [said])
    partners = score(evaluation, "partners")
    assert (partners.right, partners.gold, partners.predicted) == (1, 2, 3)
    assert partners.precision == pytest.approx(1 / 3)
    assert partners.recall == pytest.approx(1 / 2)
    assert partners.f1 == pytest.approx(0.4)
    assert score(evaluation, "projects").f1 == 0.0
    assert score(evaluation, "call.year").recall == 0.0
    assert {miss.field for miss in evaluation.misses} == {"partners", "projects", "call.title", "call.year"}
    missed = next(miss for miss in evaluation.misses if miss.field == "partners")
    assert (missed.number, missed.missed, missed.invented) == ("1.1", ("il",), ("us", "us"))


def test_an_invented_direction_costs_precision(tmp_path: Path) -> None:
    gold = write_gold(tmp_path / "gold", CALL, DIRECTION)
    elsewhere = DIRECTION | {"document": "008", "number": "9.9"}
    evaluation = evaluate(gold, [CALL, DIRECTION, DIRECTION | {"number": "1.2"}, elsewhere])
    assert score(evaluation, "direction").precision == 0.5
    assert score(evaluation, "partners").precision == 1.0


def test_a_field_that_may_be_is_neither_demanded_nor_wrong(tmp_path: Path) -> None:
    labels = [{"document": "007", "number": "1.1", "fields": ["ENE"], "maybe": ["ENV"]}]
    gold = write_gold(tmp_path / "gold", CALL, DIRECTION, labels=labels)
    for codes, right, predicted in ((["ENE", "ENV"], 1, 1), (["ENV"], 0, 0), (["ENE", "ICT"], 1, 2)):
        fields = score(evaluate(gold, [CALL, DIRECTION | {"fields": codes}]), "fields")
        assert (fields.right, fields.gold, fields.predicted) == (right, 1, predicted)


def test_measures_that_the_gold_does_not_tell_are_not_judged(tmp_path: Path) -> None:
    gold = write_gold(tmp_path / "gold", CALL, DIRECTION | {"measures": None})
    assert "measures" not in {score.field for score in evaluate(gold, [CALL, DIRECTION]).scores}


def test_a_folder_without_gold_and_a_file_without_records_are_errors(tmp_path: Path) -> None:
    with pytest.raises(DocumentError, match="no gold records"):
        evaluate(tmp_path, [CALL])
    broken = tmp_path / "records.jsonl"
    for text in ("{", "[1, 2]", "3"):
        broken.write_text(text, encoding="utf-8")
        with pytest.raises(DocumentError, match="no records"):
            read_records(broken)


def disturb(record: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """Return the record with some values lost, doubled or swapped."""
    said = copy.deepcopy(record)
    for name, value in record.items():
        if name in ("kind", "document", "number") or chance.random() < 0.6:
            continue
        if isinstance(value, list) and value:
            said[name] = chance.choice([value[1:], [*value, value[0]], value[::-1]])
        elif isinstance(value, str):
            said[name] = chance.choice([None, f"{value}了", value.replace("—", "-")])
        else:
            said[name] = None
    return said


@pytest.mark.parametrize("seed", range(3))
def test_the_figures_are_the_judges(gold: Path, tmp_path: Path, seed: int) -> None:
    judge = gold.parent / "eval" / "score.py"
    chance = random.Random(seed)
    records = [disturb(r, chance) for file in sorted(gold.glob("0*.jsonl")) for r in read_records(file)]
    for record in chance.sample(records, 60):
        record["fields"] = chance.sample(["ENE", "ENV", "ICT", "HEA", "MAT"], 2)
    records = [record for record in records if chance.random() > 0.05]
    records.append({"kind": "direction", "document": "001", "number": "99", "indicators": [], "measures": []})
    told = tmp_path / "records.jsonl"
    told.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, judge, gold, told, "--json"], capture_output=True, check=True, encoding="utf-8"
    )
    theirs = json.loads(ran.stdout)
    ours = evaluate(gold, read_records(told))
    assert {score.field: (score.gold, score.predicted) for score in ours.scores} == {
        name: (row["gold"], row["predicted"]) for name, row in theirs["fields"].items()
    }
    assert len(ours.scores) > 30
    for row in ours.scores:
        judged = theirs["fields"][row.field]
        figures = (row.precision, row.recall, row.f1)
        assert figures == pytest.approx((judged["precision"], judged["recall"], judged["f1"]))
    assert (ours.micro_f1, ours.macro_f1) == pytest.approx((theirs["micro_f1"], theirs["macro_f1"]))
