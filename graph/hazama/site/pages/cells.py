"""The rows behind the numbers of the matrix: the programmes of a theme or need by function and field."""

from collections.abc import Iterator
from dataclasses import dataclass

from hazama.model.records import Program
from hazama.site.desk import Desk
from hazama.site.grid import UNRECORDED, Grid, State, fields_of, state
from hazama.site.values import NOTHING, Badge, Evidence, Link, Page, Text


@dataclass(frozen=True, slots=True)
class CellRow:
    """A programme as a row behind a number."""

    link: Link
    badges: tuple[Badge, ...]
    reach: Text
    limits: Text
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class CellGroup:
    """The programmes of one cell in one field."""

    id: str
    field: Text
    rows: tuple[CellRow, ...]


@dataclass(frozen=True, slots=True)
class CellSection:
    """One cell of the matrix: a function, its programmes by field."""

    id: str
    function: Text
    count: int
    state: State
    groups: tuple[CellGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellsPage(Page):
    """The rows of the matrix that belong to no theme (or need)."""

    sections: tuple[CellSection, ...]


def cell_sections(desk: Desk, grid: Grid, row: str) -> Iterator[CellSection]:
    """The cells of one row of the matrix, with the programmes of each."""
    for function in grid.functions:
        found = grid.at(row, function)
        groups = tuple(_groups(desk, grid, function, found))
        yield CellSection(anchor(function), function_link(desk, function).text, len(found), state(found), groups)


def unplaced_page(desk: Desk, grid: Grid) -> CellsPage:
    """The rows behind the last row of the matrix, which names no theme (or need)."""
    return CellsPage(
        address=cells_address(desk, grid, UNRECORDED),
        title=desk.said(f"no_{grid.axis}"),
        section=matrix_address(grid.axis),
        lead=desk.words("cells_lead"),
        trail=(Link(desk.said(f"matrix_{grid.axis}"), matrix_address(grid.axis)),),
        sections=tuple(cell_sections(desk, grid, UNRECORDED)),
    )


def matrix_address(axis: str) -> str:
    """Where the matrix of an axis stands."""
    return "matrix.html" if axis == "themes" else f"matrix-{axis}.html"


def cells_address(desk: Desk, grid: Grid, row: str) -> str:
    """Where the rows behind a row of the matrix stand."""
    return f"{grid.axis}/no-{grid.axis}.html" if row == UNRECORDED else desk.ground.pages[grid.axis, row]


def anchor(function: str, field: str | None = None) -> str:
    """The place of a cell, or of one field of it, on that page."""
    return f"f-{function or 'none'}" + ("" if field is None else f"-{field or 'none'}")


def function_link(desk: Desk, function: str) -> Link:
    """A function by name."""
    return desk.link(("functions", function)) if function != UNRECORDED else Link(desk.said("no_functions"))


def field_text(desk: Desk, field: str) -> Text:
    """A field by name."""
    return desk.names.of(("fields", field)) if field != UNRECORDED else desk.said("no_fields")


def cell_row(desk: Desk, program: Program) -> CellRow:
    """A programme with what a planner needs beside its name."""
    return CellRow(
        desk.link(("programs", program.id)),
        desk.badges(program),
        desk.names.of(("reach", program.reach)) if program.reach else NOTHING,
        desk.limits_sentence(program),
        desk.cells.evidence(program),
    )


def _groups(desk: Desk, grid: Grid, function: str, found: tuple[Program, ...]) -> Iterator[CellGroup]:
    for field in grid.fields:
        rows = tuple(cell_row(desk, program) for program in found if field in fields_of(program))
        if rows:
            yield CellGroup(anchor(function, field), field_text(desk, field), rows)
