"""Totals against counting cell by cell."""

from __future__ import annotations

import sys
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st

from hazama.coverage import Space
from hazama.coverage.totals import sole_demand, totals, uncovered
from tests.coverage.oracle import brute_totals, cells, spaces


@settings(max_examples=300, deadline=None)
@given(spaces())
def test_totals_are_those_of_counting(space: Space) -> None:
    split = totals(space).cells
    assert (split.none, split.one, split.more) == brute_totals(space)


@settings(max_examples=300, deadline=None)
@given(spaces(weighted=True), st.integers(1, 9))
def test_value_by_value_is_the_same(space: Space, few: int) -> None:
    whole = totals(space)
    with patch.multiple(sys.modules[totals.__module__], MANY=2, FEW=few):
        assert totals(space) == whole


@settings(max_examples=200, deadline=None)
@given(spaces(weighted=True))
def test_sole_demand_is_what_opens_without_the_programme(space: Space) -> None:
    alone = sole_demand(space)
    for program in space.programs:
        assert alone[program] == uncovered(space.without([program])) - uncovered(space)


@settings(max_examples=200, deadline=None)
@given(spaces(weighted=True))
def test_the_parts_make_the_whole(space: Space) -> None:
    split = totals(space).demand
    bare = totals(Space(space.dims, (), space.exclusions)).demand
    assert split.none + split.one + split.more == bare.none
    gone = set().union(*(cells(box.masks) for box in space.exclusions))
    kept = cells(space.full) - gone
    assert bare.none == sum(_weight(space, cell) for cell in kept)


def _weight(space: Space, cell: tuple[int, ...]) -> float:
    product = 1.0
    for dim, value in zip(space.dims, cell, strict=True):
        product *= dim.weights[value]
    return product
