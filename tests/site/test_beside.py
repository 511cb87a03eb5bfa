"""Work in another process gives what the function gives, and raises what it raises."""

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


def test_who_leaves_without_the_result_waits_for_nothing() -> None:
    started = time.perf_counter()
    with pytest.raises(KeyboardInterrupt), beside(time.sleep, 60):
        raise KeyboardInterrupt
    assert time.perf_counter() - started < 30
