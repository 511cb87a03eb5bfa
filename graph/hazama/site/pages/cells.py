"""The rows behind the numbers of the matrix: the programmes of a theme or need by function and field."""

from collections.abc import Iterator
from dataclasses import dataclass

from hazama.model.records import Program
from hazama.site.desk import Desk
from hazama.site.grid import UNRECORDED, Grid, State, state
from hazama.site.ground import ALL, values
from hazama.site.values import Link, Page, Text


@dataclass(frozen=True, slots=True)
class CellGroup:
    """The programmes of one cell in one field."""

    id: str
    field: Text
    programs: tuple[Program, ...]
    """Those that name this theme or need."""
    general: tuple[Program, ...]
    """Those that take every one, which stand in every row of the matrix and are told once."""
    page: str
    """Where those are told."""


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

    template: str = "cells.html"
    sections: tuple[CellSection, ...]


def cell_sections(desk: Desk, grid: Grid, row: str) -> Iterator[CellSection]:
    """The cells of one row of the matrix, with the programmes of each."""
    for function in grid.functions:
        found = grid.at(row, function)
        groups = tuple(_groups(desk, grid, row, function))
        yield CellSection(anchor(function), function_link(desk, function).text, len(found), state(found), groups)


def besides_pages(desk: Desk, grid: Grid) -> Iterator[CellsPage]:
    """The rows behind the numbers of programmes that name no theme (or need), and of those that take every one."""
    for row, name in ((UNRECORDED, "no"), (ALL, "all")):
        if any(place == row for place, _ in grid.cells):
            yield CellsPage(
                address=cells_address(desk, grid, row),
                title=desk.said(f"{name}_{grid.axis}"),
                lead=desk.words("cells_lead"),
                trail=(Link(desk.said(f"matrix_{grid.axis}"), matrix_address(grid.axis)),),
                sections=tuple(cell_sections(desk, grid, row)),
            )


def matrix_address(axis: str) -> str:
    """Where the matrix of an axis stands."""
    return "matrix.html" if axis == "themes" else f"matrix-{axis}.html"


def cells_address(desk: Desk, grid: Grid, row: str) -> str:
    """Where the rows behind a row of the matrix stand."""
    besides = {UNRECORDED: f"{grid.axis}/no-{grid.axis}.html", ALL: f"{grid.axis}/all-{grid.axis}.html"}
    return besides.get(row) or desk.ground.pages[grid.axis, row]


def anchor(function: str, field: str | None = None) -> str:
    """The place of a cell, or of one field of it, on that page."""
    return f"f-{function or 'none'}" + ("" if field is None else f"-{field or 'none'}")


def function_link(desk: Desk, function: str) -> Link:
    """A function by name."""
    return desk.link(("functions", function)) if function != UNRECORDED else Link(desk.said("no_functions"))


def field_text(desk: Desk, field: str) -> Text:
    """A field by name."""
    return desk.names.of(("fields", field)) if field != UNRECORDED else desk.said("no_fields")


def _groups(desk: Desk, grid: Grid, row: str, function: str) -> Iterator[CellGroup]:
    column = desk.column("programs", grid.axis)
    for field in grid.fields:
        found = grid.at(row, function, field)
        general = tuple(program for program in found if row != ALL and values(program, column) == (ALL,))
        if found:
            place = anchor(function, field)
            page = f"{cells_address(desk, grid, ALL)}#{place}"
            programs = tuple(program for program in found if program not in general)
            yield CellGroup(place, field_text(desk, field), programs, general, page)
