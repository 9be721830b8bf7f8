"""A folder arrives at a graph store whole, or goes on where it stopped; who may send is told to nobody else."""

from __future__ import annotations

import hashlib
import re
import time
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph as ox
import pytest

from ontology.errors import GraphError, QueryError
from ontology.vocabulary import BASE
from queries import publications
from queries.endpoints import FACTS, PUBLISHED
from queries.graphs import open_graph
from queries.logins import Login
from queries.publications import GraphStore, publish
from tests.conftest import Run
from tests.serving import Quiet, find_ports, serve
from tests.small_graph import write_small

SECRET = "o'päss w0rd"
TOKEN = "a.token-42"
DOCUMENT = BASE + "document/900"


@dataclass
class Held:
    """What a graph store holds, and what was asked of it."""

    graphs: dict[str, set[str]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    breaks_at: int | None = None
    status: int | None = None
    wants: str = ""
    nonce: int = 0


class Store(Quiet):
    """A graph store of the SPARQL 1.1 Graph Store HTTP Protocol, in memory; it breaks when it is told to."""

    held: Held

    def handle_one(self) -> None:
        body = self.read_body()
        self.held.sizes.append(len(body))
        if self.held.wants and not self.is_allowed():
            self.held.nonce += 1
            self.reply(401, WWW_Authenticate=self.held.wants.format(nonce=self.held.nonce))
            return
        graph = parse_qs(urlsplit(self.path).query)["graph"][0]
        self.held.asked.append((self.command, graph))
        if self.held.breaks_at is not None and len(self.held.asked) > self.held.breaks_at:
            self.close_connection = True
            return
        if self.held.status is not None:
            self.reply(self.held.status, "text/html", b"<html>no, <b>thanks</b></html>")
        else:
            getattr(self, f"do_{self.command.lower()}")(graph, body)

    do_GET = do_PUT = do_POST = do_DELETE = handle_one

    def do_get(self, graph: str, body: bytes) -> None:
        if graph in self.held.graphs:
            self.reply(200, "application/n-triples", "".join(self.held.graphs[graph]).encode())
        else:
            self.reply(404)

    def do_put(self, graph: str, body: bytes) -> None:
        self.held.graphs[graph] = set()
        self.do_post(graph, body)

    def do_post(self, graph: str, body: bytes) -> None:
        assert self.headers["Content-Type"] == "text/turtle"
        triples = {f"{quad.triple} .\n" for quad in ox.parse(body, format=ox.RdfFormat.TURTLE)}
        self.held.graphs.setdefault(graph, set()).update(triples)
        self.reply(204)

    def do_delete(self, graph: str, body: bytes) -> None:
        self.reply(204 if self.held.graphs.pop(graph, None) is not None else 404)

    def is_allowed(self) -> bool:
        """Check a login, as RFC 7616 and RFC 7617 have it."""
        said = self.headers.get("Authorization", "")
        if said.startswith("Bearer "):
            return said == f"Bearer {TOKEN}"
        if said.startswith("Basic "):
            return said == f"Basic {b64encode(f'me:{SECRET}'.encode()).decode()}"
        parts = dict(re.findall(r'(\w+)="?([^",]*)"?', said))

        def digest(text: str) -> str:
            return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()

        first, second = digest(f"me:kg:{SECRET}"), digest(f"{self.command}:{self.path}")
        middle = f"{parts.get('nonce')}:{parts.get('nc')}:{parts.get('cnonce')}:auth"
        return parts.get("nonce") == str(self.held.nonce) and parts.get("response") == digest(
            f"{first}:{middle}:{second}"
        )


@pytest.fixture
def held() -> Held:
    return Held()


@pytest.fixture
def url(held: Held) -> Iterator[str]:
    with serve(type("OneStore", (Store,), {"held": held})) as address:
        yield address


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_small(tmp_path_factory.mktemp("publications") / "kg")


def lines(folder: Path) -> dict[str, set[str]]:
    """Return the graphs of a folder under the names that they have at a server."""
    graphs: dict[str, set[str]] = {}
    for quad in open_graph(folder).store:
        name = quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else FACTS
        graphs.setdefault(name, set()).add(f"{quad.triple} .\n")
    return graphs


def is_broken_off(folder: Path, server: GraphStore) -> bool:
    try:
        publish(folder, server)
    except QueryError as error:
        return "no graph store answers" in error.what
    return False


def test_each_graph_arrives_under_its_name_the_facts_last(small: Path, url: str, held: Held) -> None:
    told: list[tuple[str, int]] = []
    done = publish(small, GraphStore(url), lambda graph, count: told.append((graph, count)))
    listed = held.graphs.pop(PUBLISHED)
    assert held.graphs == lines(small)
    assert told == [(graph, len(held.graphs[graph])) for graph in done.sent]
    assert (done.sent[0], done.sent[-1], done.kept, done.removed) == (DOCUMENT, FACTS, (), ())
    assert {line.split("> ")[0].strip("<") for line in listed} == held.graphs.keys()
    assert not any('""' in line for line in listed)


def test_what_is_there_is_not_sent_again(small: Path, url: str, held: Held) -> None:
    publish(small, GraphStore(url))
    held.asked.clear()
    done = publish(small, GraphStore(url))
    assert held.asked == [("GET", PUBLISHED)]
    assert (done.sent, set(done.kept)) == ((), set(lines(small)))


def test_a_large_graph_goes_in_parts(small: Path, url: str, held: Held, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publications, "BYTES_AT_ONCE", 2000)
    publish(small, GraphStore(url))
    words = [word for word, graph in held.asked if graph == FACTS]
    assert words == ["PUT", *["POST"] * (len(words) - 1)]
    assert len(words) > 3
    assert max(held.sizes) < 4000
    assert held.graphs[FACTS] == lines(small)[FACTS]


def test_broken_off_anywhere_it_goes_on_where_it_stopped(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publications, "BYTES_AT_ONCE", 100_000)
    everything = lines(small)
    for breaks_at in range(100):
        held = Held(breaks_at=breaks_at)
        with serve(type("OneStore", (Store,), {"held": held})) as url:
            if not is_broken_off(small, GraphStore(url)):
                break
            held.breaks_at = None
            hashes = GraphStore(url).read_hashes()
            whole = {graph for graph, said in hashes.items() if said}
            assert all(held.graphs[graph] == everything[graph] for graph in whole)
            assert held.graphs.keys() <= hashes.keys() | {PUBLISHED}, "a graph is listed before it is touched"
            done = publish(small, GraphStore(url))
            assert set(done.kept) == whole
            held.graphs.pop(PUBLISHED)
            assert held.graphs == everything
    assert breaks_at > 2 * len(everything)


def test_only_what_changed_is_sent_and_what_is_gone_is_removed(tmp_path: Path, url: str, held: Held) -> None:
    folder = write_small(tmp_path / "kg")
    store = ox.Store(str(folder / "store"))
    other = ox.NamedNode(BASE + "document/901")
    store.add(ox.Quad(other, ox.NamedNode("x:p"), ox.Literal("x"), other))
    store.flush()
    del store
    publish(folder, GraphStore(url))
    store = ox.Store(str(folder / "store"))
    store.clear_graph(other)
    store.remove_graph(other)
    store.add(ox.Quad(ox.NamedNode(DOCUMENT), ox.NamedNode("x:p"), ox.Literal("y"), ox.NamedNode(DOCUMENT)))
    store.flush()
    del store
    done = publish(folder, GraphStore(url))
    assert (done.sent, done.removed) == ((DOCUMENT,), (other.value,))
    held.graphs.pop(PUBLISHED)
    assert held.graphs == lines(folder)


@pytest.mark.parametrize(
    "wants", ['Basic realm="kg"', 'Digest realm="kg", nonce="{nonce}", qop="auth", algorithm="MD5"']
)
def test_a_login_is_told_as_the_server_wants_it_and_a_body_goes_once(
    wants: str, small: Path, url: str, held: Held
) -> None:
    held.wants = wants
    publish(small, GraphStore(url, Login("me", SECRET)))
    held.graphs.pop(PUBLISHED)
    assert held.graphs == lines(small)
    assert len(held.sizes) == len(held.asked) + 1, "one request was refused, and it had no body"


def test_a_token_is_sent_as_such(small: Path, url: str, held: Held) -> None:
    held.wants = "Bearer"
    publish(small, GraphStore(url, Login(token=TOKEN)))
    assert len(held.graphs) == len(lines(small)) + 1
    with pytest.raises(QueryError, match="401"):
        publish(small, GraphStore(url, Login(token="other")))


def test_a_number_of_the_server_that_grew_old_is_renewed(small: Path, url: str, held: Held) -> None:
    held.wants = 'Digest realm="kg", nonce="{nonce}", qop="auth"'
    server = GraphStore(url, Login("me", SECRET))
    server.put("x:g", ["<x:s> <x:p> <x:o> .\n"])
    held.nonce += 1
    server.put("x:g", ["<x:s> <x:p> <x:o2> .\n"])
    assert held.graphs["x:g"] == {"<x:s> <x:p> <x:o2> .\n"}


@pytest.mark.parametrize("wants", ['Basic realm="kg"', 'Digest realm="kg", nonce="{nonce}", qop="auth"', "Bearer", ""])
def test_a_wrong_login_is_one_line_without_it(wants: str, small: Path, url: str, held: Held) -> None:
    held.wants = wants or "Nothing known"
    login = Login("me", SECRET + "x")
    with pytest.raises(QueryError, match="without the right login: 401") as caught:
        publish(small, GraphStore(url, login))
    assert SECRET not in f"{caught.value}{login!r}"


def test_a_login_is_not_told_to_another_server(small: Path, url: str, held: Held) -> None:
    heard: list[str | None] = []

    class Other(Quiet):
        def do_GET(self) -> None:
            heard.append(self.headers.get("Authorization"))
            self.reply(401, WWW_Authenticate='Basic realm="kg"')

    with serve(Other) as other:

        class Mover(Quiet):
            def do_GET(self) -> None:
                if "Authorization" in self.headers:
                    self.reply(307, Location=other)
                else:
                    self.reply(401, WWW_Authenticate='Basic realm="kg"')

        with serve(Mover) as first, pytest.raises(QueryError, match="401"):
            publish(small, GraphStore(first, Login("me", SECRET)))
    assert heard == [None]


def test_a_store_that_is_none_is_one_line(small: Path, url: str, held: Held) -> None:
    for status, complaint in ((500, "refuses: 500 .*no, thanks"), (405, "refuses: 405"), (403, "login: 403")):
        held.status = status
        with pytest.raises(QueryError, match=complaint) as caught:
            publish(small, GraphStore(url))
        assert "\n" not in str(caught.value)
    held.status = 200
    with pytest.raises(QueryError, match="the graph store answers in text/html"):
        publish(small, GraphStore(url))
    for wrong in (f"http://127.0.0.1:{find_ports(1)[0]}/store", "kg", "http://me:pw@example.org/"):
        with pytest.raises(QueryError) as caught:
            publish(small, GraphStore(wrong, timeout=5))
        assert "pw" not in str(caught.value)


def test_a_store_that_does_not_answer_is_left_in_time(small: Path) -> None:
    class Slow(Quiet):
        def do_GET(self) -> None:
            time.sleep(1)

    with serve(Slow) as url, pytest.raises(QueryError, match=r"no answer within 0\.2 seconds"):
        publish(small, GraphStore(url, timeout=0.2))


def test_a_folder_that_is_none_is_told_before_anything_is_sent(tmp_path: Path, url: str, held: Held) -> None:
    with pytest.raises(GraphError, match="there is no graph folder"):
        publish(tmp_path / "none", GraphStore(url))
    assert held.asked == []


def test_the_command_reads_the_password_from_the_environment(small: Path, url: str, held: Held, run: Run) -> None:
    held.wants = 'Digest realm="kg", nonce="{nonce}", qop="auth"'
    words = ("publish", "--endpoint", url, "--kg", small)
    for more, env, complaint in (
        (("--user", "me"), {"ZHINAN_PASSWORD": ""}, "ZHINAN_PASSWORD is not set"),
        (("--token",), {"ZHINAN_TOKEN": ""}, "ZHINAN_TOKEN is not set"),
        (("--user", "me", "--token"), {}, "two logins"),
        ((), {}, "without the right login: 401"),
    ):
        done = run(*words, *more, **env)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1), done.stderr
        assert complaint in done.stderr
    done = run(*words, "--user", "me", ZHINAN_PASSWORD=SECRET)
    assert done.returncode == 0, done.stderr
    assert SECRET not in done.stdout + done.stderr
    assert done.stdout.splitlines()[-1] == f"{len(lines(small))} graphs sent → {url}"
    again = run(*words, "--user", "me", ZHINAN_PASSWORD=SECRET)
    assert again.stdout == f"nothing to send: {len(lines(small))} graphs are there already → {url}\n"
