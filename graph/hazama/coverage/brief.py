"""A short list for planners: gaps that together account for the most, and what is not listed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from heapq import heapify, heappop, heappush

from hazama.coverage.boxes import Gap, Masks, Number, Space, meets
from hazama.coverage.deadline import Deadline
from hazama.coverage.gaps import Answer, gap_order
from hazama.coverage.measure import demand
from hazama.coverage.rank import top
from hazama.coverage.totals import uncovered

__all__ = ["Brief", "Line", "brief"]


@dataclass(frozen=True, slots=True)
class Line:
    """One gap of the list: the demand it adds to those above it, and the share of all uncovered demand so far."""

    gap: Gap
    adds: Number
    share: float


@dataclass(frozen=True, slots=True)
class Brief:
    """The list, the uncovered demand outside it, and whether every line is proven the best next one.

    ``remainder`` is None, and nothing listed, if the deadline came before the uncovered demand was known.
    """

    lines: tuple[Line, ...]
    remainder: Number | None
    complete: bool


def brief(space: Space, k: int, seconds: float | Deadline | None = None, parts: Sequence[Masks] = ()) -> Brief:
    """Up to ``k`` gaps, each the one that adds most uncovered demand to those before it.

    With ``parts``, boxes without a common cell, only the gaps within each of them. Gaps overlap, so the heaviest
    ones often tell the same story; greed by what each adds does not. The gaps to choose from are the heaviest, as
    many more of them as a proof needs: an unlisted gap cannot add more than the bound on its demand.
    """
    until, rooms = Deadline.of(seconds), parts or (space.full,)
    try:
        total = sum(uncovered(space, within, until) for within in rooms)
    except (KeyboardInterrupt, TimeoutError):
        return Brief((), None, False)
    size = max(64, 4 * k)
    while True:
        pool = _heaviest(space, rooms, size, until)
        listed = _greedy(space, pool, total, k, until)
        if listed.complete or not pool.complete or until.passed:
            return listed
        size *= 4


def _heaviest(space: Space, rooms: Sequence[Masks], size: int, until: Deadline) -> Answer:
    """The heaviest gaps of each room together."""
    found = [top(space, size, until, within) for within in rooms]
    bounds = [one.bound for one in found if one.bound is not None]
    ranked = sorted((gap for one in found for gap in one.gaps), key=gap_order)
    return Answer(tuple(ranked), all(one.complete for one in found), max(bounds, default=None))


def _greedy(space: Space, pool: Answer, total: Number, k: int, until: Deadline) -> Brief:
    """Greed by what each gap adds to those before it."""
    lines: list[Line] = []
    remainder, proven = total, True
    for gap, adds in _picked(space, pool.gaps, until):
        proven = proven and (pool.bound is None or adds >= pool.bound)
        remainder -= adds
        lines.append(Line(gap, adds, (total - remainder) / total))
        if len(lines) == k:
            break
    exhausted = len(lines) == k or not remainder or (pool.bound is None and not until.passed)
    return Brief(tuple(lines), remainder, proven and exhausted)


def _picked(space: Space, gaps: Sequence[Gap], until: Deadline) -> Iterator[tuple[Gap, Number]]:
    """Gaps with what each adds, the most first, until none adds anything or time is up.

    Lazy greed (Minoux 1978): what a gap adds only falls, so an old figure is a ceiling. What is left of a gap
    is kept as boxes without a common cell, and only cut by the gaps picked since it was looked at last.
    """
    weight = cache(lambda masks: demand(space, masks))
    left: list[list[Masks]] = [[gap.masks] for gap in gaps]
    seen, picked = [0] * len(gaps), list[Masks]()
    waiting = [(-gap.demand, place) for place, gap in enumerate(gaps)]
    heapify(waiting)
    while waiting:
        adds, place = heappop(waiting)
        if not adds or until.passed:
            return
        if seen[place] == len(picked):
            picked.append(gaps[place].masks)
            yield gaps[place], -adds
            continue
        left[place] = _left(left[place], picked[seen[place] :])
        seen[place] = len(picked)
        heappush(waiting, (-sum(map(weight, left[place])), place))


def _left(boxes: list[Masks], gone: Iterable[Masks]) -> list[Masks]:
    for other in gone:
        boxes = [piece for box in boxes for piece in _outside(box, other)]
    return boxes


def _outside(box: Masks, other: Masks) -> Iterator[Masks]:
    """What is left of a box without another, as boxes without a common cell."""
    if not meets(box, other):
        yield box
        return
    for d, mask in enumerate(other):
        if box[d] & ~mask:
            yield (*box[:d], box[d] & ~mask, *box[d + 1 :])
        box = (*box[:d], box[d] & mask, *box[d + 1 :])
