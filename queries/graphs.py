"""Graphs that can be asked: a graph folder on this machine, or a SPARQL endpoint elsewhere.

In: a folder or an address. Out: an object with one method, `query(text) -> Answer`, the same for both.
It refuses to know: questions and their parameters, and how a graph folder is written.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from ontology.errors import GraphError, QueryError
from queries.answers import Answer, Solutions, Triples

__all__ = ["Graph", "LocalGraph", "RemoteGraph", "find_folder", "open_graph"]


class Graph(Protocol):
    """Anything that answers SPARQL."""

    def query(self, text: str) -> Answer:
        """Answer one query."""


_JSON = "application/sparql-results+json"
_TRIPLES = "application/n-triples"


@dataclass(frozen=True, slots=True)
class LocalGraph:
    """A store of this process. Queries see the default graph and, by GRAPH, the named ones; never a union."""

    store: ox.Store

    def query(self, text: str) -> Answer:
        """Answer one query from the store."""
        try:
            return _to_answer(self.store.query(text))
        except (SyntaxError, ValueError, RuntimeError, OSError) as error:
            raise QueryError(f"the store refuses the query: {str(error)[:160]}", right="a SPARQL 1.1 query") from error


@dataclass(frozen=True, slots=True)
class RemoteGraph:
    """A SPARQL 1.1 endpoint, asked by POST; `timeout` is in seconds and counts for each wait on the network."""

    url: str
    timeout: float = 30.0

    def query(self, text: str) -> Answer:
        """Send one query and read its answer; QueryError when the endpoint is down, slow or refuses."""
        from http.client import HTTPException
        from urllib.error import HTTPError, URLError
        from urllib.parse import urlencode, urlsplit
        from urllib.request import Request, urlopen

        headers = {
            "Accept": f"{_JSON}, {_TRIPLES}",
            "Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
        }
        try:
            if urlsplit(self.url).scheme not in ("http", "https"):
                raise QueryError("this is no address of an endpoint", where=self.url, right="http://… or https://…")
            request = Request(self.url, urlencode({"query": text}).encode(), headers, method="POST")
            with urlopen(request, timeout=self.timeout) as response:
                return _read_answer(response.read(), response.headers.get_content_type(), self.url)
        except HTTPError as error:
            said = " ".join(error.read(300).decode("utf-8", "replace").split())
            raise QueryError(
                f"the endpoint refuses: {error.code} {error.reason} {said[:120]}".rstrip(),
                where=self.url,
                right="a SPARQL 1.1 endpoint that takes queries by POST",
            ) from error
        except TimeoutError as error:
            raise QueryError(
                f"no answer within {self.timeout:g} seconds",
                where=self.url,
                right="an endpoint that is up, or a smaller query",
            ) from error
        except (URLError, HTTPException, OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            raise QueryError(
                f"no endpoint answers: {reason}", where=self.url, right="an endpoint that is up"
            ) from error


def find_folder(path: Path) -> Path:
    """Return the graph folder to read: the path, or what a build that was killed left beside it.

    A build swaps folders by two renames; killed between them it leaves the old graph as `<folder>.previous`.
    """
    previous = path.with_name(path.name + ".previous")
    return previous if not path.exists() and previous.is_dir() else path


def open_graph(path: Path) -> LocalGraph:
    """Open the store of a graph folder for reading; GraphError when the folder is none."""
    folder = find_folder(path)
    right = "a folder that `zhinan build` wrote (--kg FOLDER)"
    if not folder.exists():
        raise GraphError("there is no graph folder", where=str(path), right=right)
    if not folder.is_dir():
        raise GraphError("this is a file, no graph folder", where=str(path), right=right)
    if not (folder / "store" / "CURRENT").is_file():
        raise GraphError("this folder holds no store", where=str(path), right=right)
    try:
        return LocalGraph(ox.Store.read_only(str(folder / "store")))
    except (OSError, ValueError, RuntimeError) as error:
        raise GraphError(
            f"the store is damaged: {str(error)[:120]}", where=str(folder / "store"), right="run `zhinan build` again"
        ) from error


def _to_answer(result: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean) -> Answer:
    if isinstance(result, ox.QuerySolutions):
        rows = tuple(tuple(solution) for solution in result)
        return Solutions(tuple(variable.value for variable in result.variables), rows)
    if isinstance(result, ox.QueryTriples):
        return _to_triples(result)
    return bool(result)


def _to_triples(found: ox.QueryTriples | list[ox.Triple]) -> Triples:
    return Triples(tuple(sorted(set(found), key=str)))


def _read_answer(body: bytes, media_type: str, url: str) -> Answer:
    """Read results JSON, or the triples of a CONSTRUCT in any RDF syntax."""
    try:
        if media_type in (_JSON, "application/json"):
            result = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
            assert not isinstance(result, ox.QueryTriples)
            return _to_answer(result)
        if (format_ := ox.RdfFormat.from_media_type(media_type)) is not None:
            return _to_triples([quad.triple for quad in ox.parse(body, format=format_)])
    except SyntaxError as error:
        raise QueryError(f"the endpoint's answer is broken: {str(error)[:120]}", where=url, right=_JSON) from error
    raise QueryError(f"the endpoint answers in {media_type}", where=url, right=f"{_JSON} or {_TRIPLES}")
