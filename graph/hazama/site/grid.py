"""The matrix as plain values: which programmes stand where, and how each cell is covered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from hazama.model.records import Program
from hazama.site.ground import ALL, Ground, values
from hazama.tables.columns import declaration

State: TypeAlias = Literal["dedicated", "included", "open", "unknown", "indirect", "empty"]
"""○ some programme is made for these people; △ they are among the targets of one; ▽ only counters open to
everybody; ？ programmes whose reach is not recorded; ◇ only programmes that reach no person directly; 空 this
material records nothing."""

UNRECORDED = ""
"""Row, column or field of the programmes that do not say."""
_BEST: tuple[State, ...] = ("dedicated", "included", "open")

Cells = Mapping[tuple[str, str], tuple[Program, ...]]
"""Programmes by row and function; those that stand in every row once more under :data:`ALL`."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Programmes by row (theme or need), function and field; each programme once a cell."""

    axis: Literal["themes", "needs"]
    rows: tuple[str, ...]
    functions: tuple[str, ...]
    fields: tuple[str, ...]
    cells: Cells

    def at(self, row: str, function: str, field: str | None = None) -> tuple[Program, ...]:
        """The programmes of a cell, of one field or of all."""
        found = self.cells.get((row, function), ())
        return tuple(one for one in found if field is None or field in (one.field or (UNRECORDED,)))


def grid(ground: Ground, axis: Literal["themes", "needs"]) -> Grid:
    """Place every counted programme; linear in programmes times the cells that each fills."""
    functions = tuple(ground.town.schemes.get("functions", {}))
    rows = tuple(theme.id for theme in ground.town.themes) if axis == "themes" else tuple(ground.town.schemes["needs"])
    cells: dict[tuple[str, str], list[Program]] = {}
    for program in ground.town.programs:
        for row in _places(program, axis, rows):
            for function in _places(program, "functions", functions):
                cells.setdefault((row, function), []).append(program)
    return Grid(
        axis,
        (*rows, *_extra(UNRECORDED, (row for row, _ in cells))),
        (*functions, *_extra(UNRECORDED, (function for _, function in cells))),
        (*ground.town.schemes.get("fields", {}), UNRECORDED),
        {place: tuple(found) for place, found in cells.items()},
    )


def state(programs: Iterable[Program]) -> State:
    """How a cell is covered: by the best reach among its programmes."""
    reaches = {program.reach for program in programs}
    if reaches == {"indirect"}:
        return "indirect"
    return next((best for best in _BEST if best in reaches), "unknown" if reaches else "empty")


def reaches_people(programs: Iterable[Program]) -> bool:
    """Whether some programme of a cell reaches people, be it only at a counter open to everybody."""
    return state(programs) not in ("indirect", "empty")


def _places(program: Program, name: str, every: tuple[str, ...]) -> tuple[str, ...]:
    column = declaration()["programs"].column(name)
    found = values(program, column) if column else ()
    return (*every, ALL) if found == (ALL,) else found or (UNRECORDED,)


def _extra(value: str, found: Iterable[str]) -> tuple[str, ...]:
    return (value,) if value in set(found) else ()
