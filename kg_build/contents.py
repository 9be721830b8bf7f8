"""All that a graph folder shall hold, and how it gets there.

In: the parts of all documents, read now or kept, and what is said beside them. Out: every file of a
folder in progress, the manifest last. Whether a document was read or kept changes no byte. This
module does not know what the statements say.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from kg_build.datasets import File, describe
from kg_build.findings import Finding, to_json
from kg_build.graph import GraphFolder
from kg_build.parts import Failure, Part, Past, to_rows
from kg_build.shards import Shard
from kg_build.statements import Statement, from_line
from kg_build.stores import Loader
from kg_build.tallies import read_census
from kg_build.union import Union, merge_shared, write_union

__all__ = ["Content", "keep_part", "write_content"]

_FEW = 100
"""After a change of more than one document in so many, a store is compacted: asked as it is, it took 1.7 times as long
after 40 changes in 1000, and hardly longer after one."""


@dataclass(frozen=True, slots=True)
class Content:
    """What a graph holds. Parts are sorted by id, failures by file.

    `shared` are the lines of the facts that several documents may state, each once. `others` are statements
    that no document makes, in graphs of their own; `findings` are lines about several documents at once,
    which stand behind those of each.
    """

    parts: Sequence[Part]
    failures: Sequence[Failure]
    shared: set[bytes]
    others: Sequence[Statement]
    findings: Sequence[str] = ()


def keep_part(part: Part, draft: GraphFolder) -> Part:
    """Take a part over into a folder in progress: its shard is linked, or copied where links cannot be."""
    path = draft.shard(part.report.id)
    with suppress(OSError):
        os.link(part.shard.path, path)
    if not path.exists():
        shutil.copyfile(part.shard.path, path)
    return replace(part, shard=replace(part.shard, path=path))


def write_content(
    draft: GraphFolder, content: Content, loader: Loader, *, version: str, past: Past | None = None
) -> int:
    """Write all files but the new shards, which are there, the manifest last; return the number of statements.

    The loader has got every shard already; or, where its store is a copy of that of `past`, none, and what
    differs is taken out of it and put in.
    """
    shards = [part.shard for part in content.parts]
    files = _write_tables(draft, content)
    content = replace(content, others=(*content.others, *_describe(content, files, version)))
    if past is None:
        loader.extend(content.others)
        filled = loader.start_finish()
    union = write_union(shards, content.shared, content.others, draft.trig)
    files |= {draft.trig: union.sha256, draft.parts: _write_parts(draft, content, union)}
    if past is None:
        filled.result()
    else:
        _change_store(loader, past, content, union.sections)
    for shard in shards:
        files[draft.shard(shard.document)] = shard.sha256
        if shard.path != draft.shard(shard.document):
            shard.trig.unlink()
            shard.path.rename(draft.shard(shard.document))
    manifest = {
        "zhinan": version,
        "documents": [asdict(part.report) for part in content.parts],
        "quads": union.quads,
        "files": {file.relative_to(draft.path).as_posix(): files[file] for file in sorted(files)},
    }
    _write_lines(draft.manifest, [json.dumps(manifest, ensure_ascii=False, indent=1)])
    return union.quads


def _write_tables(draft: GraphFolder, content: Content) -> dict[Path, str]:
    """Write the tables that go by documents; return their hashes."""
    lost = (
        to_json(Finding("error", failure.file, "documents.read", failure.message), document=failure.file)
        for failure in content.failures
    )
    tables: dict[Path, Iterable[str]] = {
        draft.records: (line for part in content.parts for line in part.records),
        draft.findings: (*(line for part in content.parts for line in part.findings), *lost, *content.findings),
    }
    return {path: _write_lines(path, lines) for path, lines in tables.items()}


def _write_parts(draft: GraphFolder, content: Content, union: Union) -> str:
    """Write where in the files each document stands; return the hash."""
    placed = [replace(part, shard=shard) for part, shard in zip(content.parts, union.shards, strict=True)]
    return _write_lines(draft.parts, to_rows(placed, content.failures, union.sections))


def _describe(content: Content, tables: Mapping[Path, str], version: str) -> tuple[Statement, ...]:
    """Describe the graph in a graph of its own, by the census that each part has in its summary; without one, not."""
    plain = {part.report.id: part.summary.get("census") for part in content.parts}
    censuses = {name: read_census(census) for name, census in plain.items() if census is not None}
    if len(censuses) < len(plain):
        return ()
    files = [File(path.name, sha256, path.stat().st_size) for path, sha256 in tables.items()]
    files += [File(f"documents/{part.report.id}.nq", part.shard.sha256, part.shard.size) for part in content.parts]
    shared = map(from_line, content.shared)
    return describe(censuses, shared=shared, others=content.others, files=files, version=version)


def _change_store(loader: Loader, past: Past, content: Content, sections: Mapping[str, str]) -> None:
    """Make of the past's statements the content's: take out what nobody states any more, put in what is new.

    A fact that several documents state goes when the last of them does.
    """
    now = {part.report.id: part.shard for part in content.parts}
    gone = [part.shard for name, part in past.parts.items() if not _is_same(part.shard, now.get(name))]
    new = [
        shard for name, shard in now.items() if name not in past.parts or not _is_same(past.parts[name].shard, shard)
    ]
    for graph in dict.fromkeys(run.graph for shard in gone for run in shard.runs if run.graph):
        loader.drop(graph)
    loader.remove(line for shard in gone for line in shard.read_own())
    loader.remove(merge_shared(gone) - content.shared)
    for shard in new:
        loader.add(shard.path, shard.size)
    other = {graph for graph, sha256 in sections.items() if past.sections.get(graph) != sha256}
    for graph in sorted(other.intersection(past.sections) | (past.sections.keys() - sections.keys())):
        loader.drop(graph)
    loader.extend(statement for statement in content.others if statement.graph in other)
    if (len(gone) + len(new)) * _FEW > len(now):
        loader.finish()
    else:
        loader.finish_change()


def _is_same(one: Shard, other: Shard | None) -> bool:
    return other is not None and one.sha256 == other.sha256


def _write_lines(path: Path, lines: Iterable[str]) -> str:
    """Write lines and return the hash of the file."""
    content = "".join(f"{line}\n" for line in lines).encode()
    path.write_bytes(content)
    return hashlib.sha256(content).hexdigest()
