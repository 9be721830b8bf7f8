"""The reader's quality against gold records does not fall: floors per field, on the official texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg_build.evaluation import Evaluation, evaluate
from kg_build.reading import read_guide
from kg_build.records import to_records
from kg_build.rules import read_rulebook
from ontology.vocabulary import read_vocabulary

EXACT = ("direction", "parent", "section")
CLOSE = ("title", "projects", "budget_cny", "contacts.email", "partners")
MACRO = 0.98


@pytest.fixture(scope="module")
def evaluation(corpus: Path, gold: Path) -> Evaluation:
    records = [
        json.loads(json.dumps(record))
        for path in sorted(corpus.glob("*.txt"))
        for record in to_records(read_guide(path, read_vocabulary(), read_rulebook()).call)
    ]
    return evaluate(gold, records)


def test_the_skeleton_is_right(evaluation: Evaluation) -> None:
    scores = {score.field: score.f1 for score in evaluation.scores}
    assert {field: scores[field] for field in EXACT} == dict.fromkeys(EXACT, 1.0)


def test_the_main_facts_are_right(evaluation: Evaluation) -> None:
    low = [score for score in evaluation.scores if score.field in CLOSE and score.f1 < 0.99]
    assert low == []


def test_all_fields_together_stay_above_the_floor(evaluation: Evaluation) -> None:
    assert evaluation.macro_f1 >= MACRO
    assert len(evaluation.scores) >= 40
