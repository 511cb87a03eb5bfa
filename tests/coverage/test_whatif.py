"""Changes, against computing everything anew."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from hazama.coverage import Box, Space, gaps
from hazama.coverage.totals import uncovered
from hazama.coverage.whatif import limited, remedies, shock, sole, what_if
from tests.coverage.oracle import cells, spaces


@settings(max_examples=200, deadline=None)
@given(spaces(), st.data())
def test_what_if_is_recomputing(space: Space, data: st.DataObject) -> None:
    masks = tuple(data.draw(st.integers(0, dim.full)) for dim in space.dims)
    d = data.draw(st.integers(0, len(space.dims) - 1))
    added, ended, changed = data.draw(st.booleans()), data.draw(st.booleans()), data.draw(st.booleans())
    boxes = [limited(box, d, masks[d]) if changed and box.program == "p1" else box for box in space.boxes]
    boxes = [box for box in boxes if not (ended and box.program == "p0")] + [Box(masks, "new")] * added
    after = space.with_boxes(boxes)
    found = what_if(space, after)
    old, new = _reached(space), _reached(after)
    assert found.gained == len(new - old)
    assert found.lost == len(old - new)
    assert {gap.masks for gap in found.closed} == {gap.masks for gap in gaps(space) if cells(gap.masks) & new}
    assert {gap.masks for gap in found.opened} == {gap.masks for gap in gaps(after) if cells(gap.masks) & old}


def _reached(space: Space) -> set[tuple[int, ...]]:
    gone = set().union(*(cells(box.masks) for box in space.exclusions))
    return set().union(*(cells(box.masks) for box in space.boxes)) - gone


@settings(max_examples=200, deadline=None)
@given(spaces())
def test_adding_a_programme_opens_no_gap(space: Space) -> None:
    assert not what_if(space.with_boxes(space.boxes[1:]), space).opened


@settings(max_examples=60, deadline=None)
@given(spaces(weighted=True), st.integers(1, 2))
def test_no_choice_of_lifts_beats_the_printed_bound(space: Space, budget: int) -> None:
    found = remedies(space, budget)
    lifted = [
        Box((*box.masks[:d], dim.full, *box.masks[d + 1 :])) for box in space.boxes for d, dim in enumerate(space.dims)
    ]
    before = uncovered(space)
    assert found.open is not None and found.bound is not None
    closed = [before - uncovered(space.with_boxes([*space.boxes, *some])) for some in combinations(lifted, budget)]
    assert found.closed <= max(closed, default=0) <= found.bound
    assert found.closed + found.open == before


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
    assert found.lost == uncovered(after) - uncovered(space)
    before = {gap.masks for gap in gaps(space)}
    assert {gap.masks for gap in found.opened} == {gap.masks for gap in gaps(after)} - before
