"""All maximal gaps, against trying everything."""

from __future__ import annotations

from hypothesis import given, settings
from tests.coverage.oracle import brute_gaps, spaces

from hazama.coverage import Space, gaps


@settings(max_examples=500, deadline=None)
@given(spaces())
def test_gaps_are_those_of_trying_everything(space: Space) -> None:
    found = [gap.masks for gap in gaps(space)]
    assert len(found) == len(set(found))
    assert set(found) == brute_gaps(space)
