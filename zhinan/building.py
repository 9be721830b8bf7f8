"""A build as a user sees it: a bar while it runs, a table when it is done; and a removal.

In: sources, or ids of documents. Out: the graph folder, and text. The bar is for a terminal only; rich is imported for it alone.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from pyoxigraph import Literal

from kg_build.build import BuildReport, BuildStep, DocumentReport, build, remove
from kg_build.evaluation import read_records
from kg_build.graph import open_graph
from queries.answers import Solutions
from queries.executables import to_quads
from queries.tables import to_table

__all__ = ["build_with_progress", "remove_documents", "to_summary"]

_COLUMNS = ("document", "directions", "stated", "sub-directions", "facts", "errors", "warnings", "infos", "file")
_MOST_FINDINGS = 8
_MOST_ROWS = 40
_MOST_NAMES = 8


def build_with_progress(sources: Sequence[Path], out: Path, *, jobs: int, model: str | None = None) -> BuildReport:
    """Build a graph folder, the catalogue of questions in it; raise the error of the last source where nothing could be read at all."""
    report = (
        _build_under_bar(sources, out, jobs, model)
        if sys.stderr.isatty()
        else build(sources, out, jobs=jobs, model=model, besides=to_quads())
    )
    for error in report.errors if report.documents else report.errors[:-1]:
        sys.stderr.write(f"zhinan: {error}\n")
    if not report.documents:
        raise report.errors[-1]
    return report


def remove_documents(documents: Sequence[str], out: Path) -> str:
    """Take documents out of a graph folder, and tell what is left."""
    report = remove(documents, out, besides=to_quads())
    removed = [document.id for document in report.documents]
    return "\n".join([*([f"removed {_name(removed)}"] if removed else []), _tell_total(report, out)])


def to_summary(report: BuildReport, out: Path) -> str:
    """Tell what was read from each document and what is doubtful, in a table, and where to look.

    Where the sources name many documents, the table has those that were read now.
    """
    many, unchanged = len(report.documents) > _MOST_ROWS, set(report.unchanged)
    shown = [one for one in report.documents if not (many and one.id in unchanged)]
    rows = tuple(tuple(map(_to_cell, _to_row(document))) for document in shown)
    table = to_table(Solutions(_COLUMNS, rows)).rpartition("\n(")[0]
    return "\n".join(
        [*([table] if shown else []), *_tell_others(report), *_tell_findings(out), _tell_total(report, out)]
    )


def _tell_others(report: BuildReport) -> list[str]:
    """Tell which documents were not read, and why they are in the graph all the same."""
    told = []
    if report.unchanged:
        told.append(f"not read again, as nothing changed: {_name(report.unchanged)}")
    if report.kept:
        told.append(f"in the graph besides: {_name(report.kept)} (zhinan remove takes documents out)")
    if report.outdated:
        told.append(
            f"read by other rules or aliases, name their sources too to read them again: {_name(report.outdated)}"
        )
    return told


def _tell_total(report: BuildReport, out: Path) -> str:
    documents = open_graph(out).read_manifest()["documents"]
    directions, below, facts = (
        sum(document[name] for document in documents) for name in ("directions", "subdirections", "facts")
    )
    plural = "" if len(documents) == 1 else "s"
    told = f"{len(documents)} document{plural}, {directions - below} directions, {below} sub-directions, {facts} facts"
    return f"{out}: {told}, {report.quads} statements"


def _name(documents: Sequence[str]) -> str:
    """Name some documents, and count them where there are more."""
    names = " ".join(documents[:_MOST_NAMES])
    return names if len(documents) <= _MOST_NAMES else f"{names} … ({len(documents)} documents)"


def _to_row(document: DocumentReport) -> tuple[str | int | None, ...]:
    """Set what was found beside what the guide says of itself, which counts no sub-directions."""
    directions = (document.directions - document.subdirections, document.stated_directions, document.subdirections)
    found = (document.findings[severity] for severity in ("error", "warning", "info"))
    return (document.id, *directions, document.facts, *found, document.file)


def _to_cell(value: str | int | None) -> Literal | None:
    return None if value is None else Literal(value)


def _tell_findings(out: Path) -> list[str]:
    """Return one line for each kind of finding, the most frequent first."""
    kinds = Counter((row["severity"], row["rule"]) for row in read_records(open_graph(out).findings))
    if not kinds:
        return []
    lines = [f"  {count:5}  {severity}  {rule}" for (severity, rule), count in kinds.most_common(_MOST_FINDINGS)]
    more = len(kinds) - _MOST_FINDINGS
    return [
        "findings by kind",
        *lines,
        *([f"         and {more} more kinds"] if more > 0 else []),
        f"  in {out / 'findings.jsonl'}",
    ]


def _build_under_bar(sources: Sequence[Path], out: Path, jobs: int, model: str | None) -> BuildReport:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=None)

        def tell(step: BuildStep) -> None:
            bar.update(task, total=step.total, completed=step.done, description=step.name)

        return build(sources, out, jobs=jobs, model=model, progress=tell, besides=to_quads())
