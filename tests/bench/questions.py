"""How long each question takes on many statements, and how long rdflib takes for the same.

    python tests/bench/questions.py [STATEMENTS]

Multiplies the graph of the condensed edition, each copy with calls, documents, programmes, agreements, agencies, keywords
and contacts of its own, to 100,000 and to 1,000,000 statements of all graphs. On the smaller it loads and asks with rdflib
too, each question for at most forty times as long as ours took (but a second): `>` before a ratio means that rdflib had not
answered by then. rdflib holds everything in memory, so loading is compared into memory; questions are asked of the store on disk. Fails under the targets: loading 10 times as fast, each question 10 times as fast, on the larger graph
the median question in 60 ms and the slowest in 2 s. Milliseconds are of this machine; the ratios travel.
"""

from __future__ import annotations

import gc
import multiprocessing
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from time import perf_counter

import pyoxigraph as ox
import rdflib

from ontology.vocabulary import BASE
from queries.answers import Answer, to_solutions
from queries.catalogue import Query, load_queries
from queries.graphs import Graph, LocalGraph
from queries.run import ask
from zhinan import build

ROOT = Path(__file__).resolve().parents[2]
FEW, MANY = 100_000, 1_000_000
LOADING, ASKING = 10.0, 10.0
"""What the house wants: how many times as fast as rdflib."""
MIDDLE, SLOWEST = 0.060, 2.0
"""What the house wants on many statements, in seconds."""
ROUNDS = 5
PATIENCE, SHORTEST = 40.0, 1.0
"""How many times as long as we rdflib may take for a question, and the seconds that it has at least."""
SHARED = re.compile(rf" <{BASE}graph/[^>]*> \.\n$")
NAMED = re.compile(rf"<{BASE}(call|document|programme|agreement|agency|keyword|contact)/([^/>#]+)")
SPOKEN = re.compile(r'"@zh(?= )')


@dataclass(slots=True)
class Recorder:
    """A graph that keeps the text of the last query: with its parameters in it, as any engine would get it."""

    graph: Graph
    text: str = field(default="")

    def query(self, text: str, *, row_limit: int | None = None) -> Answer:
        """Keep the text, and answer."""
        self.text = text
        return self.graph.query(text, row_limit=row_limit)


def iter_lines(folder: Path) -> Iterator[str]:
    """Yield N-Quads without end: the graph of a folder, then its facts and claims again and again under new names."""
    lines = [f"{quad} .\n" for quad in ox.Store.read_only(str(folder / "store"))]
    yield from lines
    own = "".join(line for line in lines if not SHARED.search(line))
    turn = 1
    while True:
        turn += 1
        copy = NAMED.sub(rf"<{BASE}\1/\2-{turn}", own)
        yield from SPOKEN.sub(f'·{turn}"@zh', copy).splitlines(keepends=True)


def write_lines(folder: Path, count: int, path: Path) -> Path:
    """Write so many statements of the multiplied graph as N-Quads."""
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(islice(iter_lines(folder), count))
    return path


def load(path: Path, folder: Path) -> tuple[LocalGraph, float]:
    """Load a file of N-Quads as a build does; return the graph, opened for reading, and the seconds of loading."""
    began = perf_counter()
    store = ox.Store(str(folder))
    store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
    taken = perf_counter() - began
    store.optimize()
    del store
    return LocalGraph(ox.Store.read_only(str(folder))), taken


def measure_loading(path: Path) -> float:
    """Return the seconds of loading a file into memory, the least of several times."""
    times = []
    for _ in range(ROUNDS):
        began = perf_counter()
        ox.Store().bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS)
        times.append(perf_counter() - began)
    return min(times)


def load_by_rdflib(path: Path) -> tuple[rdflib.Dataset, float]:
    """Load the same file with rdflib, which holds it in memory."""
    began = perf_counter()
    dataset = rdflib.Dataset(default_union=False)
    dataset.parse(str(path), format="nquads")
    return dataset, perf_counter() - began


def measure(graph: Graph, query: Query) -> tuple[float, int]:
    """Return the median seconds of a question with its examples, and how many rows it has."""
    times = []
    for _ in range(ROUNDS):
        began = perf_counter()
        answer = ask(graph, query, **query.example)
        times.append(perf_counter() - began)
    return median(times), len(to_solutions(answer).rows)


def measure_by_rdflib(dataset: rdflib.Dataset, text: str, seconds: float) -> tuple[float, int | str] | None:
    """Return the seconds of a query and its rows, or None when it takes longer; it runs in a fork, to be stopped.

    A query that breaks in rdflib itself has the name of the error instead of rows.
    """

    def work(pipe: Connection) -> None:
        gc.freeze()
        began = perf_counter()
        rows: int | str
        try:
            rows = len(list(dataset.query(text)))
        except (
            TypeError,
            ValueError,
            KeyError,
            AttributeError,
        ) as error:  # rdflib's own: the next question is asked nevertheless
            rows = type(error).__name__
        pipe.send((perf_counter() - began, rows))

    fork = multiprocessing.get_context("fork")
    here, there = fork.Pipe(duplex=False)
    process = fork.Process(target=work, args=(there,))
    process.start()
    there.close()
    try:
        if not here.poll(seconds):
            return None
        found: tuple[float, int | str] = here.recv()
        return found
    finally:
        process.kill()
        process.join()


def compare(path: Path, folder: Path, queries: Sequence[Query], tell: Callable[[str], None]) -> int:
    """Load and ask with both; return how many targets are missed."""
    dataset, first = load_by_rdflib(path)  # before any store is open: its threads would not survive a fork
    theirs = min(first, load_by_rdflib(path)[1])
    ours = measure_loading(path)
    graph, on_disk = load(path, folder)
    tell(
        f"loading {FEW:,} statements into memory: {ours:.2f} s, rdflib {theirs:.2f} s: {theirs / ours:.1f} × (target {LOADING:.0f} ×)"
    )
    tell(f"and onto the disk, with all indexes: {on_disk:.2f} s, {theirs / on_disk:.1f} ×")
    missed = int(theirs < LOADING * ours)
    ratios, differing = [], []
    for query in queries:
        recorder = Recorder(graph)
        taken, rows = measure(recorder, query)
        found = measure_by_rdflib(dataset, recorder.text, max(SHORTEST, PATIENCE * taken))
        ratio = (found[0] if found else max(SHORTEST, PATIENCE * taken)) / taken
        if found and isinstance(found[1], str):
            tell(f"  {query.name:28} {taken * 1000:8.1f} ms  rdflib breaks after {ratio:.0f} ×: {found[1]}")
            continue
        ratios.append(ratio)
        differing += [query.name] if found and found[1] != rows else []
        verdict = "" if ratio >= ASKING else f"  UNDER {ASKING:.0f} ×"
        tell(f"  {query.name:28} {taken * 1000:8.1f} ms  {'' if found else '>'}{ratio:7.0f} × {verdict}")
        missed += ratio < ASKING
    tell(f"least {min(ratios):.0f} ×, median {median(ratios):.0f} × (target {ASKING:.0f} × for each)")
    tell(f"rows differ from rdflib's: {' '.join(differing) or 'none'}")
    return missed


def survey(graph: Graph, queries: Sequence[Query], tell: Callable[[str], None]) -> int:
    """Ask every question of many statements; return how many targets are missed."""
    found = sorted(((*measure(graph, query), query.name) for query in queries), reverse=True)
    for taken, rows, name in found[:8]:
        tell(f"  {name:28} {taken * 1000:8.1f} ms  {rows:6,} rows")
    middle, slowest = median(taken for taken, *_ in found), found[0][0]
    tell(
        f"median question {middle * 1000:.0f} ms (target {MIDDLE * 1000:.0f}), "
        f"slowest {slowest * 1000:.0f} ms (target {SLOWEST * 1000:.0f})"
    )
    return (middle > MIDDLE) + (slowest > SLOWEST)


def main(many: int) -> int:
    """Print times and ratios; return 1 where a target is missed."""
    queries = load_queries()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        build([ROOT / "data" / "guides"], folder / "kg")
        few = write_lines(folder / "kg", FEW, folder / "few.nq")
        missed = compare(few, folder / "few", queries, print)
        graph, taken = load(write_lines(folder / "kg", many, folder / "many.nq"), folder / "many")
        print(f"loading {many:,} statements: {taken:.1f} s; the slowest questions, of {len(queries)}:")
        missed += survey(graph, queries, print)
        del graph
    return int(missed > 0)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else MANY))
