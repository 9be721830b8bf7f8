"""Writing a result where the user wants it: whole, or not at all.

In: a path and bytes. Out: the file, or the folder, or the archive. A write that fails leaves what was there.
"""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from ontology.errors import QueryError

__all__ = ["SUMS", "to_zip", "with_checksums", "write_file", "write_folder"]

SUMS = "SHA256SUMS"
"""The file in which a folder of ours lists its files, for `sha256sum -c`."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that an archive can state: no clock is in the bytes."""


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


def write_folder(path: Path, files: Mapping[str, bytes]) -> None:
    """Write a folder beside the path and swap it in; QueryError when it cannot be written there.

    What is replaced is an empty folder, or one that holds nothing but what its own list of checksums names and these
    files: an export of before.
    """
    target = path.resolve()
    beside = target.with_name(f".{target.name}.{os.getpid()}.part")
    before = target.with_name(f".{target.name}.{os.getpid()}.before")
    _refuse_foreign(target, path, files)
    try:
        for name, data in files.items():
            place = beside / name
            place.parent.mkdir(parents=True, exist_ok=True)
            _write(place, [data])
        if target.exists():
            target.rename(before)
        beside.rename(target)
    except OSError as error:
        right = "a folder where one may write, with space left"
        raise QueryError(f"cannot write: {error.strerror}", where=str(path), right=right) from error
    finally:
        if before.exists() and not target.exists():
            before.rename(target)
        for leftover in (beside, before):
            shutil.rmtree(leftover, ignore_errors=True)


def with_checksums(files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """Return the files with the list of their checksums as the last."""
    lines = (f"{hashlib.sha256(data).hexdigest()}  {name}\n" for name, data in files.items())
    return {**files, SUMS: "".join(lines).encode("utf-8")}


def to_zip(files: Mapping[str, bytes]) -> bytes:
    """Return an archive of files whose bytes depend on names and contents alone."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    return out.getvalue()


def _refuse_foreign(target: Path, path: Path, names: Iterable[str]) -> None:
    """Raise QueryError where the path is a file, or a folder with anything that this export does not write."""
    if not target.exists():
        return
    if not target.is_dir():
        raise QueryError("cannot write: it is a file", where=str(path), right="a folder, or a name that ends in .zip")
    sums = target / SUMS
    listed = sums.read_text(encoding="utf-8").splitlines() if sums.is_file() else []
    files = {*names, *(line.partition("  ")[2] for line in listed)}
    known = files | {parent.as_posix() for name in files for parent in Path(name).parents}
    found = sorted(entry.relative_to(target).as_posix() for entry in target.rglob("*"))
    strangers = [name for name in found if name not in known]
    if strangers:
        right = "an empty folder, or one that this export wrote"
        raise QueryError(f"cannot replace a folder that holds {strangers[0]}", where=str(path), right=right)


def _write(path: Path, parts: Iterable[bytes]) -> None:
    with path.open("wb") as file:
        for part in parts:
            file.write(part)
