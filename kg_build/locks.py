"""Locks on folders: one build at a time, and a build that was killed holds none.

In: a folder. Out: a lock that the system takes back when the process ends, however it ends. Some
systems have no such locks (Windows, some network disks): there nobody can be told to wait.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

__all__ = ["hold", "is_held", "let_go", "while_held"]


def hold(folder: Path) -> int | None:
    """Lock a folder; return what `let_go` takes, None where it cannot be locked or somebody else has locked it."""
    file = os.open(folder, os.O_RDONLY) if os.name == "posix" else None
    if file is None or _lock(file):
        return file
    os.close(file)
    return None


def let_go(lock: int | None) -> None:
    """Give a lock back, if there is one."""
    if lock is not None:
        os.close(lock)


def is_held(folder: Path) -> bool | None:
    """Say whether a process that lives has locked this folder; None where nobody can know."""
    if os.name != "posix":
        return None
    file = os.open(folder, os.O_RDONLY)
    locked = _lock(file)
    os.close(file)
    return None if locked is None else not locked


@contextmanager
def while_held(folder: Path) -> Iterator[None]:
    """Lock a folder, waiting for whoever holds it: for what takes moments only."""
    if os.name != "posix":
        yield
        return
    file = os.open(folder, os.O_RDONLY)
    _lock(file, wait=True)
    try:
        yield
    finally:
        os.close(file)


def _lock(file: int, *, wait: bool = False) -> bool | None:
    """Lock an open file; say whether it is locked now, None where there are no locks."""
    import fcntl

    with suppress(OSError):
        with suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
            return True
        return False
    return None
