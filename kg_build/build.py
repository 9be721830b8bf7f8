"""The way from files to a graph folder, one call a step.

In: files and folders. Out: a graph folder, swapped in whole, and a report. A document that cannot
be read is an error in the report and in the findings; the others are built all the same. This
module neither reads text nor writes statements itself.
"""

from __future__ import annotations

import gc
import json
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import asdict, dataclass
from pathlib import Path

from pyoxigraph import Quad

from kg_build.findings import Finding, Severity, count_severities, to_json
from kg_build.graph import GraphFolder, finish_graph, replace_graph, start_graph
from kg_build.quads import read_version, to_page
from kg_build.reading import read_guide
from kg_build.recognisers import load_pipeline
from kg_build.records import to_records
from kg_build.revisions import Edition, link_revisions, to_edition
from kg_build.rules import read_rulebook
from kg_build.shards import Shard, write_shard
from kg_build.statements import Statement
from kg_build.stores import Loader
from kg_build.tallies import Census, take_census
from kg_build.workers import start_workers
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
class BuildReport:
    """What a build did. Nothing was written, and the old graph stands, where `documents` is empty."""

    documents: tuple[DocumentReport, ...]
    errors: tuple[DocumentError, ...]
    quads: int


@dataclass(frozen=True, slots=True)
class _Part:
    """A document that was read: its report, its lines for the two tables, its shard, its counts, its place among others."""

    report: DocumentReport
    records: tuple[str, ...]
    findings: tuple[str, ...]
    shard: Shard
    census: Census
    edition: Edition | None


Progress = Callable[[BuildStep], None]


def build(
    sources: Sequence[Path],
    out: Path,
    *,
    jobs: int = 1,
    model: str | None = None,
    progress: Progress | None = None,
    besides: Iterable[Quad] = (),
) -> BuildReport:
    """Read the sources and write the graph folder `out`.

    With several jobs, as many processes read and write shards while as many threads load the store;
    with one, one thing is done at a time. `model` is a trained spaCy pipeline, by its name or path;
    `besides` are quads of graphs of their own that go into the graph, such as the catalogue of
    questions. The bytes of the folder (but for `store/`) depend on the sources and on these two only.
    Raises GraphError, before anything is read, where `out` is not a graph folder's place, RuleError for
    a model that cannot be loaded, RuleError and TermError for broken rules and terms.
    """
    read_vocabulary()  # here once, so that no process of many dies of a broken file
    read_rulebook()
    paths, errors = find_sources(sources)
    draft = start_graph(out)
    tell = progress or _tell_nobody
    jobs = min(jobs, len(paths))
    try:
        with Loader(draft.store, threads=max(1, jobs // 2)) as loader:
            parts, failures = _read_all(paths, draft, loader, jobs=jobs, model=model, tell=tell)
            parts, doubles = _split_doubles(parts, loader)
            errors = (*errors, *failures.values(), *doubles)
            quads = _finish(draft, parts, failures, loader, besides) if parts else 0
        if parts:
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
    paths: Sequence[Path], draft: GraphFolder, loader: Loader, *, jobs: int, model: str | None, tell: Progress
) -> tuple[list[_Part], dict[Path, DocumentError]]:
    """Read each file into a shard and the store; return what was read, by id, and what could not be, by file."""
    parts: list[_Part] = []
    failures: dict[Path, DocumentError] = {}
    executor = start_workers(jobs, _prepare)
    shards = (draft.documents / f"{position}.part" for position in range(len(paths)))
    futures: Iterable[Future[_Part]] = (
        executor.submit(_read_one, path, shard, model) for path, shard in zip(paths, shards, strict=True)
    )
    try:
        if jobs > 1:
            futures = list(futures)  # else each is begun when the one before is loaded
        for done, (path, future) in enumerate(zip(paths, futures, strict=True), start=1):
            outcome = _wait(path, future)
            if isinstance(outcome, DocumentError):
                failures[path] = outcome
            else:
                parts.append(outcome)
                loader.add(outcome.shard.path, outcome.shard.size)
            tell(BuildStep(done, len(paths) + 1, path.name))
    finally:
        executor.shutdown(cancel_futures=True)
    return sorted(parts, key=lambda part: part.report.id), failures


def _prepare() -> None:
    """Load what every document needs into a process that reads nothing else; keep it out of garbage collection."""
    read_vocabulary()
    read_rulebook()
    gc.freeze()


def _read_one(path: Path, shard: Path, model: str | None) -> _Part:
    """Read one guide, write its shard, and return what the graph folder says beside it.

    Raises DocumentError for a text without a direction or a programme: whatever it is, it is no guide.
    """
    vocabulary = read_vocabulary()
    pipeline = None if model is None else load_pipeline(model)
    reading = read_guide(path, vocabulary, read_rulebook(), pipeline=pipeline)
    document, call = reading.text.document, reading.call
    if not call.directions and not call.programmes:
        raise DocumentError("is no guide", where=str(path), right="numbered directions (1.1 …) in the text")
    page = to_page(call, reading.text, vocabulary)
    graphs = page.graphs
    report = DocumentReport(
        id=document.id,
        file=path.name,
        sha256=document.sha256,
        characters=len(document.raw),
        directions=len(call.directions),
        subdirections=sum(direction.parent is not None for direction in call.directions),
        stated_directions=None if call.stated_directions is None else call.stated_directions.value,
        facts=len(page.claims),
        findings=count_severities(reading.findings),
    )
    return _Part(
        report,
        tuple(json.dumps(record, ensure_ascii=False) for record in to_records(call)),
        tuple(to_json(finding, document=document.id, text=reading.text) for finding in reading.findings),
        write_shard(document.id, graphs, shard),
        take_census(document.id, graphs),
        to_edition(call),
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


def _split_doubles(parts: Sequence[_Part], loader: Loader) -> tuple[list[_Part], list[DocumentError]]:
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
    kept = [same[0] for same in by_id.values() if len(same) == 1]
    if errors:
        loader.clear()
        for part in kept:
            loader.add(part.shard.path, part.shard.size)
        for shard in (part.shard for same in by_id.values() if len(same) > 1 for part in same):
            shard.path.unlink()
            shard.trig.unlink()
    return kept, errors


def _finish(
    draft: GraphFolder,
    parts: Sequence[_Part],
    failures: Mapping[Path, DocumentError],
    loader: Loader,
    besides: Iterable[Quad],
) -> int:
    lost = [
        to_json(Finding("error", path.name, "documents.read", error.what), document=path.name)
        for path, error in failures.items()
    ]
    return finish_graph(
        draft,
        [part.shard for part in parts],
        loader,
        documents=[asdict(part.report) for part in parts],
        records=[line for part in parts for line in part.records],
        findings=[*(line for part in parts for line in part.findings), *lost],
        version=read_version(),
        besides=[
            *(Statement(*map(str, (quad.graph_name, *quad.triple))) for quad in besides),
            *link_revisions(part.edition for part in parts if part.edition is not None),
        ],
        censuses={part.report.id: part.census for part in parts},
    )


def _tell_nobody(step: BuildStep) -> None:
    del step
