"""The matrix: theme (or need) by function by field, and the pages with the rows behind its numbers."""

from collections.abc import Iterator
from dataclasses import dataclass

from hazama.model.records import Program
from hazama.site.desk import Desk
from hazama.site.grid import UNRECORDED, Grid, State, fields_of, state
from hazama.site.values import NOTHING, Badge, Evidence, Link, Page, Text


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """How many programmes stand in a cell, how it is covered, and where the rows are."""

    count: int
    state: State
    page: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """One row of the matrix: a theme or need, or one field within it."""

    link: Link
    cells: tuple[MatrixCell, ...]
    number: str = ""
    """The town's own number of a theme: ①."""


@dataclass(frozen=True, slots=True)
class MatrixGroup:
    """A theme or need with its fields."""

    id: str
    whole: MatrixRow
    fields: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixPage(Page):
    """Every theme (or need) by every function, each row opening into fields; a number leads to its rows."""

    axis: str
    columns: tuple[Link, ...]
    groups: tuple[MatrixGroup, ...]
    empty: tuple[tuple[Link, tuple[Link, ...]], ...]
    """The rows of the matrix with the functions for which this material records nothing."""
    covered: int
    total: int
    other: Link
    """The matrix along the other axis."""


@dataclass(frozen=True, slots=True)
class CellRow:
    """A programme as a row behind a number."""

    link: Link
    badges: tuple[Badge, ...]
    reach: Text
    limits: Text
    owner: tuple[Link, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class CellGroup:
    """The programmes of one cell in one field."""

    id: str
    field: Text
    rows: tuple[CellRow, ...]


@dataclass(frozen=True, slots=True)
class CellSection:
    """One cell of the matrix: a function of the row, its programmes by field."""

    id: str
    function: Text
    count: int
    state: State
    groups: tuple[CellGroup, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CellsPage(Page):
    """The rows behind one row of the matrix."""

    sections: tuple[CellSection, ...]
    count: int
    """Programmes of the row, each once."""
    subject: Link


def matrix_page(desk: Desk, grid: Grid) -> MatrixPage:
    """The matrix of one axis."""
    named_rows = [row for row in grid.rows if row != UNRECORDED]
    named_functions = [function for function in grid.functions if function != UNRECORDED]
    holes = [
        (_row_link(desk, grid, row), tuple(_function_link(desk, hole) for hole in _holes(grid, row, named_functions)))
        for row in named_rows
    ]
    total = len(named_rows) * len(named_functions)
    return MatrixPage(
        address=matrix_address(grid.axis),
        title=desk.said(f"matrix_{grid.axis}"),
        section="matrix.html",
        lead=desk.words(f"matrix_{grid.axis}_lead"),
        axis=desk.table_title(grid.axis),
        columns=tuple(_function_link(desk, function) for function in grid.functions),
        groups=tuple(_group(desk, grid, row) for row in grid.rows),
        empty=tuple((link, functions) for link, functions in holes if functions),
        covered=total - sum(len(functions) for _, functions in holes),
        total=total,
        other=_other(desk, grid),
    )


def cells_pages(desk: Desk, grid: Grid) -> Iterator[CellsPage]:
    """For each row of the matrix the page with the rows behind its numbers."""
    for row in grid.rows:
        yield CellsPage(
            address=_cells_address(desk, grid, row),
            title=desk.said("cells_title", name=_row_link(desk, grid, row).text.text),
            section="matrix.html",
            lead=desk.words("cells_lead"),
            trail=(Link(desk.said(f"matrix_{grid.axis}"), matrix_address(grid.axis)),),
            sections=tuple(_section(desk, grid, row, function) for function in grid.functions),
            count=len(grid.in_row(row)),
            subject=_row_link(desk, grid, row),
        )


def matrix_address(axis: str) -> str:
    """Where the matrix of an axis stands."""
    return "matrix.html" if axis == "themes" else "matrix-needs.html"


def _other(desk: Desk, grid: Grid) -> Link:
    other = "needs" if grid.axis == "themes" else "themes"
    return Link(desk.said(f"matrix_{other}"), matrix_address(other))


def _holes(grid: Grid, row: str, functions: list[str]) -> list[str]:
    return [function for function in functions if not grid.at(row, function)]


def _row_link(desk: Desk, grid: Grid, row: str) -> Link:
    return desk.link((grid.axis, row)) if row != UNRECORDED else Link(desk.said(f"no_{grid.axis}"))


def _function_link(desk: Desk, function: str) -> Link:
    return desk.link(("functions", function)) if function != UNRECORDED else Link(desk.said("no_functions"))


def _field_text(desk: Desk, field: str) -> Text:
    return desk.names.of(("fields", field)) if field != UNRECORDED else desk.said("no_fields")


def _cells_address(desk: Desk, grid: Grid, row: str) -> str:
    if row == UNRECORDED:
        return f"matrix/no-{grid.axis}.html"
    name = desk.ground.pages[grid.axis, row].partition("/")[2]
    return f"matrix/{name}" if grid.axis == "themes" else f"matrix/need-{name}"


def _anchor(function: str, field: str | None = None) -> str:
    return f"f-{function or 'none'}" + ("" if field is None else f"-{field or 'none'}")


def _group(desk: Desk, grid: Grid, row: str) -> MatrixGroup:
    address = _cells_address(desk, grid, row)
    used = [field for field in grid.fields if any(grid.at(row, function, field) for function in grid.functions)]
    theme = desk.ground.rows.get(("themes", row)) if grid.axis == "themes" else None
    whole = MatrixRow(_row_link(desk, grid, row), _cells(grid, row, None, address), circled(getattr(theme, "no", None)))
    fields = tuple(MatrixRow(Link(_field_text(desk, field)), _cells(grid, row, field, address)) for field in used)
    return MatrixGroup(row or "none", whole, fields)


def _cells(grid: Grid, row: str, field: str | None, address: str) -> tuple[MatrixCell, ...]:
    return tuple(_cell(grid, row, function, field, address) for function in grid.functions)


def _cell(grid: Grid, row: str, function: str, field: str | None, address: str) -> MatrixCell:
    found = grid.at(row, function, field)
    return MatrixCell(len(found), state(found), f"{address}#{_anchor(function, field)}")


def circled(no: int | None) -> str:
    """A theme's number as the paper writes it: ①; plain beyond ⑳."""
    if no is None:
        return ""
    return chr(0x2460 + no - 1) if 1 <= no <= 20 else str(no)


def _section(desk: Desk, grid: Grid, row: str, function: str) -> CellSection:
    found = grid.at(row, function)
    groups = tuple(
        CellGroup(_anchor(function, field), _field_text(desk, field), tuple(cell_row(desk, each) for each in programs))
        for field in grid.fields
        if (programs := [program for program in found if field in fields_of(program)])
    )
    return CellSection(_anchor(function), _function_link(desk, function).text, len(found), state(found), groups)


def cell_row(desk: Desk, program: Program) -> CellRow:
    """A programme with what a planner needs beside its name."""
    return CellRow(
        desk.link(("programs", program.id)),
        desk.badges(program),
        desk.names.of(("reach", program.reach)) if program.reach else NOTHING,
        desk.limits_sentence(program),
        tuple(desk.link(("agencies", owner)) for owner in program.owner),
        desk.cells.evidence(program),
    )
