"""What a change of programmes closes and opens, and which few changes close the most."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from hazama.coverage.boxes import Box, Gap, Masks, Number, Space, meets
from hazama.coverage.gaps import gap_order, gaps
from hazama.coverage.totals import uncovered

__all__ = ["Add", "Change", "End", "Lift", "Remedies", "Remedy", "Step", "WhatIf", "changed", "remedies", "what_if"]


@dataclass(frozen=True, slots=True)
class Add:
    """A box is added: a new programme, or one more row of an old one."""

    box: Box


@dataclass(frozen=True, slots=True)
class Change:
    """The limit of a programme in one dimension is set anew, in all its boxes or in the one with this ``key``."""

    program: str
    dimension: int
    values: int
    key: str | None = None


@dataclass(frozen=True, slots=True)
class End:
    """A programme ends."""

    program: str


Step = Add | Change | End


@dataclass(frozen=True, slots=True)
class WhatIf:
    """Gaps that close and gaps that open, heaviest first, and the demand that gains and loses its last programme."""

    closed: tuple[Gap, ...]
    opened: tuple[Gap, ...]
    gained: Number
    lost: Number


def changed(space: Space, steps: Iterable[Step]) -> Space:
    """The space after these steps, one after the other."""
    for step in steps:
        if isinstance(step, Add):
            space = space.with_boxes([*space.boxes, step.box])
        elif isinstance(step, End):
            space = space.without([step.program])
        else:
            space = space.with_boxes(_limited(box, step) for box in space.boxes)
    return space


def _limited(box: Box, step: Change) -> Box:
    if box.program != step.program or step.key not in (None, box.key):
        return box
    return replace(box, masks=(*box.masks[: step.dimension], step.values, *box.masks[step.dimension + 1 :]))


def what_if(space: Space, steps: Iterable[Step], within: Masks | None = None) -> WhatIf:
    """What the steps do, by computing both spaces: a gap closes when some of it is reached; inside ``within``."""
    after = changed(space, steps)
    both = space.with_boxes({*space.boxes, *after.boxes})
    left = uncovered(both, within)
    return WhatIf(
        _reached(space, after, within),
        _reached(after, space, within),
        uncovered(space, within) - left,
        uncovered(after, within) - left,
    )


def _reached(space: Space, other: Space, within: Masks | None) -> tuple[Gap, ...]:
    """The gaps of one space that a box of the other meets."""
    rows = sorted({box.masks for box in other.boxes} - {box.masks for box in space.boxes})
    return tuple(
        sorted((gap for gap in gaps(space, within) if any(meets(gap.masks, row) for row in rows)), key=gap_order)
    )


@dataclass(frozen=True, slots=True)
class Lift:
    """The limit of one box in one dimension, set to all values."""

    box: Box
    dimension: int


@dataclass(frozen=True, slots=True)
class Remedy:
    """One change, the demand it closes beyond those before it, and the share closed so far."""

    lift: Lift
    closes: Number
    share: float


@dataclass(frozen=True, slots=True)
class Remedies:
    """Changes in the order greed picks them.

    ``bound`` is the most that any choice of as many lifts could close: what these close plus the
    largest further gains, as demand closed is submodular (Nemhauser, Wolsey and Fisher 1978);
    greed itself closes at least 1 - 1/e of the best choice.
    """

    chosen: tuple[Remedy, ...]
    closed: Number
    open: Number
    bound: Number


def remedies(space: Space, budget: int, dimensions: Collection[int] | None = None) -> Remedies:
    """The ``budget`` limits whose lifting closes the most uncovered demand, picked greedily.

    Only limits in ``dimensions`` are lifted, if given: what a programme is for is no limit.
    """
    before = uncovered(space)
    lifts = [lift for lift in _lifts(space) if dimensions is None or lift.dimension in dimensions]
    ceiling = dict.fromkeys(lifts, before)
    current, chosen, closed = space, list[Remedy](), 0 * before
    for _ in range(budget):
        best = _best(current, ceiling)
        if best is None:
            break
        closed += ceiling[best]
        chosen.append(Remedy(best, ceiling.pop(best), closed / before))
        current = current.with_boxes([*current.boxes, _lifted(current, best)])
    gains = sorted((_gain(current, lift) for lift in ceiling), reverse=True)[:budget]
    return Remedies(tuple(chosen), closed, before - closed, min(before, closed + sum(gains)))


def _lifts(space: Space) -> Sequence[Lift]:
    """Every limit of every box, the same limit of boxes alike once."""
    seen: dict[tuple[str, tuple[int, ...], int], Lift] = {}
    for box in space.boxes:
        for d, (mask, dim) in enumerate(zip(box.masks, space.dims, strict=True)):
            if mask != dim.full:
                seen.setdefault((box.program, box.masks, d), Lift(box, d))
    return list(seen.values())


def _best(space: Space, ceiling: dict[Lift, Number]) -> Lift | None:
    """The lift with the largest gain; gains only fall, so an old gain is a ceiling (lazy greedy, Minoux 1978)."""
    best: Lift | None = None
    for lift in sorted(ceiling, key=lambda lift: (-ceiling[lift], lift.box.key, lift.dimension)):
        if best is not None and ceiling[lift] <= ceiling[best]:
            break
        ceiling[lift] = _gain(space, lift)
        if ceiling[lift] and (best is None or ceiling[lift] > ceiling[best]):
            best = lift
    return best


def _gain(space: Space, lift: Lift) -> Number:
    """The uncovered demand inside a box with one limit lifted."""
    return uncovered(space, _lifted(space, lift).masks)


def _lifted(space: Space, lift: Lift) -> Box:
    d, box = lift.dimension, lift.box
    return replace(box, masks=(*box.masks[:d], space.dims[d].full, *box.masks[d + 1 :]))
