"""An ontology that cannot be read is one line, with file and line, and the graph that was there stays."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.test_graph import read_all

Run = Callable[..., "subprocess.CompletedProcess[str]"]
ROOMS = ("ontology", "kg_build", "queries", "viz", "zhinan")
LINE = 20


@pytest.fixture
def copy(root: Path, built: Path, tmp_path: Path) -> Path:
    """Return a folder with all rooms, to be broken, and a graph."""
    for room in ROOMS:
        shutil.copytree(root / room, tmp_path / room, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(built, tmp_path / "kg")
    return tmp_path


def spoil(path: Path, text: str, line: int) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([*lines[: line - 1], text, *lines[line - 1 :]]), encoding="utf-8")


def run_copy(run: Run, copy: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return run(*words, "--kg", "kg", cwd=copy, PYTHONPATH=str(copy))


def assert_one_line(done: subprocess.CompletedProcess[str], *said: str) -> None:
    assert done.returncode == 2, done.stdout
    assert done.stdout == ""
    assert done.stderr.startswith("zhinan: ")
    assert done.stderr.count("\n") == 1
    assert "unforeseen" not in done.stderr
    assert [word for word in said if word not in done.stderr] == []


@pytest.mark.parametrize("name", ["zhinan.ttl", "schemes/partners.ttl", "schemes/stages.ttl"])
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_syntax_error_stops_a_build_at_its_file_and_line(
    run: Run, copy: Path, guides: Path, name: str, jobs: str
) -> None:
    before = read_all(copy / "kg")
    spoil(copy / "ontology" / name, "; broken ;\n", LINE)
    done = run_copy(run, copy, "build", str(guides), "--jobs", jobs)
    assert_one_line(done, name, f"line {LINE}")
    assert read_all(copy / "kg") == before
    assert not list(copy.glob("kg.*"))


@pytest.mark.parametrize("words", [("check",), ("check", "--reference")])
def test_a_syntax_error_in_the_shapes_stops_a_check_and_not_a_build(
    run: Run, copy: Path, guides: Path, words: tuple[str, ...]
) -> None:
    spoil(copy / "ontology" / "shapes.ttl", "; broken ;\n", LINE)
    assert_one_line(run_copy(run, copy, *words), "shapes.ttl", f"line {LINE}")
    assert run_copy(run, copy, "build", str(guides)).returncode == 0


def test_a_blank_node_in_a_scheme_stops_a_build_and_loses_nothing(run: Run, copy: Path, guides: Path) -> None:
    before = read_all(copy / "kg")
    path = copy / "ontology" / "schemes" / "stages.ttl"
    path.write_text(path.read_text(encoding="utf-8") + "[] a skos:Concept .\n", encoding="utf-8")
    assert_one_line(run_copy(run, copy, "build", str(guides)), "a blank node", "stages.ttl")
    assert read_all(copy / "kg") == before


def test_a_question_asked_of_a_broken_ontology_is_one_line_too(run: Run, copy: Path) -> None:
    spoil(copy / "ontology" / "zhinan.ttl", '"unclosed\n', LINE)
    done = run_copy(run, copy, "ask", "-e", "SELECT ?s WHERE { ?s a zn:Call } ORDER BY ?s")
    assert_one_line(done, "zhinan.ttl")
    assert re.search(rf"line {LINE}\b", done.stderr)
