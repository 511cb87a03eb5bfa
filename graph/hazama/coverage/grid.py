"""A space made small before it is searched, with answers unchanged.

Three reductions, all exact for gaps (never used to count programmes):
boxes that differ in one dimension only become one box; values that no box tells
apart become one class; a box inside another box is dropped.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import and_

from hazama.coverage.boxes import Masks, Space, bits, mask_of
from hazama.coverage.deadline import Deadline

__all__ = ["Axis", "Grid", "admits", "grid"]


Members = tuple[tuple[int, ...], ...]


@dataclass(frozen=True, slots=True)
class Axis:
    """The classes of one dimension; ``members[c]`` are the original values of class *c*.

    ``admit[c]`` is the set of boxes that admit class *c*, one bit per box.
    """

    width: int
    members: Members
    admit: tuple[int, ...]

    @property
    def full(self) -> int:
        """The set of all classes."""
        return (1 << len(self.members)) - 1

    def expand(self, classes: int) -> int:
        """The original values behind a set of classes."""
        return mask_of((value for c in bits(classes) for value in self.members[c]), self.width)


@dataclass(frozen=True, slots=True)
class Grid:
    """The reduced space: one axis per dimension, and boxes over their classes."""

    axes: tuple[Axis, ...]
    boxes: tuple[Masks, ...]

    def expand(self, masks: Masks) -> Masks:
        """A box over classes as a box over the original values."""
        return tuple(axis.expand(mask) for axis, mask in zip(self.axes, masks, strict=True))


def grid(space: Space, within: Masks | None = None, deadline: Deadline | None = None) -> Grid:
    """The reduced form of ``space``, or of the part of it inside the box ``within``.

    Its boxes come in the order of how many classes they leave out, fewest first: what the search tree needs to
    stay small (measured against their volume and other orders). ``TimeoutError`` after the deadline.
    """
    until = deadline or Deadline()
    root = space.full if within is None else within
    boxes = _merged(_restricted(space.obstacles, root), until)
    members: list[Members] = [tuple((value,) for value in bits(room)) for room in root]
    members, boxes = _classed(members, root, boxes, until)
    kept = _merged(_outermost(boxes, members, until), until)
    if kept != boxes:
        members, kept = _classed(members, tuple((1 << len(m)) - 1 for m in members), kept, until)
    kept.sort(key=lambda box: (-sum(map(int.bit_count, box)), box))
    axes = [
        Axis(len(dim.values), members[d], admits(len(members[d]), [box[d] for box in kept]))
        for d, dim in enumerate(space.dims)
    ]
    return Grid(tuple(axes), tuple(kept))


def _restricted(boxes: Iterable[Masks], root: Masks) -> set[Masks]:
    """The boxes cut to ``root``; those that cover nothing of it are gone, most by its narrowest dimension."""
    narrow = min(range(len(root)), key=lambda d: root[d].bit_count(), default=None)
    if narrow is not None:
        boxes = [box for box in boxes if box[narrow] & root[narrow]]
    return {cut for box in boxes if all(cut := tuple(map(and_, box, root)))}


def _merged(boxes: Collection[Masks], until: Deadline) -> list[Masks]:
    """Boxes equal in all dimensions but one become their union, one dimension after the other.

    A union of such boxes covers the same cells and is met by the same boxes.
    """
    current = set(boxes)
    for d in range(len(next(iter(current))) if current else 0):
        until.check()
        current = _united(current, d)
    return sorted(current)


def _united(boxes: set[Masks], d: int) -> set[Masks]:
    union: dict[Masks, int] = {}
    for box in boxes:
        rest = box[:d] + box[d + 1 :]
        union[rest] = union.get(rest, 0) | box[d]
    if len(union) == len(boxes):
        return boxes
    return {(*rest[:d], mask, *rest[d:]) for rest, mask in union.items()}


def _classed(
    members: list[Members], rooms: Masks, boxes: list[Masks], until: Deadline
) -> tuple[list[Members], list[Masks]]:
    """Values no box tells apart as one class each, and the boxes over these classes."""
    translated: list[dict[int, int]] = []
    coarser: list[Members] = []
    for d, room in enumerate(rooms):
        until.check()
        masks = sorted({box[d] for box in boxes})
        groups, sets = _classes(room, masks)
        places = {position: n for n, position in enumerate(bits(room))}
        coarser.append(
            tuple(tuple(value for place in group for value in members[d][places[place]]) for group in groups)
        )
        translated.append(dict(zip(masks, sets, strict=True)))
    moved = [tuple(table[mask] for table, mask in zip(translated, box, strict=True)) for box in boxes]
    return coarser, sorted(moved)


def _classes(room: int, masks: list[int]) -> tuple[Members, list[int]]:
    """The classes of the positions in ``room``, and each mask as a set of classes.

    Walks the smaller side of each mask, so that 10^5 values stay linear in the input.
    """
    inverted = [2 * mask.bit_count() > room.bit_count() for mask in masks]
    signatures: dict[int, list[int]] = {position: [] for position in bits(room)}
    for n, mask in enumerate(masks):
        for position in bits(room & ~mask if inverted[n] else mask):
            signatures[position].append(n)
    groups: dict[tuple[int, ...], list[int]] = {}
    for position, signature in signatures.items():
        groups.setdefault(tuple(signature), []).append(position)
    marked: list[list[int]] = [[] for _ in masks]
    for c, signature_key in enumerate(groups):
        for n in signature_key:
            marked[n].append(c)
    every = (1 << len(groups)) - 1
    sets = [mask_of(found, len(groups)) for found in marked]
    sets = [every ^ found if flip else found for found, flip in zip(sets, inverted, strict=True)]
    return tuple(map(tuple, groups.values())), sets


def admits(width: int, masks: Sequence[int]) -> tuple[int, ...]:
    """For each class the set of boxes whose mask holds it."""
    owners: dict[int, list[int]] = {}
    for n, mask in enumerate(masks):
        owners.setdefault(mask, []).append(n)
    admitted: list[list[int]] = [[] for _ in range(width)]
    for mask, boxes in owners.items():
        for c in bits(mask):
            admitted[c] += boxes
    return tuple(mask_of(boxes, len(masks)) for boxes in admitted)


def _outermost(boxes: list[Masks], members: list[Members], until: Deadline) -> list[Masks]:
    """The boxes that lie in no other box."""
    holders = []
    for d, classes in enumerate(members):
        until.check()
        holders.append(_holders(len(classes), [box[d] for box in boxes]))
    kept: list[Masks] = []
    for n, box in enumerate(boxes):
        if not n & 255:
            until.check()
        own, around = 1 << n, -1
        for table, mask in zip(holders, box, strict=True):
            around &= table[mask]
            if around == own:
                break
        if not around & ~own:
            kept.append(box)
    return kept


def _holders(width: int, masks: Sequence[int]) -> dict[int, int]:
    """For each distinct mask the set of boxes whose mask holds all of it."""
    admit = admits(width, masks)
    return {mask: reduce(and_, (admit[c] for c in bits(mask))) for mask in set(masks)}
