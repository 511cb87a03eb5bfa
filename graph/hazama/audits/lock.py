"""One writer at a time: an advisory lock that the system lets go when its holder ends, however it ends."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep
from typing import IO

from hazama.model.errors import UsageError
from hazama.resources import phrase

PATIENCE = 10.0
"""Seconds to wait for another writer."""

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def locked(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock of *path* (a file ``.<name>.lock`` beside it); UsageError when another writer keeps it."""
    beside = path.with_name(f".{path.name}.lock")
    with beside.open("ab") as file:
        end = monotonic() + patience
        while True:
            with suppress(OSError):
                _take(file)
                break
            if monotonic() > end:
                raise UsageError(*phrase("audits", "register_busy", path=path))
            sleep(0.01)
        yield
