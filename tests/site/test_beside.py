"""Work in another process gives what the function gives, and raises what it raises."""

import pytest

from hazama.model.names import normalised
from hazama.site.beside import beside


def test_it_gives_what_the_function_gives() -> None:
    waiting = [beside(normalised, text) for text in ("ヒキコモリ", "ﾋｷｺﾓﾘ")]
    assert [result() for result in waiting] == ["ひきこもり", "ひきこもり"]


def test_it_raises_what_the_function_raises() -> None:
    with pytest.raises(ValueError, match="invalid literal"):
        beside(int, "x")()
