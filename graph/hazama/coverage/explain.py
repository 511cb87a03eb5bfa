"""Why a gap is there: which programmes almost reach it, and where it stops."""

from __future__ import annotations

from dataclasses import dataclass
from operator import and_

from hazama.coverage.boxes import Box, Gap, Masks, Space, bits
from hazama.coverage.measure import demand, size

__all__ = ["Edge", "NearMiss", "boxes_beside", "edges", "near_misses"]

Beside = list[list[Box]]
"""For each dimension the boxes that it alone keeps out of a gap."""


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A box that would meet the gap if its limit in one dimension were lifted.

    ``share`` is the part of the gap's demand (of its cells where demand is 0) this would close:
    never all of it unless it is 1. ``touches``: in an ordered dimension, the box begins or
    ends where the gap does.
    """

    box: Box
    dimension: int
    share: float
    touches: bool

    @property
    def percent(self) -> int:
        """The share in whole per cent; 100 only if it is all, never 0."""
        return 100 if self.share >= 1 else max(1, min(99, round(self.share * 100)))


@dataclass(frozen=True, slots=True)
class Edge:
    """Values just beyond a gap in one dimension, and the boxes that cover everything else of the gap's kind there."""

    dimension: int
    values: int
    boxes: tuple[Box, ...]


def near_misses(space: Space, gap: Gap, beside: Beside | None = None) -> tuple[NearMiss, ...]:
    """The boxes one limit away from ``gap``, one per programme and dimension: largest share first, touching first."""
    best: dict[tuple[str, int], NearMiss] = {}
    for d, boxes in enumerate(beside or boxes_beside(space, gap.masks)):
        for box in boxes:
            if share := _share(space, gap, box.masks, d):
                touches = not space.dims[d].ordered or _touch(box.masks[d], gap.masks[d])
                found, place = NearMiss(box, d, share, touches), (box.program, d)
                if place not in best or _rank(found) < _rank(best[place]):
                    best[place] = found
    return tuple(sorted(best.values(), key=_rank))


def _touch(mask: int, inside: int) -> bool:
    return bool(mask & (inside << 1 | inside >> 1))


def _rank(found: NearMiss) -> tuple[float, bool, str, int, str]:
    return -found.share, not found.touches, found.box.program, found.dimension, found.box.key


def _share(space: Space, gap: Gap, masks: Masks, lifted: int) -> float:
    """The part of a gap that a box meets once its limit in one dimension is lifted."""
    met = tuple(
        inside if d == lifted else mask & inside for d, (mask, inside) in enumerate(zip(masks, gap.masks, strict=True))
    )
    if not all(met):
        return 0.0
    return demand(space, met) / gap.demand if gap.demand else size(space, met) / gap.size


def edges(space: Space, gap: Gap, beside: Beside | None = None) -> tuple[Edge, ...]:
    """Where the gap stops and who covers the other side, per dimension.

    In an ordered dimension the values next to the gap on either side; in others every value left out.
    Because the gap is maximal there is a box, or an exclusion, behind every one of them.
    """
    found: list[Edge] = []
    beside = beside or boxes_beside(space, gap.masks)
    for d, dim in enumerate(space.dims):
        outside = dim.full & ~gap.masks[d]
        beyond = outside & (gap.masks[d] << 1 | gap.masks[d] >> 1) if dim.ordered else outside
        by_boxes: dict[tuple[Box, ...], int] = {}
        for value in bits(beyond):
            boxes = tuple(box for box in beside[d] if box.masks[d] >> value & 1)
            by_boxes[boxes] = by_boxes.get(boxes, 0) | 1 << value
        found += [Edge(d, values, boxes) for boxes, values in by_boxes.items()]
    return tuple(found)


def boxes_beside(space: Space, masks: Masks) -> Beside:
    """For each dimension the boxes that this one alone keeps out of ``masks``, from one walk over the boxes."""
    found: Beside = [[] for _ in space.dims]
    for box in space.boxes:
        common = tuple(map(and_, box.masks, masks))
        if common.count(0) == 1:
            found[common.index(0)].append(box)
    return found
