"""The planners' list."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from hazama.coverage import Space, answer
from hazama.coverage.boxes import Masks
from hazama.coverage.brief import brief
from hazama.coverage.totals import uncovered
from tests.coverage.oracle import cells, spaces


@settings(max_examples=200, deadline=None)
@given(spaces(weighted=True), st.integers(1, 4))
def test_every_line_adds_as_much_as_any_gap_could(space: Space, k: int) -> None:
    listed = brief(space, k)
    assert listed.complete
    seen: set[tuple[int, ...]] = set()
    for line in listed.lines:
        assert line.adds == max(_weight(space, cells(gap.masks) - seen) for gap in answer(space).gaps)
        assert line.adds == _weight(space, cells(line.gap.masks) - seen)
        seen |= cells(line.gap.masks)
    assert listed.remainder == uncovered(space) - _weight(space, seen)
    assert len(listed.lines) == k or listed.remainder == 0


def _weight(space: Space, inside: set[Masks]) -> float:
    total = 0.0
    for cell in inside:
        weight = 1.0
        for dim, value in zip(space.dims, cell, strict=True):
            weight *= dim.weights[value]
        total += weight
    return total
