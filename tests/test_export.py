"""An export is whole, the same each time, and a failed one leaves what was there."""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from ontology.errors import GraphError, QueryError
from queries.export import KINDS, export
from queries.files import write_file
from queries.graphs import open_graph
from tests.conftest import Golden
from tests.small_graph import write_small


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small(tmp_path_factory.mktemp("export") / "kg")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_same_folder_gives_the_same_bytes(kind: str, folder: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        export(kind, folder, tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes() != b""
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_the_table_of_directions_is_what_an_office_wants(folder: Path, tmp_path: Path, golden: Golden) -> None:
    export("directions.csv", folder, tmp_path / "d.csv")
    raw = (tmp_path / "d.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.count(b"\r\n") == raw.count(b"\n") == 6
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    assert list(rows[0]) == [
        "call", "year", "number", "title", "partners", "fields", "projects", "budget", "requirements", "contacts"
    ]  # fmt: skip
    assert [row["number"] for row in rows] == ["1.1", "1.2", "1.10", "2.1", "2.1.1"]
    assert rows[3]["partners"] == "以色列; 新西兰"
    assert rows[0]["contacts"] == "Noa Levi +972-3-5550101 noa@example.org; 李四 010-5550102 li@example.org"
    golden("exports/directions.csv", raw.decode("utf-8").replace("\r\n", "\n"))


def test_turtle_holds_the_merged_facts_and_nothing_else(folder: Path, tmp_path: Path) -> None:
    export("turtle", folder, tmp_path / "facts.ttl")
    read = {quad.triple for quad in ox.parse(path=str(tmp_path / "facts.ttl"), format=ox.RdfFormat.TURTLE)}
    store = open_graph(folder).store
    assert read == {quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())}
    assert "zn:direction" in (tmp_path / "facts.ttl").read_text(encoding="utf-8")


def test_nquads_hold_every_statement_in_order(folder: Path, tmp_path: Path) -> None:
    export("nquads", folder, tmp_path / "all.nq")
    lines = (tmp_path / "all.nq").read_text(encoding="utf-8").splitlines()
    assert lines == sorted(lines)
    read = set(ox.parse(path=str(tmp_path / "all.nq"), format=ox.RdfFormat.N_QUADS))
    assert read == set(open_graph(folder).store)
    assert len(read) == len(lines)


def test_records_are_those_of_the_build(tmp_path: Path) -> None:
    folder = write_small(tmp_path / "kg")
    export("records", folder, tmp_path / "r.jsonl")
    assert (tmp_path / "r.jsonl").read_bytes() == (folder / "records.jsonl").read_bytes()
    (folder / "records.jsonl").write_text('{"kind": "call", "document": "900"}\n', encoding="utf-8")
    with pytest.raises(GraphError, match="not those of the build"):
        export("records", folder, tmp_path / "r.jsonl")
    for broken, complaint in (("{", "no JSON"), ('{"kind": "x", "document": "9"}', "no record")):
        (folder / "records.jsonl").write_text(broken + "\n", encoding="utf-8")
        (folder / "manifest.json").write_text(json.dumps({"files": {}}), encoding="utf-8")
        with pytest.raises(GraphError, match=complaint):
            export("records", folder, tmp_path / "r.jsonl")
    (folder / "records.jsonl").unlink()
    with pytest.raises(GraphError, match="no records"):
        export("records", folder, tmp_path / "r.jsonl")
    assert len((tmp_path / "r.jsonl").read_bytes().splitlines()) == 2, "the first export is still there"


def test_a_kind_or_a_folder_that_is_none_is_one_line(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"no export is called turtel .* turtle\?"):
        export("turtel", folder, tmp_path / "x")
    for kind in KINDS:
        with pytest.raises(GraphError, match="there is no graph folder"):
            export(kind, tmp_path / "none", tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


def test_a_path_that_cannot_be_written_is_one_line(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    for path in (tmp_path / "none" / "x", tmp_path, tmp_path / "file" / "x"):
        with pytest.raises(QueryError, match="cannot write: ") as caught:
            export("turtle", folder, path)
        assert str(path) in str(caught.value)
        assert "\n" not in str(caught.value)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_a_failed_write_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "x"
    path.write_bytes(b"old")

    def broken() -> Iterator[bytes]:
        yield b"new"
        raise GraphError("half way")

    with pytest.raises(GraphError):
        write_file(path, broken())
    assert path.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["x"]


@pytest.mark.skipif(os.name == "nt", reason="links and devices as on POSIX")
def test_links_and_devices_stay_what_they_are(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"old")
    (tmp_path / "link").symlink_to(tmp_path / "file")
    write_file(tmp_path / "link", [b"new"])
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "file").read_bytes() == b"new"
    write_file(Path("/dev/null"), [b"gone"])
    assert Path("/dev/null").is_char_device()
