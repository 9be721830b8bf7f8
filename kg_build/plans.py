"""What a build has to do: which documents to read, and which it need not read again.

In: the files that the sources name, and the graph that is there. Out: a `Plan`. This module reads no
text and writes nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg_build.curation import Curation
from kg_build.fingerprints import add_decisions
from kg_build.parts import Part, Past
from kg_build.sources import Source, hash_source
from ontology.errors import DocumentError

__all__ = ["Plan", "Task", "make_plan", "split_doubles"]


@dataclass(frozen=True, slots=True)
class Task:
    """A file to be read by the rules of this fingerprint; `alone` where no other file has its id."""

    source: Source
    rules: str
    alone: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """Files to be read, in their order; documents that are as they were; files that cannot be taken in."""

    tasks: tuple[Task, ...]
    unchanged: tuple[Part, ...]
    errors: tuple[DocumentError, ...]
    outdated: tuple[str, ...]
    """Documents that the sources do not name, and that other rules or aliases have read."""


def make_plan(paths: Iterable[Path], past: Past, fingerprint: str, curation: Curation) -> Plan:
    """Compare files with the graph that is there; `fingerprint` is of the rules, `curation` what people add.

    A document of the same file name is replaced, unless bytes and rules are the same. A file of another
    name cannot take a document's id: which of the two is meant, nobody but the user knows.
    """
    sources = [hash_source(path) for path in paths]
    errors = tuple(error for source in sources if (error := _find_clash(source, past)) is not None)
    free = [source for source in sources if _find_clash(source, past) is None]
    count = Counter(source.id for source in free)
    tasks, unchanged = list[Task](), list[Part]()
    for source in free:
        rules = add_decisions(fingerprint, curation.fingerprint(source.path))
        old = past.parts.get(source.id)
        alone = count[source.id] == 1
        if old is not None and alone and (old.report.sha256, old.rules) == (source.sha256, rules):
            unchanged.append(old)
        else:
            tasks.append(Task(source, rules, alone))
    aliases = curation.aliases.fingerprint()
    outdated = (
        name
        for name, part in sorted(past.parts.items())
        if name not in count
        and (part.rules, part.summary["aliases"]) != (add_decisions(fingerprint, part.summary["decisions"]), aliases)
    )
    return Plan(tuple(tasks), tuple(unchanged), errors, tuple(outdated))


def _find_clash(source: Source, past: Past) -> DocumentError | None:
    old = past.parts.get(source.id)
    if old is None or old.report.file == source.path.name:
        return None
    return DocumentError(
        f"has the id {source.id}, which {old.report.file} has in the graph",
        where=str(source.path),
        right=f"a name that differs before the first _, or `zhinan remove {source.id}` first",
    )


def split_doubles(
    parts: Sequence[Part], sources: Iterable[Source]
) -> tuple[list[Part], list[Part], list[DocumentError]]:
    """Part the documents whose id is theirs alone from those that share one, of which none can be trusted.

    `sources` are what the parts were read from.
    """
    paths: dict[str, list[str]] = defaultdict(list)
    for source in sources:
        paths[source.id].append(str(source.path))
    by_id: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        by_id[part.report.id].append(part)
    errors = [
        DocumentError(
            f"{len(same)} documents have the id {name}",
            where=", ".join(sorted(paths[name])),
            right="names that differ before the first _",
        )
        for name, same in by_id.items()
        if len(same) > 1
    ]
    single = [same[0] for same in by_id.values() if len(same) == 1]
    return single, [part for same in by_id.values() if len(same) > 1 for part in same], errors
