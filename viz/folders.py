"""A folder of files, written beside and swapped in whole; a folder that is not ours is never replaced.

In: a path and the files. Out: the folder, with a list of what is in it. A write that fails leaves what was there; one
that was killed leaves it under another name, under which the next write finds it.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Mapping
from contextlib import suppress
from glob import escape
from pathlib import Path

from ontology.errors import QueryError

__all__ = ["LIST", "refuse_foreign", "write_folder"]

LIST = "files.json"
"""The list of the files of a folder: what it names is ours to replace."""


def write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Write files, by their paths in the folder; raise QueryError, and change nothing, where that cannot be."""
    out = path.resolve()
    draft, previous = (out.with_name(f".{out.name}.{os.getpid()}.{end}") for end in ("next", "previous"))
    try:
        _recover(out)
        refuse_foreign(path)
        _write(draft, files)
        if out.exists():
            out.rename(previous)
        draft.rename(out)
    except OSError as error:
        raise QueryError(
            f"cannot write: {error.strerror}", where=str(path), right="a folder that can be made, with room on its disk"
        ) from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)
        with suppress(OSError):
            _bring_back(previous, out)


def _recover(out: Path) -> None:
    """Bring back the folder that a killed write was replacing, and remove what else it left."""
    for rest in sorted(out.parent.glob(f".{escape(out.name)}.*")):
        left = re.fullmatch(r"([0-9]+)\.(next|previous)", rest.name.removeprefix(f".{out.name}."))
        if not left or not rest.is_dir() or _is_running(int(left[1])):
            continue
        if left[2] == "next":
            shutil.rmtree(rest, ignore_errors=True)
        else:
            _bring_back(rest, out)


def _bring_back(previous: Path, out: Path) -> None:
    if out.exists():
        shutil.rmtree(previous, ignore_errors=True)
    elif previous.exists():
        previous.rename(out)


def _is_running(process: int) -> bool:
    if os.name != "posix" or process == os.getpid():
        return False  # elsewhere a process cannot be asked without a signal that may end it
    running = False
    with suppress(ProcessLookupError):
        with suppress(PermissionError):  # it runs for somebody else
            os.kill(process, 0)
        running = True
    return running


def _write(draft: Path, files: Mapping[str, bytes]) -> None:
    draft.mkdir(parents=True)
    listed = json.dumps({"zhinan": "report", "files": sorted(files)}, ensure_ascii=False, indent=0)
    for name, content in {**files, LIST: f"{listed}\n".encode()}.items():
        target = draft / name
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(content)


def refuse_foreign(path: Path) -> None:
    """Raise QueryError where a path holds anything that a report did not put there."""
    out = path.resolve()
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
