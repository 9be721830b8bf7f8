"""The way from files to a graph folder, one call a step.

In: files and folders. Out: a graph folder, swapped in whole, and a report. A document that cannot
be read is an error in the report and in the findings; the others are built all the same. This
module neither reads text nor writes statements itself.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from multiprocessing import get_context, parent_process
from pathlib import Path

from kg_build.findings import Finding, Severity, count_severities, to_json
from kg_build.graph import GraphFolder, finish_graph, replace_graph, start_graph
from kg_build.quads import read_version, to_quads
from kg_build.reading import read_guide
from kg_build.records import to_records
from kg_build.rules import read_rulebook
from kg_build.shards import write_shard
from kg_build.statements import to_iri
from ontology.errors import DocumentError
from ontology.vocabulary import read_vocabulary

__all__ = ["BuildReport", "BuildStep", "DocumentReport", "build", "find_sources"]

_SUFFIXES = (".md", ".txt")


@dataclass(frozen=True, slots=True)
class BuildStep:
    """How far a build is: `done` of `total` steps, the last of them called `name`."""

    done: int
    total: int
    name: str


@dataclass(frozen=True, slots=True)
class DocumentReport:
    """What was read from one document. `facts` counts the statements that have a quote."""

    id: str
    file: str
    sha256: str
    characters: int
    directions: int
    stated_directions: int | None
    facts: int
    findings: Mapping[Severity, int]


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. Nothing was written, and the old graph stands, where `documents` is empty."""

    documents: tuple[DocumentReport, ...]
    errors: tuple[DocumentError, ...]
    quads: int


@dataclass(frozen=True, slots=True)
class _Part:
    """A document that was read: its report, its lines for the two tables, its shard."""

    report: DocumentReport
    records: tuple[str, ...]
    findings: tuple[str, ...]
    shard: Path


Progress = Callable[[BuildStep], None]


def build(sources: Sequence[Path], out: Path, *, jobs: int = 1, progress: Progress | None = None) -> BuildReport:
    """Read the sources with `jobs` processes and write the graph folder `out`.

    The bytes of the folder (but for `store/`) depend on the sources only. Raises GraphError, before
    anything is read, where `out` is not a graph folder's place.
    """
    paths, errors = find_sources(sources)
    draft = start_graph(out)
    tell = progress or _tell_nobody
    try:
        parts, failures = _read_all(paths, draft, jobs, tell)
        parts, doubles = _split_doubles(parts)
        errors = (*errors, *failures.values(), *doubles)
        quads = 0
        if parts:
            for part in parts:
                part.shard.rename(draft.shard(part.report.id))
            quads = _finish(draft, parts, failures)
            replace_graph(draft, out)
            tell(BuildStep(len(paths) + 1, len(paths) + 1, str(out)))
    finally:
        shutil.rmtree(draft.path, ignore_errors=True)
    return BuildReport(tuple(part.report for part in parts), errors, quads)


def find_sources(sources: Sequence[Path]) -> tuple[tuple[Path, ...], tuple[DocumentError, ...]]:
    """Return the files that the sources name, each once, and an error for each source without any.

    Of a folder these are its own `*.txt` and `*.md`, by name; hidden files and subfolders are not.
    """
    paths: dict[Path, Path] = {}
    errors: list[DocumentError] = []
    for source in sources:
        found = list(_iter_files(source))
        paths |= {path.resolve(): path for path in found if path.resolve() not in paths}
        if not source.exists():
            errors.append(DocumentError("no such file or folder", where=str(source), right="a guide's text"))
        elif not found:
            errors.append(DocumentError("nothing readable", where=str(source), right="*.txt or *.md in it"))
    return tuple(paths.values()), tuple(errors)


def _iter_files(source: Path) -> Iterator[Path]:
    if not source.is_dir():
        yield from [source] if source.exists() else []
        return
    for path in sorted(source.iterdir()):
        if path.is_file() and path.suffix.lower() in _SUFFIXES and not path.name.startswith("."):
            yield path


def _read_all(
    paths: Sequence[Path], draft: GraphFolder, jobs: int, tell: Progress
) -> tuple[list[_Part], dict[Path, DocumentError]]:
    """Read each file into a shard; return what was read, by id, and what could not be, by file."""
    parts: list[_Part] = []
    failures: dict[Path, DocumentError] = {}
    executor = _start_workers(min(jobs, len(paths)))
    try:
        shards = [draft.documents / f"{position}.part" for position in range(len(paths))]
        futures = [executor.submit(_read_one, *task) for task in zip(paths, shards, strict=True)]
        for done, (path, future) in enumerate(zip(paths, futures, strict=True), start=1):
            outcome = _wait(path, future)
            if isinstance(outcome, DocumentError):
                failures[path] = outcome
            else:
                parts.append(outcome)
            tell(BuildStep(done, len(paths) + 1, path.name))
    finally:
        executor.shutdown(cancel_futures=True)
    return sorted(parts, key=lambda part: part.report.id), failures


def _read_one(path: Path, shard: Path) -> _Part:
    """Read one guide, write its shard, and return what the graph folder says beside it.

    Raises DocumentError for a text without directions: whatever it is, it is no guide.
    """
    vocabulary = read_vocabulary()
    reading = read_guide(path, vocabulary, read_rulebook())
    document, call = reading.text.document, reading.call
    if not call.directions:
        raise DocumentError("is no guide", where=str(path), right="numbered directions (1.1 …) in the text")
    statements = set(to_quads(call, reading.text, vocabulary))
    write_shard(statements, shard)
    claim = to_iri(vocabulary.term("zn:Claim"))
    report = DocumentReport(
        id=document.id,
        file=path.name,
        sha256=document.sha256,
        characters=len(document.raw),
        directions=len(call.directions),
        stated_directions=None if call.stated_directions is None else call.stated_directions.value,
        facts=sum(statement.object == claim for statement in statements),
        findings=count_severities(reading.findings),
    )
    return _Part(
        report,
        tuple(json.dumps(record, ensure_ascii=False) for record in to_records(call)),
        tuple(to_json(finding, document=document.id, text=reading.text) for finding in reading.findings),
        shard,
    )


def _wait(path: Path, future: Future[_Part]) -> _Part | DocumentError:
    """Return what became of a file: a part, or the error that keeps it out.

    Raises any other error: a broken rule or term is broken for every document.
    """
    error = future.exception()
    if isinstance(error, BrokenProcessPool):
        raise DocumentError("a reading process died", where=str(path), right="fewer --jobs") from error
    if error is not None and not isinstance(error, DocumentError):
        raise error
    return error or future.result()


def _split_doubles(parts: Sequence[_Part]) -> tuple[list[_Part], list[DocumentError]]:
    """Keep the documents whose id is theirs alone; of those that share one, none can be trusted."""
    by_id: dict[str, list[_Part]] = defaultdict(list)
    for part in parts:
        by_id[part.report.id].append(part)
    errors: list[DocumentError] = [
        DocumentError(
            f"{len(same)} documents have the id {name}",
            where=", ".join(sorted(part.report.file for part in same)),
            right="names that differ before the first _",
        )
        for name, same in by_id.items()
        if len(same) > 1
    ]
    for same in by_id.values():
        if len(same) > 1:
            for part in same:
                part.shard.unlink()
    return [same[0] for same in by_id.values() if len(same) == 1], errors


def _finish(draft: GraphFolder, parts: Sequence[_Part], failures: Mapping[Path, DocumentError]) -> int:
    lost = [
        to_json(Finding("error", path.name, "documents.read", error.what), document=path.name)
        for path, error in failures.items()
    ]
    return finish_graph(
        draft,
        [asdict(part.report) for part in parts],
        [line for part in parts for line in part.records],
        [*(line for part in parts for line in part.findings), *lost],
        version=read_version(),
    )


def _start_workers(jobs: int) -> Executor:
    """Return where files are read: a thread for one job, else processes that get paths only."""
    if jobs <= 1:
        return ThreadPoolExecutor(1)
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_follow_parent)


def _follow_parent() -> None:
    """End this process when the build that started it is gone, even by a kill; leave Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _tell_nobody(step: BuildStep) -> None:
    del step
