"""A graph that grew by builds and removals is the graph of one build from scratch, byte for byte."""

from __future__ import annotations

import json
import random
import shutil
import signal
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg_build.build import BuildReport, BuildStep, build, remove
from kg_build.curation import Curation
from kg_build.documents import identify
from kg_build.graph import open_graph, start_graph
from ontology.errors import DocumentError, GraphError
from ontology.vocabulary import BASE
from tests.test_build import start
from tests.test_graph import assert_whole, read_all

IDS = ("001", "002", "003", "004", "005", "006")
PARTNERS = ("新西兰", "以色列", "法国", "德国")
KILLS = 12


def write_guide(folder: Path, document: str, version: int, name: str = "guide") -> Path:
    """Write a small guide; versions share programme and countries with each other and with other documents.

    Of the same version, 004 to 006 are drafts of what 001 to 003 are the final guides of.
    """
    folder.mkdir(parents=True, exist_ok=True)
    partner, other = PARTNERS[version % 4], PARTNERS[(version + int(document)) % 4]
    text = (
        f"“测试合作{version % 2}”重点专项202{version}年度项目申报指南{'（征求意见稿）' if document > '003' else ''}\n\n"
        f"1.1 中国和{partner}政府间科技合作项目\n领域方向：食品科学；环境科学。\n拟支持项目数：不超过{version + 1}个。\n"
        f"1.2 中国和{other}政府间科技合作项目\n领域方向：领域不限。\n联系人：张{document}，电话：010-1234567{version}\n"
    )
    path = folder / f"{document}_{name}.txt"
    path.write_text(text, encoding="utf-8")
    return path


def read_store(folder: Path) -> tuple[set[ox.Quad], set[object]]:
    """Return what can be asked of a graph folder: its statements, and the names of its graphs."""
    store = ox.Store.read_only(str(folder / "store"))
    return set(store), set(store.named_graphs())


def assert_same(one: Path, other: Path) -> None:
    assert read_all(one) == read_all(other)
    assert read_store(one) == read_store(other)


def test_a_link_between_documents_comes_and_goes_with_them(tmp_path: Path) -> None:
    """A link of the third guide with its draft: it is there whichever came first, and gone with either."""
    link = ox.NamedNode(f"{BASE}document/003"), ox.NamedNode(f"{BASE}document/006")
    for document in ("001", "002", "006", "004", "003"):
        build([write_guide(tmp_path / "in", document, int(document) % 3)], tmp_path / "kg")
    store = ox.Store.read_only(str(tmp_path / "kg" / "store"))
    links = ox.NamedNode(f"{BASE}graph/links")
    assert link in {(quad.subject, quad.object) for quad in store.quads_for_pattern(None, None, None, links)}
    remove(["006"], tmp_path / "kg")
    store = ox.Store.read_only(str(tmp_path / "kg" / "store"))
    assert link not in {(quad.subject, quad.object) for quad in store.quads_for_pattern(None, None, None, links)}


def test_one_build_of_two_folders_is_two_builds_of_one_each(guides: Path, tmp_path: Path) -> None:
    for name, guide in zip("ab", sorted(guides.glob("*.txt"))[:2], strict=True):
        (tmp_path / name).mkdir()
        shutil.copy(guide, tmp_path / name)
    build([tmp_path / "a", tmp_path / "b"], tmp_path / "kg-1")
    build([tmp_path / "b"], tmp_path / "kg-2")
    build([tmp_path / "a"], tmp_path / "kg-2")
    assert_same(tmp_path / "kg-1", tmp_path / "kg-2")


@pytest.fixture
def six(tmp_path: Path) -> Path:
    """Return a folder of six sources that is built into `kg` beside it."""
    for version, document in enumerate(IDS):
        write_guide(tmp_path / "in", document, version % 3)
    build([tmp_path / "in"], tmp_path / "kg")
    return tmp_path / "in"


def steps_of(sources: list[Path], out: Path, **options: object) -> tuple[BuildReport, list[str]]:
    """Build, and tell which files were read."""
    told: list[BuildStep] = []
    report = build(sources, out, progress=told.append, **options)  # type: ignore[arg-type]
    return report, [step.name for step in told[:-1]]


def test_only_what_changed_is_read_again(six: Path, tmp_path: Path) -> None:
    report, read = steps_of([six], tmp_path / "kg")
    assert (read, report.unchanged, report.kept) == ([], IDS, ())
    write_guide(six, "003", 3)
    report, read = steps_of([six], tmp_path / "kg")
    assert read == ["003_guide.txt"]
    assert (len(report.documents), len(report.unchanged)) == (6, 5)
    report, read = steps_of([write_guide(six, "007", 1)], tmp_path / "kg")
    assert (read, report.kept) == (["007_guide.txt"], IDS)
    assert [document.id for document in report.documents] == ["007"]


def test_a_build_of_what_is_there_changes_no_byte(six: Path, tmp_path: Path) -> None:
    before, store = read_all(tmp_path / "kg"), read_store(tmp_path / "kg")
    build([six], tmp_path / "kg")
    assert (read_all(tmp_path / "kg"), read_store(tmp_path / "kg")) == (before, store)


def decide(monkeypatch: pytest.MonkeyPatch, document: str) -> None:
    """Let somebody have decided something of one document, which changes nothing in it."""
    monkeypatch.setattr(Curation, "fingerprint", lambda _, path: "decided" if identify(path) == document else "")


def test_what_somebody_decided_of_a_document_has_it_read_again(
    six: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    decide(monkeypatch, "002")
    assert steps_of([six], tmp_path / "kg")[1] == ["002_guide.txt"]
    assert steps_of([six], tmp_path / "kg")[1] == []
    monkeypatch.undo()
    assert steps_of([six], tmp_path / "kg")[1] == ["002_guide.txt"]


def test_a_correction_has_its_document_read_again_and_an_alias_all(six: Path, tmp_path: Path) -> None:
    (six / "corrections.toml").write_text(
        '[[correction]]\ndocument = "002"\ndirection = "1.1"\nproperty = "title"\nverdict = "accept"\nold = "?"\n'
        'who = "Mo Example"\nwhy = "read again"\n',
        encoding="utf-8",
    )
    assert steps_of([six], tmp_path / "kg")[1] == ["002_guide.txt"]
    (six / "aliases.toml").write_text('[agencies]\n"某部" = "科学技术部"\n', encoding="utf-8")
    assert len(steps_of([six], tmp_path / "kg")[1]) == len(IDS)
    assert steps_of([six], tmp_path / "kg")[1] == []
    (six / "aliases.toml").unlink()
    (six / "corrections.toml").unlink()
    build([six], tmp_path / "kg")
    build([six], tmp_path / "scratch")
    assert_same(tmp_path / "kg", tmp_path / "scratch")


def test_aliases_that_not_all_were_read_with_are_told_of_those_until_they_are(six: Path, tmp_path: Path) -> None:
    """Aliases are of the whole graph: who builds a part with others than the rest is told what to name."""
    more = tmp_path / "more"
    write_guide(more, "007", 1)
    (more / "aliases.toml").write_text('[programmes]\n"测试合作1" = "测试合作0"\n', encoding="utf-8")
    assert build([more], tmp_path / "kg").outdated == IDS
    assert build([six], tmp_path / "kg").outdated == ("007",)
    assert build([six, more], tmp_path / "kg").outdated == ()
    build([six, more], tmp_path / "scratch")
    assert_same(tmp_path / "kg", tmp_path / "scratch")
    (more / "aliases.toml").unlink()
    assert build([six / "001_guide.txt"], tmp_path / "kg").outdated == (*IDS[1:], "007")


def test_other_rules_have_all_read_again_and_tell_what_stays_as_it_was(
    six: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg_build.build.take_fingerprint", lambda model: "other")
    report, read = steps_of([six / "001_guide.txt"], tmp_path / "kg")
    assert (read, report.outdated) == (["001_guide.txt"], IDS[1:])
    report, read = steps_of([six], tmp_path / "kg")
    assert (len(read), report.outdated) == (5, ())


def test_a_fact_goes_with_the_last_document_that_states_it(tmp_path: Path) -> None:
    """Six documents, two of which name a country: the country goes when the second of them does."""
    for document in IDS:
        write_guide(tmp_path / "in", document, 0 if document in ("001", "005") else 3)
    for path in (tmp_path / "in").iterdir():
        text = path.read_text(encoding="utf-8")
        path.write_text(
            text if "新西兰政府" in text and path.name[:3] in ("001", "005") else text.replace("新西兰", "法国")
        )
    build([tmp_path / "in"], tmp_path / "kg")
    zealand = ox.NamedNode(f"{BASE}country/NZ")
    for document, stays in (("001", True), ("005", False)):
        remove([document], tmp_path / "kg")
        store = ox.Store.read_only(str(assert_whole(tmp_path / "kg").store))
        assert bool(list(store.quads_for_pattern(zealand, None, None, ox.DefaultGraph()))) == stays
        assert ox.NamedNode(f"{BASE}document/{document}") not in set(store.named_graphs())
        own = (f"{BASE}call/{document}", f"{BASE}document/{document}")
        assert [quad for quad in store if str(quad.subject)[1:].startswith(own)] == []


def test_an_unknown_document_is_told_with_the_nearest_and_nothing_changes(six: Path, tmp_path: Path) -> None:
    before = read_all(tmp_path / "kg")
    with pytest.raises(GraphError, match=r"^03 is no document of this graph · .* · 003\?$"):
        remove(["001", "03"], tmp_path / "kg")
    with pytest.raises(GraphError, match="no document would be left"):
        remove(IDS, tmp_path / "kg")
    with pytest.raises(GraphError, match="no graph here"):
        remove(["001"], tmp_path / "nothing")
    assert read_all(tmp_path / "kg") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "kg"]


def test_a_file_of_another_name_does_not_take_the_id_of_a_document(six: Path, tmp_path: Path) -> None:
    before = read_all(tmp_path / "kg")
    other = write_guide(tmp_path / "more", "003", 3, name="draft")
    report = build([other], tmp_path / "kg")
    assert report.documents == ()
    (error,) = report.errors
    assert isinstance(error, DocumentError)
    assert str(error).startswith("has the id 003, which 003_guide.txt has in the graph · ")
    assert str(error).endswith("or `zhinan remove 003` first")
    assert read_all(tmp_path / "kg") == before
    report = build([other, write_guide(tmp_path / "more", "008", 1)], tmp_path / "kg")
    assert ([document.id for document in report.documents], len(report.errors)) == (["008"], 1)
    remove(["008"], tmp_path / "kg")
    assert read_all(tmp_path / "kg") == before


def test_of_two_new_files_with_one_id_neither_replaces_what_is_there(six: Path, tmp_path: Path) -> None:
    before = read_all(tmp_path / "kg")
    twice = [write_guide(tmp_path / name, "003", version) for name, version in (("a", 2), ("b", 3))]
    report = build([*twice, six], tmp_path / "kg")
    (error,) = report.errors
    paths = ", ".join(map(str, (*twice, six / "003_guide.txt")))
    assert str(error) == f"3 documents have the id 003 · {paths} · names that differ before the first _"
    assert read_all(tmp_path / "kg") == before


def test_a_document_that_can_no_longer_be_read_stays_as_it_was_and_is_told_until_it_can(
    six: Path, tmp_path: Path
) -> None:
    before = read_all(tmp_path / "kg")
    (six / "003_guide.txt").write_bytes(b"")
    report = build([six], tmp_path / "kg")
    assert ["is empty" in str(error) for error in report.errors] == [True]
    assert report.kept == ("003",)
    folder = assert_whole(tmp_path / "kg")
    assert [row["id"] for row in folder.read_manifest()["documents"]] == list(IDS)
    build([write_guide(six, "009", 1)], tmp_path / "kg")
    told = [json.loads(line) for line in folder.findings.read_text(encoding="utf-8").splitlines()]
    assert [row["document"] for row in told if row["rule"] == "documents.read"] == ["003_guide.txt"]
    write_guide(six, "003", 2)
    build([six / "003_guide.txt"], tmp_path / "kg")
    remove(["009"], tmp_path / "kg")
    assert read_all(tmp_path / "kg") == before


def test_what_is_told_of_a_file_can_be_taken_out_by_its_name(six: Path, tmp_path: Path) -> None:
    before = read_all(tmp_path / "kg")
    (six / "broken.txt").write_bytes(b"")
    build([six], tmp_path / "kg")
    assert read_all(tmp_path / "kg") != before
    remove(["broken.txt"], tmp_path / "kg")
    assert read_all(tmp_path / "kg") == before


@pytest.mark.parametrize("name", ["graph.trig", "records.jsonl", "documents/002_.nq", "parts.jsonl"])
def test_a_graph_that_somebody_changed_is_not_built_upon(six: Path, tmp_path: Path, name: str) -> None:
    """But it is built anew where the sources name all of it."""
    before = read_all(tmp_path / "kg")
    path = tmp_path / "kg" / name.replace("_", "")
    path.write_bytes(path.read_bytes() + b"\n")
    changed = read_all(tmp_path / "kg")
    with pytest.raises(GraphError, match="is not as it was built"):
        build([six / "001_guide.txt"], tmp_path / "kg")
    with pytest.raises(GraphError, match="is not as it was built"):
        remove(["001"], tmp_path / "kg")
    assert read_all(tmp_path / "kg") == changed
    build([six], tmp_path / "kg")
    assert read_all(tmp_path / "kg") == before


def test_a_graph_of_another_version_is_not_built_upon(six: Path, tmp_path: Path) -> None:
    before = read_all(tmp_path / "kg")
    folder = open_graph(tmp_path / "kg")
    manifest = folder.read_manifest()
    del manifest["files"]["parts.jsonl"]
    folder.parts.unlink()
    folder.manifest.write_text(json.dumps(manifest), encoding="utf-8")
    with pytest.raises(GraphError, match="another version of Zhinan wrote it"):
        build([six / "001_guide.txt"], tmp_path / "kg")
    build([six], tmp_path / "kg")
    assert read_all(tmp_path / "kg") == before


def test_a_store_that_is_broken_is_filled_anew(six: Path, tmp_path: Path) -> None:
    (tmp_path / "kg" / "store" / "CURRENT").unlink()
    write_guide(six, "003", 3)
    build([six / "003_guide.txt"], tmp_path / "kg")
    build([six], tmp_path / "kg-scratch")
    assert_same(tmp_path / "kg", tmp_path / "kg-scratch")


def test_graphs_beside_the_documents_are_as_the_last_build_was_told(six: Path, tmp_path: Path) -> None:
    def say(name: str, value: str) -> ox.Quad:
        return ox.Quad(ox.NamedNode("s:1"), ox.NamedNode("p:1"), ox.Literal(value), ox.NamedNode(f"{BASE}graph/{name}"))

    build([six], tmp_path / "kg", besides=[say("a", "1"), say("b", "1")])
    build([six], tmp_path / "kg", besides=[say("b", "2"), say("c", "1")])
    build([six], tmp_path / "kg-scratch", besides=[say("b", "2"), say("c", "1")])
    assert_same(tmp_path / "kg", tmp_path / "kg-scratch")


def test_two_builds_at_once_are_one_build_and_a_clear_line(six: Path, tmp_path: Path) -> None:
    """The second is told of the first, wherever the first is, and the first ends as if it were alone."""
    errors = list[str]()
    write_guide(six, "003", 3)

    def try_to(work: Callable[[], object]) -> None:
        with pytest.raises(GraphError) as caught:
            work()
        errors.append(caught.value.what)

    def work_at_the_same_time(step: BuildStep) -> None:
        if step.done < step.total:
            try_to(lambda: build([six], tmp_path / "kg"))
            thread = threading.Thread(target=try_to, args=(lambda: remove(["001"], tmp_path / "kg"),))
            thread.start()
            thread.join()

    build([six], tmp_path / "kg", progress=work_at_the_same_time)
    assert [error.partition(":")[0] for error in errors] == ["another build is at work here"] * 2
    build([six], tmp_path / "kg-scratch")
    assert_same(tmp_path / "kg", tmp_path / "kg-scratch")


def test_two_processes_that_build_into_one_folder_leave_a_whole_graph(six: Path, tmp_path: Path, root: Path) -> None:
    processes = [start(tmp_path, root, six, tmp_path / "kg", 1, *IDS, turn) for turn in range(2)]
    codes = []
    for process in processes:
        process.communicate(timeout=120)
        codes.append(process.returncode)
    assert 0 in codes
    assert_whole(tmp_path / "kg")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "kg", "run.py"]


def test_a_change_killed_at_any_moment_leaves_a_whole_graph(
    six: Path, tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One of six documents is read again, and the build killed at a seeded moment of its life."""
    out, chance = tmp_path / "kg", random.Random(2021)
    began = time.monotonic()
    decide(monkeypatch, "003")
    build([six], out)
    monkeypatch.undo()
    took = time.monotonic() - began
    states: set[tuple[str, ...]] = set()
    for turn in range(KILLS):
        process = start(tmp_path, root, six, out, 1, "003", turn)
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.0, took * 1.5))
        process.send_signal(signal.SIGKILL)
        process.communicate()
        assert_whole(out)
        states.add(tuple(sorted({path.name.partition("-")[0] for path in tmp_path.glob("kg*")})))
    assert ("kg", "kg.next") in states, "no kill met a build at work"
    build([six], out)
    build([six], tmp_path / "scratch")
    assert_same(out, tmp_path / "scratch")
    assert [path.name for path in tmp_path.glob("kg*")] == ["kg"]


def test_a_graph_whose_build_is_at_work_can_be_opened(six: Path, tmp_path: Path) -> None:
    draft = start_graph(tmp_path / "kg")
    assert_whole(tmp_path / "kg")
    shutil.rmtree(draft.path)
