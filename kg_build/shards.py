"""What a document says, as files: N-Quads for exchange, and its part of the union as TriG.

In: the document's statements by graph and subject. Out: two sorted files, and a `Shard` that tells
what stands where. Facts that other documents may state as well are not written as TriG here, so that
the union says them once. This module does not know what a statement means.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from kg_build.descriptions import Description, Descriptions, Form, Graphs, count_pairs
from kg_build.iris import mint
from kg_build.statements import to_iri
from kg_build.trig import Writer

__all__ = ["Run", "Shard", "write_shard"]

SUFFIX = ".trig"
"""What the name of a shard's TriG has more than that of its N-Quads."""

Place = tuple[int, int]
"""Bytes of a file, half-open."""


@dataclass(frozen=True, slots=True)
class Run:
    """Bytes of TriG that stand together in the union.

    `key` is a subject, or how all subjects of the run begin; no other subject of the graph does. Of
    a named graph there is one run, whose key is "".
    """

    graph: str
    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Shard:
    """A document's statements, and what the union needs to know of them.

    `path` are N-Quads, all of them of this document. `trig` has its runs: a file of its own as long as
    the document is new, the union of the graph that it comes from when it was kept.
    """

    document: str
    path: Path
    sha256: str
    size: int
    """Bytes of N-Quads."""
    quads: int
    """Statements of this document alone."""
    runs: tuple[Run, ...]
    trig: Path
    shared: tuple[Place, ...]
    """Where in the N-Quads the facts stand that other documents may state too."""
    own: tuple[Place, ...]
    """Where the facts stand that are of this document alone; what follows both is its named graph."""

    def read_shared(self) -> list[bytes]:
        """Read the facts that other documents may state too, as lines without line ends."""
        return self._read(self.shared)

    def read_own(self) -> list[bytes]:
        """Read the facts of the default graph that no other document states, as lines without line ends."""
        return self._read(self.own)

    def _read(self, places: Sequence[Place]) -> list[bytes]:
        lines = list[bytes]()
        with self.path.open("rb") as file:
            for start, end in places:
                file.seek(start)
                lines += file.read(end - start).split(b"\n")[:-1]
        return lines


def write_shard(document: str, graphs: Graphs, path: Path) -> Shard:
    """Write a document's statements to `path` as N-Quads, and beside it those of it alone as TriG."""
    facts = graphs.get("", {})
    call = to_iri(mint("call", document))
    parts = f"{call[:-1]}/"
    lines, places = _write_lines(graphs, call, parts)
    path.write_bytes(lines)
    owned = {key: [s for s in facts if s == key or s.startswith(key)] for key in (call, parts)}
    writer = Writer()
    texts = [("", key, _write_blocks(facts, subjects, writer)) for key, subjects in owned.items()]
    texts += [(graph, "", writer.to_section(graph, graphs[graph])) for graph in sorted(graphs) if graph]
    trig = path.with_name(path.name + SUFFIX)
    runs, at = list[Run](), 0
    with trig.open("wb") as file:
        for graph, key, text in texts:
            end = at + file.write(text.encode())
            runs += [Run(graph, key, at, end)] if end > at else []
            at = end
    shared = count_pairs(facts[s] for s in facts if not _is_own(s, call, parts))
    quads = sum(count_pairs(descriptions.values()) for descriptions in graphs.values()) - shared
    return Shard(
        document,
        path,
        hashlib.sha256(lines).hexdigest(),
        len(lines),
        quads,
        tuple(runs),
        trig,
        shared=places[False],
        own=places[True],
    )


def _is_own(subject: str, call: str, parts: str) -> bool:
    return subject == call or subject.startswith(parts)


def _write_blocks(facts: Descriptions, subjects: Sequence[str], writer: Writer) -> str:
    return "".join(writer.to_block(subject, facts[subject]) for subject in sorted(subjects))


def _write_lines(graphs: Graphs, call: str, parts: str) -> tuple[bytes, dict[bool, tuple[Place, ...]]]:
    """Return N-Quads, and where in them the facts are that are of the call alone, and where those that are not.

    Sorted by graph, subject, predicate and object: the default graph comes first.
    """
    blocks, at = list[bytes](), 0
    places: dict[bool, list[Place]] = {True: [], False: []}
    facts = graphs.get("", {})
    for own, subjects in groupby(sorted(facts), lambda subject: _is_own(subject, call, parts)):
        blocks.append(_to_block("", {subject: facts[subject] for subject in subjects}))
        places[own].append((at, at + len(blocks[-1])))
        at += len(blocks[-1])
    blocks += (_to_block(graph, graphs[graph]) for graph in sorted(graphs) if graph)
    return b"".join(blocks), {own: tuple(found) for own, found in places.items()}


def _to_block(graph: str, descriptions: Descriptions) -> bytes:
    tail = f" {graph} .\n" if graph else " .\n"
    templates: dict[Form, str] = {}
    lines = (_to_lines(subject, descriptions[subject], tail, templates) for subject in sorted(descriptions))
    return "".join(lines).encode()


def _to_lines(subject: str, description: Description, tail: str, templates: dict[Form, str]) -> str:
    if isinstance(description, dict):
        return "".join([f"{subject} {predicate} {object_}{tail}" for predicate, object_ in sorted(description)])
    form, objects = description
    template = templates.get(form)
    if template is None:
        template = "".join(f"{{0}} {predicate} {object_}{tail}" for predicate, object_ in form.slots())
        templates[form] = template
    return template.format(subject, *objects)
