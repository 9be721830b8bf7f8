"""Is a graph sound? Its shapes and its fault queries, told together.

In: a graph folder. Out: findings, none where all is well, and their text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from kg_build.findings import Finding
from ontology.errors import QueryError
from queries.answers import Solutions, shorten, to_text
from queries.catalogue import CHECKS, load_queries
from queries.graphs import open_graph
from queries.run import ask

__all__ = ["check_graph", "to_report"]


def check_graph(folder: Path) -> tuple[Finding, ...]:
    """Validate against the shapes, then ask every fault query; a row of an answer is a fault."""
    from kg_build.shapes import check  # rdflib and pySHACL come with it

    return (*_iter_faults(folder), *check(folder))


def to_report(findings: Sequence[Finding]) -> str:
    """Tell each finding on one line, and last how many there are."""
    lines = [
        f"{finding.severity}  {shorten(finding.subject)}  {finding.rule}  {finding.message}" for finding in findings
    ]
    asked = f"shapes.ttl and {len(list(CHECKS.glob('*.rq')))} fault queries"
    told = f"{len(findings)} violations" if findings else "no violation"
    return "\n".join([*lines, f"{told} ({asked})"])


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
