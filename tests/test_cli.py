"""The door keeps its words: exit codes, one line for each error, nothing lost, and quick answers."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

import zhinan
from zhinan.cli import main

Run = Callable[..., subprocess.CompletedProcess[str]]

ROOT = Path(__file__).resolve().parent.parent
HEAVY = {
    "spacy",
    "rdflib",
    "pyshacl",
    "networkx",
    "igraph",
    "pyvis",
    "rich",
    "babel",
    "jinja2",
    "numpy",
    "altair",
    "vl_convert",
}


def says_one_line(done: subprocess.CompletedProcess[str], *words: str) -> None:
    """Assert an error as the plan wants it: exit 2, nothing on stdout, one line that holds the words."""
    assert done.returncode == 2, (done.returncode, done.stdout, done.stderr)
    assert done.stdout == ""
    assert done.stderr.endswith("\n")
    assert done.stderr.count("\n") == 1, done.stderr
    assert "unforeseen" not in done.stderr
    assert done.stderr.count(" · ") >= 1, f"says not what would be right: {done.stderr}"
    for word in words:
        assert word in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nonsense"], ["nonsense"]),
        (["build"], ["SOURCE"]),
        (["build", "no/such/guide.txt"], ["no/such/guide.txt"]),
        (["ask"], ["zhinan questions"]),
        (["ask", "partners", "--kg", "no/such/kg"], ["no/such/kg"]),
        (["ask", "partners", "--format", "pdf"], ["pdf", "csv"]),
        (["show", "IL", "--kg", "no/such/kg"], ["no/such/kg"]),
        (["export", "records", "-o", "x", "--kg", "no/such/kg"], ["no/such/kg"]),
        (["draw", "partners-fields", "-o", "x.html", "--kg", "no/such/kg"], ["no/such/kg"]),
        (["check", "--kg", "no/such/kg"], ["no/such/kg"]),
        (["evaluate", "no/such/gold", "--kg", "no/such/kg"], ["no/such"]),
    ],
)
def test_a_wrong_word_gets_one_line_and_exit_2(run: Run, tmp_path: Path, words: list[str], said: list[str]) -> None:
    says_one_line(run(*words, cwd=tmp_path), *said)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ask", "partnres"], ["partnres", "partners"]),
        (["ask", "contacts", "--country", "IL"], ["country", "partner"]),
        (["ask", "contacts", "--partner"], ["partner"]),
        (["ask", "contacts", "partners"], ["partners"]),
        (["ask", "contacts", "-x"], ["-x"]),
        (["ask", "no-such-file.rq"], ["no-such-file.rq"]),
        (["ask", "-e", "SELECT ?s WHERE { ?s"], ["query"]),
        (["ask", "partners", "-e", "ASK {}"], ["-e"]),
        (["show", "no-such-code"], ["no-such-code"]),
        (["draw", "no-such-network", "-o", "x.html"], ["no-such-network", "partners-fields"]),
        (["export", "pdf", "-o", "x.pdf"], ["pdf", "records"]),
        (["evaluate", "no/such/gold"], ["no/such/gold"]),
    ],
)
def test_a_wrong_question_gets_one_line_and_exit_2(
    run: Run, built: Path, tmp_path: Path, words: list[str], said: list[str]
) -> None:
    says_one_line(run(*words, "--kg", built, cwd=tmp_path), *said)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_no_graph_is_told_so(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "a.txt").write_text("x", encoding="utf-8")
    says_one_line(run("ask", "partners", "--kg", "letters", cwd=tmp_path), "letters")


def test_debug_shows_the_traceback_and_without_it_there_is_none(run: Run, tmp_path: Path) -> None:
    words = ("ask", "partners", "--kg", "no/such/kg")
    assert "Traceback" not in run(*words, cwd=tmp_path).stderr
    assert "Traceback" in run(*words, "--debug", cwd=tmp_path).stderr


def test_the_door_without_a_word_says_where_to_start(run: Run) -> None:
    done = run()
    assert done.returncode == 0
    assert "zhinan demo" in done.stdout


def test_the_version_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert zhinan.__version__ in capsys.readouterr().out


@pytest.mark.parametrize(
    ("content", "about"),
    [(b"", "empty"), (bytes(range(256)) * 20, "text"), ("一封信，什么都不申报。\n".encode(), "guide")],
    ids=["empty", "binary", "no-guide"],
)
def test_a_bad_file_is_told_and_the_other_documents_are_still_built(
    run: Run, guides: Path, tmp_path: Path, content: bytes, about: str
) -> None:
    source = tmp_path / "guides"
    source.mkdir()
    good = sorted(guides.glob("*.txt"))[0]
    shutil.copy(good, source / good.name)
    (source / "900_bad.txt").write_bytes(content)
    done = run("build", source, "--out", tmp_path / "kg")
    assert done.returncode in {0, 1}, done.stderr
    lines = (tmp_path / "kg" / "findings.jsonl").read_text(encoding="utf-8").splitlines()
    findings = [json.loads(line) for line in lines]
    about_it = [finding for finding in findings if "900" in json.dumps(finding, ensure_ascii=False)]
    assert about_it
    assert any(about in finding["message"] for finding in about_it)
    assert any(finding["severity"] == "error" for finding in about_it) == (done.returncode == 1)
    manifest = json.loads((tmp_path / "kg" / "manifest.json").read_text(encoding="utf-8"))
    assert good.name.split("_")[0] in {document["id"] for document in manifest["documents"]}


@pytest.mark.parametrize("prepare", [lambda folder: folder.mkdir(), lambda folder: folder.write_bytes(b"")])
def test_a_build_of_nothing_fails_and_leaves_the_old_graph(
    run: Run, built: Path, tmp_path: Path, prepare: Callable[[Path], None]
) -> None:
    shutil.copytree(built, tmp_path / "kg")
    before = (tmp_path / "kg" / "graph.trig").read_bytes()
    prepare(tmp_path / "source.txt")
    says_one_line(run("build", "source.txt", cwd=tmp_path), "source.txt")
    assert (tmp_path / "kg" / "graph.trig").read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == {"kg", "source.txt"}


def test_a_build_ends_with_a_table_of_documents_and_findings(run: Run, guides: Path, tmp_path: Path) -> None:
    done = run("build", guides, "--out", "kg", "--jobs", "2", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr == "", "a progress bar is for a terminal"
    manifest = json.loads((tmp_path / "kg" / "manifest.json").read_text(encoding="utf-8"))
    for document in manifest["documents"]:
        row = next(line for line in done.stdout.splitlines() if line.startswith(document["id"]))
        assert row.split()[1:5] == [
            str(document["directions"] - document["subdirections"]),
            str(document["stated_directions"]),
            str(document["subdirections"]),
            str(document["facts"]),
        ]
    row = next(line for line in done.stdout.splitlines() if line.startswith("001"))
    assert row.split()[1:4] == ["27", "27", "15"], "what was found stands beside what the guide says of itself"


@pytest.mark.skipif(os.name != "posix", reason="needs a terminal to pretend")
def test_a_build_on_a_terminal_shows_how_far_it_is(guides: Path, tmp_path: Path) -> None:
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "zhinan", "build", str(guides), "--out", "kg"]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "100"}
    running = subprocess.Popen(command, cwd=tmp_path, env=env, stderr=theirs, stdout=subprocess.PIPE, encoding="utf-8")
    os.close(theirs)
    shown = b""
    with suppress(OSError):  # how Linux says that the other side is closed
        while read := os.read(ours, 65536):
            shown += read
    os.close(ours)
    printed, _ = running.communicate()
    steps = len(list(guides.glob("*.txt"))) + 1
    assert running.returncode == 0
    assert f"{steps}/{steps}" in shown.decode()
    assert printed.startswith("document")


@pytest.mark.parametrize("form", ["table", "csv", "json", "md"])
def test_an_answer_prints_in_every_form(run: Run, built: Path, form: str) -> None:
    done = run("ask", "partners", "--kg", built, "--format", form)
    assert done.returncode == 0, done.stderr
    assert "budget_max_cny" in done.stdout
    if form == "json":
        assert json.loads(done.stdout)


@pytest.mark.parametrize("words", [["contacts", "--partner", "IL"], ["--partner=IL", "contacts"]])
def test_a_parameter_narrows_the_answer(run: Run, built: Path, words: list[str]) -> None:
    narrow = run("ask", *words, "--kg", built, "--format", "csv").stdout.splitlines()
    wide = run("ask", "contacts", "--kg", built, "--format", "csv").stdout.splitlines()
    assert 1 < len(narrow) < len(wide)
    assert narrow[0] == wide[0]


def test_a_query_of_ones_own_is_answered_from_a_word_and_from_a_file(run: Run, built: Path, tmp_path: Path) -> None:
    query = "SELECT (COUNT(*) AS ?calls) WHERE { ?c a <https://w3id.org/zhinan/ontology#Call> }"
    (tmp_path / "mine.rq").write_text(query, encoding="utf-8")
    told = run("ask", "-e", query, "--kg", built, "--format", "csv", cwd=tmp_path)
    read = run("ask", "mine.rq", "--kg", built, "--format", "csv", cwd=tmp_path)
    assert told.stdout == read.stdout
    assert told.stdout.lstrip("\ufeff").split() == ["calls", str(len(list((built / "documents").glob("*.nq"))))]


def test_check_finds_nothing_in_a_graph_of_ours(run: Run, built: Path) -> None:
    done = run("check", "--kg", built)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_demo_answers_five_questions_draws_three_pages_and_says_what_next(
    run: Run, guides: Path, tmp_path: Path
) -> None:
    done = run("demo", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("zhinan ask ") >= 5
    pages = sorted(tmp_path.rglob("*.html"))
    assert [page.stem for page in pages] == ["partners-agreements-agencies", "partners-fields", "programme-tree"]
    assert all(str(page.relative_to(tmp_path)) in done.stdout for page in pages)
    assert "What to do next" in done.stdout


@pytest.mark.parametrize(
    "words", [["--help"], ["questions"], ["ask", "partners", "--kg", "KG"], ["show", "IL", "--kg", "KG"]]
)
def test_a_command_that_does_not_build_loads_nothing_heavy(words: list[str], built: Path) -> None:
    told = [str(built) if word == "KG" else word for word in words]
    code = "import sys; from zhinan.cli import main; code = main(sys.argv[1:]); print(code, *sorted(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code, *told], capture_output=True, encoding="utf-8", check=True)
    code_and_modules = done.stdout.splitlines()[-1].split()
    assert code_and_modules[0] == "0", done.stderr
    assert {name.split(".")[0] for name in code_and_modules} & HEAVY == set()
