"""A function at work in a process of its own, on the machine's other core, while this one goes on.

A fresh interpreter is asked by pipe, so it works the same on every system and from a notebook.
"""

import pickle
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Found = TypeVar("Found")

_WORK = "from hazama.site.beside import work; work()"


@contextmanager
def beside(
    function: Callable[Given, Found], *given: Given.args, **named: Given.kwargs
) -> Iterator[Callable[[], Found]]:
    """Start *function* elsewhere and give what waits for its result; what it raises is raised there.

    The function and everything given and found must pickle. Who leaves without the result stops the work.
    """
    worker = subprocess.Popen(
        [sys.executable, "-P", "-c", _WORK], stdin=subprocess.PIPE, stdout=subprocess.PIPE, start_new_session=True
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
        worker.kill()
        asking.join()


def work() -> None:
    """In the other process: read what to do from standard input, write what came of it."""
    function, given, named = pickle.load(sys.stdin.buffer)
    answer: object
    try:
        answer = function(*given, **named)
    except Exception as error:  # whatever it is, the asking process raises it
        answer = error
    pickle.dump(answer, sys.stdout.buffer)
