"""The values of the gap engine: dimensions, boxes, spaces and gaps.

A set of values of one dimension is an ``int`` whose bit *v* stands for value *v*;
a box is one such set per dimension, in the order of the space's dimensions.
Nothing here knows what a town is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import reduce
from math import prod
from operator import or_

__all__ = ["Box", "Dimension", "Gap", "Joint", "Masks", "Number", "Space", "bits", "mask_of", "meets", "runs"]

Masks = tuple[int, ...]
Number = int | float


def bits(mask: int) -> Iterator[int]:
    """The set positions of ``mask``, lowest first; linear in its length.

    >>> list(bits(0b10110))
    [1, 2, 4]
    """
    text = bin(mask)[:1:-1]
    position = text.find("1")
    while position >= 0:
        yield position
        position = text.find("1", position + 1)


def mask_of(positions: Iterable[int], width: int) -> int:
    """The set with these positions, all below ``width``; linear in both.

    >>> mask_of([1, 2, 4], 5)
    22
    """
    listed = list(positions)
    if len(listed) * 64 < width:
        return reduce(or_, (1 << position for position in listed), 0)
    digits = bytearray(b"0") * width
    for position in listed:
        digits[width - 1 - position] = 49
    return int(bytes(digits) or b"0", 2)


def runs(mask: int) -> list[tuple[int, int]]:
    """The maximal runs of neighbouring positions, first and last included.

    >>> runs(0b1101110)
    [(1, 3), (5, 6)]
    """
    found: list[tuple[int, int]] = []
    for position in bits(mask):
        if found and found[-1][1] == position - 1:
            found[-1] = (found[-1][0], position)
        else:
            found.append((position, position))
    return found


def meets(one: Masks, other: Masks) -> bool:
    """Whether two boxes share a cell.

    >>> meets((0b01, 0b11), (0b01, 0b10)), meets((0b01, 0b11), (0b10, 0b11))
    (True, False)
    """
    return all(a & b for a, b in zip(one, other, strict=True))


@dataclass(frozen=True, slots=True)
class Dimension:
    """One axis: named values in order.

    ``weights`` gives the people (or any demand) of each value, ``sizes`` the cells
    each value stands for; left empty, both are one per value. ``ordered`` says that
    neighbouring values touch (ages, incomes), so that runs of them read as ranges.
    """

    name: str
    values: tuple[str, ...]
    weights: tuple[Number, ...] = ()
    sizes: tuple[int, ...] = ()
    ordered: bool = False

    @property
    def full(self) -> int:
        """The set of all values."""
        return (1 << len(self.values)) - 1

    def mask(self, names: Iterable[str]) -> int:
        """The set of these values; ``KeyError`` names a value the dimension has not."""
        index = {name: position for position, name in enumerate(self.values)}
        return mask_of((index[name] for name in names), len(self.values))

    def names(self, mask: int) -> tuple[str, ...]:
        """The values in ``mask``, in the order of the dimension."""
        return tuple(self.values[position] for position in bits(mask))


@dataclass(frozen=True, slots=True)
class Joint:
    """Demand that two dimensions set together (people by district and age).

    ``table[v][w]`` is the demand of value *v* of dimension ``first`` with value *w* of ``second``.
    """

    first: int
    second: int
    table: tuple[tuple[Number, ...], ...]


@dataclass(frozen=True, slots=True)
class Box:
    """What one row of a programme covers: one set of values per dimension.

    ``program`` groups the boxes of one programme; ``key`` says where the box comes from.
    A box with an empty set covers nothing.
    """

    masks: Masks
    program: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Space:
    """Dimensions, what programmes cover of their product, and what makes no sense in it.

    ``exclusions`` are taken out of the space: no gap enters them and no total counts them.
    """

    dims: tuple[Dimension, ...]
    boxes: tuple[Box, ...] = ()
    exclusions: tuple[Box, ...] = ()
    joint: Joint | None = None

    @property
    def full(self) -> Masks:
        """The box of all cells."""
        return tuple(dim.full for dim in self.dims)

    @property
    def cells(self) -> int:
        """Cells of the whole product, excluded ones too."""
        return prod(sum(dim.sizes) if dim.sizes else len(dim.values) for dim in self.dims)

    @property
    def obstacles(self) -> tuple[Masks, ...]:
        """Every box no gap may meet: the programmes' and the excluded."""
        return tuple(box.masks for box in self.boxes + self.exclusions)

    @property
    def programs(self) -> tuple[str, ...]:
        """The programmes that have a box, sorted."""
        return tuple(sorted({box.program for box in self.boxes}))

    def with_boxes(self, boxes: Iterable[Box]) -> Space:
        """The same space covered by these boxes instead."""
        return replace(self, boxes=tuple(boxes))

    def without(self, programs: Iterable[str]) -> Space:
        """The same space when these programmes are gone."""
        gone = frozenset(programs)
        return self.with_boxes(box for box in self.boxes if box.program not in gone)


@dataclass(frozen=True, slots=True)
class Gap:
    """A box of the space that no programme meets, with its cells and its demand."""

    masks: Masks
    size: int
    demand: Number
