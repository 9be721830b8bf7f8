"""Work that must be done in time: what takes longer is given up, and the caller goes on.

In: a function and seconds. Out: what it returns, or `TimeoutError`. It refuses to know: what the work is.

The work runs in a thread of its own, so that Ctrl-C is heard at once, and so is the end of the time. A thread cannot be killed:
what was given up goes on until it next asks its `Deadline`, or until the program ends, which does not wait for it.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Generic, TypeVar

__all__ = ["Deadline", "begin", "run_within"]

Result = TypeVar("Result")


@dataclass(slots=True)
class Deadline:
    """A moment after which nobody waits; None is never."""

    seconds: float | None = None
    begun: float = field(default_factory=time.monotonic)
    given_up: bool = False

    def check(self) -> None:
        """Raise TimeoutError once nobody waits any more."""
        if self.given_up or (self.seconds is not None and time.monotonic() - self.begun > self.seconds):
            raise TimeoutError


def run_within(seconds: float | None, work: Callable[[Deadline], Result]) -> Result:
    """Return what the work returns or raise what it raises; TimeoutError when it takes longer."""
    deadline = Deadline(seconds)
    if seconds is None:
        return work(deadline)
    outcome = _Outcome[Result]()
    thread = threading.Thread(target=outcome.run, args=(work, deadline), daemon=True)
    thread.start()
    try:
        thread.join(min(seconds, threading.TIMEOUT_MAX))
        if thread.is_alive():
            raise TimeoutError
    finally:
        deadline.given_up = True
    return outcome.get()


def begin(work: Callable[[], Result]) -> Callable[[], Result]:
    """Begin work in a thread of its own; what is returned waits for it, and returns or raises what the work does."""
    outcome = _Outcome[Result]()
    thread = threading.Thread(target=outcome.run, args=(lambda _: work(), Deadline()), daemon=True)
    thread.start()

    def wait() -> Result:
        thread.join()
        return outcome.get()

    return wait


class _Outcome(Generic[Result]):
    """What came of the work: a value, or the error that ended it."""

    def __init__(self) -> None:
        self._values: list[Result] = []
        self._error: BaseException | None = None

    def run(self, work: Callable[[Deadline], Result], deadline: Deadline) -> None:
        with self:
            self._values.append(work(deadline))

    def get(self) -> Result:
        if self._error is not None:
            raise self._error
        return self._values[0]

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> bool:
        self._error = error
        if error is not None:
            _let_go(error)
        return True


def _let_go(error: BaseException) -> None:
    """Empty the frames that an error holds: what pyoxigraph gave in one thread may not be let go in another."""
    from traceback import clear_frames

    waiting: BaseException | None = error
    while waiting is not None:
        clear_frames(waiting.__traceback__)
        waiting = waiting.__cause__ or waiting.__context__
