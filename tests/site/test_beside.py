"""Work in another process gives what the function gives, and raises what it raises."""

import pickle
import subprocess
import sys
import time

import pytest

from hazama.model.names import normalised
from hazama.site.beside import beside


def test_it_gives_what_the_function_gives() -> None:
    with beside(normalised, "ヒキコモリ") as one, beside(normalised, "ﾋｷｺﾓﾘ") as other:
        assert [one(), other()] == ["ひきこもり", "ひきこもり"]


def test_it_raises_what_the_function_raises() -> None:
    with beside(int, "x") as result, pytest.raises(ValueError, match="invalid literal"):
        result()


def test_a_worker_whose_asker_is_gone_says_nothing() -> None:
    asked = pickle.dumps((time.sleep, (0,), {}))
    line = [sys.executable, "-c", "from hazama.site.beside import work; work()"]
    for said in (b"", asked[:-3]):
        done = subprocess.run(line, input=said, capture_output=True)
        assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_who_leaves_without_the_result_waits_for_nothing() -> None:
    started = time.perf_counter()
    with pytest.raises(KeyboardInterrupt), beside(time.sleep, 60):
        raise KeyboardInterrupt
    assert time.perf_counter() - started < 30
