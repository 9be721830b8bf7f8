"""The way from files to a graph folder, one call a step.

In: files and folders. Out: a graph folder, swapped in whole, and a report. What was read before and
has not changed is not read again; what the sources do not name stays. A document that cannot be read
is an error in the report and in the findings; the others are built all the same. This module neither
reads text nor writes statements itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pyoxigraph import Quad

from kg_build.contents import Content, keep_part, write_content
from kg_build.curation import find_misfits, propose, read_curation
from kg_build.findings import to_json
from kg_build.fingerprints import take_fingerprint
from kg_build.graph import GraphFolder, end_graph, open_graph, replace_graph, start_graph
from kg_build.intake import prepare, read_part
from kg_build.mentions import Mention, to_mentions
from kg_build.parts import DocumentReport, Failure, Part, Past, get_part, read_past, refuse_loss
from kg_build.plans import Plan, Task, make_plan, split_doubles
from kg_build.quads import read_version
from kg_build.revisions import link_revisions, read_edition
from kg_build.rules import read_rulebook
from kg_build.sources import find_sources
from kg_build.statements import Statement
from kg_build.stores import Loader, copy_store
from kg_build.union import merge_shared, read_ontology
from kg_build.workers import start_workers
from ontology.errors import DocumentError, GraphError, ZhinanError
from ontology.vocabulary import read_vocabulary

__all__ = ["BuildReport", "BuildStep", "DocumentReport", "build", "find_sources", "remove"]

_FEW = 4
"""A store is changed where at most one of so many documents differs; else it is filled anew."""


@dataclass(frozen=True, slots=True)
class BuildStep:
    """How far a build is: `done` of `total` steps, the last of them called `name`."""

    done: int
    total: int
    name: str


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build did. Nothing was written, and the old graph stands, where `documents` is empty.

    `documents` are those that the sources name; `unchanged` the ids of those among them that were not read
    again. `kept` are the ids of those that the graph holds besides, `outdated` the ids of those among them
    that other rules or aliases have read. `quads` are all statements of the graph.
    """

    documents: tuple[DocumentReport, ...]
    errors: tuple[ZhinanError, ...]
    quads: int
    unchanged: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    outdated: tuple[str, ...] = ()


Progress = Callable[[BuildStep], None]
Reader = Callable[[Path, Path, str], Part]
"""Reads a file into a shard, by the rules of a fingerprint."""


def build(
    sources: Sequence[Path],
    out: Path,
    *,
    jobs: int = 1,
    model: str | None = None,
    progress: Progress | None = None,
    besides: Iterable[Quad] = (),
) -> BuildReport:
    """Bring the documents that the sources name into the graph folder `out`; what else it holds stays.

    A document is not read again where its bytes, its file name, the version of the rules and what people add
    beside it (`aliases.toml`, `corrections.toml`) are those of last time. With several jobs, as many processes
    read while as many threads load the store. `model` is a trained spaCy pipeline, by its name or path;
    `besides` are quads of graphs of their own, such as the catalogue of questions. The bytes of the folder
    (but for `store/`) depend on all these, not on how they came in. Raises GraphError, before anything is
    read, where `out` is not a graph folder's place, where another build is at work, or where what it holds
    could not be kept; RuleError for a model, aliases or corrections that are broken.
    """
    paths, lacking = find_sources(sources)
    curation = read_curation(paths, read_vocabulary())
    draft = start_graph(out)
    tell = progress or _tell_nobody
    try:
        past = read_past(out)
        plan = make_plan(paths, past, take_fingerprint(model), curation)
        refuse_loss(past, (task.source.id for task in plan.tasks), out)
        jobs = min(jobs, len(plan.tasks))
        changing = _start_change(draft, past, len(plan.tasks))
        with Loader(draft.store, threads=max(1, jobs)) as loader:
            stream = None if changing else loader
            reader = partial(read_part, model=model, curation=curation)
            read, failures = _read_all(plan.tasks, draft, stream, reader, jobs=jobs, tell=tell)
            new, doubles = _settle([task for task in plan.tasks if task.source.path not in failures], read, stream)
            parts = {**past.parts, **{part.report.id: part for part in new}}
            refuse_loss(past, parts, out)
            lost = _to_failures(past, paths, failures)
            quads = _finish(draft, past, parts, lost, loader, changing, besides) if new or plan.unchanged else 0
        if quads:
            replace_graph(draft, out)
    finally:
        end_graph(draft)
    tell(BuildStep(len(plan.tasks) + 1, len(plan.tasks) + 1, str(out)))
    misfits = find_misfits(curation, _mentions(parts), read_vocabulary())
    return _report(plan, new, parts, (*lacking, *plan.errors, *failures.values(), *doubles, *misfits), quads)


def _report(
    plan: Plan, new: Sequence[Part], parts: Mapping[str, Part], errors: tuple[ZhinanError, ...], quads: int
) -> BuildReport:
    named = {part.report.id: part.report for part in (*plan.unchanged, *new)}
    return BuildReport(
        tuple(named[name] for name in sorted(named)),
        errors,
        quads,
        unchanged=tuple(part.report.id for part in plan.unchanged),
        kept=tuple(sorted(parts.keys() - named)),
        outdated=plan.outdated,
    )


def remove(documents: Sequence[str], out: Path, *, besides: Iterable[Quad] = ()) -> BuildReport:
    """Take documents, called by their ids, out of a graph folder, and with them what no other document states.

    The folder is then as if they had never been built. The name of a file that could not be read takes out
    what is told of it. Raises GraphError, and changes nothing, for an id that the graph does not have, and
    where no document would be left.
    """
    open_graph(out)
    draft = start_graph(out)
    try:
        past = read_past(out)
        refuse_loss(past, (), out)
        gone = {name for name in documents if name not in past.failures or name in past.parts}
        reports = [get_part(past, name, out).report for name in dict.fromkeys(documents) if name in gone]
        parts = {name: part for name, part in past.parts.items() if name not in gone}
        if not parts:
            raise GraphError("no document would be left", where=str(out), right="delete the folder")
        failures = [failure for name, failure in sorted(past.failures.items()) if name not in documents]
        changing = _start_change(draft, past, len(gone))
        with Loader(draft.store) as loader:
            quads = _finish(draft, past, parts, failures, loader, changing, besides)
        replace_graph(draft, out)
    finally:
        end_graph(draft)
    return BuildReport(tuple(reports), (), quads, kept=tuple(sorted(parts)))


def _start_change(draft: GraphFolder, past: Past, different: int) -> bool:
    """Copy the store that is there, where that and some changes are less work than to fill one; say whether."""
    few = past.store is not None and different * _FEW <= len(past.parts)
    return few and past.store is not None and copy_store(past.store, draft.store)


def _read_all(
    tasks: Sequence[Task], draft: GraphFolder, stream: Loader | None, reader: Reader, *, jobs: int, tell: Progress
) -> tuple[list[Part], dict[Path, DocumentError]]:
    """Read each file into a shard; return what was read, and what could not be, by file.

    A document whose id is its own goes at once to `stream`, if there is one.
    """
    parts: list[Part] = []
    failures: dict[Path, DocumentError] = {}
    if jobs > 1:  # so that a broken file of ours is told here, and no process dies of it
        read_vocabulary()
        read_rulebook()
    executor = start_workers(jobs, prepare)
    futures: Iterable[Future[Part]] = (
        executor.submit(reader, task.source.path, draft.documents / f"{place}.part", task.rules)
        for place, task in enumerate(tasks)
    )
    try:
        if jobs > 1:
            futures = list(futures)  # else each is begun when the one before is loaded
        for done, (task, future) in enumerate(zip(tasks, futures, strict=True), start=1):
            outcome = _wait(task.source.path, future)
            if isinstance(outcome, DocumentError):
                failures[task.source.path] = outcome
            else:
                parts.append(outcome)
                if stream is not None and task.alone:
                    stream.add(outcome.shard.path, outcome.shard.size)
            tell(BuildStep(done, len(tasks) + 1, task.source.path.name))
    finally:
        executor.shutdown(cancel_futures=True)
    return parts, failures


def _wait(path: Path, future: Future[Part]) -> Part | DocumentError:
    """Return what became of a file: a part, or the error that keeps it out.

    Raises any other error: a broken rule or term is broken for every document.
    """
    error = future.exception()
    if isinstance(error, BrokenProcessPool):
        raise DocumentError("a reading process died", where=str(path), right="fewer --jobs") from error
    if error is not None and not isinstance(error, DocumentError):
        raise error
    return error or future.result()


def _settle(
    tasks: Sequence[Task], read: Sequence[Part], stream: Loader | None
) -> tuple[list[Part], list[DocumentError]]:
    """Return the documents that are taken in, of those that the tasks have read, and an error for each id that several have."""
    parts, doubles, errors = split_doubles(read, (task.source for task in tasks))
    for part in doubles:
        part.shard.path.unlink()
        part.shard.trig.unlink()
    streamed = {task.source.id for task in tasks if task.alone}
    for part in parts:
        if stream is not None and part.report.id not in streamed:
            stream.add(part.shard.path, part.shard.size)
    return parts, errors


def _to_failures(past: Past, paths: Sequence[Path], failures: Mapping[Path, DocumentError]) -> list[Failure]:
    """Return what is to be told of files by name: of those named now, what happened now, of others what did before."""
    told = past.failures.keys() - {path.name for path in paths}
    told_now = {path.name: Failure(path.name, error.what) for path, error in failures.items()}
    return sorted([*(past.failures[name] for name in told), *told_now.values()], key=lambda failure: failure.file)


def _finish(
    draft: GraphFolder,
    past: Past,
    parts: Mapping[str, Part],
    failures: Sequence[Failure],
    loader: Loader,
    changing: bool,
    besides: Iterable[Quad],
) -> int:
    """Write all that stands beside the shards; return the number of statements.

    Here, and only here, all documents are together, those read now and those kept: what follows from
    several of them (links between them, names that look alike, counts) is made of their summaries, and goes
    to `others`, in graphs of its own, and to the findings.
    """
    kept = {name: keep_part(part, draft) for name, part in parts.items() if past.parts.get(name) is part}
    if not changing:
        for part in kept.values():
            loader.add(part.shard.path, part.shard.size)
    placed = [kept.get(name, parts[name]) for name in sorted(parts)]
    near = propose(_mentions(parts), read_vocabulary())
    stated = (Statement(*map(str, (quad.graph_name, *quad.triple))) for quad in besides)
    editions = (read_edition(part.summary["edition"]) for part in placed if part.summary["edition"] is not None)
    content = Content(
        placed,
        failures,
        shared=merge_shared(part.shard for part in placed),
        others=(*read_ontology(), *stated, *link_revisions(editions)),
        findings=tuple(map(to_json, near)),
    )
    return write_content(draft, content, loader, version=read_version(), past=past if changing else None)


def _mentions(parts: Mapping[str, Part]) -> dict[str, tuple[Mention, ...]]:
    return {name: to_mentions(part.summary["mentions"]) for name, part in sorted(parts.items())}


def _tell_nobody(step: BuildStep) -> None:
    del step
