"""Cells and demand of boxes, remembered per set of values."""

from __future__ import annotations

from itertools import product
from math import prod

from hazama.coverage.boxes import Dimension, Gap, Joint, Masks, Number, Space, bits
from hazama.coverage.grid import Grid

__all__ = ["Measure", "demand", "size"]


def size(space: Space, masks: Masks) -> int:
    """The cells in a box."""
    return prod(_cells(dim, mask) for dim, mask in zip(space.dims, masks, strict=True))


def demand(space: Space, masks: Masks) -> Number:
    """The demand in a box: the product of its dimensions' weights, two of them taken jointly if the space says so.

    >>> from hazama.coverage.boxes import Dimension, Space
    >>> demand(Space((Dimension("age", ("young", "old"), weights=(7, 3)),)), (0b10,))
    3
    """
    joint = space.joint
    single = prod(
        _weight(dim, mask)
        for d, (dim, mask) in enumerate(zip(space.dims, masks, strict=True))
        if joint is None or d not in (joint.first, joint.second)
    )
    return single if joint is None else single * _together(joint, masks[joint.first], masks[joint.second])


def _cells(dim: Dimension, mask: int) -> int:
    return sum(dim.sizes[v] for v in bits(mask)) if dim.sizes else mask.bit_count()


def _weight(dim: Dimension, mask: int) -> Number:
    return sum(dim.weights[v] for v in bits(mask)) if dim.weights else _cells(dim, mask)


def _together(joint: Joint, first: int, second: int) -> Number:
    return sum(joint.table[v][w] for v, w in product(bits(first), list(bits(second))))


class Measure:
    """Sizes and demands of boxes over the classes of a grid, with a memory per dimension.

    What a candidate weighs bounds every gap below it.
    """

    __slots__ = ("_grid", "_memory", "_pair", "_pairs", "_space")

    def __init__(self, space: Space, grid: Grid) -> None:
        self._space = space
        self._grid = grid
        self._memory: list[dict[int, tuple[int, int, Number]]] = [{} for _ in grid.axes]
        self._pair = () if space.joint is None else (space.joint.first, space.joint.second)
        self._pairs: dict[tuple[int, int], Number] = {}

    def weight(self, classes: list[int]) -> tuple[Number, int]:
        """Demand and cells of a box over classes; both can only shrink with the box."""
        gap = self.gap(classes)
        return gap.demand, gap.size

    def gap(self, classes: list[int]) -> Gap:
        """A box over classes as a gap over the original values."""
        masks, cells = [], 1
        people: Number = 1
        for d, mask in enumerate(classes):
            entry = self._memory[d].get(mask)
            if entry is None:
                entry = self._weigh(d, mask)
            masks.append(entry[0])
            cells *= entry[1]
            people *= entry[2]
        if self._pair:
            people *= self._joint(masks)
        return Gap(tuple(masks), cells, people)

    def _weigh(self, d: int, classes: int) -> tuple[int, int, Number]:
        dim, mask = self._space.dims[d], self._grid.axes[d].expand(classes)
        weight = 1 if d in self._pair else _weight(dim, mask)
        self._memory[d][classes] = mask, _cells(dim, mask), weight
        return self._memory[d][classes]

    def _joint(self, masks: list[int]) -> Number:
        joint = self._space.joint
        assert joint is not None
        key = masks[joint.first], masks[joint.second]
        if key not in self._pairs:
            self._pairs[key] = _together(joint, *key)
        return self._pairs[key]
