"""What a graph folder holds for an export: its graph, its records and its manifest, read once and checked.

In: a graph folder. Out: `Holdings`, the only thing that a writer of files sees; where personal data is to stay
behind, it is gone from here already. It refuses to know: the kinds of files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from ontology.errors import GraphError
from queries.characters import to_unicode
from queries.graphs import LocalGraph, find_folder, open_graph
from queries.privacy import Secrets, collect_secrets, strip_graph, strip_record

__all__ = ["Holdings", "Record", "open_holdings"]

Record: TypeAlias = dict[str, Any]

_RECORD_KINDS = ("call", "direction")
_AGAIN = "run `zhinan build` again"


@dataclass(frozen=True, slots=True)
class Holdings:
    """A graph with its records; `secrets` are the words that were taken out of both, None where nothing was."""

    folder: Path
    graph: LocalGraph
    secrets: Secrets | None = None

    def read_records(self) -> tuple[Record, ...]:
        """Return the record table in its order, once the checksum and each line are found right."""
        records = tuple(_iter_records(self.folder))
        return records if self.secrets is None else tuple(strip_record(one, self.secrets) for one in records)

    def read_manifest(self) -> Record:
        """Return what the build wrote of its documents and files."""
        return _read_manifest(self.folder)


def open_holdings(folder: Path, *, without_contacts: bool = False) -> Holdings:
    """Open a graph folder for exports; GraphError for a folder that is none.

    Without contacts, no name, phone, fax number or e-mail of a contact is in what comes back.
    """
    graph, found = open_graph(folder), find_folder(folder)
    if not without_contacts:
        return Holdings(found, graph)
    secrets = collect_secrets(graph, tuple(_iter_records(found)))
    return Holdings(found, strip_graph(graph, secrets), secrets)


def _iter_records(folder: Path) -> Iterator[Record]:
    path = folder / "records.jsonl"
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise GraphError("the graph folder has no records", where=str(path), right=_AGAIN) from error
    stated = _read_manifest(folder).get("files", {}).get(path.name)
    if stated is not None and stated != hashlib.sha256(raw).hexdigest():
        raise GraphError("the records are not those of the build", where=str(path), right=_AGAIN)
    for number, line in enumerate(raw.splitlines(), 1):
        record = _read_object(line, f"{path}:{number}")
        if record.get("kind") not in _RECORD_KINDS or not record.get("document"):
            right = "kind call or direction, and a document"
            raise GraphError("a line is no record", where=f"{path}:{number}", right=right)
        yield record


def _read_manifest(folder: Path) -> Record:
    path = folder / "manifest.json"
    if not path.is_file():
        raise GraphError("the graph folder has no manifest", where=str(path), right=_AGAIN)
    return _read_object(path.read_bytes(), str(path))


def _read_object(line: bytes, where: str) -> Record:
    try:
        found = json.loads(line)
    except ValueError as error:
        raise GraphError("a line is no JSON", where=where, right=_AGAIN) from error
    return _clean(found) if isinstance(found, dict) else {}


def _clean(value: Any) -> Any:
    """Return a JSON value in which every text can be written as UTF-8."""
    match value:
        case str():
            return to_unicode(value)
        case list():
            return [_clean(one) for one in value]
        case dict():
            return {_clean(name): _clean(one) for name, one in value.items()}
        case _:
            return value
