"""The version of the rules: one name for all that decides what is read from a text and what is written.

In: this installation of Zhinan, and the name of a spaCy pipeline. Out: a fingerprint, the same on
every machine. While it and a text stay the same, so does what is read from the text. This module
loads none of the files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from kg_build.quads import read_version
from ontology.vocabulary import FOLDER as ONTOLOGY

__all__ = ["add_decisions", "take_fingerprint"]

_SUFFIXES = frozenset((".csv", ".json", ".jsonl", ".py", ".toml", ".ttl"))
_LENGTH = 32
"""Hexadecimal digits of a fingerprint."""


def take_fingerprint(model: str | None = None) -> str:
    """Return the fingerprint of code, rulebook, ontology, schemes and lists of names, and of the pipeline if one reads.

    Line ends do not count: a checkout may have changed them.
    """
    hashed = hashlib.sha256(read_version().encode())
    for folder in (Path(__file__).parent, ONTOLOGY):
        for path in sorted(path for path in folder.rglob("*") if path.suffix in _SUFFIXES):
            content = path.read_bytes().replace(b"\r\n", b"\n")
            hashed.update(f"\n{folder.name}/{path.relative_to(folder).as_posix()} {len(content)}\n".encode())
            hashed.update(content)
    if model is not None:
        hashed.update(f"\nmodel {model}\n".encode())
        for path in _iter_model(model):
            hashed.update(f"\n{path.name} {path.stat().st_size}\n".encode())
            with path.open("rb") as file:
                hashed.update(hashlib.file_digest(file, "sha256").digest())
    return hashed.hexdigest()[:_LENGTH]


def add_decisions(fingerprint: str, decisions: str) -> str:
    """Return the fingerprint for one document, of which somebody has decided something; none is ""."""
    if not decisions:
        return fingerprint
    return hashlib.sha256(f"{fingerprint}\n{decisions}".encode()).hexdigest()[:_LENGTH]


def _iter_model(model: str) -> Iterator[Path]:
    """Yield the files of a pipeline: of its folder, or of the package that it is installed as."""
    folder = Path(model)
    if not folder.is_dir():
        spec = find_spec(model) if model.isidentifier() else None
        if spec is None or not spec.submodule_search_locations:
            return
        folder = Path(spec.submodule_search_locations[0])
    yield from sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc")
