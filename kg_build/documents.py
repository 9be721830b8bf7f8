"""A source file as it is: its decoded text, its name, its hash.

In: a path. Out: a `Document` whose `raw` is the decoded text with "\\n" line ends, the coordinate
system of all evidence. This module refuses to know what a guide is.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from ontology.errors import DocumentError

__all__ = ["Document", "identify", "read_document"]

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_LARGEST = 20_000_000
"""Bytes; the longest guide seen has 123,001. A book is no guide."""


@dataclass(frozen=True, slots=True)
class Document:
    """A source text. `sha256` is of the bytes of the file, `raw` is decoded, with "\\n" line ends."""

    id: str
    path: Path
    raw: str
    sha256: str


def read_document(path: Path) -> Document:
    """Read a UTF-8 (with or without BOM) or GB18030 text file.

    The id is the file name up to its first underscore, or without its extension. CRLF and CR
    become "\\n" before anything is counted. Raises DocumentError for a file that is missing,
    empty, binary or not text in either encoding.
    """
    try:
        content = path.read_bytes() if path.stat().st_size <= _LARGEST else None
    except OSError as error:
        raise DocumentError("cannot be read", where=str(path), right=error.strerror or "a readable file") from error
    if content is None:
        raise DocumentError("is too large", where=str(path), right=f"a guide of at most {_LARGEST // 10**6} MB")
    raw = _decode(content, path).replace("\r\n", "\n").replace("\r", "\n")
    if not raw.strip():
        raise DocumentError("is empty", where=str(path), right="the text of a guide")
    return Document(identify(path), path, raw, hashlib.sha256(content).hexdigest())


def identify(path: Path) -> str:
    """Return a document's id: its file name up to the first underscore, or without its extension."""
    stem = path.name.split("_", 1)[0] if "_" in path.name else path.stem
    return re.sub(r"\s+", "-", stem.strip()) or path.stem


def _decode(content: bytes, path: Path) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_CONTROL.findall(text)) * 1000 > len(text):
            break
        return text
    raise DocumentError("is not text", where=str(path), right="a text file in UTF-8 or GB18030")
