"""The union of all shards: `graph.trig`, and with it what no document says, the ontology.

In: shards, and the Turtle files of the ontology. Out: one file, sorted by graph, subject, predicate
and object. The documents' parts are copied as they are; facts that several documents state are
written here, once. This module does not know what a statement means.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg_build.descriptions import Graphs, count_pairs, group
from kg_build.iris import mint
from kg_build.shards import Shard
from kg_build.statements import Statement, to_iri
from kg_build.trig import Writer, to_head
from ontology.errors import TermError
from ontology.vocabulary import FOLDER

__all__ = ["Union", "read_ontology", "write_union"]

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Union:
    """What was written: how many statements, and the hash of the file."""

    quads: int
    sha256: str


def read_ontology(folder: Path = FOLDER) -> Iterator[Statement]:
    """Yield the terms in graph/ontology and the concepts of all schemes in graph/schemes.

    Raises TermError for a blank node: its name would differ from build to build.
    """
    yield from _read_turtle(folder / "zhinan.ttl", mint("graph", "ontology"))
    for path in sorted((folder / "schemes").glob("*.ttl")):
        yield from _read_turtle(path, mint("graph", "schemes"))


def _read_turtle(path: Path, graph: str) -> Iterator[Statement]:
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            raise TermError("a blank node", where=f"{path.name}: {quad}", right="an IRI")
        yield Statement(to_iri(graph), str(quad.subject), str(quad.predicate), str(quad.object))


def write_union(shards: Sequence[Shard], others: Iterable[Statement], path: Path) -> Union:
    """Write the statements of all shards and others, which no document makes, as TriG: sorted, each once."""
    graphs = group((*others, *(fact for shard in shards for fact in shard.shared)))
    hashed = hashlib.sha256()
    with path.open("wb") as file:
        for block in _iter_blocks(shards, graphs):
            hashed.update(block)
            file.write(block)
    quads = sum(shard.quads for shard in shards) + sum(count_pairs(said.values()) for said in graphs.values())
    return Union(quads, hashed.hexdigest())


def _iter_blocks(shards: Sequence[Shard], graphs: Graphs) -> Iterator[bytes]:
    """Yield the bytes of the union: its head, then each part where its graph and subject belong."""
    yield to_head().encode()
    writer = Writer()
    parts: dict[tuple[str, str], tuple[Path, int, int] | None] = {
        (run.graph, run.key): (shard.trig, run.start, run.end) for shard in shards for run in shard.runs
    }
    facts = graphs.get("", {})
    parts |= {("", subject): None for subject in facts} | {(graph, ""): None for graph in graphs if graph}
    for (graph, subject), place in sorted(parts.items(), key=lambda part: part[0]):
        if place is not None:
            yield from _copy(*place)
        elif graph:
            yield writer.to_section(graph, graphs[graph]).encode()
        else:
            yield writer.to_block(subject, facts[subject]).encode()


def _copy(path: Path, start: int, end: int) -> Iterator[bytes]:
    with path.open("rb") as file:
        file.seek(start)
        while start < end:
            block = file.read(min(_BLOCK, end - start))
            start += len(block)
            yield block
