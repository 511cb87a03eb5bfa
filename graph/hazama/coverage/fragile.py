"""Coverage that hangs on one programme: what only it serves, and what opens without it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from operator import and_

from hazama.coverage.boxes import Gap, Masks, Number, Space, meets
from hazama.coverage.gaps import gap_order, gaps
from hazama.coverage.totals import uncovered

__all__ = ["Shock", "shock", "sole"]


@dataclass(frozen=True, slots=True)
class Shock:
    """What opens when programmes go: the new gaps, heaviest first, and the demand nobody meets any more."""

    removed: tuple[str, ...]
    opened: tuple[Gap, ...]
    demand: Number


def sole(space: Space, program: str, within: Masks | None = None) -> tuple[Gap, ...]:
    """The maximal boxes inside a box of ``program`` (and ``within``) that no other programme meets, heaviest first."""
    others = space.without([program])
    found = {
        gap
        for box in space.boxes
        if box.program == program and meets(box.masks, within or space.full)
        for gap in gaps(others, within=tuple(map(and_, box.masks, within or space.full)))
    }
    outermost = (gap for gap in found if not any(gap != other and _inside(gap, other) for other in found))
    return tuple(sorted(outermost, key=gap_order))


def _inside(inner: Gap, outer: Gap) -> bool:
    return all(one | other == other for one, other in zip(inner.masks, outer.masks, strict=True))


def shock(space: Space, removed: Collection[str], within: Masks | None = None) -> Shock:
    """The gaps of the space without these programmes that reach into what they covered; inside ``within`` if given."""
    after = space.without(removed)
    gone = [box.masks for box in space.boxes if box.program in removed]
    opened = (gap for gap in gaps(after, within) if any(meets(gap.masks, masks) for masks in gone))
    return Shock(
        tuple(sorted(removed)),
        tuple(sorted(opened, key=gap_order)),
        uncovered(after, within) - uncovered(space, within),
    )
