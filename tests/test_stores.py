"""A store has what was added, once, however many threads load it and however it is cut up."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg_build.statements import Statement, to_line, to_string
from kg_build.stores import Loader, copy_store


def say(number: int) -> Statement:
    return Statement("<g:1>" if number % 2 else "", f"<s:{number}>", "<p:1>", to_string("甲"))


def write(path: Path, numbers: range) -> Path:
    path.write_text("".join(to_line(say(number)) for number in numbers), encoding="utf-8")
    return path


@pytest.mark.parametrize("threads", [1, 3])
@pytest.mark.parametrize("batch", [1, 4_000, 10**9])
def test_all_files_are_loaded_and_a_statement_twice_is_stored_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threads: int, batch: int
) -> None:
    monkeypatch.setattr("kg_build.stores._BATCH", batch)
    with Loader(tmp_path / "store", threads=threads) as loader:
        for start in range(0, 1000, 50):
            path = write(tmp_path / f"{start}.part", range(start, start + 100))
            loader.add(path, path.stat().st_size)
        loader.extend([say(number) for number in range(1090, 1110)])
        loader.start_finish().result()
    store = ox.Store.read_only(str(tmp_path / "store"))
    assert len(store) == 1070
    assert len(list(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))) == 535


def test_a_copy_is_changed_and_the_store_is_not(tmp_path: Path) -> None:
    """Change upon change: each time the store that is there keeps its files, byte for byte."""
    with Loader(tmp_path / "0") as loader:
        loader.add(write(tmp_path / "all", range(1000)), 1)
        loader.finish()
    for turn in range(1, 6):
        before, after = tmp_path / str(turn - 1), tmp_path / str(turn)
        files = {path.name: path.read_bytes() for path in before.iterdir()}
        assert copy_store(before, after)
        with Loader(after) as loader:
            loader.remove(to_line(say(number)).encode()[:-1] for number in range(turn, 1000, 100))
            loader.add(write(tmp_path / f"new-{turn}", range(1000 * turn, 1000 * turn + 7)), 1)
            loader.finish_change()
        assert {path.name: path.read_bytes() for path in before.iterdir()} == files
        store = ox.Store.read_only(str(after))
        found = sorted(int(quad.subject.value[2:]) for quad in store)
        kept = [number for number in range(1000) if not 1 <= number % 100 <= turn]
        assert found == kept + [1000 * one + number for one in range(1, turn + 1) for number in range(7)]


def test_a_graph_that_is_dropped_is_gone_with_its_name(tmp_path: Path) -> None:
    with Loader(tmp_path / "a") as loader:
        loader.add(write(tmp_path / "all", range(10)), 1)
        loader.finish()
    assert copy_store(tmp_path / "a", tmp_path / "b")
    with Loader(tmp_path / "b") as loader:
        loader.drop("<g:1>")
        loader.finish_change()
    store = ox.Store.read_only(str(tmp_path / "b"))
    assert (len(store), list(store.named_graphs())) == (5, [])


def test_what_is_no_store_is_not_copied(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    assert not copy_store(tmp_path / "a", tmp_path / "b")
    assert not copy_store(tmp_path / "nothing", tmp_path / "b")
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize("threads", [1, 2])
def test_a_file_that_cannot_be_loaded_stops_the_build(tmp_path: Path, threads: int) -> None:
    (tmp_path / "broken").write_text("<s:1> <p:1> .\n", encoding="utf-8")
    with Loader(tmp_path / "store", threads=threads) as loader:
        loader.add(tmp_path / "broken", 1)
        with pytest.raises(SyntaxError):
            loader.start_finish().result()


def test_the_folder_is_free_once_the_loader_is_done_even_when_it_failed(tmp_path: Path) -> None:
    with pytest.raises(KeyError), Loader(tmp_path / "store") as loader:
        raise KeyError
    with Loader(tmp_path / "store") as again:
        again.finish()
    assert loader is not again
