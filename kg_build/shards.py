"""Shards: one file of N-Quads a document, and their union.

In: statements. Out: sorted files that are the same in every build. Facts that several documents
state stand once in the union. This module does not know what a statement means.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pyoxigraph as ox

from kg_build.iris import mint
from kg_build.statements import Statement, iter_statements, to_iri, to_line
from ontology.errors import TermError
from ontology.vocabulary import FOLDER, PREFIXES

__all__ = ["load_store", "merge_shards", "read_ontology", "write_shard", "write_trig"]


def write_shard(statements: Iterable[Statement], path: Path) -> None:
    """Write a document's statements as N-Quads, sorted, each once."""
    text = "".join(map(to_line, sorted(set(statements))))
    path.write_text(text, encoding="utf-8", newline="\n")


def merge_shards(shards: Sequence[Path], ontology: Iterable[Statement]) -> list[Statement]:
    """Return the statements of all shards and of the ontology, sorted, each once."""
    merged = set(ontology)
    for shard in shards:
        with shard.open(encoding="utf-8", newline="\n") as lines:
            merged.update(iter_statements(lines))
    return sorted(merged)


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


def write_trig(statements: Iterable[Statement], path: Path) -> None:
    """Write sorted statements as TriG, grouped by graph and subject."""
    lines = "".join(map(to_line, statements)).encode()
    quads = ox.parse(input=lines, format=ox.RdfFormat.N_QUADS)
    ox.serialize(quads, output=str(path), format=ox.RdfFormat.TRIG, prefixes=dict(PREFIXES))


def load_store(statements: Iterable[Statement], folder: Path) -> None:
    """Make an Oxigraph store of the statements, compacted for reading."""
    store = ox.Store(str(folder))
    store.bulk_load(input="".join(map(to_line, statements)).encode(), format=ox.RdfFormat.N_QUADS)
    store.optimize()
