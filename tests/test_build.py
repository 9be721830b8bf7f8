"""A build reads what can be read, says what cannot, gives the same bytes every time, and loses nothing."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg_build.build import BuildStep, build, find_sources
from kg_build.graph import open_graph
from ontology.errors import DocumentError, GraphError, RuleError
from ontology.vocabulary import BASE
from tests.test_graph import assert_whole, read_all

KILLS = 20
GUIDE = (
    "“测试合作”重点专项2021年度项目申报指南\n\n"
    "本指南共部署2个指南方向。\n\n"
    "1.1 中国和新西兰政府间科技合作项目\n"
    "领域方向：食品科学；环境科学。\n"
    "拟支持项目数：不超过3个。\n"
    "1.2 中国和以色列政府间科技合作项目\n"
    "领域方向：领域不限。\n"
    "拟支持项目数：2个。\n"
)
RUN = """
import sys
from pathlib import Path
from kg_build.build import build
from kg_build.curation import Curation
from kg_build.documents import identify
again = sys.argv[4:]
Curation.fingerprint = lambda self, path: again[-1] if identify(path) in again else ""
if __name__ == "__main__":
    print("ready", flush=True)
    build([Path(sys.argv[1])], Path(sys.argv[2]), jobs=int(sys.argv[3]))
"""


def write_guides(folder: Path, *names: str) -> list[Path]:
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).write_text(GUIDE, encoding="utf-8")
    return [folder / name for name in names]


def start(tmp_path: Path, root: Path, *words: object, **env: str) -> subprocess.Popen[str]:
    """Start a build in a process of its own, in a process group of its own."""
    script = tmp_path / "run.py"
    script.write_text(RUN, encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, str(script), *map(str, words)],
        env={**os.environ, "PYTHONPATH": str(root), **env},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    )


def build_twice(tmp_path: Path, root: Path, source: Path) -> tuple[dict[str, bytes], dict[str, bytes]]:
    for name, seed, jobs in (("one", "1", 1), ("four", "4321", 4)):
        process = start(tmp_path, root, source, tmp_path / name, jobs, PYTHONHASHSEED=seed)
        process.communicate(timeout=300)
        assert process.returncode == 0
    return read_all(tmp_path / "one"), read_all(tmp_path / "four")


def test_the_bytes_do_not_depend_on_hash_seed_or_jobs(guides: Path, tmp_path: Path, root: Path) -> None:
    one, four = build_twice(tmp_path, root, guides)
    assert one == four
    assert len(one) == len(list(guides.glob("*.txt"))) + 5


def test_the_bytes_do_not_depend_on_hash_seed_or_jobs_on_the_full_guides(
    corpus: Path, tmp_path: Path, root: Path
) -> None:
    one, four = build_twice(tmp_path, root, corpus)
    assert one == four
    assert len(one) == 5 + 5


def test_a_report_says_what_the_folder_holds(tmp_path: Path) -> None:
    sources = write_guides(tmp_path / "in", "002_b.txt", "001_a.md")
    report = build(sources, tmp_path / "kg")
    assert report.errors == ()
    assert [(d.id, d.file, d.directions, d.stated_directions) for d in report.documents] == [
        ("001", "001_a.md", 2, 2),
        ("002", "002_b.txt", 2, 2),
    ]
    folder = assert_whole(tmp_path / "kg")
    manifest = folder.read_manifest()
    assert manifest["quads"] == report.quads
    assert [row["facts"] for row in manifest["documents"]] == [d.facts for d in report.documents]
    store = ox.Store.read_only(str(folder.store))
    claims = store.quads_for_pattern(None, None, ox.NamedNode(f"{BASE}ontology#Claim"))
    in_documents = [quad for quad in claims if "/document/" in str(quad.graph_name)]
    assert len(in_documents) == sum(d.facts for d in report.documents) > 30
    kinds = [json.loads(line)["kind"] for line in folder.records.read_text(encoding="utf-8").splitlines()]
    assert kinds == ["call", "direction", "direction"] * 2


def test_a_guide_read_twice_is_merged_facts_but_not_merged_evidence(tmp_path: Path) -> None:
    sources = write_guides(tmp_path / "in", "001.txt", "002.txt")
    build(sources, tmp_path / "kg")
    store = ox.Store.read_only(str(open_graph(tmp_path / "kg").store))
    programme = ox.NamedNode(f"{BASE}programme/测试合作")
    label = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    assert len(list(store.quads_for_pattern(programme, label, None, ox.DefaultGraph()))) == 1
    claims = {
        str(quad.graph_name)
        for quad in store.quads_for_pattern(None, None, programme)
        if quad.graph_name != ox.DefaultGraph()
    }
    assert claims == {f"<{BASE}document/001>", f"<{BASE}document/002>"}


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_model_that_cannot_be_loaded_stops_the_build(tmp_path: Path, jobs: int) -> None:
    sources = write_guides(tmp_path / "in", "001.txt", "002.txt")
    for name in ("no-such-model", "pytest", str(tmp_path)):
        with pytest.raises(RuleError, match="cannot be loaded") as caught:
            build(sources, tmp_path / "kg", jobs=jobs, model=name)
        assert name in str(caught.value)
        assert "\n" not in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_a_trained_pipeline_reads_along(tmp_path: Path) -> None:
    """What a pipeline has read bears its name; without one, the token patterns read the same body."""
    import spacy

    language: Any = spacy.blank("zh", meta={"name": "bodies"})
    language.add_pipe("entity_ruler").add_patterns([{"label": "ORG", "pattern": "萤火虫署"}])
    language.to_disk(tmp_path / "model")
    (tmp_path / "001.txt").write_text(GUIDE + "联系人：萤火虫署张三，电话：010-12345678\n", encoding="utf-8")
    rules = []
    for model in (None, str(tmp_path / "model")):
        build([tmp_path / "001.txt"], tmp_path / "kg", model=model)
        shard = open_graph(tmp_path / "kg").shard("001").read_text(encoding="utf-8")
        rules.append({line.split('"')[1] for line in shard.splitlines() if '"spacy.' in line})
    assert rules == [{"spacy.patterns"}, {"spacy.zh-bodies"}]


def test_a_notice_without_directions_is_built_and_told(tmp_path: Path, root: Path) -> None:
    report = build([root / "tests" / "documents" / "guides" / "covering-notice.txt"], tmp_path / "kg")
    assert report.errors == ()
    (document,) = report.documents
    assert (document.directions, document.subdirections) == (0, 0)
    assert document.facts > 5
    folder = assert_whole(tmp_path / "kg")
    assert len(folder.records.read_text(encoding="utf-8").splitlines()) == 1
    assert "call.notice" in folder.findings.read_text(encoding="utf-8")


def test_sub_directions_are_counted_apart(guides: Path, tmp_path: Path) -> None:
    report = build([guides / "001_condensed.txt"], tmp_path / "kg")
    assert [(d.directions, d.subdirections, d.stated_directions) for d in report.documents] == [(42, 15, 27)]


BAD = [
    ("empty.txt", b"", "is empty"),
    ("blank.txt", b" \r\n \n", "is empty"),
    ("binary.txt", b"\x7fELF\x00\x01\x00" * 50, "is not text"),
    ("undecodable.txt", "指南".encode() + b"\xff\xff\xfe" * 9, "is not text"),
    ("novel.txt", "很久以前，山里有一座庙。".encode(), "is no guide"),
]


@pytest.mark.parametrize(("name", "content", "message"), BAD)
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_bad_document_is_told_and_the_others_are_built(
    tmp_path: Path, name: str, content: bytes, message: str, jobs: int
) -> None:
    write_guides(tmp_path / "in", "001.txt", "002.txt")
    (tmp_path / "in" / name).write_bytes(content)
    report = build([tmp_path / "in"], tmp_path / "kg", jobs=jobs)
    assert [d.id for d in report.documents] == ["001", "002"]
    (error,) = report.errors
    assert message in str(error)
    assert name in str(error)
    assert "\n" not in str(error)
    folder = assert_whole(tmp_path / "kg")
    findings = [json.loads(line) for line in folder.findings.read_text(encoding="utf-8").splitlines()]
    told = [(f["document"], f["message"]) for f in findings if f["severity"] == "error"]
    assert told == [(name, message)]


def test_where_nothing_can_be_read_the_old_graph_stays(tmp_path: Path) -> None:
    build(write_guides(tmp_path / "in", "001.txt"), tmp_path / "kg")
    before = read_all(tmp_path / "kg")
    (tmp_path / "void").mkdir()
    (tmp_path / "void" / "notes.pdf").write_bytes(b"x")
    (tmp_path / "bad.txt").write_bytes(b"")
    for source, message in (("missing", "no such file"), ("void", "nothing readable"), ("bad.txt", "is empty")):
        report = build([tmp_path / source], tmp_path / "kg")
        assert report.documents == ()
        assert [message in str(error) for error in report.errors] == [True]
        assert read_all(assert_whole(tmp_path / "kg").path) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.txt", "in", "kg", "void"]


def test_a_broken_rule_stops_the_build_and_the_old_graph_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sources = write_guides(tmp_path / "in", "001.txt", "002.txt")
    build(sources, tmp_path / "kg")
    before = read_all(tmp_path / "kg")

    def refuse(*_: object, **__: object) -> None:
        raise RuleError("a broken card")

    monkeypatch.setattr("kg_build.intake.read_guide", refuse)
    with pytest.raises(RuleError, match="a broken card"):
        build([*sources, *write_guides(tmp_path / "in", "003.txt")], tmp_path / "kg")
    assert read_all(assert_whole(tmp_path / "kg").path) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "kg"]


def test_two_documents_with_one_id_are_told_and_neither_is_built(tmp_path: Path) -> None:
    write_guides(tmp_path / "in", "001_a.txt", "001_b.txt", "002.txt")
    report = build([tmp_path / "in"], tmp_path / "kg")
    assert [d.id for d in report.documents] == ["002"]
    (error,) = report.errors
    assert isinstance(error, DocumentError)
    assert error.where == f"{tmp_path / 'in' / '001_a.txt'}, {tmp_path / 'in' / '001_b.txt'}"
    assert [path.name for path in open_graph(tmp_path / "kg").documents.iterdir()] == ["002.nq"]


def test_sources_are_the_texts_of_a_folder_by_name_and_each_once(tmp_path: Path) -> None:
    write_guides(tmp_path, "b.txt", "a.MD", ".hidden.txt", "c.pdf", "d.txt")
    (tmp_path / "e.txt").mkdir()
    paths, errors = find_sources([tmp_path / "d.txt", tmp_path, tmp_path / "." / "b.txt", tmp_path / "c.pdf"])
    assert [path.name for path in paths] == ["d.txt", "a.MD", "b.txt", "c.pdf"]
    assert errors == ()


def test_a_folder_of_the_users_stops_the_build_before_anything_is_read(tmp_path: Path) -> None:
    sources = write_guides(tmp_path / "in", "001.txt")
    steps: list[BuildStep] = []
    with pytest.raises(GraphError, match="not a graph folder"):
        build(sources, tmp_path / "in", progress=steps.append)
    assert steps == []
    assert [path.name for path in (tmp_path / "in").iterdir()] == ["001.txt"]


def test_progress_is_told_file_by_file(tmp_path: Path) -> None:
    steps: list[BuildStep] = []
    build(write_guides(tmp_path / "in", "001.txt", "002.txt"), tmp_path / "kg", jobs=2, progress=steps.append)
    assert [(step.done, step.total) for step in steps] == [(1, 3), (2, 3), (3, 3)]
    assert [step.name for step in steps[:2]] == ["001.txt", "002.txt"]


def has_ended(group: int, *, within: float) -> bool:
    """Say whether every process of a group is gone within some seconds."""
    until = time.monotonic() + within
    while time.monotonic() < until:
        alive = False
        with suppress(ProcessLookupError):
            os.killpg(group, 0)
            alive = True
        if not alive:
            return True
        time.sleep(0.02)
    return False


def test_a_build_killed_at_any_moment_leaves_a_whole_graph(guides: Path, tmp_path: Path, root: Path) -> None:
    """Twenty builds that read two guides again, half of them in two processes, each killed at a seeded moment of its life."""
    source, out, chance = tmp_path / "in", tmp_path / "kg", random.Random(2021)
    source.mkdir()
    for guide in sorted(guides.glob("*.txt"))[::2][:2]:
        shutil.copy(guide, source)
    began = time.monotonic()
    names = [document.id for document in build([source], out).documents]
    took = time.monotonic() - began
    states: set[tuple[str, ...]] = set()
    for turn in range(KILLS):
        process = start(tmp_path, root, source, out, 1 + turn % 2, *names, turn)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.0, took * 1.1))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert has_ended(process.pid, within=10), "a killed build left processes behind"
        assert_whole(out)
        states.add(tuple(sorted({path.name.partition("-")[0] for path in tmp_path.glob("kg*")})))
    assert ("kg", "kg.next") in states, "no kill met a build at work"
    build([source], out)
    assert [path.name for path in tmp_path.glob("kg*")] == ["kg"]
