"""An export is whole, the same each time, and a failed one leaves what was there."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pyoxigraph as ox
import pytest

from ontology.errors import GraphError, QueryError
from queries.export import KINDS, FolderKind, export, list_kinds
from queries.files import SUMS, write_file
from queries.graphs import open_graph
from tests.conftest import ROOT, Golden
from tests.exported import KIND_NAMES, export_files, read_files
from tests.small_graph import write_small
from zhinan.cli import main

PAGE = 4096


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small(tmp_path_factory.mktemp("export") / "kg")


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_the_same_folder_gives_the_same_bytes(kind: str, folder: Path, tmp_path: Path) -> None:
    """The second time in another process, with other hashes, by another day's clock."""
    first = export_files(kind, folder, tmp_path / "a")
    words = [sys.executable, "-m", "zhinan", "export", kind, "-o", str(tmp_path / "b"), "--kg", str(folder)]
    env = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "7", "TZ": "Pacific/Auckland"}
    subprocess.run(words, check=True, capture_output=True, env=env)
    assert first == read_files(kind, tmp_path / "b")
    assert all(first.values())
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_every_kind_of_the_plan_is_there_and_says_what_it_is() -> None:
    assert set(KINDS) == {
        "records", "records-schema", "directions.csv", "directions-full.csv", "directions.xlsx", "parquet", "turtle",
        "ntriples", "rdfxml", "jsonld", "jsonld-context", "trig", "nquads", "graphml", "gexf", "neo4j", "cypher",
        "docbin", "datapackage",
    }  # fmt: skip
    lines = list_kinds().splitlines()
    assert [line.split()[0] for line in lines] == list(KINDS)
    assert all(len(line.split()) > 4 for line in lines)


def test_the_door_lists_the_kinds_and_asks_where_to_write(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "kinds"]) == 0
    assert capsys.readouterr().out == list_kinds()
    assert main(["export", "turtle"]) == 2
    assert "--output" in capsys.readouterr().err


def test_the_door_leaves_contacts_out(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for flags in ([], ["--without-contacts"]):
        words = ["export", "directions.csv", "-o", str(tmp_path / "d.csv"), "--kg", str(folder), *flags]
        assert main(words) == 0, capsys.readouterr().err
        assert ("noa@example.org" in (tmp_path / "d.csv").read_text(encoding="utf-8")) == (not flags)


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
    assert len((tmp_path / "r.jsonl").read_bytes().splitlines()) == 6, "the first export is still there"


def test_a_kind_or_a_folder_that_is_none_is_one_line(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(QueryError, match=r"no export is called turtel .* turtle\?"):
        export("turtel", folder, tmp_path / "x")
    for kind in KINDS:
        with pytest.raises(GraphError, match="there is no graph folder"):
            export(kind, tmp_path / "none", tmp_path / "x")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("kind", KIND_NAMES)
def test_a_damaged_folder_is_one_line_and_leaves_the_old_file(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = write_small(tmp_path / "kg")
    out = tmp_path / ("out.zip" if isinstance(KINDS[kind], FolderKind) else "out")
    words = ["export", kind, "-o", str(out), "--kg", str(folder), "--without-contacts"]
    assert main(words) == 0, capsys.readouterr().err
    before = out.read_bytes()
    for harm in (break_records, break_manifest, break_store):
        harm(folder)
        assert main(words) == 2
        said = capsys.readouterr().err
        assert said.count("\n") == 1, said
        assert "unforeseen" not in said
        assert out.read_bytes() == before
        assert sorted(path.name for path in tmp_path.iterdir()) == ["kg", out.name]


def break_records(folder: Path) -> None:
    (folder / "records.jsonl").write_bytes(b'{"kind": "call"\xff')


def break_manifest(folder: Path) -> None:
    (folder / "manifest.json").write_bytes(b"\x00[")


def break_store(folder: Path) -> None:
    for path in (folder / "store").iterdir():
        path.write_bytes(b"\xff" * 64)


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


def test_a_folder_of_ours_is_replaced_and_any_other_is_not(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    first = export_files("neo4j", folder, out)
    (out / "nodes" / "Direction.csv").write_text("old")
    listed = out / SUMS
    listed.write_text(listed.read_text() + f"{'0' * 64}  nodes/Gone.csv\n")
    (out / "nodes" / "Gone.csv").write_text("of an export before")
    assert export_files("neo4j", folder, out) == first
    (out / "mine.txt").write_text("mine")
    with pytest.raises(QueryError, match=r"holds mine\.txt"):
        export("neo4j", folder, out)
    with pytest.raises(QueryError, match="it is a file"):
        export("neo4j", folder, out / "mine.txt")
    assert (out / "mine.txt").read_text() == "mine"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_an_archive_holds_what_the_folder_holds(folder: Path, tmp_path: Path) -> None:
    for kind in ("neo4j", "datapackage"):
        export(kind, folder, tmp_path / "a.zip")
        with zipfile.ZipFile(tmp_path / "a.zip") as archive:
            packed = {name: archive.read(name) for name in archive.namelist()}
            assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert packed == export_files(kind, folder, tmp_path / kind)
        sums = packed[SUMS].decode().splitlines()
        told = {name: digest for digest, _, name in (line.partition("  ") for line in sums)}
        assert told == {name: hashlib.sha256(data).hexdigest() for name, data in packed.items() if name != SUMS}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 16 KiB; needs root."""
    place = tmp_path / "disk"
    place.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", str(place)], capture_output=True, check=False
    ) if shutil.which("mount") else None  # fmt: skip
    if done is None or done.returncode:
        pytest.skip("a small file system could not be mounted: that needs root")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_device_is_one_line(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "turtle", "-o", "/dev/full", "--kg", str(folder)]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "zhinan: cannot write: No space left on device · /dev/full · a file in a folder that is there"
    ]


def fill(disk: Path, left: int) -> None:
    """Leave so many bytes of a disk: whole pages, as the system gives them out."""
    with (disk / "filler").open("wb", buffering=0) as filler, suppress(OSError):
        while filler.write(bytes(PAGE)):
            pass
    os.truncate(disk / "filler", (disk / "filler").stat().st_size - left)


@pytest.mark.parametrize("left", [0, PAGE])
def test_a_full_disk_is_one_line_and_leaves_what_was_there(
    left: int, small_disk: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With a page left the first part of a file can be written, and the next cannot."""
    for kind in KIND_NAMES:
        if left and kind in ("records", "directions.csv", "directions-full.csv"):
            continue  # of the small graph no more than a page
        out = small_disk / "out"
        many = isinstance(KINDS[kind], FolderKind)
        if many:
            out.mkdir()
            (out / SUMS).write_text(f"{'0' * 64}  old\n")
        (out / "old" if many else out).write_text("whole")
        fill(small_disk, left)
        assert main(["export", kind, "-o", str(out), "--kg", str(folder)]) == 2, kind
        said = capsys.readouterr().err
        assert said.count("\n") == 1, said
        assert "No space left" in said, said
        assert (out / "old" if many else out).read_text() == "whole", kind
        assert sorted(path.name for path in small_disk.iterdir()) == ["filler", "out"], kind
        shutil.rmtree(out) if many else out.unlink()
        (small_disk / "filler").unlink()
