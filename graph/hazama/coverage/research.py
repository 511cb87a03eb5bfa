"""Which blank cells, if somebody looked them up, would decide the most."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass

from hazama.coverage.boxes import Box, Number
from hazama.coverage.deadline import Deadline
from hazama.coverage.measure import demand
from hazama.coverage.space import TownSpace
from hazama.coverage.totals import uncovered
from hazama.model.cells import NOT_RECORDED, AgeRange
from hazama.model.records import Eligibility, Program

__all__ = ["BlankCells", "research_list"]


@dataclass(frozen=True, slots=True)
class BlankCells:
    """The blank limit cells of one row and the demand that hangs on them.

    ``hangs`` is the demand that no programme is known to reach and that this row reaches if all
    its blanks turn out to be 制限なし; ``decides`` is each cell's even part of it, as the blanks of a
    row have to be looked up together.
    """

    row: Program | Eligibility
    program: str
    columns: tuple[str, ...]
    hangs: Number

    @property
    def decides(self) -> float:
        """The demand one cell decides."""
        return self.hangs / len(self.columns)


def research_list(
    town: TownSpace, k: int | None = None, possible: TownSpace | None = None, deadline: Deadline | None = None
) -> tuple[BlankCells, ...]:
    """The rows with blank cells in the order in which to look them up: what one look-up decides comes first.

    With ``k`` only the first so many. What hangs on a row is never more than the demand in its box, so rows
    are counted in the order of that ceiling, and no further than one could still be among the first.
    *possible* may be given where the same space is at hand in that reading. Those found by the deadline if it passes.
    """
    until, possible = deadline or Deadline(), possible or town.like(reading="possible")
    certain = town if town.reading == "certain" else town.like(reading="certain")
    found: list[tuple[int, BlankCells]] = []
    with suppress(TimeoutError):
        for ceiling, place, box, columns in _candidates(certain):
            if k is not None and len(found) >= k and ceiling < sorted(found, key=_first)[k - 1][1].decides:
                break
            if hangs := uncovered(possible.space, box.masks, until):
                found.append((place, BlankCells(certain.rows[box.key], box.program, columns, hangs)))
    return tuple(cells for _, cells in sorted(found, key=_first)[:k])


def _first(entry: tuple[int, BlankCells]) -> tuple[float, int]:
    return -entry[1].decides, entry[0]


def _candidates(certain: TownSpace) -> list[tuple[float, int, Box, tuple[str, ...]]]:
    """The boxes with blank limits: the most a cell of each can decide, falling, and their place in the table."""
    boxes = enumerate(certain.space.boxes)
    blank = ((place, box, tuple(_blank(certain, certain.rows[box.key]))) for place, box in boxes if all(box.masks))
    found = [
        (demand(certain.space, box.masks) / len(columns), place, box, columns)
        for place, box, columns in blank
        if columns
    ]
    return sorted(found, key=lambda entry: (-entry[0], entry[1]))


def _blank(town: TownSpace, row: Program | Eligibility) -> Iterator[str]:
    """The columns of a row's limits that nobody has filled in."""
    for axis in town.axes:
        limit = row.limits.get(axis.dimension.id, NOT_RECORDED)
        if axis.dimension.role == "classification":
            continue
        if isinstance(limit, AgeRange) or axis.starts:
            ages = limit if isinstance(limit, AgeRange) else AgeRange()
            yield from ["min_age"] if ages.least is NOT_RECORDED else []
            yield from ["max_age"] if ages.most is NOT_RECORDED else []
        elif limit is NOT_RECORDED:
            yield axis.dimension.id
