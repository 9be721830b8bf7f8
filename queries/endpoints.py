"""A SPARQL endpoint, asked over the network like a graph folder: the same text, the same answer.

In: an address. Out: an object with one method, `query(text) -> Answer`.
It refuses to know: questions and their parameters, and how the graphs came to the server.

A server's default graph may be anything: empty, the union of all graphs, what its owner likes. So `zhinan publish` puts the
facts into a graph with a name, FACTS, and lists every graph in PUBLISHED; a query says with the SPARQL 1.1 Protocol that FACTS
is its default graph and which others are there. A server without that list is asked as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final
from urllib.parse import urlencode

import pyoxigraph as ox

from ontology.errors import QueryError
from ontology.vocabulary import BASE
from queries.answers import Answer, Solutions, Term, to_text
from queries.deadlines import Deadline, run_within
from queries.exchanges import MOST_BYTES, Reply, Request, open_reply
from queries.graphs import to_answer, to_triples

__all__ = ["FACTS", "HASH", "PUBLISHED", "TIMEOUT", "RemoteGraph", "open_endpoint"]

FACTS: Final = BASE + "graph/facts"
"""The graph that holds at a server what the default graph holds in a folder."""
PUBLISHED: Final = BASE + "graph/published"
"""The graph that lists the graphs that were sent to a server, each with its HASH; "" while one is on its way."""
HASH: Final = "https://schema.org/sha256"
TIMEOUT: Final = 60.0
"""Seconds that an endpoint has for an answer."""

_JSON = "application/sparql-results+json"
_TRIPLES = "application/n-triples, text/turtle;q=0.9"
_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"
_LIST = f"SELECT ?graph ?hash WHERE {{ GRAPH <{PUBLISHED}> {{ ?graph <{HASH}> ?hash }} }} ORDER BY ?graph ?hash"
_CODE = re.compile(
    r""" \"\"\".*?\"\"\" | \'\'\'.*?\'\'\' | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' | (?P<iri><[^<>\s]*>) | \#[^\n]*
       | (?P<graph>\bGRAPH\b) | (?P<from>\bFROM\b(?!:)) | (?P<form>\b(?:SELECT|ASK|CONSTRUCT|DESCRIBE)\b(?!:)) | [\w:?$]+ """,
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class RemoteGraph:
    """A SPARQL 1.1 endpoint, asked by POST; `timeout` is in seconds and counts for the whole of an answer.

    `graphs` are the named graphs beside the facts that `zhinan publish` sent there; None asks the server's own dataset.
    """

    url: str
    timeout: float = TIMEOUT
    graphs: tuple[str, ...] | None = None
    most_bytes: int = MOST_BYTES

    def query(self, text: str, *, row_limit: int | None = None) -> Answer:
        """Send one query and read its answer; QueryError when the endpoint is down, slow or refuses."""
        tokens = list(_CODE.finditer(text))
        form = next((match["form"].upper() for match in tokens if match["form"]), "")
        accepted = _TRIPLES if form in ("CONSTRUCT", "DESCRIBE") else _JSON
        headers = {"Accept": accepted, "Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}
        words = [("query", text), *_to_dataset(tokens, self.graphs)]
        request = Request(self.url, "POST", urlencode(words).encode(), headers)

        def work(deadline: Deadline) -> Answer:
            with open_reply(request, deadline, most=self.most_bytes) as reply:
                answer = _read_answer(reply, accepted, deadline, self.url, row_limit)
            return _to_yes_or_no(answer) if form == "ASK" else answer

        try:
            return run_within(self.timeout, work)
        except TimeoutError as error:
            raise QueryError(
                f"no answer within {self.timeout:g} seconds",
                where=self.url,
                right="a smaller query, or a longer --timeout",
            ) from error


def open_endpoint(url: str, *, timeout: float = TIMEOUT) -> RemoteGraph:
    """Ask an endpoint what was published there; QueryError when it does not answer, or is being published to."""
    plain = RemoteGraph(url, timeout)
    answer = plain.query(_LIST)
    if not isinstance(answer, Solutions):
        raise QueryError("the endpoint answers a SELECT without rows", where=url, right="a SPARQL 1.1 endpoint")
    if answer.cut:
        right = "a server that gives more rows (Virtuoso: ResultSetMaxRows)"
        raise QueryError("the endpoint cuts the list of its graphs", where=url, right=right)
    hashes: dict[str, set[str]] = {}
    for graph, said in answer.rows:
        hashes.setdefault(graph.value if isinstance(graph, ox.NamedNode) else "", set()).add(to_text(said))
    if not hashes:
        return plain
    if any(said == {""} for said in hashes.values()) or FACTS not in hashes:
        raise QueryError(
            "the endpoint holds a part only of what is being published", where=url, right="zhinan publish, to its end"
        )
    return RemoteGraph(url, timeout, tuple(sorted(hashes.keys() - {FACTS})))


def _to_dataset(tokens: Sequence[re.Match[str]], graphs: tuple[str, ...] | None) -> list[tuple[str, str]]:
    """Return the words of the protocol that say what the dataset of a query is.

    Where the query names each graph that it looks into, only these are told: a server need not read a list of
    thousands. A query with FROM of its own says itself what it is about.
    """
    if graphs is None or any(match["from"] for match in tokens):
        return []
    after = [there["iri"] for here, there in pairwise(tokens) if here["graph"]]
    named = sorted({iri[1:-1] for iri in after if iri}) if all(after) else graphs
    return [("default-graph-uri", FACTS), *(("named-graph-uri", graph) for graph in named)]


def _read_answer(reply: Reply, accepted: str, deadline: Deadline, url: str, row_limit: int | None) -> Answer:
    """Read results JSON, or the triples of a CONSTRUCT in any RDF syntax, as it was asked for."""
    _refuse_parts(reply.headers, url)
    try:
        if accepted == _JSON and reply.media_type in (_JSON, "application/json"):
            result = ox.parse_query_results(reply.body, format=ox.QueryResultsFormat.JSON)
            assert not isinstance(result, ox.QueryTriples)
            answer = to_answer(result, deadline, row_limit=row_limit)
            return _level(answer, reply.headers) if isinstance(answer, Solutions) else answer
        format_ = ox.RdfFormat.from_media_type(reply.media_type) if accepted == _TRIPLES else None
        if format_ is not None:
            quads = ox.parse(reply.body, format=format_)
            return to_triples((quad.triple for quad in quads), deadline, row_limit=row_limit)
    except SyntaxError as error:
        raise QueryError(f"the endpoint's answer is broken: {str(error)[:120]}", where=url, right=accepted) from error
    raise QueryError(f"the endpoint answers in {reply.media_type}", where=url, right=accepted)


def _refuse_parts(headers: Mapping[str, str], url: str) -> None:
    """Raise QueryError where a Virtuoso says that it gave up and sends the rows that it has."""
    if "x-sql-state" in headers:
        said = headers.get("x-sql-message", headers["x-sql-state"])
        raise QueryError(f"the endpoint gave up: {said[:120]}", where=url, right="a smaller query")


def _to_yes_or_no(answer: Answer) -> Answer:
    """Return what a Virtuoso means: it says yes as a row with the number 1, and no as one with 0 or as none."""
    if isinstance(answer, Solutions):
        return any(to_text(term) == "1" for row in answer.rows for term in row)
    return answer


def _level(answer: Solutions, headers: Mapping[str, str]) -> Solutions:
    """Return rows as every server means them: truth written as true and false, and rows that are kept back told.

    A Virtuoso writes a boolean as 1 or 0, and says the most rows that it gives in a header only.
    """
    rows = tuple(tuple(_to_truth(term) for term in row) for row in answer.rows)
    most = headers.get("x-sparql-maxrows", "")
    full = most.isdecimal() and len(rows) >= int(most)
    return Solutions(answer.columns, rows, answer.cut or full)


def _to_truth(term: Term | None) -> Term | None:
    if isinstance(term, ox.Literal) and term.value in ("0", "1") and term.datatype.value == _BOOLEAN:
        return ox.Literal(term.value == "1")
    return term
