"""The first gaps in order, and what is proven about the rest."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from hazama.coverage import Space, answer
from hazama.coverage.rank import top
from tests.coverage.oracle import spaces


@settings(max_examples=300, deadline=None)
@given(spaces(weighted=True), st.integers(1, 6))
def test_top_is_the_head_of_the_whole_list(space: Space, k: int) -> None:
    everything, listed = answer(space), top(space, k)
    assert listed.complete
    assert listed.gaps == everything.gaps[:k]
    unlisted = everything.gaps[k:]
    assert all(listed.bound is not None and gap.demand <= listed.bound for gap in unlisted)
