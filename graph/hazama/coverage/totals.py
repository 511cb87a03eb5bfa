"""How much of a space is covered by no programme, by exactly one, by several.

A descent, dimension by dimension, on the set of boxes still admitted: values that
admit the same boxes are counted together, and a set of boxes met again is not
counted again. A programme with several boxes counts once per cell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import product
from math import prod
from operator import and_

from hazama.coverage.boxes import Box, Masks, Number, Space, bits, mask_of, meets
from hazama.coverage.deadline import Deadline
from hazama.coverage.grid import admits

__all__ = ["Split", "Totals", "reached", "sole_demand", "totals", "uncovered"]

MANY, FEW = 1000, 4
"""From how many boxes on a space is counted value by value, if a box holds so few values of a dimension."""


@dataclass(frozen=True, slots=True)
class Split:
    """Cells, or their demand, by the number of distinct programmes: none, one, two and more."""

    none: Number
    one: Number
    more: Number


@dataclass(frozen=True, slots=True)
class Totals:
    """The split of a space in cells and in demand; excluded cells are in neither."""

    cells: Split
    demand: Split


def totals(space: Space, within: Masks | None = None, deadline: Deadline | None = None) -> Totals:
    """Cells and demand with 0, 1 and 2 or more programmes, in the space or in the box ``within``.

    ``TimeoutError`` after the deadline.
    """
    until, root = deadline or Deadline(), space.full if within is None else within
    parts = [_Descent(space.with_boxes(boxes), room, until).split(0, None) for room, boxes in _parts(space, root)]
    counted = [sum(column) for column in zip(*parts, strict=True)]
    return Totals(Split(*counted[:3]), Split(*counted[3:]))


def _parts(space: Space, root: Masks) -> Iterator[tuple[Masks, Iterable[Box]]]:
    """Parts of ``root`` with the boxes that may meet each; of few boxes everything at once.

    Of very many boxes most are for a few needs each. Value by value of the dimension that tells them apart best,
    sets of boxes stay short, which takes a fraction of the time and of the memory.
    """
    held = [sum((box.masks[d] & room).bit_count() for box in space.boxes) for d, room in enumerate(root)]
    d = min(range(len(root)), key=lambda d: held[d] / max(1, root[d].bit_count()), default=0)
    values = root[d].bit_count() if root else 0
    if len(space.boxes) < MANY or not 0 < values < MANY or held[d] > FEW * len(space.boxes):
        yield root, space.boxes
        return
    for value in bits(root[d]):
        boxes = [box for box in space.boxes if box.masks[d] >> value & 1]
        yield (*root[:d], 1 << value, *root[d + 1 :]), boxes


def uncovered(space: Space, within: Masks | None = None, deadline: Deadline | None = None) -> Number:
    """The demand no programme meets, in the space or in the box ``within``; ``TimeoutError`` after the deadline."""
    return totals(space.with_boxes(_anonymous(space, within)), within, deadline).demand.none


def reached(space: Space) -> Number:
    """The demand that at least one programme meets."""
    return totals(Space(space.dims, _anonymous(space), space.exclusions, space.joint)).demand.one


def sole_demand(space: Space, deadline: Deadline | None = None) -> dict[str, Number]:
    """For every programme the demand that it alone meets; 0 for those another always stands in for.

    ``TimeoutError`` after the deadline.
    """
    alone = _Descent(space, None, deadline or Deadline()).alone(0, None)
    return {program: alone.get(program, 0) for program in space.programs}


def _anonymous(space: Space, within: Masks | None = None) -> tuple[Box, ...]:
    """The boxes as if of one programme: enough to tell covered from not, and faster."""
    found = {box.masks for box in space.boxes if within is None or meets(box.masks, within)}
    return tuple(map(Box, sorted(found)))


@dataclass(frozen=True, slots=True)
class _Group:
    """Values that admit the same boxes: which boxes, how many cells, how much demand."""

    boxes: int
    cells: int
    demand: Number


Counts = tuple[Number, Number, Number, Number, Number, Number]
NOTHING: Counts = (0, 0, 0, 0, 0, 0)


class _Descent:
    """The boxes of a space as bits, programme by programme, the exclusions last; and its levels."""

    def __init__(self, space: Space, within: Masks | None, until: Deadline) -> None:
        until.check()
        self._until = until
        root = space.full if within is None else within
        rows = sorted({(box.program, box.masks) for box in space.boxes if meets(box.masks, root)})
        masks = [row for _, row in rows] + sorted({box.masks for box in space.exclusions if meets(box.masks, root)})
        self._names = [program for program, _ in rows]
        self._program = _siblings(self._names)
        self._every = (1 << len(masks)) - 1
        self._excluding = self._every >> len(rows) << len(rows)
        order = _order(space, masks, root)
        self._levels = []
        for dims in order:
            until.check()
            self._levels.append(_groups(space, masks, root, dims))
        self._free = _free(masks, root, order)
        self._rest = _rest(self._levels)
        self._splits: dict[tuple[int, int], Counts] = {}
        self._alones: dict[tuple[int, int], dict[str, Number]] = {}

    def split(self, level: int, active: int | None) -> Counts:
        """Cells then demand with no, one, more programmes below ``level`` where only ``active`` boxes are left."""
        active = self._every if active is None else self._plain(level, active)
        if active & self._excluding & self._free[level]:
            return NOTHING
        if not active or level == len(self._levels):
            return self._whole(level, 0 if not active else 1 if self._single(active) else 2)
        if not active & self._excluding and (programs := self._settled(level, active)):
            return self._whole(level, programs)
        key = level, active
        if key not in self._splits:
            self._until.check()
            sums: list[Number] = [0] * 6
            for group in self._levels[level]:
                below = self.split(level + 1, active & group.boxes)
                for n in range(3):
                    sums[n] += below[n] * group.cells
                    sums[n + 3] += below[n + 3] * group.demand
            self._splits[key] = _counts(sums)
        return self._splits[key]

    def alone(self, level: int, active: int | None) -> dict[str, Number]:
        """The demand below ``level`` that one programme alone meets, by programme."""
        active = self._every if active is None else self._plain(level, active)
        if not active or active & self._excluding & self._free[level] or self._settled(level, active) == 2:
            return {}
        if level == len(self._levels):
            return {self._names[(active & -active).bit_length() - 1]: 1}
        key = level, active
        if key not in self._alones:
            self._until.check()
            found: dict[str, Number] = {}
            for group in self._levels[level]:
                for program, weight in self.alone(level + 1, active & group.boxes).items():
                    found[program] = found.get(program, 0) + weight * group.demand
            self._alones[key] = found
        return self._alones[key]

    def _whole(self, level: int, programs: int) -> Counts:
        cells, weight = self._rest[level]
        row: list[Number] = [0] * 6
        row[programs], row[programs + 3] = cells, weight
        return _counts(row)

    def _plain(self, level: int, active: int) -> int:
        """``active`` without the boxes of a programme that has an unlimited one below ``level``."""
        unlimited = active & self._free[level] & ~self._excluding
        while unlimited:
            box = unlimited & -unlimited
            program = self._program[box.bit_length() - 1]
            active = active & ~program | box
            unlimited &= ~program
        return active

    def _settled(self, level: int, active: int) -> int:
        """2 if two programmes cover everything below ``level``, 1 if the only one does, 0 if it depends."""
        unlimited = active & self._free[level] & ~self._excluding
        if unlimited & (unlimited - 1):
            return 2
        return 1 if unlimited and unlimited == active else 0

    def _single(self, active: int) -> bool:
        """Whether all active boxes are of one programme."""
        return not active & ~self._program[(active & -active).bit_length() - 1]


def _counts(row: list[Number]) -> Counts:
    return row[0], row[1], row[2], row[3], row[4], row[5]


def _siblings(names: list[str]) -> list[int]:
    """For each box the set of boxes of its programme."""
    sets: dict[str, int] = {}
    for n, name in enumerate(names):
        sets[name] = sets.get(name, 0) | 1 << n
    return [sets[name] for name in names]


def _order(space: Space, masks: list[Masks], root: Masks) -> list[tuple[int, ...]]:
    """The dimensions in the order of the descent, those that set demand together as one level.

    Those that tell most boxes apart come first, so that few boxes are left below.
    """
    pair = () if space.joint is None else (space.joint.first, space.joint.second)
    limited = [sum(mask[d] & room != room for mask in masks) for d, room in enumerate(root)]
    single = sorted((d for d in range(len(root)) if d not in pair), key=lambda d: (-limited[d], d))
    return ([pair] if pair else []) + [(d,) for d in single]


def _groups(space: Space, masks: list[Masks], root: Masks, dims: tuple[int, ...]) -> list[_Group]:
    """The values of a level (pairs of values for a joint one), those that admit the same boxes as one."""
    admitted = [admits(space.dims[d].full, [mask[d] for mask in masks]) for d in dims]
    cells: dict[int, int] = {}
    weight: dict[int, Number] = {}
    for values in product(*(tuple(bits(root[d])) for d in dims)):
        boxes = reduce(and_, (admit[v] for admit, v in zip(admitted, values, strict=True)))
        cells[boxes] = cells.get(boxes, 0) + prod(_cells(space, d, v) for d, v in zip(dims, values, strict=True))
        weight[boxes] = weight.get(boxes, 0) + _demand(space, dims, values)
    return [_Group(boxes, count, weight[boxes]) for boxes, count in cells.items()]


def _cells(space: Space, d: int, value: int) -> int:
    return space.dims[d].sizes[value] if space.dims[d].sizes else 1


def _demand(space: Space, dims: tuple[int, ...], values: tuple[int, ...]) -> Number:
    if space.joint is not None and len(dims) == 2:
        return space.joint.table[values[0]][values[1]]
    weights = space.dims[dims[0]].weights
    return weights[values[0]] if weights else _cells(space, dims[0], values[0])


def _free(masks: list[Masks], root: Masks, order: list[tuple[int, ...]]) -> list[int]:
    """For each level, and past the last, the boxes that limit nothing from there on."""
    free = [(1 << len(masks)) - 1]
    for dims in reversed(order):
        limited = mask_of((n for n, mask in enumerate(masks) if any(root[d] & ~mask[d] for d in dims)), len(masks))
        free.append(free[-1] & ~limited)
    return free[::-1]


def _rest(levels: list[list[_Group]]) -> list[tuple[int, Number]]:
    """For each level, and past the last, the cells and the demand of one choice above it."""
    rest: list[tuple[int, Number]] = [(1, 1)]
    for groups in reversed(levels):
        cells, weight = rest[-1]
        rest.append((cells * sum(g.cells for g in groups), weight * sum(g.demand for g in groups)))
    return rest[::-1]
