"""The Oxigraph store of a graph, loaded while documents are still being read.

In: files of N-Quads. Out: a store on disk, compacted for reading. Oxigraph lets go of Python's lock
while it loads, so threads are enough. A statement that comes twice is stored once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from types import TracebackType

import pyoxigraph as ox

from kg_build.statements import Statement, to_line

__all__ = ["Loader"]

_BATCH = 64_000_000
"""Bytes of N-Quads that are loaded together: with fewer the files are too many, with more the memory too much."""


class Loader:
    """A store that is being filled by so many threads; with one, a call returns when its loading is done."""

    def __init__(self, folder: Path, *, threads: int = 1) -> None:
        self._store = ox.Store(str(folder))
        self._executor = ThreadPoolExecutor(threads)
        self._threads = threads
        self._running: list[Future[None]] = []
        self._waiting: list[Path] = []
        self._bytes = 0

    def __enter__(self) -> Loader:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._executor.shutdown(cancel_futures=True)
        del self._store  # which closes it, and lets go of the folder

    def add(self, path: Path, size: int) -> None:
        """Load a file of so many bytes, sooner or later; it must stay there until `finish` has returned."""
        self._waiting.append(path)
        self._bytes += size
        if self._bytes >= _BATCH:
            self.flush()

    def extend(self, statements: Iterable[Statement]) -> None:
        """Load statements."""
        lines = "".join(map(to_line, statements)).encode()
        self._submit(lambda: self._load(lines))

    def flush(self) -> None:
        """Begin to load all that was added."""
        paths, self._waiting, self._bytes = self._waiting, [], 0
        if paths:
            self._submit(lambda: self._load_files(paths))

    def clear(self) -> None:
        """Forget all that was added."""
        self._waiting, self._bytes = [], 0
        self._wait()
        self._store.clear()

    def finish(self) -> None:
        """Load what is left, and compact the store."""
        self.flush()
        self._wait()
        self._store.optimize()

    def _submit(self, load: Callable[[], None]) -> None:
        self._running.append(self._executor.submit(load))
        if self._threads == 1:
            self._wait()

    def _wait(self) -> None:
        running, self._running = self._running, []
        for future in running:
            future.result()

    def _load_files(self, paths: list[Path]) -> None:
        self._load(b"".join(path.read_bytes() for path in paths))

    def _load(self, lines: bytes) -> None:
        self._store.bulk_load(input=lines, format=ox.RdfFormat.N_QUADS)
