"""An endpoint answers like the folder, or says in one line what is wrong with it, in time."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import ClassVar
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest

from ontology.errors import QueryError
from queries.answers import Solutions
from queries.catalogue import get_query, list_queries, to_query
from queries.endpoints import FACTS, HASH, PUBLISHED, RemoteGraph, open_endpoint
from queries.run import ask
from tests.conftest import Run
from tests.serving import Quiet, find_ports, serve
from tests.small_graph import read_small

JSON = "application/sparql-results+json"
ROWS = json.dumps(
    {"head": {"vars": ["n"]}, "results": {"bindings": [{"n": {"type": "literal", "value": str(i)}} for i in range(9)]}}
).encode()


class Endpoint(Quiet):
    """A SPARQL 1.1 endpoint over the small graph; some paths misbehave."""

    asked: ClassVar[list[dict[str, list[str]]]] = []

    def do_POST(self) -> None:
        words = parse_qs(self.read_body().decode())
        self.asked.append(words)
        status, _, place = self.path[1:].partition("/")
        if status.isdecimal():
            self.reply(int(status), Location=place if "://" in place else f"/{place}")
        elif hasattr(self, f"do_{status}"):
            getattr(self, f"do_{status}")()
        else:
            self.answer(words["query"][0])

    do_GET = do_POST

    def answer(self, text: str) -> None:
        result = read_small().store.query(text)
        if isinstance(result, ox.QueryTriples):
            self.reply(200, "application/n-triples", result.serialize(format=ox.RdfFormat.N_TRIPLES) or b"")
        else:
            self.reply(200, JSON, result.serialize(format=ox.QueryResultsFormat.JSON) or b"")

    def do_broken(self) -> None:
        self.reply(500, "text/html", b"<html><title>Oops</title><p>out of\n\x1b[31mmemory</p></html>")

    def do_html(self) -> None:
        self.reply(200, "text/html; charset=utf-8", b"<html>hello</html>")

    def do_half(self) -> None:
        self.reply(200, JSON, ROWS[:100])

    def do_short(self) -> None:
        self.reply(200, JSON, ROWS[:100], Content_Length=str(len(ROWS)))

    def do_empty(self) -> None:
        self.reply(200, JSON)

    def do_plain(self) -> None:
        self.reply(200, "text/plain", ROWS)

    def do_login(self) -> None:
        self.reply(401, WWW_Authenticate='Basic realm="x"')

    def do_slow(self) -> None:
        time.sleep(1.5)
        self.reply(200, JSON, ROWS)

    def do_drip(self) -> None:
        """Send a byte now and then: no single wait is long."""
        self.send_response(200)
        self.send_header("Content-Type", JSON)
        self.end_headers()
        for byte in ROWS[:40]:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(0.05)

    def do_endless(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", JSON)
        self.end_headers()
        self.wfile.write(ROWS[: ROWS.index(b"[{") + 1])
        while True:
            self.wfile.write(b'{"n": {"type": "literal", "value": "1"}},' * 1000)

    def do_given(self) -> None:
        """A Virtuoso whose owner lets it work for so long only sends the rows that it has."""
        self.reply(200, JSON, ROWS, X_SQL_State="S1TAT", X_SQL_Message="RC: 1000 rows, timed out")

    def do_most(self) -> None:
        self.reply(200, JSON, ROWS, X_SPARQL_MaxRows="9")


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with serve(Endpoint) as url:
        yield url


def test_an_endpoint_answers_like_the_folder(endpoint: str) -> None:
    remote, local = open_endpoint(endpoint + "/sparql"), read_small()
    for name, params in (
        ("contacts", {"partner": "以色列"}),
        ("calls", {"year": 2030}),
        ("evidence", {"subject": "1.10"}),
    ):
        given: dict[str, str | int | None] = dict(params)
        assert ask(remote, get_query(name), **given) == ask(local, get_query(name), **given)
    for text in ("ASK { ?call a zn:Call }", "CONSTRUCT WHERE { ?call a zn:Call ; zn:year ?year }"):
        assert ask(remote, to_query(text, "-e")) == ask(local, to_query(text, "-e"))


@pytest.mark.parametrize(("path", "complaint"), [
    ("broken", "refuses: 500 Internal Server Error out of [31mmemory"),
    ("404", "refuses: 404 Not Found"),
    ("html", "answers in text/html"),
    ("plain", "answers in text/plain"),
    ("half", "answer is broken"),
    ("empty", "answer is broken"),
    ("short", "the answer breaks off, "),
    ("login", "without the right login: 401"),
    ("given", "gave up: RC: 1000 rows, timed out"),
    ("301/sparql", "redirects (301), which would lose the question"),
    ("302/sparql", "redirects (302), which would lose the question"),
    ("303/sparql", "redirects (303), which would lose the question"),
    ("307/ftp://example.org/x", "this is no address of an endpoint · ftp://example.org/x"),
    ("307/http://me:secret@127.0.0.1/", "an address does not carry a user · 127.0.0.1"),
])  # fmt: skip
def test_an_endpoint_that_misbehaves_is_one_line(path: str, complaint: str, endpoint: str) -> None:
    with pytest.raises(QueryError) as caught:
        RemoteGraph(f"{endpoint}/{path}").query("SELECT ?s WHERE { ?s ?p ?o }")
    assert complaint in str(caught.value)
    assert str(caught.value).isprintable()
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(("url", "complaint"), [
    ("http://127.0.0.1:{free}/sparql", "no endpoint answers: Connection refused"),
    ("http://nowhere.invalid/sparql", "no endpoint answers"),
    ("http://[::1/sparql", "no address"),
    ("http://127.0.0.1:port/", "no address"),
    ("ftp://example.org/x", "no address"),
    ("http:///x", "no address"),
    ("http://127.0.0.1/a b", "no address"),
    ("http://127.0.0.1/a\r\nX-Y: z", "no address"),
    ("http://例子/", "no address"),
    ("kg", "no address"),
    ("", "no address"),
])  # fmt: skip
def test_an_address_of_nobody_is_one_line(url: str, complaint: str) -> None:
    with pytest.raises(QueryError, match=complaint) as caught:
        open_endpoint(url.format(free=find_ports(1)[0]), timeout=5)
    assert "\n" not in str(caught.value)


def test_a_redirect_that_keeps_the_question_is_followed(endpoint: str) -> None:
    query = get_query("calls")
    for code in (307, 308):
        assert ask(RemoteGraph(f"{endpoint}/{code}/sparql"), query) == ask(read_small(), query)


def test_a_circle_of_redirects_ends(endpoint: str) -> None:
    class Circle(Quiet):
        def do_POST(self) -> None:
            self.read_body()
            self.reply(307, Location="/again")

    with serve(Circle) as url, pytest.raises(QueryError, match="redirects in a circle"):
        RemoteGraph(url).query("ASK {}")


@pytest.mark.parametrize("path", ["slow", "drip"])
def test_an_endpoint_that_does_not_answer_is_left_in_time(path: str, endpoint: str) -> None:
    begun = time.monotonic()
    with pytest.raises(QueryError, match=r"no answer within 0\.2 seconds .* --timeout"):
        RemoteGraph(f"{endpoint}/{path}", timeout=0.2).query("ASK {}")
    assert time.monotonic() - begun < 1.2


def test_a_server_that_takes_the_call_and_says_nothing_is_left_in_time() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(QueryError, match="no answer within"):
        RemoteGraph(f"http://127.0.0.1:{silent.getsockname()[1]}/", timeout=0.2).query("ASK {}")


def test_an_answer_without_end_is_left(endpoint: str) -> None:
    with pytest.raises(QueryError, match=r"the answer is larger than 1 MB .* --limit"):
        RemoteGraph(f"{endpoint}/endless", most_bytes=1_000_000).query("SELECT ?n {}")


def test_a_row_limit_reads_no_more_than_it_shows(endpoint: str) -> None:
    found = RemoteGraph(f"{endpoint}/endless", most_bytes=1_000_000).query("SELECT ?n {}", row_limit=5)
    assert isinstance(found, Solutions)
    assert (len(found.rows), found.cut) == (5, True)


def test_rows_that_a_server_keeps_back_are_told(endpoint: str) -> None:
    found = RemoteGraph(f"{endpoint}/most").query("SELECT ?n {}")
    assert isinstance(found, Solutions)
    assert (len(found.rows), found.cut) == (9, True)


DATASET = ("default-graph-uri", "named-graph-uri")


@pytest.mark.parametrize(("text", "named"), [
    ("SELECT ?s { ?s ?p ?o }", []),
    ("SELECT ?s { GRAPH <g:1> { ?s ?p ?o } graph<g:2>{ ?s ?p ?o } }", ["g:1", "g:2"]),
    ("SELECT ?s { GRAPH ?g { ?s ?p ?o } }", ["all:1", "all:2"]),
    ("PREFIX g: <g:> SELECT ?s { GRAPH <g:1> { ?s ?p ?o } GRAPH g:2 { ?s ?p ?o } }", ["all:1", "all:2"]),
    ("SELECT ?from { ?from ?p 'FROM' # FROM\n }", []),
    ("PREFIX from: <x:> SELECT ?s { ?s from:from <http://x/#GRAPH> }", []),
])  # fmt: skip
def test_a_query_is_about_the_published_facts(text: str, named: list[str], endpoint: str) -> None:
    RemoteGraph(endpoint, graphs=("all:1", "all:2")).query(text)
    asked = Endpoint.asked[-1]
    assert [asked.get(word, []) for word in DATASET] == [[FACTS], named]


def test_a_query_with_a_dataset_of_its_own_keeps_it(endpoint: str) -> None:
    for graphs, text in ((("all:1",), "SELECT ?s FROM <x:> { ?s ?p ?o }"), (None, "SELECT ?s { ?s ?p ?o }")):
        RemoteGraph(endpoint, graphs=graphs).query(text)
        assert not set(DATASET) & Endpoint.asked[-1].keys()


def test_a_server_says_what_was_published_to_it() -> None:
    said: list[tuple[str, str]] = []

    class Publisher(Quiet):
        def do_POST(self) -> None:
            self.read_body()
            rows = [{"graph": {"type": "uri", "value": g}, "hash": {"type": "literal", "value": h}} for g, h in said]
            body = json.dumps({"head": {"vars": ["graph", "hash"]}, "results": {"bindings": rows}})
            self.reply(200, JSON, body.encode(), **({"X_SPARQL_MaxRows": "3"} if len(said) == 3 else {}))

    with serve(Publisher) as url:
        assert open_endpoint(url).graphs is None
        said[:] = [("g:1", "ab"), (FACTS, "cd")]
        assert open_endpoint(url).graphs == ("g:1",)
        said[:] = [("g:1", ""), ("g:1", "ab"), (FACTS, ""), (FACTS, "ef")]
        assert open_endpoint(url).graphs == ("g:1",), "begun, and then whole"
        for part in ([("g:1", "ab")], [("g:1", ""), (FACTS, "cd")], [("g:1", "ab"), (FACTS, "")]):
            said[:] = part
            with pytest.raises(QueryError, match="a part only of what is being published"):
                open_endpoint(url)
        said[:] = [("g:1", "ab"), ("g:2", "ab"), (FACTS, "cd")]
        with pytest.raises(QueryError, match="cuts the list of its graphs"):
            open_endpoint(url)
    assert PUBLISHED != FACTS
    assert HASH.startswith("https://schema.org/")


def test_no_parameter_of_a_question_is_an_option_of_the_command() -> None:
    names = {param.name for heading in list_queries() for param in heading.params}
    assert not names & {"timeout", "limit", "endpoint", "format", "kg", "debug", "row_limit", "graph", "query"}


def test_the_command_ends_with_2_and_one_line(endpoint: str, run: Run) -> None:
    for path in ("html", "half", "broken", "302/sparql"):
        done = run("ask", "calls", "--endpoint", f"{endpoint}/{path}")
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
        assert done.stderr.startswith("zhinan: the endpoint")


def test_the_command_says_that_it_cuts(endpoint: str, run: Run) -> None:
    words = ("ask", "directions", "--limit", "2", "--endpoint", f"{endpoint}/sparql", "--format")
    table, csv, told, page = (run(*words, form) for form in ("table", "csv", "json", "md"))
    assert table.stdout.endswith("\n(the first 2 rows, there are more)\n")
    assert page.stdout.endswith("|\n\n*the first 2 rows, there are more*\n")
    assert csv.stdout.count("\n") == 3
    assert len(json.loads(told.stdout)) == 2
    for done in (csv, told, page):
        assert done.stderr == "zhinan: the first 2 rows, there are more\n"
    assert table.stderr == ""
