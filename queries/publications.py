"""A graph folder sent to a server, graph by graph, by the SPARQL 1.1 Graph Store HTTP Protocol.

In: a graph folder and the address of a graph store. Out: the same statements there, each graph under its name, the facts under
FACTS, and a list of them with their hashes, by which a publishing that broke off goes on where it stopped.
It refuses to know: how questions find them (`endpoints`), and what the statements say.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias
from urllib.parse import quote

import pyoxigraph as ox

from ontology.errors import QueryError
from ontology.vocabulary import BASE
from queries.deadlines import Deadline
from queries.endpoints import FACTS, HASH, PUBLISHED
from queries.exchanges import Reply, Request, check_address, open_reply
from queries.graphs import open_graph
from queries.logins import Login

__all__ = ["GraphStore", "Publication", "publish"]

BYTES_AT_ONCE = 4_000_000
"""What is sent in one request, about: a server holds it in memory, and a line that breaks costs no more than it."""
_RDF = "text/turtle"
_ACCEPTED = "application/n-triples, text/turtle;q=0.9"
_DOCUMENTS = BASE + "document/"

Progress: TypeAlias = Callable[[str, int], None]


@dataclass(frozen=True, slots=True)
class Publication:
    """What a publishing did, in graphs."""

    sent: tuple[str, ...]
    kept: tuple[str, ...]
    removed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GraphStore:
    """A graph store at an address; `timeout` is in seconds, for each request."""

    url: str
    login: Login | None = None
    timeout: float = 300.0

    def read_hashes(self) -> dict[str, str]:
        """Return the graphs that the store holds of ours with their hashes, "" for one that is not whole."""
        request = self._to_request("GET", PUBLISHED, headers={"Accept": _ACCEPTED}, fine=frozenset({404}))
        with open_reply(request, Deadline(self.timeout), login=self.login) as reply:
            if reply.status == 404:
                return {}
            hashes: dict[str, str] = {}
            for triple in _parse(reply, self.url):
                if isinstance(triple.subject, ox.NamedNode) and isinstance(triple.object, ox.Literal):
                    said = hashes.get(triple.subject.value, "")
                    hashes[triple.subject.value] = max(said, triple.object.value)
            return hashes

    def put(self, graph: str, lines: Iterable[str]) -> None:
        """Put lines of N-Triples in the place of a graph, in several requests where they are many."""
        for number, chunk in enumerate(_iter_chunks(lines)):
            self._send("POST" if number else "PUT", graph, chunk)

    def add(self, graph: str, lines: Iterable[str]) -> None:
        """Add lines of N-Triples to a graph."""
        for chunk in _iter_chunks(lines):
            self._send("POST", graph, chunk)

    def delete(self, graph: str) -> None:
        """Take a graph away; one that is not there is fine."""
        request = self._to_request("DELETE", graph, fine=frozenset({404}))
        with open_reply(request, Deadline(self.timeout), login=self.login):
            pass

    def _send(self, method: str, graph: str, data: bytes) -> None:
        request = self._to_request(method, graph, data=data, headers={"Content-Type": _RDF})
        with open_reply(request, Deadline(self.timeout), login=self.login):
            pass

    def _to_request(
        self,
        method: str,
        graph: str,
        *,
        data: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        fine: frozenset[int] = frozenset(),
    ) -> Request:
        check_address(self.url)
        url = f"{self.url}{'&' if '?' in self.url else '?'}graph={quote(graph, safe='')}"
        return Request(url, method, data, headers or {}, "graph store", fine)


def publish(folder: Path, server: GraphStore, progress: Progress | None = None) -> Publication:
    """Send what a server lacks of a graph folder and take away what the folder has no more.

    What is the same is left alone. The list at the server says first which graphs are about to change, and of each, once it
    is whole, its hash: broken off at any moment, the next publishing goes on there, and nobody takes a part for the whole.
    """
    store = open_graph(folder).store
    held = server.read_hashes()
    ours = {graph: _to_hash(_iter_lines(store, graph)) for graph in _order(store)}
    kept = tuple(graph for graph in ours if held.get(graph) == ours[graph])
    sent = tuple(graph for graph in ours if graph not in kept)
    removed = tuple(sorted(held.keys() - ours.keys()))
    if sent or removed:
        server.put(PUBLISHED, _to_list({graph: held.get(graph, "") if graph in kept else "" for graph in held | ours}))
    for graph in removed:
        server.delete(graph)
    for graph in sent:
        lines = list(_iter_lines(store, graph))
        server.put(graph, lines)
        server.add(PUBLISHED, _to_list({graph: ours[graph]}))
        if progress is not None:
            progress(graph, len(lines))
    if sent or removed:
        server.put(PUBLISHED, _to_list(ours))
    return Publication(sent, kept, removed)


def _order(store: ox.Store) -> list[str]:
    """Return the names under which the graphs are sent: documents first, the facts last."""
    names = [graph.value for graph in store.named_graphs() if isinstance(graph, ox.NamedNode)]
    return [*sorted(names, key=lambda name: (not name.startswith(_DOCUMENTS), name)), FACTS]


def _iter_lines(store: ox.Store, graph: str) -> Iterator[str]:
    """Yield a graph as sorted lines of N-Triples."""
    node = ox.DefaultGraph() if graph == FACTS else ox.NamedNode(graph)
    yield from sorted(f"{quad.triple} .\n" for quad in store.quads_for_pattern(None, None, None, node))


def _to_hash(lines: Iterable[str]) -> str:
    hashed = hashlib.sha256()
    for line in lines:
        hashed.update(line.encode())
    return hashed.hexdigest()


def _to_list(hashes: Mapping[str, str]) -> list[str]:
    return [f'<{graph}> <{HASH}> "{hashes[graph]}" .\n' for graph in sorted(hashes)]


def _iter_chunks(lines: Iterable[str]) -> Iterator[bytes]:
    """Yield the lines in parts of a size that a server takes; one empty part where there is no line."""
    parts: list[bytes] = []
    size, begun = 0, False
    for line in lines:
        parts.append(line.encode())
        size += len(parts[-1])
        if size >= BYTES_AT_ONCE:
            yield b"".join(parts)
            parts, size, begun = [], 0, True
    if parts or not begun:
        yield b"".join(parts)


def _parse(reply: Reply, url: str) -> Iterator[ox.Triple]:
    format_ = ox.RdfFormat.from_media_type(reply.media_type)
    right = "an endpoint of the SPARQL 1.1 Graph Store Protocol"
    if format_ is None:
        raise QueryError(f"the graph store answers in {reply.media_type}", where=url, right=right)
    try:
        yield from (quad.triple for quad in ox.parse(reply.body, format=format_))
    except SyntaxError as error:
        raise QueryError(f"the graph store's answer is broken: {str(error)[:120]}", where=url, right=right) from error
