"""Locks on folders: one build at a time, and a build that was killed holds none.

In: a folder. Out: a lock that the system takes back when the process ends, however it ends. Some
systems have no such locks (Windows, some network disks): there nobody can be told to wait.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

__all__ = ["hold", "is_held", "let_go", "while_held"]


def hold(folder: Path) -> int | None:
    """Lock a folder; return what `let_go` takes, None where it cannot be locked or somebody else has locked it."""
    if fcntl is None:
        return None
    file = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(file)
        return None
    return file


def let_go(lock: int | None) -> None:
    """Give a lock back, if there is one."""
    if lock is not None:
        os.close(lock)


def is_held(folder: Path) -> bool | None:
    """Say whether a process that lives has locked this folder; None where nobody can know."""
    if fcntl is None:
        return None
    file = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except OSError:
        return None
    finally:
        os.close(file)
    return False


@contextmanager
def while_held(folder: Path) -> Iterator[None]:
    """Lock a folder, waiting for whoever holds it: for what takes moments only."""
    if fcntl is None:
        yield
        return
    file = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)
