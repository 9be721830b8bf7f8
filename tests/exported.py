"""What an export wrote, as tests look at it: any kind as one mapping from name to bytes, and as the text a person finds."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from queries.export import KINDS
from queries.holdings import Holdings, open_holdings

KIND_NAMES = tuple(KINDS)


def export_files(kind: str, folder: Path, path: Path, *, without_contacts: bool = False) -> dict[str, bytes]:
    """Export a kind and return its files by name; a single file has the name of its kind."""
    return put_files(kind, open_holdings(folder, without_contacts=without_contacts), path)


def put_files(kind: str, holdings: Holdings, path: Path) -> dict[str, bytes]:
    """Export a kind from what was opened already."""
    KINDS[kind].put(holdings, path)
    return read_files(kind, path)


def read_files(kind: str, path: Path) -> dict[str, bytes]:
    """Return the files that stand at a path by name."""
    if path.is_file():
        return {kind: path.read_bytes()}
    return {one.relative_to(path).as_posix(): one.read_bytes() for one in sorted(path.rglob("*")) if one.is_file()}


def read_words(files: dict[str, bytes]) -> str:
    """Return everything that files hold as text: archives and compressed columns opened, escapes undone."""
    return "\n".join(text for name, data in files.items() for text in _iter_texts(name, data))


def _iter_texts(name: str, data: bytes) -> Iterator[str]:
    if data[:4] == b"PAR1":
        import pyarrow.parquet as pq

        table = pq.read_table(io.BytesIO(data))
        yield str(table.schema)
        yield json.dumps(table.to_pylist(), ensure_ascii=False)
    elif data[:4] == b"PK\x03\x04":
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for entry in archive.namelist():
                yield from _iter_texts(entry, archive.read(entry))
    elif name == "docbin":
        yield zlib.decompress(data).decode("utf-8", "replace")
        yield from _iter_docs(data)
    else:
        text = data.decode("utf-8")
        yield text
        if "\\u" in text:
            yield text.encode("ascii", "backslashreplace").decode("unicode-escape", "replace")


def _iter_docs(data: bytes) -> Iterator[str]:
    import spacy
    from spacy.tokens import DocBin

    for doc in DocBin().from_bytes(data).get_docs(spacy.blank("zh").vocab):
        yield doc.text
        yield from (f"{span.text} {span.label_} {span.kb_id_} {span.id_}" for span in doc.spans["facts"])
