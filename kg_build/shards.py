"""Shards: what one document says, as N-Quads for keeping and as parts of `graph.trig`.

In: a document's descriptions. Out: two sorted files, and a `Shard` that tells what stands where.
Facts that other documents may state as well are not written as TriG here but handed on, so that
the union says them once. This module does not know what a statement means.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg_build.descriptions import Description, Descriptions, Form, Graphs, count_pairs, iter_statements
from kg_build.iris import mint
from kg_build.statements import Statement, to_iri
from kg_build.trig import Writer

__all__ = ["Run", "Shard", "write_shard"]

SUFFIX = ".trig"
"""What the name of a shard's TriG has more than that of its N-Quads."""


@dataclass(frozen=True, slots=True)
class Run:
    """Bytes of a shard's TriG that stand together in the union.

    `key` is a subject, or how all subjects of the run begin; no other subject of the graph does. Of
    a named graph there is one run, whose key is "".
    """

    graph: str
    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Shard:
    """A document's two files, and what the union needs to know of them."""

    document: str
    path: Path
    sha256: str
    size: int
    """Bytes of N-Quads."""
    quads: int
    """Statements of this document alone."""
    runs: tuple[Run, ...]
    shared: tuple[Statement, ...]
    """Facts that other documents may state too."""

    @property
    def trig(self) -> Path:
        """The file that the runs are in."""
        return self.path.with_name(self.path.name + SUFFIX)


def write_shard(document: str, graphs: Graphs, path: Path) -> Shard:
    """Write a document's statements to `path` as N-Quads, and beside it those of it alone as TriG."""
    lines = "".join(_iter_lines(graphs)).encode()
    path.write_bytes(lines)
    facts = graphs.get("", {})
    call = to_iri(mint("call", document))
    parts = f"{call[:-1]}/"
    owned = {key: [s for s in facts if s == key or s.startswith(key)] for key in (call, parts)}
    writer = Writer()
    texts = [("", key, _write_blocks(facts, subjects, writer)) for key, subjects in owned.items()]
    texts += [(graph, "", writer.to_section(graph, graphs[graph])) for graph in sorted(graphs) if graph]
    runs, at = list[Run](), 0
    with path.with_name(path.name + SUFFIX).open("wb") as file:
        for graph, key, text in texts:
            end = at + file.write(text.encode())
            runs += [Run(graph, key, at, end)] if end > at else []
            at = end
    shared = tuple(iter_statements({"": {s: facts[s] for s in facts if s != call and not s.startswith(parts)}}))
    own = sum(count_pairs(descriptions.values()) for descriptions in graphs.values()) - len(shared)
    return Shard(document, path, hashlib.sha256(lines).hexdigest(), len(lines), own, tuple(runs), shared)


def _write_blocks(facts: Descriptions, subjects: Sequence[str], writer: Writer) -> str:
    return "".join(writer.to_block(subject, facts[subject]) for subject in sorted(subjects))


def _iter_lines(graphs: Graphs) -> Iterator[str]:
    """Yield N-Quads sorted by graph, subject, predicate and object; a string may be several lines."""
    for graph in sorted(graphs):
        tail = f" {graph} .\n" if graph else " .\n"
        templates: dict[Form, str] = {}
        for subject in sorted(graphs[graph]):
            yield _to_lines(subject, graphs[graph][subject], tail, templates)


def _to_lines(subject: str, description: Description, tail: str, templates: dict[Form, str]) -> str:
    if isinstance(description, dict):
        return "".join([f"{subject} {predicate} {object_}{tail}" for predicate, object_ in sorted(description)])
    form, objects = description
    template = templates.get(form)
    if template is None:
        template = "".join(f"{{0}} {predicate} {object_}{tail}" for predicate, object_ in form.slots())
        templates[form] = template
    return template.format(subject, *objects)
