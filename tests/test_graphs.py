"""A graph folder opens or says in one line why not."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from ontology.errors import GraphError, QueryError
from queries.catalogue import get_query, to_query
from queries.graphs import LocalGraph, find_folder, open_graph
from queries.run import ask
from tests.small_graph import read_small, write_small


def test_a_folder_answers_like_the_graph_in_memory(tmp_path: Path) -> None:
    graph = open_graph(write_small(tmp_path / "kg"))
    for name in ("directions", "contacts", "evidence"):
        params = {"subject": "900/1.1"} if name == "evidence" else {}
        assert ask(graph, get_query(name), **params) == ask(read_small(), get_query(name), **params)


def test_reading_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    folder = write_small(tmp_path / "kg")
    before = {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}
    ask(open_graph(folder), get_query("calls"))
    assert {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()} == before


def test_what_a_killed_build_left_beside_the_folder_is_read(tmp_path: Path) -> None:
    write_small(tmp_path / "kg.previous")
    assert find_folder(tmp_path / "kg") == tmp_path / "kg.previous"
    assert ask(open_graph(tmp_path / "kg"), to_query("ASK { ?call a zn:Call }", "-e")) is True


def test_a_folder_that_is_there_goes_before_the_previous_one(tmp_path: Path) -> None:
    write_small(tmp_path / "kg.previous")
    (tmp_path / "kg").mkdir()
    with pytest.raises(GraphError, match="holds no store"):
        open_graph(tmp_path / "kg")


def test_a_folder_that_is_none_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "empty").mkdir()
    damaged = write_small(tmp_path / "damaged")
    (damaged / "store" / "CURRENT").write_text("MANIFEST-999999\n")
    for name, complaint in (
        ("none", "there is no graph folder"),
        ("file", "this is a file"),
        ("empty", "holds no store"),
        ("damaged", "the store is damaged"),
    ):
        with pytest.raises(GraphError, match=complaint) as caught:
            open_graph(tmp_path / name)
        assert str(tmp_path / name) in str(caught.value)
        assert "zhinan build" in str(caught.value)
        assert "\n" not in str(caught.value)


def test_a_store_tells_a_bad_query_in_one_line() -> None:
    with pytest.raises(QueryError, match="the store refuses"):
        LocalGraph(ox.Store()).query("SELECT nothing")
