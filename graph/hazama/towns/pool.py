"""One function over many towns on the cores of this machine."""

import signal as signals
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from os import _exit, cpu_count
from signal import SIG_IGN, SIGINT, signal
from threading import Thread
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

_ROUNDS = 3
"""How often all that is left is tried together after a worker was lost; then each alone."""


def spread(
    work: Callable[[Item], Result], items: Iterable[Item], workers: int = 0
) -> Generator[tuple[Item, Result | None]]:
    """The result for every item as it is done; None for one that kills its worker even alone.

    Whoever stops listening, Ctrl-C or an error of *work* stops the rest; what is under way is finished.
    """
    left = list(items)
    for _ in range(_ROUNDS):
        yield from _round(work, left, workers or cpu_count() or 1)
    for item in left:
        alone = [item]
        yield from _round(work, alone, 1)
        yield from ((lost, None) for lost in alone)


@contextmanager
def _unheard() -> Iterator[None]:
    """Workers started within hear no Ctrl-C, not even before their first line: who asked does, and lets them finish."""
    if not hasattr(signals, "pthread_sigmask"):
        yield
        return
    before = signals.pthread_sigmask(signals.SIG_BLOCK, [SIGINT])
    try:
        yield
    finally:
        signals.pthread_sigmask(signals.SIG_SETMASK, before)


def _begin() -> None:
    """A worker hears no Ctrl-C, and ends with the process that asked, were it killed: nobody else would end it."""
    signal(SIGINT, SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := parent_process():
        parent.join()
        _exit(1)


def _round(work: Callable[[Item], Result], left: list[Item], workers: int) -> Iterator[tuple[Item, Result]]:
    """Try what is *left*, taking away what is done, until it is empty or a worker is lost."""
    if not left:
        return
    pool = ProcessPoolExecutor(min(workers, len(left)), get_context("spawn"), _begin)
    try:
        with _unheard():
            tasks = {pool.submit(work, item): item for item in left}
        for task in as_completed(tasks):
            result = task.result()
            left.remove(tasks[task])
            yield tasks[task], result
    except BrokenProcessPool:
        return
    finally:
        pool.shutdown(cancel_futures=True)
