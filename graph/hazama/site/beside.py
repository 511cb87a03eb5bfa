"""A function at work in a process of its own, on the machine's other core, while this one goes on.

A fresh interpreter is asked by pipe, so it works the same on every system and from a notebook.
"""

import os
import pickle
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Found = TypeVar("Found")

_WORK = "from hazama.site.beside import work; work()"
_is_worker = False
"""Whether this process is a worker itself, in a session of its own."""


@contextmanager
def beside(
    function: Callable[Given, Found], *given: Given.args, **named: Given.kwargs
) -> Iterator[Callable[[], Found]]:
    """Start *function* elsewhere and give what waits for its result; what it raises is raised there.

    The function and everything given and found must pickle. Who leaves without the result stops the work.
    """
    worker = subprocess.Popen(
        [sys.executable, "-P", "-c", _WORK],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=not _is_worker,
    )  # Ctrl-C reaches who asked, who then stops the work
    answers: list[bytes] = []
    asked = pickle.dumps((function, given, named))
    asking = threading.Thread(target=lambda: answers.append(worker.communicate(asked)[0]))
    asking.start()

    def result() -> Found:
        asking.join()
        if worker.returncode:
            raise RuntimeError(f"{function.__name__}: {worker.returncode}")
        answer: Found | Exception = pickle.loads(answers[0])
        if isinstance(answer, Exception):
            raise answer
        return answer

    try:
        yield result
    finally:
        _stop(worker)
        asking.join()


def _stop(worker: "subprocess.Popen[bytes]") -> None:
    """Kill a worker and those that it has started itself: they are in its session."""
    if hasattr(os, "killpg") and not _is_worker and worker.poll() is None:
        with suppress(ProcessLookupError):
            return os.killpg(worker.pid, signal.SIGKILL)
    return worker.kill()


def work() -> None:
    """In the other process: read what to do from standard input, write what came of it."""
    global _is_worker
    _is_worker = True
    try:
        function, given, named = pickle.load(sys.stdin.buffer)
    except (EOFError, pickle.UnpicklingError):  # who asked has gone before all was said
        return
    answer: object
    try:
        answer = function(*given, **named)
    except Exception as error:  # whatever it is, the asking process raises it
        answer = error
    pickle.dump(answer, sys.stdout.buffer)
