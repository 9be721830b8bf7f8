"""What is kept of each document of a graph, so that the next build need not read it again.

In: a graph folder. Out: a `Part` for each document: its report, its lines in the two tables, its
shard. `parts.jsonl` says where in the folder's files all this stands. This module does not decide
what is kept.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from kg_build.findings import Severity
from kg_build.graph import GraphFolder
from kg_build.shards import Run, Shard
from ontology.errors import GraphError

__all__ = ["DocumentReport", "Failure", "Part", "Past", "get_part", "read_past", "refuse_loss", "to_rows"]

_MOST = 8
"""Documents that an error names."""
_FORMAT = 3
"""Rises when what stands in `parts.jsonl`, or what it speaks of, is no longer what it was."""


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What was read from one document. `facts` counts the statements that have a quote.

    `directions` counts sub-directions too; `stated_directions`, what the guide says of itself, does not.
    """

    id: str
    file: str
    sha256: str
    characters: int
    directions: int
    subdirections: int
    stated_directions: int | None
    facts: int
    findings: Mapping[Severity, int]


@dataclass(frozen=True, slots=True)
class Part:
    """All that a graph holds of a document.

    `rules` is the fingerprint of what decided how it was read; `records` and `findings` are its lines in
    the two tables, without line ends. `summary` are plain values (as JSON has them) that a look over all
    documents needs, such as what it is compared by: a kept document is not read again for it.
    """

    report: DocumentReport
    rules: str
    records: tuple[str, ...]
    findings: tuple[str, ...]
    shard: Shard
    summary: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why; told until it is read or taken out."""

    file: str
    message: str


@dataclass(frozen=True, slots=True)
class Past:
    """The graph that is there: its documents by id, its failures by file, the hash of each graph of no document.

    `lost` are ids of documents that cannot be kept, for `reason`. `store` is where all of it can be asked.
    """

    parts: Mapping[str, Part]
    failures: Mapping[str, Failure]
    sections: Mapping[str, str]
    store: Path | None = None
    lost: frozenset[str] = frozenset()
    reason: str = ""


def read_past(path: Path) -> Past:
    """Read what a graph folder has of each document, nothing where there is none.

    Nothing can be kept of a graph whose files were changed since it was built.
    """
    folder = GraphFolder(path.resolve())
    if not folder.path.exists() or not any(folder.path.iterdir()):
        return Past({}, {}, {})
    manifest = folder.read_manifest()
    ids = frozenset(row["id"] for row in manifest["documents"])
    files: dict[str, str] = manifest["files"]
    if folder.parts.name not in files:
        return Past({}, {}, {}, lost=ids, reason="another version of Zhinan wrote it")
    changed = _find_changed(folder.path, files)
    if changed is not None:
        return Past({}, {}, {}, lost=ids, reason=f"{changed} is not as it was built")
    head, *rows = [json.loads(line) for line in folder.parts.read_bytes().splitlines()]
    if head["format"] != _FORMAT:
        return Past({}, {}, {}, lost=ids, reason="another version of Zhinan wrote it")
    parts = {part.report.id: part for part in _iter_parts(folder, manifest, rows)}
    failures = {row["failure"]: Failure(row["failure"], row["message"]) for row in rows if "failure" in row}
    sections = {row["graph"]: row["sha256"] for row in rows if "graph" in row}
    return Past(parts, failures, sections, folder.store)


def refuse_loss(past: Past, named: Iterable[str], where: Path) -> None:
    """Raise GraphError where documents that nobody names now would be lost."""
    lost = sorted(past.lost.difference(named))
    if lost:
        names = f"{' '.join(lost[:_MOST])}{' …' if len(lost) > _MOST else ''}"
        raise GraphError(
            f"its documents cannot be kept: {past.reason}",
            where=str(where),
            right=f"name the sources of all its documents ({names}), or build into another folder",
        )


def get_part(past: Past, document: str, where: Path) -> Part:
    """Return the part of a document; raise GraphError, with the nearest id, for one that the graph does not have."""
    if document in past.parts:
        return past.parts[document]
    near = get_close_matches(document, past.parts, n=1, cutoff=0.0)
    raise GraphError(f"{document} is no document of this graph", where=str(where), right=f"{near[0]}?" if near else "")


def to_rows(parts: Sequence[Part], failures: Iterable[Failure], sections: Mapping[str, str]) -> list[str]:
    """Return the lines of `parts.jsonl`, without line ends; the shards' runs are where the union has them."""
    rows: list[dict[str, Any]] = [{"format": _FORMAT}]
    for part in parts:
        shard = part.shard
        rows.append(
            {
                "document": part.report.id,
                "rules": part.rules,
                "records": len(part.records),
                "findings": len(part.findings),
                "size": shard.size,
                "quads": shard.quads,
                "runs": [[run.graph, run.key, run.start, run.end] for run in shard.runs],
                "shared": shard.shared,
                "own": shard.own,
                "summary": part.summary,
            }
        )
    rows += ({"failure": failure.file, "message": failure.message} for failure in failures)
    rows += ({"graph": graph, "sha256": sections[graph]} for graph in sorted(sections))
    return [json.dumps(row, ensure_ascii=False) for row in rows]


def _find_changed(folder: Path, files: Mapping[str, str]) -> str | None:
    """Return a file that is not what the manifest says of it; hashing lets go of Python's lock."""
    with ThreadPoolExecutor() as executor:
        hashes = executor.map(lambda name: _hash(folder / name), files)
        return next((name for name, found in zip(files, hashes, strict=True) if found != files[name]), None)


def _hash(path: Path) -> str:
    with suppress(OSError), path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
    return ""


def _iter_parts(folder: GraphFolder, manifest: Mapping[str, Any], rows: Iterable[Mapping[str, Any]]) -> Iterator[Part]:
    reports = {row["id"]: DocumentReport(**row) for row in manifest["documents"]}
    records, findings = _Lines(folder.records), _Lines(folder.findings)
    for row in rows:
        if "document" not in row:
            continue
        report = reports[row["document"]]
        shard = Shard(
            report.id,
            folder.shard(report.id),
            manifest["files"][f"documents/{report.id}.nq"],
            row["size"],
            row["quads"],
            tuple(Run(*run) for run in row["runs"]),
            folder.trig,
            shared=tuple((start, end) for start, end in row["shared"]),
            own=tuple((start, end) for start, end in row["own"]),
        )
        yield Part(
            report, row["rules"], records.take(row["records"]), findings.take(row["findings"]), shard, row["summary"]
        )


class _Lines:
    """The lines of a table, taken from the top: documents stand in the order of their ids."""

    def __init__(self, path: Path) -> None:
        self._lines = path.read_text(encoding="utf-8").split("\n")
        self._at = 0

    def take(self, count: int) -> tuple[str, ...]:
        self._at += count
        return tuple(self._lines[self._at - count : self._at])
