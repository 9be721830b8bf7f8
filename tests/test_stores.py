"""A store has what was added, once, however many threads load it and however it is cut up."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from kg_build.statements import Statement, to_line, to_string
from kg_build.stores import Loader


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
        loader.finish()
    store = ox.Store.read_only(str(tmp_path / "store"))
    assert len(store) == 1070
    assert len(list(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))) == 535


def test_what_was_cleared_is_not_in_the_store(tmp_path: Path) -> None:
    kept, lost = write(tmp_path / "kept", range(10)), write(tmp_path / "lost", range(5, 20))
    with Loader(tmp_path / "store") as loader:
        loader.add(lost, 1)
        loader.flush()
        loader.add(lost, 1)
        loader.clear()
        loader.add(kept, 1)
        loader.finish()
    assert len(ox.Store.read_only(str(tmp_path / "store"))) == 10


@pytest.mark.parametrize("threads", [1, 2])
def test_a_file_that_cannot_be_loaded_stops_the_build(tmp_path: Path, threads: int) -> None:
    (tmp_path / "broken").write_text("<s:1> <p:1> .\n", encoding="utf-8")
    with Loader(tmp_path / "store", threads=threads) as loader:
        loader.add(tmp_path / "broken", 1)
        with pytest.raises(SyntaxError):
            loader.finish()


def test_the_folder_is_free_once_the_loader_is_done_even_when_it_failed(tmp_path: Path) -> None:
    with pytest.raises(KeyError), Loader(tmp_path / "store") as loader:
        raise KeyError
    with Loader(tmp_path / "store") as again:
        again.finish()
    assert loader is not again
