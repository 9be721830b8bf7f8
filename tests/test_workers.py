"""Where documents are read: here for one job, else in processes that prepare themselves and end with us."""

from __future__ import annotations

import os
import signal
from concurrent.futures.process import BrokenProcessPool

import pytest

from kg_build.workers import start_workers


def prepare() -> None:
    os.environ["PREPARED"] = "yes"


def tell() -> tuple[int, str | None, bool]:
    return os.getpid(), os.environ.get("PREPARED"), signal.getsignal(signal.SIGINT) == signal.SIG_IGN


def test_one_job_needs_no_other_process() -> None:
    with start_workers(1, prepare) as executor:
        process, prepared, _ = executor.submit(tell).result()
    assert (process, prepared) == (os.getpid(), None)


def test_several_jobs_are_processes_that_are_prepared_and_leave_an_interrupt_to_the_build() -> None:
    with start_workers(2, prepare) as executor:
        process, prepared, deaf = executor.submit(tell).result()
    assert process != os.getpid()
    assert (prepared, deaf) == ("yes", True)


def test_a_process_that_dies_is_told() -> None:
    with start_workers(2, prepare) as executor, pytest.raises(BrokenProcessPool):
        executor.submit(os._exit, 3).result()
