"""Shocks and changes of a town, need by need, so that what opens and closes can be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from hazama.coverage.boxes import Gap
from hazama.coverage.fragile import Shock, shock, sole
from hazama.coverage.gaps import gap_order
from hazama.coverage.listing import slices
from hazama.coverage.space import TownSpace
from hazama.coverage.totals import uncovered
from hazama.coverage.whatif import Remedies, Step, WhatIf, changed, remedies, what_if
from hazama.knowledge.labels import directory
from hazama.model.errors import UsageError
from hazama.resources import phrase

__all__ = ["removed", "town_remedies", "town_shock", "town_sole", "town_what_if"]


def removed(town: TownSpace, texts: Iterable[str]) -> tuple[str, ...]:
    """The programmes that go when these programmes, agencies, laws or provisions go; ``UsageError`` if none does."""
    found: set[str] = set()
    for text in texts:
        gone = _going(town, text)
        if not gone:
            raise UsageError(*phrase("coverage", "nothing_goes", name=text))
        found |= gone
    return tuple(sorted(found))


def _going(town: TownSpace, text: str) -> set[str]:
    names = directory(town.town)
    kind, id = names.resolve(text, ("programs", "agencies", "laws", "provisions"))
    if kind == "programs":
        return {id} & set(town.programs)
    if kind == "agencies":
        gone = names.beneath("agencies", id)
        return {key for key, one in town.programs.items() if not gone.isdisjoint((*one.owner, *one.operators))}
    provisions = names.provisions(id)
    return {key for key, one in town.programs.items() if not provisions.isdisjoint(one.basis)}


def town_shock(town: TownSpace, programs: Sequence[str]) -> Shock:
    """What opens in a town when these programmes go."""
    parts = [shock(town.space, programs, within) for within in slices(town)]
    opened = _ranked(gap for part in parts for gap in part.opened)
    return Shock(tuple(programs), opened, uncovered(town.space.without(programs)) - uncovered(town.space))


def town_sole(town: TownSpace, program: str) -> tuple[Gap, ...]:
    """What only one programme of a town serves."""
    return _ranked(gap for within in slices(town) for gap in sole(town.space, program, within))


def town_what_if(town: TownSpace, steps: Sequence[Step]) -> WhatIf:
    """What steps close and open in a town."""
    after = changed(town.space, steps)
    both = town.space.with_boxes({*town.space.boxes, *after.boxes})
    parts = [what_if(town.space, steps, within) for within in slices(town)]
    left = uncovered(both)
    return WhatIf(
        _ranked(gap for part in parts for gap in part.closed),
        _ranked(gap for part in parts for gap in part.opened),
        uncovered(town.space) - left,
        uncovered(after) - left,
    )


def town_remedies(town: TownSpace, budget: int) -> Remedies:
    """The limits of a town's programmes whose lifting reaches the most; what a programme is for is no limit."""
    limits = [place for place, axis in enumerate(town.axes) if axis.dimension.role == "limit"]
    return remedies(town.space, budget, limits)


def _ranked(gaps: Iterable[Gap]) -> tuple[Gap, ...]:
    return tuple(sorted(gaps, key=gap_order))
