"""A graph folder is whole or it is not there: swapped in at once, never over what is not ours, kill or no kill."""

from __future__ import annotations

import hashlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg_build.contents import Content, write_content
from kg_build.descriptions import group
from kg_build.graph import GraphFolder, end_graph, open_graph, replace_graph, start_graph
from kg_build.parts import DocumentReport, Part
from kg_build.shards import Shard, write_shard
from kg_build.statements import Statement, to_string
from kg_build.stores import Loader
from kg_build.union import merge_shared, read_ontology
from ontology.errors import GraphError
from ontology.vocabulary import BASE

KILLS = 20
Documents = Mapping[str, Sequence[Statement]]


def make_fact(name: str, label: str, *, graph: str = "") -> Statement:
    iri = f"<{BASE}document/{graph}>" if graph else ""
    return Statement(
        iri, f"<{BASE}country/{name}>", "<http://www.w3.org/2000/01/rdf-schema#label>", to_string(label, "zh")
    )


DOCUMENTS: Documents = {
    "001": [make_fact("NZ", "新西兰"), make_fact("NZ", "“新”", graph="001"), make_fact("IL", "以色列")],
    "002": [make_fact("NZ", "新西兰"), make_fact("FR", "法国", graph="002")],
}


def build(out: Path, documents: Documents, *, records: Sequence[str] = ("{}",)) -> int:
    draft = start_graph(out)
    quads = finish(draft, documents, records=records)
    replace_graph(draft, out)
    return quads


def finish(draft: GraphFolder, documents: Documents, *, records: Sequence[str] = ()) -> int:
    with Loader(draft.store) as loader:
        shards = [write_shard(name, group(said), draft.documents / f"{name}.part") for name, said in documents.items()]
        for shard in shards:
            loader.add(shard.path, shard.size)
        parts = [make_part(shard) for shard in sorted(shards, key=lambda shard: shard.document)]
        parts[:1] = [replace(part, records=tuple(records)) for part in parts[:1]]
        content = Content(parts, (), merge_shared(shards), tuple(read_ontology()))
        return write_content(draft, content, loader, version="0")


def make_part(shard: Shard) -> Part:
    counts = {"error": 0, "warning": 0, "info": 0}
    report = DocumentReport(shard.document, f"{shard.document}.txt", "", 0, 0, 0, None, 0, counts)  # type: ignore[arg-type]
    return Part(report, "", (), (), shard)


def read_all(folder: Path) -> dict[str, bytes]:
    """Return all files with their bytes, but for the store's."""
    files = (path for path in folder.rglob("*") if path.is_file() and "store" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def assert_whole(out: Path) -> GraphFolder:
    """Open the graph, compare every file with its hash, and count the store."""
    folder = open_graph(out)
    manifest = folder.read_manifest()
    for name, hashed in manifest["files"].items():
        assert hashlib.sha256((folder.path / name).read_bytes()).hexdigest() == hashed, name
    assert len(ox.Store.read_only(str(folder.store))) == manifest["quads"]
    return folder


def test_a_folder_holds_the_parts_of_the_plan(tmp_path: Path) -> None:
    quads = build(tmp_path / "kg", DOCUMENTS)
    folder = assert_whole(tmp_path / "kg")
    assert sorted(path.name for path in folder.path.iterdir()) == sorted(
        ["documents", "findings.jsonl", "graph.trig", "manifest.json", "parts.jsonl", "records.jsonl", "store"]
    )
    assert sorted(path.name for path in folder.documents.iterdir()) == ["001.nq", "002.nq"]
    assert [path.name for path in tmp_path.iterdir()] == ["kg"]
    assert len(list(ox.parse(path=str(folder.trig), format=ox.RdfFormat.TRIG))) == quads


def test_a_fact_of_two_documents_stands_once(tmp_path: Path) -> None:
    build(tmp_path / "kg", DOCUMENTS)
    folder = open_graph(tmp_path / "kg")
    assert [b"\xe6\x96\xb0\xe8\xa5\xbf\xe5\x85\xb0" in path.read_bytes() for path in folder.documents.iterdir()] == [
        True
    ] * 2
    store = ox.Store.read_only(str(folder.store))
    zealand = ox.NamedNode(f"{BASE}country/NZ")
    assert len(list(store.quads_for_pattern(zealand, None, None, ox.DefaultGraph()))) == 1


def test_terms_and_concepts_have_graphs_of_their_own(tmp_path: Path) -> None:
    build(tmp_path / "kg", DOCUMENTS)
    store = ox.Store.read_only(str(open_graph(tmp_path / "kg").store))
    names = ("graph/ontology", "graph/schemes", "document/001", "document/002")
    assert set(store.named_graphs()) == {ox.NamedNode(BASE + name) for name in names}
    schemes = ox.NamedNode(f"{BASE}graph/schemes")
    assert len(list(store.quads_for_pattern(None, None, None, schemes))) > 1000


def test_the_order_of_documents_and_statements_changes_no_byte(tmp_path: Path) -> None:
    build(tmp_path / "a", DOCUMENTS)
    shuffled = {name: list(facts)[::-1] for name, facts in reversed(list(DOCUMENTS.items()))}
    build(tmp_path / "b", shuffled)
    first, second = read_all(tmp_path / "a"), read_all(tmp_path / "b")
    assert first == second
    assert len(first) == 7


def test_a_new_graph_replaces_the_old_one(tmp_path: Path) -> None:
    build(tmp_path / "kg", DOCUMENTS)
    build(tmp_path / "kg", {"009": DOCUMENTS["001"]}, records=["1", "2"])
    folder = assert_whole(tmp_path / "kg")
    assert [path.name for path in folder.documents.iterdir()] == ["009.nq"]
    assert folder.records.read_text(encoding="utf-8") == "1\n2\n"
    assert [path.name for path in tmp_path.iterdir()] == ["kg"]


def test_an_empty_folder_may_be_built_into(tmp_path: Path) -> None:
    (tmp_path / "kg").mkdir()
    build(tmp_path / "kg", DOCUMENTS)
    assert_whole(tmp_path / "kg")


@pytest.mark.parametrize("name", ["notes.txt", "documents/notes.nq", "mine/notes.txt"])
def test_a_folder_with_a_file_of_the_users_is_never_replaced(tmp_path: Path, name: str) -> None:
    out = tmp_path / "kg"
    build(out, DOCUMENTS)
    (out / name).parent.mkdir(exist_ok=True)
    (out / name).write_text("mine", encoding="utf-8")
    before = read_all(out)
    with pytest.raises(GraphError, match="not of the graph"):
        start_graph(out)
    assert read_all(tmp_path) == {f"kg/{key}": value for key, value in before.items()}


def test_a_file_that_came_during_the_build_stops_the_swap(tmp_path: Path) -> None:
    out = tmp_path / "kg"
    build(out, DOCUMENTS)
    draft = start_graph(out)
    finish(draft, {})
    (out / "notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(GraphError, match=r"notes\.txt"):
        replace_graph(draft, out)
    assert (out / "notes.txt").exists()
    (out / "notes.txt").unlink()
    assert_whole(out)


def test_what_is_no_graph_folder_is_never_replaced(tmp_path: Path) -> None:
    thesis = tmp_path / "thesis"
    thesis.mkdir()
    (thesis / "manifest.json").write_text('{"name": "an app"}', encoding="utf-8")
    with pytest.raises(GraphError, match="not a graph folder"):
        start_graph(thesis)
    with pytest.raises(GraphError, match="is a file"):
        start_graph(thesis / "manifest.json")
    with pytest.raises(GraphError, match="cannot be written"):
        start_graph(thesis / "manifest.json" / "kg")
    assert read_all(tmp_path) == {"thesis/manifest.json": b'{"name": "an app"}'}


def test_a_users_folder_called_previous_stops_the_build(tmp_path: Path) -> None:
    mine = tmp_path / "kg.previous" / "notes.txt"
    mine.parent.mkdir()
    mine.write_text("mine", encoding="utf-8")
    with pytest.raises(GraphError, match="not a graph folder"):
        start_graph(tmp_path / "kg")
    assert mine.exists()


@pytest.mark.parametrize("part", ["manifest.json", "graph.trig", "store", "documents/001.nq"])
def test_a_graph_that_lacks_a_part_is_not_opened(tmp_path: Path, part: str) -> None:
    build(tmp_path / "kg", DOCUMENTS)
    target = tmp_path / "kg" / part
    if target.is_dir():
        shutil.rmtree(target)
    else:
        target.unlink()
    with pytest.raises(GraphError, match=r"is missing|not a graph folder"):
        open_graph(tmp_path / "kg")


def test_nothing_is_no_graph(tmp_path: Path) -> None:
    with pytest.raises(GraphError, match="no graph here"):
        open_graph(tmp_path / "kg")


def test_a_build_killed_between_the_renames_leaves_the_old_graph(tmp_path: Path) -> None:
    out = tmp_path / "kg"
    build(out, DOCUMENTS)
    before = read_all(out)
    out.rename(tmp_path / "kg.previous")
    assert read_all(assert_whole(out).path) == before
    build(out, {"009": DOCUMENTS["001"]})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kg"]
    assert_whole(out)


def test_a_build_killed_while_it_removes_the_old_graph_leaves_the_new(tmp_path: Path) -> None:
    out = tmp_path / "kg"
    build(out, DOCUMENTS)
    before = read_all(out)
    shutil.copytree(out, tmp_path / "kg.previous")
    shutil.rmtree(tmp_path / "kg.previous" / "store")
    assert read_all(assert_whole(out).path) == before
    start_graph(out)
    assert not (tmp_path / "kg.previous").exists()


def test_the_draft_of_a_dead_build_goes_and_what_is_no_draft_stays(tmp_path: Path) -> None:
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    left, other = (tmp_path / f"kg.next-{name}" for name in (dead.pid, "mine"))
    for folder in (left, other):
        (folder / "documents").mkdir(parents=True)
    build(tmp_path / "kg", DOCUMENTS)
    assert sorted(tmp_path.iterdir()) == sorted([tmp_path / "kg", other])


def test_a_second_build_is_told_of_the_first_and_changes_nothing(tmp_path: Path) -> None:
    out = tmp_path / "kg"
    build(out, DOCUMENTS)
    before = read_all(out)
    first = start_graph(out)
    with pytest.raises(GraphError, match=f"another build is at work here: process {os.getpid()}"):
        start_graph(out)
    assert read_all(out) == before
    start_graph(tmp_path / "other")
    finish(first, {"009": DOCUMENTS["001"]})
    replace_graph(first, out)
    assert [path.name for path in assert_whole(out).documents.iterdir()] == ["009.nq"]
    build(out, DOCUMENTS)
    assert read_all(out) == before


def test_a_draft_that_is_given_up_goes_and_lets_the_next_build_in(tmp_path: Path) -> None:
    end_graph(start_graph(tmp_path / "kg"))
    assert list(tmp_path.iterdir()) == []
    build(tmp_path / "kg", DOCUMENTS)
    assert_whole(tmp_path / "kg")


LOOP = """
import sys
from pathlib import Path
from tests.test_graph import DOCUMENTS, build
print("ready", flush=True)
turn = 0
while True:
    turn += 1
    build(Path(sys.argv[1]), DOCUMENTS, records=[str(turn)] * 50)
"""


def test_a_kill_at_any_moment_leaves_a_whole_graph(tmp_path: Path, root: Path) -> None:
    """A process builds without end and is killed at 20 seeded moments; each time a whole graph is there."""
    out = tmp_path / "kg"
    build(out, DOCUMENTS, records=["0"] * 50)
    chance = random.Random(2021)
    states: set[tuple[str, ...]] = set()
    for _ in range(KILLS):
        process = subprocess.Popen(
            [sys.executable, "-c", LOOP, str(out)], cwd=root, stdout=subprocess.PIPE, encoding="utf-8"
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(chance.uniform(0.0, 0.5))
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        folder = assert_whole(out)
        assert len(set(folder.records.read_text(encoding="utf-8").splitlines())) == 1
        states.add(tuple(sorted(path.name.partition("-")[0] for path in tmp_path.iterdir())))
    assert ("kg", "kg.next") in states, "no kill met a build at work"
    build(out, DOCUMENTS)
    assert [path.name for path in tmp_path.iterdir()] == ["kg"]
