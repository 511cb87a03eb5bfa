"""Which blank cells, if somebody looked them up, would decide the most."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hazama.coverage.boxes import Number
from hazama.coverage.space import TownSpace, space
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


def research_list(town: TownSpace) -> tuple[BlankCells, ...]:
    """The rows with blank cells in the order in which to look them up: what one look-up decides comes first."""
    possible = space(town.town, "possible", town.reach, *_chosen(town))
    certain = space(town.town, "certain", town.reach, *_chosen(town))
    found: list[BlankCells] = []
    for box in certain.space.boxes:
        columns = tuple(_blank(certain, certain.rows[box.key]))
        hangs = uncovered(possible.space, box.masks) if columns and all(box.masks) else 0
        if hangs:
            found.append(BlankCells(certain.rows[box.key], box.program, columns, hangs))
    return tuple(sorted(found, key=lambda cells: -cells.decides))


def _chosen(town: TownSpace) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The needs and functions the space is about."""
    return town.axes[town.axis("needs")].ids, town.axes[town.axis("functions")].ids


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
