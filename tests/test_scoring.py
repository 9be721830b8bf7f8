"""The table of the READMEs is what an evaluation gives today, and says where the figures come from."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kg_build.evaluation import Evaluation
from zhinan.scoring import score, to_markdown, to_report
from zhinan.words import read_fields

ROOT = Path(__file__).resolve().parent.parent
READMES = {"en": "README.md", "zh": "README.zh.md"}
BEGIN, END = "<!-- quality: written by make quality -->\n", "<!-- /quality -->"

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def evaluation(built_corpus: Path, gold: Path) -> Evaluation:
    return score(gold, built_corpus)


@pytest.mark.parametrize("language", READMES)
def test_the_table_in_the_readme_is_todays(
    language: str, evaluation: Evaluation, request: pytest.FixtureRequest
) -> None:
    path = ROOT / READMES[language]
    before, found, rest = path.read_text(encoding="utf-8").partition(BEGIN)
    held, closed, after = rest.partition(END)
    assert found, f"{path.name} has no place for the table"
    assert closed, f"the table in {path.name} has no end"
    table = to_markdown(evaluation, language)
    if request.config.getoption("--update-golden"):
        path.write_text(before + BEGIN + table + END + after, encoding="utf-8", newline="\n")
        return
    assert held == table, "run make quality"


@pytest.mark.parametrize("language", READMES)
def test_every_row_is_a_score_of_the_evaluation(language: str, evaluation: Evaluation) -> None:
    rows = [line.split(" | ") for line in to_markdown(evaluation, language).splitlines()]
    assert {len(row) for row in rows} == {len(evaluation.documents) + 5}
    by_code = {match[1]: row for row in rows if (match := re.search(r"`(.+)`", row[0]))}
    assert list(by_code) == [one.field for one in evaluation.scores]
    for one in evaluation.scores:
        *_, f1, precision, recall, items = (cell.strip(" |") for cell in by_code[one.field])
        assert (f1, precision, recall) == tuple(f"{figure:.3f}" for figure in (one.f1, one.precision, one.recall))
        assert items == str(one.gold)
    assert f"{evaluation.macro_f1:.4f}" in rows[-2]
    assert f"{evaluation.micro_f1:.4f}" in rows[-1]


@pytest.mark.parametrize(
    ("readme", "words"), [("README.md", "two of the five"), ("README.zh.md", "五份官方指南中的两份")]
)
def test_the_readme_says_what_the_figures_are_worth(readme: str, words: str, evaluation: Evaluation) -> None:
    assert len(evaluation.documents) == 2
    told = (ROOT / readme).read_text(encoding="utf-8").partition(END)[2]
    assert words in told
    directions = next(one.gold for one in evaluation.scores if one.field == "direction")
    assert str(directions) in told


def test_every_field_that_is_compared_has_a_name_in_both_languages(evaluation: Evaluation) -> None:
    fields = read_fields()
    assert {one.field for one in evaluation.scores} <= fields.keys()
    for language in READMES:
        names = [(name.startswith("call."), getattr(field, language)) for name, field in fields.items()]
        assert all(name for _, name in names)
        assert len(set(names)) == len(names), "two fields have one name"


def test_the_door_prints_the_table_and_writes_the_page(
    run: Run, built_corpus: Path, gold: Path, corpus: Path, tmp_path: Path, evaluation: Evaluation
) -> None:
    page = tmp_path / "quality.html"
    done = run("evaluate", gold, "--kg", built_corpus, "--report", page, "--sources", corpus)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{to_report(evaluation)}\nevery difference → {page}\n"
    assert page.read_text(encoding="utf-8").startswith("<!doctype html>")
    again = tmp_path / "again.html"
    run("evaluate", gold, "--kg", built_corpus, "--report", again, "--sources", corpus, PYTHONHASHSEED="7")
    assert again.read_bytes() == page.read_bytes()


@pytest.mark.parametrize("words", [("--sources", "no/such/folder"), ("--report", "no/such/folder/page.html")])
def test_a_place_that_is_not_there_gets_one_line(
    run: Run, built_corpus: Path, gold: Path, tmp_path: Path, words: tuple[str, str]
) -> None:
    report = () if words[0] == "--report" else ("--report", tmp_path / "page.html")
    done = run("evaluate", gold, "--kg", built_corpus, *words, *report)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "no/such/folder" in done.stderr
    assert list(tmp_path.iterdir()) == []
