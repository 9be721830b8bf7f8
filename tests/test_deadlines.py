"""Work is done in time or left, and what it raises comes through."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pyoxigraph as ox
import pytest

from ontology.errors import QueryError
from queries.answers import Solutions, Triples
from queries.deadlines import Deadline, begin, run_within
from queries.graphs import LocalGraph, open_graph
from tests.conftest import Run
from tests.small_graph import read_small, write_small
from zhinan.cli import main

HEAVY = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . FILTER(STR(?c) > CONCAT(STR(?f), STR(?i))) }"


@pytest.mark.parametrize("seconds", [None, 10.0, 1e30])
def test_what_comes_in_time_is_returned_and_what_is_raised_comes_through(seconds: float | None) -> None:
    assert run_within(seconds, lambda deadline: 7) == 7

    def fail(deadline: Deadline) -> int:
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        run_within(seconds, fail)


def test_work_that_takes_longer_is_left_and_hears_of_it() -> None:
    heard = threading.Event()

    def work(deadline: Deadline) -> None:
        try:
            while True:
                deadline.check()
                time.sleep(0.01)
        finally:
            heard.set()

    with pytest.raises(TimeoutError):
        run_within(0.05, work)
    assert heard.wait(2)


def test_a_query_of_one_long_step_is_left_in_time() -> None:
    begun = time.monotonic()
    with pytest.raises(QueryError, match=r"no answer within 0\.2 seconds · the graph folder · .* --timeout"):
        LocalGraph(read_small().store, timeout=0.2).query(HEAVY)
    assert time.monotonic() - begun < 2


def test_a_query_of_many_rows_is_left_in_time() -> None:
    with pytest.raises(QueryError, match="no answer within"):
        LocalGraph(read_small().store, timeout=0.1).query("SELECT ?a WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }")


@pytest.mark.parametrize("timeout", [None, 30.0])
def test_a_row_limit_takes_the_first_rows_and_says_so(timeout: float | None) -> None:
    graph = LocalGraph(read_small().store, timeout)
    text = "SELECT ?s ?o WHERE { ?s a ?o } ORDER BY ?s ?o"
    whole = graph.query(text)
    assert isinstance(whole, Solutions)
    assert not whole.cut
    count = len(whole.rows)
    for limit in (1, count - 1, count, count + 1):
        found = graph.query(text, row_limit=limit)
        assert found == Solutions(whole.columns, whole.rows[:limit], limit < count)
    triples = graph.query("CONSTRUCT { ?s a ?o } WHERE { ?s a ?o }", row_limit=2)
    assert isinstance(triples, Triples)
    assert (len(triples.triples), triples.cut) == (2, True)
    assert graph.query("ASK { ?s a ?o }", row_limit=1) is True


def test_rows_without_end_are_cut_without_waiting_for_them() -> None:
    store = ox.Store()
    store.extend(ox.Quad(ox.NamedNode(f"x:{i}"), ox.NamedNode("x:p"), ox.Literal(i)) for i in range(2000))
    found = LocalGraph(store, 20).query("SELECT ?a WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", row_limit=3)
    assert isinstance(found, Solutions)
    assert (len(found.rows), found.cut) == (3, True)


def test_a_folder_is_opened_with_a_time_limit(tmp_path: Path) -> None:
    assert open_graph(write_small(tmp_path / "kg"), timeout=3).timeout == 3


def test_the_command_leaves_a_query_in_time(built: Path, run: Run) -> None:
    begun = time.monotonic()
    done = run("ask", "-e", HEAVY, "--timeout", "0.3", "--kg", built)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("zhinan: no answer within 0.3 seconds")
    assert time.monotonic() - begun < 10, "the program ends, whatever its thread does"


def test_work_begun_goes_on_beside_the_caller_and_gives_what_it_returns_or_raises() -> None:
    may_end = threading.Event()

    def work() -> int:
        assert may_end.wait(10)
        return 7

    def fail() -> int:
        raise KeyError("mine")

    wait = begin(work)
    may_end.set()  # reached only if the work does not hold up its caller
    assert wait() == 7
    failed = begin(fail)
    with pytest.raises(KeyError, match="mine"):
        failed()


@pytest.mark.parametrize("seconds", ["inf", "1e300"])
def test_for_ever_is_a_time_for_a_folder_and_for_a_server(
    seconds: str, built: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", "calls", "--timeout", seconds, "--kg", str(built)]) == 0
    assert main(["ask", "calls", "--timeout", seconds, "--endpoint", "http://127.0.0.1:1/"]) == 2
    assert "no endpoint answers" in capsys.readouterr().err


@pytest.mark.parametrize("seconds", ["nan", "0", "-1", "soon"])
def test_what_is_no_time_is_one_line(seconds: str, capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["ask", "calls"], ["publish", "--endpoint", "http://127.0.0.1:1/store"]):
        assert main([*words, "--timeout", seconds]) == 2
        said = capsys.readouterr().err
        assert "'--timeout'" in said
        assert said.count("\n") == 1
