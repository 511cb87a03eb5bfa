"""What hangs on one programme."""

from __future__ import annotations

from hypothesis import given, settings

from hazama.coverage import Space, gaps
from hazama.coverage.fragile import shock, sole
from hazama.coverage.totals import uncovered
from tests.coverage.oracle import cells, spaces


@settings(max_examples=150, deadline=None)
@given(spaces())
def test_sole_covers_exactly_what_no_other_programme_does(space: Space) -> None:
    gone = set().union(*(cells(box.masks) for box in space.exclusions))
    for program in space.programs:
        own = set().union(*(cells(box.masks) for box in space.boxes if box.program == program))
        others = set().union(*(cells(box.masks) for box in space.boxes if box.program != program))
        served = set().union(*(cells(gap.masks) for gap in sole(space, program)))
        assert served == own - others - gone


@settings(max_examples=150, deadline=None)
@given(spaces(weighted=True))
def test_a_shock_opens_what_the_removed_programmes_held_alone(space: Space) -> None:
    removed = space.programs[:2]
    after = space.without(removed)
    found = shock(space, removed)
    assert found.demand == uncovered(after) - uncovered(space)
    before = {gap.masks for gap in gaps(space)}
    assert {gap.masks for gap in found.opened} == {gap.masks for gap in gaps(after)} - before
