"""The files that a build is asked to read.

In: files and folders. Out: a `Source` for each text, with what is known of it before it is read: its
id and its hash. This module opens files for their hash alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from kg_build.documents import identify
from ontology.errors import DocumentError

__all__ = ["Source", "find_sources", "hash_source"]

_SUFFIXES = (".md", ".txt")


@dataclass(frozen=True, slots=True)
class Source:
    """A file to be read. `sha256` is of its bytes, "" where they cannot be read."""

    path: Path
    id: str
    sha256: str


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


def hash_source(path: Path) -> Source:
    """Tell a file's id and hash; whoever reads a file that cannot be opened says why."""
    sha256 = ""
    with suppress(OSError), path.open("rb") as file:
        sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    return Source(path, identify(path), sha256)


def _iter_files(source: Path) -> Iterator[Path]:
    if not source.is_dir():
        yield from [source] if source.exists() else []
        return
    for path in sorted(source.iterdir()):
        if path.is_file() and path.suffix.lower() in _SUFFIXES and not path.name.startswith("."):
            yield path
