"""A graph folder as files for other tools: one kind, one function from the folder to bytes.

In: a graph folder and a path. Out: a file that is whole or not there. Same folder, same bytes.
It refuses to know: what the tools do with it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox

import ontology.vocabulary
from ontology.errors import GraphError, QueryError
from queries.catalogue import EXPORTS, get_query
from queries.files import write_file
from queries.graphs import find_folder, open_graph
from queries.names import nearest
from queries.run import ask
from queries.tables import to_csv

__all__ = ["KINDS", "Kind", "export"]

_RECORD_KINDS = ("call", "direction")
_LINES_AT_ONCE = 4096


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: what it holds, and how its bytes come from a graph folder."""

    summary: str
    write: Callable[[Path], Iterator[bytes]]


def export(kind: str, folder: Path, path: Path) -> None:
    """Write one kind of file from a graph folder; raise QueryError for an unknown kind or a path that cannot be."""
    if kind not in KINDS:
        raise QueryError(f"no export is called {kind}", where="zhinan export", right=nearest(kind, KINDS))
    write_file(path, KINDS[kind].write(find_folder(folder)))


def write_records(folder: Path) -> Iterator[bytes]:
    """Yield records.jsonl as the build wrote it, once each line and the checksum are found right."""
    open_graph(folder)
    path = folder / "records.jsonl"
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise GraphError(
            "the graph folder has no records", where=str(path), right="run `zhinan build` again"
        ) from error
    _check_sum(folder, path.name, raw)
    for number, line in enumerate(raw.splitlines(), 1):
        record = _read_record(line, f"{path}:{number}")
        if record.get("kind") not in _RECORD_KINDS or not record.get("document"):
            raise GraphError(
                "a line is no record", where=f"{path}:{number}", right="kind call or direction, and a document"
            )
    yield raw


def write_directions_csv(folder: Path) -> Iterator[bytes]:
    """Yield a row for each direction: call, year, number, title, partners, fields, projects, yuan, conditions, contacts."""
    yield to_csv(ask(open_graph(folder), get_query("directions", EXPORTS))).encode("utf-8")


def write_turtle(folder: Path) -> Iterator[bytes]:
    """Yield the merged facts, the default graph, sorted by subject, predicate and object."""
    quads = open_graph(folder).store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    triples = sorted((quad.triple for quad in quads), key=_triple_key)
    prefixes = dict(ontology.vocabulary.PREFIXES)
    yield _serialize(triples, ox.RdfFormat.TURTLE, prefixes)


def write_nquads(folder: Path) -> Iterator[bytes]:
    """Yield every statement of every graph, a line each, in the order of the lines."""
    lines = sorted(f"{quad} .\n" for quad in open_graph(folder).store)
    for start in range(0, len(lines), _LINES_AT_ONCE):
        yield "".join(lines[start : start + _LINES_AT_ONCE]).encode("utf-8")


KINDS: Mapping[str, Kind] = {
    "records": Kind("one JSON object a line for each call and direction", write_records),
    "directions.csv": Kind("one row a direction, for a spreadsheet", write_directions_csv),
    "turtle": Kind("the merged facts as Turtle", write_turtle),
    "nquads": Kind("facts, claims, ontology and schemes as N-Quads", write_nquads),
}
"""The words of `zhinan export`; a new kind is a new line here and its function above."""


def _serialize(triples: list[ox.Triple], format_: ox.RdfFormat, prefixes: dict[str, str]) -> bytes:
    data = ox.serialize(triples, format=format_, prefixes=prefixes)
    assert data is not None
    return data


def _triple_key(triple: ox.Triple) -> tuple[str, str, str]:
    return str(triple.subject), str(triple.predicate), str(triple.object)


def _read_record(line: bytes, where: str) -> dict[str, Any]:
    try:
        record = json.loads(line)
    except ValueError as error:
        raise GraphError("a line is no JSON", where=where, right="run `zhinan build` again") from error
    return record if isinstance(record, dict) else {}


def _check_sum(folder: Path, name: str, raw: bytes) -> None:
    """Compare a file with its checksum in the manifest; a manifest that lists none checks nothing."""
    path = folder / "manifest.json"
    if not path.is_file():
        raise GraphError("the graph folder has no manifest", where=str(path), right="run `zhinan build` again")
    stated = _read_record(path.read_bytes(), str(path)).get("files", {}).get(name)
    if stated is not None and stated != hashlib.sha256(raw).hexdigest():
        raise GraphError(
            "the records are not those of the build", where=str(folder / name), right="run `zhinan build` again"
        )
