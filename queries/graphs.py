"""Graphs that can be asked: what each of them offers, and the graph folder on this machine.

In: a folder. Out: an object with one method, `query(text) -> Answer`, which `endpoints` has for a server too.
It refuses to know: questions and their parameters, and how a graph folder is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol, TypeVar

import pyoxigraph as ox

from ontology.errors import GraphError, QueryError
from queries.answers import Answer, Solutions, Triples
from queries.deadlines import Deadline, run_within

__all__ = ["Graph", "LocalGraph", "find_folder", "open_graph", "to_answer", "to_triples"]

Row = TypeVar("Row")


class Graph(Protocol):
    """Anything that answers SPARQL."""

    def query(self, text: str, *, row_limit: int | None = None) -> Answer:
        """Answer one query, with so many rows at the most; the answer says when that cut it."""


@dataclass(frozen=True, slots=True)
class LocalGraph:
    """A store of this process. Queries see the default graph and, by GRAPH, the named ones; never a union.

    `timeout` is in seconds; None waits for ever. Oxigraph offers no way to stop a step that runs: after the time
    the caller goes on, and what was given up ends with its step or with the program.
    """

    store: ox.Store
    timeout: float | None = None

    def query(self, text: str, *, row_limit: int | None = None) -> Answer:
        """Answer one query from the store; QueryError when it is none, or takes longer than the time limit."""
        try:
            return run_within(
                self.timeout, lambda deadline: to_answer(self.store.query(text), deadline, row_limit=row_limit)
            )
        except TimeoutError as error:
            raise QueryError(
                f"no answer within {self.timeout or 0:g} seconds",
                where="the graph folder",
                right="a smaller query, or a longer --timeout",
            ) from error
        except (SyntaxError, ValueError, RuntimeError, OSError) as error:
            raise QueryError(f"the store refuses the query: {str(error)[:160]}", right="a SPARQL 1.1 query") from error


def find_folder(path: Path) -> Path:
    """Return the graph folder to read: the path, or what a build that was killed left beside it.

    A build swaps folders by two renames; killed between them it leaves the old graph as `<folder>.previous`.
    """
    previous = path.with_name(path.name + ".previous")
    return previous if not path.exists() and previous.is_dir() else path


def open_graph(path: Path, *, timeout: float | None = None) -> LocalGraph:
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
        return LocalGraph(ox.Store.read_only(str(folder / "store")), timeout)
    except (OSError, ValueError, RuntimeError) as error:
        raise GraphError(
            f"the store is damaged: {str(error)[:120]}", where=str(folder / "store"), right="run `zhinan build` again"
        ) from error


def to_answer(
    result: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean, deadline: Deadline, *, row_limit: int | None
) -> Answer:
    """Read what pyoxigraph found or parsed, while there is time and as many rows as are wanted."""
    if isinstance(result, ox.QuerySolutions):
        rows, cut = _take(map(tuple, result), deadline, row_limit)
        return Solutions(tuple(variable.value for variable in result.variables), tuple(rows), cut)
    if isinstance(result, ox.QueryTriples):
        return to_triples(result, deadline, row_limit=row_limit)
    return bool(result)


def to_triples(found: Iterable[ox.Triple], deadline: Deadline, *, row_limit: int | None) -> Triples:
    """Return the triples of an answer, each once; a limit takes the first that are found."""
    triples, cut = _take(iter(found), deadline, row_limit)
    return Triples(tuple(sorted(set(triples), key=str)), cut)


def _take(rows: Iterator[Row], deadline: Deadline, limit: int | None) -> tuple[list[Row], bool]:
    """Return the rows up to a limit, and whether there are more."""
    taken: list[Row] = []
    for row in rows:
        if len(taken) == limit:
            return taken, True
        taken.append(row)
        deadline.check()
    return taken, False
