"""The processes that read documents side by side.

In: a number of jobs. Out: an executor whose processes end with the build that started them. This
module does not know what they do.
"""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from functools import partial
from multiprocessing import get_context, parent_process

__all__ = ["start_workers"]


def start_workers(jobs: int, prepare: Callable[[], object]) -> Executor:
    """Return where documents are read: a thread for one job, else processes, each of which prepares itself.

    The processes are started anew ("spawn"): a fork would copy the threads of whoever builds.
    """
    if jobs <= 1:
        return ThreadPoolExecutor(1)
    return ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=partial(_begin, prepare))


def _begin(prepare: Callable[[], object]) -> None:
    """End this process when the build that started it is gone, even by a kill; leave Ctrl-C to it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    prepare()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
