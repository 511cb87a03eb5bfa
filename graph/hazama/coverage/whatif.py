"""What a change of programmes closes and opens, what hangs on one of them, and which few changes close the most.

A need is searched on its own (``rooms``, boxes without a common cell), so that what opens and closes can be read.
Everything here ends at a deadline: what is found by then is told, numbers not known by then are None.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from operator import and_

from hazama.coverage.boxes import Box, Gap, Masks, Number, Space, meets
from hazama.coverage.deadline import Deadline
from hazama.coverage.gaps import answer, gap_order
from hazama.coverage.totals import uncovered

__all__ = ["Remedies", "Remedy", "WhatIf", "limited", "remedies", "shock", "sole", "what_if"]


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Gaps that close and gaps that open, heaviest first, and the demand that gains and loses its last programme.

    ``complete`` says that no gap is missing and the numbers are known.
    """

    closed: tuple[Gap, ...]
    opened: tuple[Gap, ...]
    gained: Number | None
    lost: Number | None
    complete: bool = True


def limited(box: Box, dimension: int, values: int) -> Box:
    """The same box with its limit in one dimension set anew."""
    return replace(box, masks=(*box.masks[:dimension], values, *box.masks[dimension + 1 :]))


def what_if(before: Space, after: Space, rooms: Sequence[Masks] = (), deadline: Deadline | None = None) -> WhatIf:
    """What tells two spaces over the same dimensions apart: a gap closes when some of it is reached."""
    until, parts = deadline or Deadline(), tuple(rooms) or (before.full,)
    closed, opened = _reached(before, after, parts, until), _reached(after, before, parts, until)
    gained = lost = None
    try:
        left = uncovered(before.with_boxes({*before.boxes, *after.boxes}), deadline=until)
        gained, lost = (uncovered(space, deadline=until) - left for space in (before, after))
    except TimeoutError:
        until.stop()
    return WhatIf(closed, opened, gained, lost, not until.passed)


def shock(
    space: Space, removed: Collection[str], rooms: Sequence[Masks] = (), deadline: Deadline | None = None
) -> WhatIf:
    """What opens, and the demand nobody meets any more, when programmes go."""
    return what_if(space, space.without(removed), rooms, deadline)


def _reached(space: Space, other: Space, rooms: Sequence[Masks], until: Deadline) -> tuple[Gap, ...]:
    """The gaps of one space that a box of the other meets; rooms that none of these boxes enters are passed over."""
    rows = sorted({box.masks for box in other.boxes} - {box.masks for box in space.boxes})
    found: list[Gap] = []
    for within in rooms:
        if inside := [row for row in rows if meets(row, within)]:
            gaps = _all(space, within, until)
            found += (gap for gap in gaps if any(meets(gap.masks, row) for row in inside))
    return tuple(sorted(found, key=gap_order))


def _all(space: Space, within: Masks, until: Deadline) -> tuple[Gap, ...]:
    """The gaps in a box; once a search is stopped, by the clock or by Ctrl-C, nothing after it is searched."""
    found = answer(space, until, within)
    if not found.complete:
        until.stop()
    return found.gaps


def sole(space: Space, program: str, rooms: Sequence[Masks] = (), deadline: Deadline | None = None) -> tuple[Gap, ...]:
    """The maximal boxes inside a box of ``program`` that no other programme meets, heaviest first."""
    until, others = deadline or Deadline(), space.without([program])
    own = [box.masks for box in space.boxes if box.program == program]
    listed: list[Gap] = []
    for within in rooms or (space.full,):
        rows = [tuple(map(and_, masks, within)) for masks in own if meets(masks, within)]
        found = {gap for row in rows for gap in _all(others, row, until)}
        listed += (gap for gap in found if not any(gap != other and _inside(gap, other) for other in found))
    return tuple(sorted(listed, key=gap_order))


def _inside(inner: Gap, outer: Gap) -> bool:
    return all(one | other == other for one, other in zip(inner.masks, outer.masks, strict=True))


Lift = tuple[Box, int]
"""The limit of a box in one dimension, set to all values."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """A limit to lift, the demand this closes beyond those before it, and the share closed so far."""

    box: Box
    dimension: int
    closes: Number
    share: float


@dataclass(frozen=True, slots=True)
class Remedies:
    """Changes in the order greed picks them.

    ``bound`` is the most that any choice of as many lifts could close: what these close plus the
    largest further gains, as demand closed is submodular (Nemhauser, Wolsey and Fisher 1978);
    greed itself closes at least 1 - 1/e of the best choice. None if the deadline came first.
    """

    chosen: tuple[Remedy, ...]
    closed: Number
    open: Number | None
    bound: Number | None


def remedies(
    space: Space, budget: int, dimensions: Collection[int] | None = None, deadline: Deadline | None = None
) -> Remedies:
    """The ``budget`` limits whose lifting closes the most uncovered demand, picked greedily.

    Only limits in ``dimensions`` are lifted, if given: what a programme is for is no limit.
    """
    until, chosen, before = deadline or Deadline(), list[Remedy](), None
    closed: Number = 0
    try:
        before = uncovered(space, deadline=until)
        ceiling = dict.fromkeys(_lifts(space, range(len(space.dims)) if dimensions is None else dimensions), before)
        for _ in range(budget):
            if (best := _best(space, ceiling, until)) is None:
                break
            closed += ceiling[best]
            chosen.append(Remedy(*best, ceiling.pop(best), closed / before))
            space = space.with_boxes([*space.boxes, _lifted(space, best)])
        gains = sorted((_gain(space, lift, until) for lift in ceiling), reverse=True)[:budget]
    except TimeoutError:
        return Remedies(tuple(chosen), closed, None if before is None else before - closed, before)
    return Remedies(tuple(chosen), closed, before - closed, min(before, closed + sum(gains)))


def _lifts(space: Space, dimensions: Collection[int]) -> Iterable[Lift]:
    """Every limit of every box in these dimensions, the same limit of boxes alike once."""
    seen: dict[tuple[str, Masks, int], Lift] = {}
    for box, d in product(space.boxes, dimensions):
        if box.masks[d] != space.dims[d].full:
            seen.setdefault((box.program, box.masks, d), (box, d))
    return seen.values()


def _best(space: Space, ceiling: dict[Lift, Number], until: Deadline) -> Lift | None:
    """The lift with the largest gain; gains only fall, so an old gain is a ceiling (lazy greedy, Minoux 1978)."""
    best: Lift | None = None
    for lift in sorted(ceiling, key=lambda lift: (-ceiling[lift], lift[0].key, lift[1])):
        if best is not None and ceiling[lift] <= ceiling[best]:
            break
        ceiling[lift] = _gain(space, lift, until)
        if ceiling[lift] and (best is None or ceiling[lift] > ceiling[best]):
            best = lift
    return best


def _gain(space: Space, lift: Lift, until: Deadline) -> Number:
    """The uncovered demand inside a box with one limit lifted."""
    return uncovered(space, _lifted(space, lift).masks, until)


def _lifted(space: Space, lift: Lift) -> Box:
    box, d = lift
    return limited(box, d, space.dims[d].full)
