"""The union of all shards: `graph.trig`, and with it what no document says, the ontology.

In: shards, and the Turtle files of the ontology. Out: one file, sorted by graph, subject, predicate
and object. The documents' parts are copied as they are; facts that several documents state are
written here, once. This module does not know what a statement means.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import pyoxigraph as ox

from kg_build.descriptions import Descriptions, count_pairs, group
from kg_build.iris import mint
from kg_build.shards import Run, Shard
from kg_build.statements import Statement, from_line, to_iri
from kg_build.trig import Writer, to_head
from ontology.errors import TermError
from ontology.vocabulary import FOLDER

__all__ = ["Union", "merge_shared", "read_ontology", "write_union"]

_BLOCK = 1 << 20


@dataclass(frozen=True, slots=True)
class Union:
    """What was written: how many statements, the hash of the file, and where in it each shard's parts are.

    `sections` are the hashes of the graphs that no document makes.
    """

    quads: int
    sha256: str
    shards: tuple[Shard, ...]
    sections: Mapping[str, str]


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


def merge_shared(shards: Iterable[Shard]) -> set[bytes]:
    """Return the lines of the facts that several documents may state, each once."""
    lines = set[bytes]()
    for shard in shards:
        lines.update(shard.read_shared())
    return lines


def write_union(shards: Sequence[Shard], shared: Iterable[bytes], others: Iterable[Statement], path: Path) -> Union:
    """Write the statements of all shards and others, which no document makes, as TriG: sorted, each once.

    `shared` is what `merge_shared` says of the shards.
    """
    graphs = group((*others, *map(from_line, shared)))
    writer = Writer()
    sections = {graph: writer.to_section(graph, graphs[graph]).encode() for graph in graphs if graph}
    copied = {(run.graph, run.key): (place, run) for place, shard in enumerate(shards) for run in shard.runs}
    runs: dict[int, list[Run]] = {place: [] for place in range(len(shards))}
    with path.open("wb") as file, _Copier() as copier:
        target = _Target(file)
        target.write(to_head().encode())
        for key, blocks in _iter_parts(copied.keys(), graphs.get("", {}), sections, writer):
            if key not in copied:
                target.write(blocks)
                continue
            place, run = copied[key]
            start = target.size
            for block in copier.read(shards[place].trig, run):
                target.write(block)
            runs[place].append(replace(run, start=start, end=target.size))
    quads = sum(shard.quads for shard in shards) + sum(count_pairs(said.values()) for said in graphs.values())
    placed = tuple(replace(shard, runs=tuple(runs[place]), trig=path) for place, shard in enumerate(shards))
    hashes = {graph: hashlib.sha256(section).hexdigest() for graph, section in sorted(sections.items())}
    return Union(quads, target.sha256, placed, hashes)


def _iter_parts(
    copied: Iterable[tuple[str, str]], facts: Descriptions, sections: Mapping[str, bytes], writer: Writer
) -> Iterator[tuple[tuple[str, str], bytes]]:
    """Yield where each part belongs, in order, with its bytes if it is not copied."""
    written = {("", subject) for subject in facts} | {(graph, "") for graph in sections}
    for graph, subject in sorted(written.union(copied)):
        if graph in sections:
            yield (graph, subject), sections[graph]
        elif not graph and subject in facts:
            yield (graph, subject), writer.to_block(subject, facts[subject]).encode()
        else:
            yield (graph, subject), b""


class _Target:
    """A file that is written, its size and its hash so far."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self._hash, self.size = file, hashlib.sha256(), 0

    def write(self, block: bytes) -> None:
        self._file.write(block)
        self._hash.update(block)
        self.size += len(block)

    @property
    def sha256(self) -> str:
        return self._hash.hexdigest()


class _Copier:
    """Reads runs; the file of the last one stays open, as a kept document's runs are all in one file."""

    def __init__(self) -> None:
        self._path: Path | None = None
        self._file: BinaryIO | None = None

    def __enter__(self) -> _Copier:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def read(self, path: Path, run: Run) -> Iterator[bytes]:
        if self._file is None or path != self._path:
            self.__exit__()
            self._path, self._file = path, path.open("rb")
        self._file.seek(run.start)
        left = run.end - run.start
        while left > 0:
            block = self._file.read(min(_BLOCK, left))
            if not block:
                return
            left -= len(block)
            yield block
