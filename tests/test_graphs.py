"""A graph folder opens or says in one line why not; an endpoint answers like the folder."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from ontology.errors import GraphError, QueryError
from queries.catalogue import get_query, to_query
from queries.graphs import LocalGraph, RemoteGraph, find_folder, open_graph
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


class _Endpoint(BaseHTTPRequestHandler):
    """A SPARQL 1.1 endpoint over the small graph; some paths misbehave."""

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        text = parse_qs(self.rfile.read(length).decode())["query"][0]
        if self.path == "/broken":
            self._send(500, "text/plain", b"out of\nmemory")
        elif self.path == "/html":
            self._send(200, "text/html; charset=utf-8", b"<html>hello</html>")
        elif self.path == "/half":
            self._send(200, "application/sparql-results+json", b'{"head": {"vars": ["a"]}, "results"')
        elif self.path == "/slow":
            threading.Event().wait(1.5)
        else:
            result = read_small().store.query(text)
            if isinstance(result, ox.QueryTriples):
                data = result.serialize(format=ox.RdfFormat.N_TRIPLES)
                self._send(200, "application/n-triples", data or b"")
            else:
                data = result.serialize(format=ox.QueryResultsFormat.JSON)
                self._send(200, "application/sparql-results+json", data or b"")

    def _send(self, status: int, media_type: str, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), _Endpoint)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_endpoint_answers_like_the_folder(endpoint: str) -> None:
    remote, local = RemoteGraph(endpoint + "/sparql"), read_small()
    for name, params in (
        ("contacts", {"partner": "以色列"}),
        ("calls", {"year": 2030}),
        ("evidence", {"subject": "1.10"}),
    ):
        given: dict[str, str | int | None] = dict(params)
        assert ask(remote, get_query(name), **given) == ask(local, get_query(name), **given)
    for text in ("ASK { ?call a zn:Call }", "CONSTRUCT WHERE { ?call a zn:Call ; zn:year ?year }"):
        assert ask(remote, to_query(text, "-e")) == ask(local, to_query(text, "-e"))


def test_an_endpoint_that_is_down_or_wrong_is_one_line(endpoint: str) -> None:
    query = "SELECT ?s WHERE { ?s ?p ?o }"
    for url, complaint in (
        (endpoint + "/broken", "refuses: 500 .*out of memory"),
        (endpoint + "/html", "answers in text/html"),
        (endpoint + "/half", "answer is broken"),
        ("http://127.0.0.1:9/sparql", "no endpoint answers"),
        ("http://nowhere.invalid/sparql", "no endpoint answers"),
        ("http://[::1/sparql", "no endpoint|no address"),
        ("ftp://example.org/x", "no address"),
        ("kg", "no address"),
    ):
        with pytest.raises(QueryError, match=complaint) as caught:
            RemoteGraph(url).query(query)
        assert url in str(caught.value)
        assert "\n" not in str(caught.value)


def test_an_endpoint_that_does_not_answer_is_left_in_time(endpoint: str) -> None:
    with pytest.raises(QueryError, match=r"within 0.2 seconds|no endpoint answers"):
        RemoteGraph(endpoint + "/slow", timeout=0.2).query("ASK {}")


def test_a_store_tells_a_bad_query_in_one_line() -> None:
    with pytest.raises(QueryError, match="the store refuses"):
        LocalGraph(ox.Store()).query("SELECT nothing")
