"""Writing a result where the user wants it: whole, or not at all.

In: a path and bytes. Out: the file. A write that fails leaves the file that was there.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from ontology.errors import QueryError

__all__ = ["write_file"]


def write_file(path: Path, parts: Iterable[bytes]) -> None:
    """Write beside the path and put the file in place at once; QueryError when it cannot be written there.

    A pipe or a device (`/dev/stdout`) is written to as it is; a symbolic link keeps pointing where it points.
    """
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        if target.exists() and not target.is_file() and not target.is_dir():
            _write(target, parts)
            return
        if target.is_dir():
            raise IsADirectoryError
        _write(beside, parts)
        beside.replace(target)
    except OSError as error:
        reason = error.strerror or "it is a folder"
        raise QueryError(
            f"cannot write: {reason}", where=str(path), right="a file in a folder that is there"
        ) from error
    finally:
        with suppress(OSError):
            beside.unlink()


def _write(path: Path, parts: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        for part in parts:
            file.write(part)
