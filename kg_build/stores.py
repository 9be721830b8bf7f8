"""The Oxigraph store of a graph: filled while documents are still being read, or changed where a few differ.

In: files of N-Quads. Out: a store on disk. Oxigraph lets go of Python's lock while it loads, so
threads are enough. A statement that comes twice is stored once. A store that is there is never
written to: its changed copy shares with it what stays, as files that are never changed.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from types import TracebackType

import pyoxigraph as ox

from kg_build.statements import Statement, to_line

__all__ = ["Loader", "copy_store"]

_BATCH = 64_000_000
"""Bytes of N-Quads that all threads load at a time: with fewer the store is compacted too often, with more the memory
is too much."""


def copy_store(store: Path, copy: Path) -> bool:
    """Copy a store; say whether there was one that can be read. Where the disk can, files are linked, not copied."""
    with suppress(OSError, ValueError, RuntimeError):
        ox.Store.read_only(str(store)).backup(str(copy))
        return True
    shutil.rmtree(copy, ignore_errors=True)
    return False


class Loader:
    """A store that is being filled by so many threads; with one, a call returns when its loading is done."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        self._store = ox.Store(str(folder))
        self._executor = ThreadPoolExecutor(threads)
        self._threads = threads
        self._running: list[Future[None]] = []
        self._waiting: list[Path | bytes] = []
        self._bytes = 0

    def __enter__(self) -> Loader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._executor.shutdown(cancel_futures=True)
        del self._store  # which closes it, and lets go of the folder

    def add(self, path: Path, size: int) -> None:
        """Load a file of so many bytes, sooner or later; it must stay there until `finish` has returned."""
        self._take(path, size)

    def extend(self, statements: Iterable[Statement]) -> None:
        """Load statements, sooner or later."""
        lines = "".join(map(to_line, statements)).encode()
        self._take(lines, len(lines))

    def drop(self, graph: str) -> None:
        """Take out a named graph, called by its term."""
        self._store.remove_graph(ox.NamedNode(graph[1:-1]))

    def remove(self, lines: Iterable[bytes]) -> None:
        """Take out statements, given as lines without line ends."""
        for quad in ox.parse(input=b"\n".join(lines), format=ox.RdfFormat.N_QUADS):
            self._store.remove(quad)

    def flush(self) -> None:
        """Begin to load all that was added."""
        parts, self._waiting, self._bytes = self._waiting, [], 0
        if parts:
            self._running.append(self._executor.submit(self._load, parts))
            if self._threads == 1:
                self._wait()

    def start_finish(self) -> Future[None]:
        """Begin to do what `finish` does; with one thread, it is done when this returns."""
        self.flush()
        finished = self._executor.submit(self.finish)
        if self._threads == 1:
            finished.result()
        return finished

    def finish(self) -> None:
        """Load what is left, and compact the store for reading."""
        self._settle()
        self._store.optimize()

    def finish_change(self) -> None:
        """Load what is left into a store that was compact but for little; Oxigraph compacts it in time."""
        self._settle()
        self._store.flush()

    def _settle(self) -> None:
        self.flush()
        self._wait()

    def _take(self, part: Path | bytes, size: int) -> None:
        self._waiting.append(part)
        self._bytes += size
        if self._bytes * self._threads >= _BATCH:
            self.flush()

    def _wait(self) -> None:
        running, self._running = self._running, []
        for future in running:
            future.result()

    def _load(self, parts: list[Path | bytes]) -> None:
        lines = BytesIO()  # which gives its bytes away without a copy
        for part in parts:
            lines.write(part.read_bytes() if isinstance(part, Path) else part)
        self._store.bulk_load(input=lines.getvalue(), format=ox.RdfFormat.N_QUADS)
