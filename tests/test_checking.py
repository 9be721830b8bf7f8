"""`zhinan check` shows what is doubtful, by kind, with its place; only faults and lost documents are violations."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from kg_build.findings import Finding
from zhinan.checking import Soundness, to_report

Run = Callable[..., "subprocess.CompletedProcess[str]"]

GUIDE = (
    "“某”重点专项2021年度项目申报指南\n本批将设立3个指南方向。\n1.1 中国和德国联合研究项目\n合作协议：《中德协定》。\n"
    "其他要求：德方联系邮箱：a@example.org。\n"
)


def make_row(severity: str, rule: str, **said: object) -> dict[str, object]:
    row: dict[str, object] = {"severity": severity, "document": "001", "subject": "1.1", "rule": rule, "message": "why"}
    return row | {"start": None, "end": None, "quote": None} | said


def build(run: Run, tmp_path: Path, **files: bytes) -> int:
    source = tmp_path / "guides"
    source.mkdir()
    for name, content in files.items():
        (source / f"{name}.txt").write_bytes(content)
    return run("build", source, "--out", "kg", cwd=tmp_path).returncode


def test_a_doubt_is_shown_with_document_place_and_quote_and_is_no_violation(run: Run, tmp_path: Path) -> None:
    assert build(run, tmp_path, guide=GUIDE.encode()) == 0
    done = run("check", "--kg", "kg", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    for row in map(json.loads, (tmp_path / "kg" / "findings.jsonl").read_text("utf-8").splitlines()):
        assert GUIDE[row["start"] : row["end"]] == row["quote"]
        assert f"「{row['quote']}」 guide:{row['start']}-{row['end']}" in done.stdout
    assert re.search(r"^  guide +states 3 directions, 1 were found  「3个指南方向」", done.stdout, re.MULTILINE)
    assert re.search(r"^  guide/1\.1  a contact without a person's name  ", done.stdout, re.MULTILINE)
    assert done.stdout.splitlines()[-1].startswith("no violation (shapes.ttl and ")
    assert done.stdout.splitlines()[-1].endswith(", 2 findings")


def test_a_document_that_could_not_be_read_is_a_violation(run: Run, tmp_path: Path) -> None:
    assert build(run, tmp_path, guide=GUIDE.encode(), broken=b"\x00\x01\x02" * 9) == 1
    done = run("check", "--kg", "kg", cwd=tmp_path)
    assert done.returncode == 1
    assert "error  documents.read  1\n  broken.txt  is not text\n" in done.stdout
    assert "1 violation (" in done.stdout


@pytest.mark.parametrize(("faults", "errors", "wanted"), [(0, 0, 0), (2, 0, 2), (0, 1, 1), (1, 1, 2)])
def test_faults_and_errors_are_violations_and_nothing_else_is(faults: int, errors: int, wanted: int) -> None:
    rows = [make_row("warning", "a.b"), make_row("info", "a.c"), *[make_row("error", "documents.read")] * errors]
    fault = Finding("error", "s", "checks.x", "why")
    assert Soundness((fault,) * faults, tuple(rows)).violations == wanted


def test_kinds_stand_together_gravest_first_then_most_frequent() -> None:
    rows = [make_row("info", "c"), make_row("warning", "a"), make_row("warning", "b"), make_row("warning", "b")]
    report = to_report(Soundness((), tuple(rows)))
    assert re.findall(r"^(\w+  \w+  \d)$", report, re.MULTILINE) == ["warning  b  2", "warning  a  1", "info  c  1"]


def test_what_a_source_holds_stays_on_its_line_and_sends_nothing_to_the_terminal() -> None:
    row = make_row("warning", "a", quote="一\n二\x1b[2J\u202e三" + "长" * 40, start=0, end=50)
    line = to_report(Soundness((), (row,))).splitlines()[1]
    assert "「一二" in line
    assert line.isprintable()
    assert "…」 001:0-50" in line


def test_the_reference_gives_the_same_report_of_a_sound_and_of_a_broken_graph(run: Run, tmp_path: Path) -> None:
    assert build(run, tmp_path, guide=GUIDE.encode()) == 0
    trig = tmp_path / "kg" / "graph.trig"
    sound = trig.read_text(encoding="utf-8")
    for text, code in ((sound, 0), (sound.replace("zn:year 2021", "zn:year 21, 22"), 1)):
        trig.write_text(text, encoding="utf-8")
        quick, slow = (run("check", *words, "--kg", "kg", cwd=tmp_path) for words in ((), ("--reference",)))
        assert quick.returncode == slow.returncode == code, quick.stderr + slow.stderr
        assert quick.stdout == slow.stdout
    assert "shapes.year" in quick.stdout


def test_a_notice_without_directions_and_a_direction_numbered_by_a_letter_are_no_violation(
    run: Run, tmp_path: Path
) -> None:
    notice = (
        "关于发布“国际合作”重点专项2021年度项目申报指南的通知\n各有关单位：\n现将指南予以发布，请按要求组织申报。\n"
    )
    lettered = GUIDE.replace("1.1 ", "A1 ") + "A2 中国和法国联合研究项目\n合作协议：《中法协定》。\n"
    assert build(run, tmp_path, notice=notice.encode(), lettered=lettered.encode()) == 0
    done = run("check", "--kg", "kg", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning  call/notice  shapes.direction" in done.stdout
    assert "no violation" in done.stdout
