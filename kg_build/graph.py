"""The graph folder: written beside, swapped in whole, never half there.

    documents/<id>.nq   a shard for each document    records.jsonl    the record table
    graph.trig          all of it, sorted            findings.jsonl   doubts and faults
    store/              all of it, for asking        manifest.json    what was read; written last
    parts.jsonl         where in these files each document stands: for the next build

A folder in progress is called `<out>.next-<process>`, the one that is being replaced
`<out>.previous`. A build that is killed leaves the old graph under one of its two names. This
module does not know what the statements say.
"""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass, field
from glob import escape
from pathlib import Path
from typing import Any

from kg_build.locks import hold, is_held, let_go, while_held
from ontology.errors import GraphError

__all__ = ["GraphFolder", "end_graph", "open_graph", "replace_graph", "start_graph"]

_PARTS = ("documents", "graph.trig", "records.jsonl", "findings.jsonl", "parts.jsonl", "store", "manifest.json")


@dataclass(frozen=True, slots=True)
class GraphFolder:
    """The places in a graph folder. `lock` is held by whoever is writing it."""

    path: Path
    lock: int | None = field(default=None, compare=False, repr=False)

    @property
    def documents(self) -> Path:
        """The folder of the shards."""
        return self.path / "documents"

    @property
    def trig(self) -> Path:
        """All statements, sorted."""
        return self.path / "graph.trig"

    @property
    def records(self) -> Path:
        """The record table, one JSON object a line."""
        return self.path / "records.jsonl"

    @property
    def findings(self) -> Path:
        """The findings, one JSON object a line."""
        return self.path / "findings.jsonl"

    @property
    def parts(self) -> Path:
        """Where in the other files each document stands, one JSON object a line."""
        return self.path / "parts.jsonl"

    @property
    def store(self) -> Path:
        """The Oxigraph store; open it read-only."""
        return self.path / "store"

    @property
    def manifest(self) -> Path:
        """What was read, and the hashes of the files."""
        return self.path / "manifest.json"

    def shard(self, document: str) -> Path:
        """Return the place of a document's shard."""
        return self.documents / f"{document}.nq"

    def read_manifest(self) -> dict[str, Any]:
        """Return the manifest; raise GraphError where there is none of ours."""
        try:
            manifest = json.loads(self.manifest.read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise _no_graph(self.path) from error
        if not isinstance(manifest, dict) or not {"zhinan", "documents", "files"} <= manifest.keys():
            raise _no_graph(self.path)
        return manifest


def open_graph(path: Path) -> GraphFolder:
    """Return the graph folder at a path.

    Where a killed build left nothing but the folder that it was replacing, that is the graph.
    Raises GraphError for a path that is no graph folder, or lacks a part of it.
    """
    out = path.resolve()
    folder = GraphFolder(_previous(out) if not out.exists() and _previous(out).exists() else out)
    folder.read_manifest()
    missing = _find_missing(folder)
    if missing is not None:
        raise GraphError(f"{missing} is missing", where=str(path), right="build the graph again")
    return folder


def start_graph(path: Path) -> GraphFolder:
    """Make the empty folder in which a graph for this path is written; `end_graph` it in any case.

    Takes away what killed builds left behind. Raises GraphError, before anything is touched, where
    the path holds something that is not a graph folder, as a build would replace it, and where another
    build is at work.
    """
    out = path.resolve()
    _refuse_foreign(out)
    folder = GraphFolder(out.with_name(f"{out.name}.next-{os.getpid()}"))
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        with while_held(out.parent):
            _refuse_company(out)
            _recover(out)
            shutil.rmtree(folder.path, ignore_errors=True)
            folder.documents.mkdir(parents=True)
            return GraphFolder(folder.path, hold(folder.path))
    except OSError as error:
        raise GraphError(
            f"cannot be written: {error.strerror}", where=str(path), right="a folder that can be made"
        ) from error


def replace_graph(draft: GraphFolder, path: Path) -> None:
    """Swap a finished graph in for the one at the path, if there is one.

    Two renames: between them the old graph stands under `<out>.previous`, where `open_graph` finds it.
    """
    out = path.resolve()
    _refuse_foreign(out)
    with while_held(out.parent):
        _recover(out)
        try:
            if out.exists():
                out.rename(_previous(out))
            draft.path.rename(out)
        except OSError as error:
            raise GraphError(
                f"cannot be replaced: {error.strerror}", where=str(path), right="one build at a time"
            ) from error
        if _previous(out).exists():
            _remove(GraphFolder(_previous(out)))
    let_go(draft.lock)


def end_graph(draft: GraphFolder) -> None:
    """Take away a folder in progress that was not swapped in."""
    if draft.path.exists():
        shutil.rmtree(draft.path, ignore_errors=True)
        let_go(draft.lock)


def _remove(folder: GraphFolder) -> None:
    """Remove a graph folder part by part, the manifest last: a rest of it is still known as ours."""
    for part in _PARTS[:-1]:
        target = folder.path / part
        if target.is_dir():
            shutil.rmtree(target, ignore_errors=True)
        else:
            target.unlink(missing_ok=True)
    folder.manifest.unlink(missing_ok=True)
    folder.path.rmdir()


def _recover(out: Path) -> None:
    """Bring back the graph that a killed build was replacing, and remove what else it left."""
    previous = _previous(out)
    if previous.exists():
        _refuse_foreign(previous)
        if out.exists() or _find_missing(GraphFolder(previous)) is not None:
            _remove(GraphFolder(previous))
        else:
            previous.rename(out)
    for draft in _find_drafts(out):
        if is_held(draft) is False:
            shutil.rmtree(draft, ignore_errors=True)


def _find_drafts(out: Path) -> list[Path]:
    found = sorted(out.parent.glob(f"{escape(out.name)}.next-*"))
    return [draft for draft in found if draft.name.rpartition("-")[2].isdecimal() and draft.is_dir()]


def _refuse_company(out: Path) -> None:
    """Raise GraphError where another build writes a graph for the same path."""
    for draft in _find_drafts(out):
        if is_held(draft):
            raise GraphError(
                f"another build is at work here: process {draft.name.rpartition('-')[2]}",
                where=str(out),
                right="wait until it has ended",
            )


def _find_missing(folder: GraphFolder) -> str | None:
    """Return the first part that a graph folder lacks, or None where it is whole."""
    if not folder.manifest.exists():
        return folder.manifest.name
    parts = (*folder.read_manifest()["files"], folder.store.name)
    return next((part for part in parts if not (folder.path / part).exists()), None)


def _refuse_foreign(out: Path) -> None:
    """Raise GraphError where a folder holds anything that a build did not put there."""
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    if not out.is_dir():
        raise GraphError("is a file", where=str(out), right="the name of a folder for the graph")
    known = set(GraphFolder(out).read_manifest()["files"]) | {"manifest.json"}
    strangers = [entry for entry in sorted(out.iterdir()) if entry.name not in _PARTS]
    strangers += [
        entry for entry in sorted((out / "documents").glob("*")) if entry.relative_to(out).as_posix() not in known
    ]
    if strangers:
        raise GraphError(
            f"holds a file that is not of the graph: {strangers[0].name}",
            where=str(out),
            right="move it elsewhere, or build into another folder",
        )


def _no_graph(path: Path) -> GraphError:
    if not path.exists():
        return GraphError("no graph here", where=str(path), right="zhinan build SOURCE --out FOLDER makes one")
    return GraphError("not a graph folder", where=str(path), right="a folder that zhinan build wrote, or a new one")


def _previous(out: Path) -> Path:
    return out.with_name(f"{out.name}.previous")
