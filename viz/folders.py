"""A folder of files, written beside and swapped in whole; a folder that is not ours is never replaced.

In: a path and the files. Out: the folder, with a list of what is in it. A write that fails leaves what was there.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ontology.errors import QueryError

__all__ = ["LIST", "write_folder"]

LIST = "files.json"
"""The list of the files of a folder: what it names is ours to replace."""


def write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Write files, by their paths in the folder; raise QueryError, and change nothing, where that cannot be."""
    out = path.resolve()
    _refuse_foreign(out, path)
    draft, previous = (out.with_name(f".{out.name}.{os.getpid()}.{end}") for end in ("next", "previous"))
    try:
        _write(draft, files)
        if out.exists():
            out.rename(previous)
        draft.rename(out)
    except OSError as error:
        if previous.exists() and not out.exists():
            previous.rename(out)
        raise QueryError(
            f"cannot write: {error.strerror}", where=str(path), right="a folder that can be made, with room on its disk"
        ) from error
    finally:
        with suppress(OSError):
            shutil.rmtree(draft, ignore_errors=True)
        if out.exists():
            shutil.rmtree(previous, ignore_errors=True)


def _write(draft: Path, files: Mapping[str, bytes]) -> None:
    draft.mkdir(parents=True)
    listed = json.dumps({"zhinan": "report", "files": sorted(files)}, ensure_ascii=False, indent=0)
    for name, content in {**files, LIST: f"{listed}\n".encode()}.items():
        target = draft / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content)


def _refuse_foreign(out: Path, path: Path) -> None:
    """Raise QueryError where a path holds anything that a report did not put there."""
    if not out.exists() or (out.is_dir() and not any(out.iterdir())):
        return
    if not out.is_dir():
        raise QueryError("this is a file", where=str(path), right="the name of a folder for the report")
    known = _read_list(out, path)
    for file in sorted(out.rglob("*")):
        if not file.is_dir() and file.relative_to(out).as_posix() not in known:
            raise QueryError(
                f"holds a file that is not of a report: {file.relative_to(out).as_posix()}",
                where=str(path),
                right="move it elsewhere, or write into another folder",
            )


def _read_list(out: Path, path: Path) -> set[str]:
    try:
        listed = json.loads((out / LIST).read_text(encoding="utf-8"))
        if listed["zhinan"] != "report":
            raise ValueError(LIST)
        return {LIST, *map(str, listed["files"])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise QueryError(
            "this folder is not a report", where=str(path), right="a new folder, or one that `zhinan report` wrote"
        ) from error
