"""Is a graph sound, and what was doubtful when it was read? Told together.

In: a graph folder. Out: faults (of shapes and fault queries), findings (of the build, by kind, each
with its place and its quote), and their text. A doubt is told and is no violation; a fault is one,
and so is a document that could not be read.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg_build.evaluation import read_records
from kg_build.faults import find_faults
from kg_build.findings import Finding
from kg_build.graph import open_graph as open_folder
from ontology.errors import QueryError
from queries.answers import Solutions, shorten, to_text
from queries.catalogue import CHECKS, load_queries
from queries.graphs import open_graph
from queries.run import ask
from queries.tables import pad, width_of

__all__ = ["Soundness", "check_by_reference", "check_graph", "to_report"]

_QUOTE = 36
"""Columns of a quote; the place beside it tells where all of it stands."""
_GRAVITY = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Soundness:
    """The faults of a graph, and the lines of its `findings.jsonl`."""

    faults: tuple[Finding, ...]
    findings: tuple[Mapping[str, Any], ...]

    @property
    def violations(self) -> int:
        """Count what must not be: faults that are errors, and documents that could not be read."""
        errors = [fault for fault in self.faults if fault.severity == "error"]
        return len(errors) + len([row for row in self.findings if row["severity"] == "error"])


def check_graph(folder: Path) -> Soundness:
    """Ask the queries made from the shapes and every fault query (a row of an answer is a fault), read the findings."""
    return _judge(folder, find_faults(folder))


def check_by_reference(folder: Path) -> Soundness:
    """Do the same with pySHACL in the place of the queries made from the shapes: slower, and the same faults."""
    from kg_build.shapes import check  # rdflib and pySHACL come with it

    return _judge(folder, check(folder))


def _judge(folder: Path, broken: tuple[Finding, ...]) -> Soundness:
    return Soundness((*_iter_faults(folder), *broken), read_records(open_folder(folder).findings))


def to_report(soundness: Soundness) -> str:
    """Tell each fault on one line, the findings by kind, and last how many there are of both."""
    faults = [
        f"{fault.severity}  {shorten(fault.subject)}  {fault.rule}  {fault.message}" for fault in soundness.faults
    ]
    asked = f"shapes.ttl and {len(list(CHECKS.glob('*.rq')))} fault queries"
    told = _count(soundness.violations, "violation") if soundness.violations else "no violation"
    doubts = _count(len(soundness.findings), "finding") if soundness.findings else "no finding"
    return "\n".join([*faults, *_tell_findings(soundness.findings), f"{told} ({asked}), {doubts}"])


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _tell_findings(findings: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield a heading for each kind, gravest first, then what it found, in the order of the documents."""
    kinds: dict[tuple[int, str], list[Mapping[str, Any]]] = defaultdict(list)
    for row in findings:
        kinds[_GRAVITY.index(row["severity"]), row["rule"]].append(row)
    for (gravity, rule), rows in sorted(kinds.items(), key=lambda kind: (kind[0][0], -len(kind[1]), kind[0][1])):
        yield f"{_GRAVITY[gravity]}  {rule}  {len(rows)}"
        width = max(width_of(_subject(row)) for row in rows)
        yield from (f"  {pad(_subject(row), width)}  {_line(row['message'])}{_place(row)}" for row in rows)
        yield ""


def _subject(row: Mapping[str, Any]) -> str:
    """Name what a finding is about as `zhinan show` takes it (001/1.2, 001 for the call), or the file."""
    document, subject = str(row["document"]), str(row["subject"])
    return _line(document if subject in ("call", document) else f"{document}/{subject}" if document else subject)


def _place(row: Mapping[str, Any]) -> str:
    if row["quote"] is None:
        return ""
    quote = _line("".join(str(row["quote"]).split("\n")))
    shown = pad(quote, _QUOTE).rstrip() if width_of(quote) > _QUOTE else quote
    return f"  「{shown}」 {row['document']}:{row['start']}-{row['end']}"


def _line(text: str) -> str:
    """Return a text that stays on its line: what it holds is the source's, and goes to a terminal."""
    return "".join(character if character.isprintable() else " " for character in text).strip()


def _iter_faults(folder: Path) -> Iterator[Finding]:
    graph = open_graph(folder)
    for query in load_queries(CHECKS):
        answer = ask(graph, query)
        if not isinstance(answer, Solutions):
            raise QueryError("a fault query returns rows", where=query.name, right="SELECT")
        for row in answer.rows:
            subject, *rest = map(to_text, row)
            named = zip(answer.columns[1:], rest, strict=True)
            said = " ".join(f"{column} {text}" for column, text in named if text)
            yield Finding("error", subject, f"checks.{query.name}", f"{query.question} {said}".rstrip())
