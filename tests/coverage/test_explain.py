"""Near misses and edges, against the definition."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings

from hazama.coverage import Space, gaps, meets
from hazama.coverage.explain import edges, near_misses
from hazama.coverage.measure import size
from tests.coverage.oracle import cells, spaces


@settings(max_examples=150, deadline=None)
@given(spaces())
def test_a_near_miss_meets_the_gap_when_its_one_limit_is_lifted(space: Space) -> None:
    for gap in gaps(space):
        for miss in near_misses(space, gap):
            d = miss.dimension
            lifted = (*miss.box.masks[:d], space.dims[d].full, *miss.box.masks[d + 1 :])
            assert not meets(miss.box.masks, gap.masks)
            assert miss.share == len(cells(lifted) & cells(gap.masks)) / size(space, gap.masks)
            assert 0 < miss.share <= 1


@settings(max_examples=150, deadline=None)
@given(spaces())
def test_behind_every_edge_stands_a_box_or_an_exclusion(space: Space) -> None:
    ordered = replace(space, dims=tuple(replace(dim, ordered=n == 0) for n, dim in enumerate(space.dims)))
    for one in (space, ordered):
        for gap in gaps(one):
            for edge in edges(one, gap):
                moved = list(gap.masks)
                moved[edge.dimension] = edge.values
                assert all(meets(box.masks, tuple(moved)) for box in edge.boxes)
                assert edge.boxes or any(meets(box.masks, tuple(moved)) for box in one.exclusions)


def test_edges_of_an_ordered_dimension_are_its_neighbours_only() -> None:
    from hazama.coverage import Box, Dimension

    ages = Dimension("age", ("0-17", "18-39", "40-64", "65-"), ordered=True)
    space = Space((ages,), (Box((0b0011,), "young"), Box((0b1000,), "old")))
    (gap,) = gaps(space)
    assert [(edge.values, [box.program for box in edge.boxes]) for edge in edges(space, gap)] == [
        (0b0010, ["young"]),
        (0b1000, ["old"]),
    ]
