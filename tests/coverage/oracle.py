"""What a gap is, by trying everything: the yardstick of the coverage tests."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from hypothesis import strategies as st

from hazama.coverage import Box, Dimension, Masks, Space, bits, meets

__all__ = ["brute_gaps", "brute_totals", "cells", "crowds", "spaces"]


def cells(masks: Masks) -> set[tuple[int, ...]]:
    """The cells of a box."""
    return set(product(*(tuple(bits(mask)) for mask in masks)))


def brute_gaps(space: Space) -> set[Masks]:
    """All maximal gaps, by testing every box of the space."""
    candidates = product(*(range(1, dim.full + 1) for dim in space.dims))
    free = {box for box in candidates if not any(meets(box, other) for other in space.obstacles)}
    return {box for box in free if free.isdisjoint(_grown(space, box))}


def _grown(space: Space, box: Masks) -> Iterator[Masks]:
    """The box with one more value in one dimension."""
    for d, dim in enumerate(space.dims):
        for value in bits(dim.full & ~box[d]):
            yield (*box[:d], box[d] | 1 << value, *box[d + 1 :])


def brute_totals(space: Space) -> tuple[int, int, int]:
    """Cells outside the exclusions with no programme, with one, with more."""
    gone: set[tuple[int, ...]] = set().union(*(cells(box.masks) for box in space.exclusions))
    covered = [(box.program, cells(box.masks)) for box in space.boxes]
    counts = [0, 0, 0]
    for cell in cells(space.full) - gone:
        programs = {program for program, inside in covered if cell in inside}
        counts[min(2, len(programs))] += 1
    return counts[0], counts[1], counts[2]


@st.composite
def spaces(draw: st.DrawFn, weighted: bool = False) -> Space:
    """Small spaces with programmes of several boxes, empty boxes and exclusions."""
    few = st.lists(st.integers(1, 4), min_size=1, max_size=3)
    shape = draw(few | st.lists(st.integers(1, 3), min_size=4, max_size=4))
    dims = tuple(
        Dimension(
            f"d{d}",
            tuple(f"v{v}" for v in range(width)),
            weights=tuple(draw(st.lists(st.integers(0, 9), min_size=width, max_size=width))) if weighted else (),
        )
        for d, width in enumerate(shape)
    )
    box = st.tuples(*(st.integers(0, dim.full) | st.just(dim.full) for dim in dims))
    rows = draw(st.lists(st.tuples(box, st.integers(0, 3)), max_size=8))
    return Space(
        dims,
        tuple(Box(masks, f"p{program}", f"row{n}") for n, (masks, program) in enumerate(rows)),
        tuple(Box(masks) for masks in draw(st.lists(box, max_size=2))),
    )


@st.composite
def crowds(draw: st.DrawFn) -> Space:
    """Small spaces under many boxes: dimensions of one value, narrow boxes, unlimited ones, the same one twice."""
    shape = draw(st.sampled_from([(2, 2, 2), (3, 1, 3), (4, 3), (6,), (1, 1), (2, 2, 2, 2), (3, 2, 2)]))
    dims = tuple(Dimension(f"d{d}", tuple(f"v{v}" for v in range(width))) for d, width in enumerate(shape))
    one = st.tuples(*(st.integers(0, len(dim.values) - 1).map(lambda v: 1 << v) | st.just(dim.full) for dim in dims))
    any_ = st.tuples(*(st.integers(1, dim.full) for dim in dims))
    rows = draw(st.lists(st.tuples(one | any_, st.integers(0, 5)), max_size=30))
    return Space(
        dims,
        tuple(Box(masks, f"p{program}", f"row{n}") for n, (masks, program) in enumerate(rows)),
        tuple(Box(masks) for masks in draw(st.lists(one, max_size=4))),
    )
