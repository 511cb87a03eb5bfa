"""All maximal gaps, against trying everything and against the definition."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from sys import maxsize

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazama.coverage import Box, Dimension, Space, answer, bits, gaps, grid, meets, top, totals
from hazama.coverage.boxes import Gap
from hazama.coverage.brief import brief
from hazama.coverage.deadline import Deadline
from hazama.coverage.gaps import Walk
from hazama.coverage.measure import demand, size
from tests.bench.instances import instance
from tests.coverage.oracle import brute_gaps, brute_totals, cells, crowds, spaces


@settings(max_examples=500, deadline=None)
@given(spaces())
def test_gaps_are_those_of_trying_everything(space: Space) -> None:
    found = [gap.masks for gap in gaps(space)]
    assert len(found) == len(set(found))
    assert set(found) == brute_gaps(space)


@pytest.mark.parametrize(("boxes", "limited", "needs"), [(100, 0.4, 6), (300, 0.5, 4), (3000, 0.7, 2)])
def test_every_answer_on_a_large_space_is_uncovered_and_maximal(boxes: int, limited: float, needs: int) -> None:
    space = instance(boxes, limited=limited, needs=needs)
    checked = 0
    for gap in islice(gaps(space), 100):
        assert not any(meets(gap.masks, other) for other in space.obstacles)
        for d, dim in enumerate(space.dims):
            for value in bits(dim.full & ~gap.masks[d]):
                grown = (*gap.masks[:d], 1 << value, *gap.masks[d + 1 :])
                assert any(meets(grown, other) for other in space.obstacles)
        checked += 1
    assert checked == 100


@pytest.mark.parametrize("rounds", [0, 1, grid.ROUNDS])
@pytest.mark.parametrize("few", [0, maxsize])
@settings(max_examples=300, deadline=None)
@given(space=st.one_of(spaces(), crowds()))
def test_however_boxes_are_taken_apart_and_compared_the_gaps_are_the_same(few: int, rounds: int, space: Space) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(grid, "MANY", 0)
        patch.setattr(grid, "FEW", few)
        patch.setattr(grid, "ROUNDS", rounds)
        found = [gap.masks for gap in gaps(space)]
    assert len(found) == len(set(found))
    assert set(found) == brute_gaps(space)


def test_boxes_of_few_values_are_taken_apart_and_the_answer_is_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    space = instance(600, limited=0.5, needs=2)
    apart, ranked = answer(space), top(space, 20)
    assert all(box[0].bit_count() == 1 for box in grid.grid(space).boxes)
    monkeypatch.setattr(grid, "FEW", 0)
    assert any(box[0].bit_count() > 1 for box in grid.grid(space).boxes)
    assert answer(space) == apart
    again = top(space, 20)
    assert again.complete and again.gaps == ranked.gaps == apart.gaps[:20]


@settings(max_examples=200, deadline=None)
@given(spaces(weighted=True))
def test_size_and_demand_are_those_of_the_cells(space: Space) -> None:
    for gap in gaps(space):
        assert gap.size == size(space, gap.masks) == len(cells(gap.masks))
        assert gap.demand == demand(space, gap.masks)


@settings(max_examples=500, deadline=None)
@given(crowds())
def test_many_boxes_in_small_spaces_and_the_totals_with_them(space: Space) -> None:
    found = [gap.masks for gap in gaps(space)]
    assert len(found) == len(set(found))
    assert set(found) == brute_gaps(space)
    split = totals(space).cells
    assert (split.none, split.one, split.more) == brute_totals(space)
    for masks in found:
        assert not any(meets(masks, other) for other in space.obstacles)
        for d, dim in enumerate(space.dims):
            for value in bits(dim.full & ~masks[d]):
                grown = (*masks[:d], 1 << value, *masks[d + 1 :])
                assert any(meets(grown, other) for other in space.obstacles)


@settings(max_examples=300, deadline=None)
@given(spaces(), st.data())
def test_what_blanks_may_cover_is_open_wherever_it_is_open_for_certain(space: Space, data: st.DataObject) -> None:
    """A blank read as covering nothing leaves every gap open that one read as unlimited leaves."""
    blank = data.draw(st.sets(st.integers(0, max(0, len(space.boxes) - 1))))
    d = data.draw(st.integers(0, len(space.dims) - 1))
    read = {"certain": space.dims[d].full, "possible": 0}
    certain, possible = (
        space.with_boxes(
            replace(box, masks=(*box.masks[:d], mask, *box.masks[d + 1 :])) if n in blank else box
            for n, box in enumerate(space.boxes)
        )
        for mask in read.values()
    )
    wide = [gap.masks for gap in gaps(possible)]
    for gap in gaps(certain):
        assert any(all(a & ~b == 0 for a, b in zip(gap.masks, other, strict=True)) for other in wide)
    assert totals(certain).cells.none <= totals(possible).cells.none


@settings(max_examples=200, deadline=None)
@given(spaces())
def test_more_boxes_leave_no_new_gap_uncovered(space: Space) -> None:
    before = [gap.masks for gap in gaps(space.with_boxes(space.boxes[1:]))]
    for gap in gaps(space):
        assert any(cells(gap.masks) <= cells(old) for old in before)


@settings(max_examples=100, deadline=None)
@given(spaces())
def test_inside_a_box_the_gaps_are_those_of_that_part(space: Space) -> None:
    within = tuple(max(1, dim.full >> 1) for dim in space.dims)
    outside = tuple(
        Box((*space.full[:d], dim.full & ~within[d], *space.full[d + 1 :])) for d, dim in enumerate(space.dims)
    )
    walled = Space(space.dims, space.boxes, (*space.exclusions, *outside))
    assert {gap.masks for gap in gaps(space, within)} == {gap.masks for gap in gaps(walled)}


class Late(Deadline):
    """A deadline that comes after the n-th look at it, whatever the clock says."""

    __slots__ = ("looks",)

    def __init__(self, looks: int) -> None:
        super().__init__()
        self.looks = looks

    @property
    def passed(self) -> bool:
        self.looks -= 1
        return self.looks < 0


def test_a_search_out_of_time_says_what_it_found_and_what_may_be_missing() -> None:
    space = instance(1000, limited=0.7, needs=2)
    found = answer(space, Late(700))
    assert found.gaps and not found.complete
    assert found.bound is not None and 0 < found.bound <= space.cells
    ranked = top(space, 5, Late(700))
    assert len(ranked.gaps) == 5 and not ranked.complete
    assert ranked.bound is not None and ranked.bound >= ranked.gaps[-1].demand


@settings(max_examples=200, deadline=None)
@given(spaces(weighted=True), st.integers(0, 60), st.integers(1, 4))
def test_whenever_it_stops_nothing_is_wrong_and_the_bound_holds(space: Space, looks: int, k: int) -> None:
    every = set(answer(space).gaps)
    for found in (answer(space, Late(looks)), top(space, k, Late(looks))):
        assert set(found.gaps) <= every
        missing = [gap.demand for gap in every - set(found.gaps)]
        assert not missing or (found.bound is not None and max(missing) <= found.bound)
    listed = brief(space, k, Late(looks))
    if listed.remainder is None:
        assert (listed.lines, listed.complete) == ((), False)
    else:
        assert listed.remainder + sum(line.adds for line in listed.lines) == totals(space).demand.none


def test_ctrl_c_keeps_what_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    space = instance(100, limited=0.4, needs=6)
    step, calls = Walk.step, [0]

    def interrupted(walk: Walk, found: list[Gap], count: int = 256) -> None:
        calls[0] += 1
        if calls[0] > 3:
            raise KeyboardInterrupt
        step(walk, found, count)

    monkeypatch.setattr(Walk, "step", interrupted)
    found = answer(space)
    assert not found.complete
    assert found.gaps
    assert found.bound is not None and found.bound >= found.gaps[-1].demand


@pytest.mark.parametrize("looks", [0, 5, 12, 20, 30])
def test_out_of_time_in_the_reduction_everything_may_be_missing(looks: int) -> None:
    space = instance(3000, limited=0.7)
    for found in (answer(space, Late(looks)), top(space, 5, Late(looks))):
        assert (found.gaps, found.complete, found.bound) == ((), False, space.cells)
    with pytest.raises(TimeoutError):
        totals(space, deadline=Late(min(looks, 5)))


def test_one_cell() -> None:
    dims = (Dimension("d", ("only",)),)
    assert [gap.masks for gap in gaps(Space(dims))] == [(1,)]
    assert not list(gaps(Space(dims, (Box((1,)),))))
