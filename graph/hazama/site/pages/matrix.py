"""The matrix: theme (or need) by function by field; every number leads to its rows."""

from dataclasses import dataclass

from hazama.site.desk import Desk
from hazama.site.grid import UNRECORDED, Grid, State, reaches_people, state
from hazama.site.pages.cells import anchor, cells_address, field_text, function_link, matrix_address
from hazama.site.values import Link, Page


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

    whole: MatrixRow
    fields: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixPage(Page):
    """Every theme (or need) by every function, each row opening into fields; a number leads to its rows."""

    template: str = "matrix.html"
    axis: str
    columns: tuple[Link, ...]
    groups: tuple[MatrixGroup, ...]
    empty: tuple[tuple[Link, tuple[Link, ...]], ...]
    """The rows of the matrix with the functions for which this material records nothing."""
    covered: int
    total: int
    other: Link
    """The matrix along the other axis."""


def matrix_page(desk: Desk, grid: Grid) -> MatrixPage:
    """The matrix of one axis."""
    named_rows = [row for row in grid.rows if row != UNRECORDED]
    named_functions = [function for function in grid.functions if function != UNRECORDED]
    holes = [
        (_row_link(desk, grid, row), tuple(function_link(desk, hole) for hole in _holes(grid, row, named_functions)))
        for row in named_rows
    ]
    total = len(named_rows) * len(named_functions)
    return MatrixPage(
        address=matrix_address(grid.axis),
        title=desk.said(f"matrix_{grid.axis}"),
        lead=desk.words(f"matrix_{grid.axis}_lead"),
        axis=desk.table_title(grid.axis),
        columns=tuple(function_link(desk, function) for function in grid.functions),
        groups=tuple(_group(desk, grid, row) for row in grid.rows),
        empty=tuple((link, functions) for link, functions in holes if functions),
        covered=total - sum(len(functions) for _, functions in holes),
        total=total,
        other=_other(desk, grid),
    )


def _other(desk: Desk, grid: Grid) -> Link:
    other = "needs" if grid.axis == "themes" else "themes"
    return Link(desk.said(f"matrix_{other}"), matrix_address(other))


def _holes(grid: Grid, row: str, functions: list[str]) -> list[str]:
    return [function for function in functions if not reaches_people(grid.at(row, function))]


def _row_link(desk: Desk, grid: Grid, row: str) -> Link:
    return desk.link((grid.axis, row)) if row != UNRECORDED else Link(desk.said(f"no_{grid.axis}"))


def _group(desk: Desk, grid: Grid, row: str) -> MatrixGroup:
    address = cells_address(desk, grid, row)
    used = [field for field in grid.fields if any(grid.at(row, function, field) for function in grid.functions)]
    theme = desk.ground.rows.get(("themes", row)) if grid.axis == "themes" else None
    whole = MatrixRow(_row_link(desk, grid, row), _cells(grid, row, None, address), circled(getattr(theme, "no", None)))
    fields = tuple(MatrixRow(Link(field_text(desk, field)), _cells(grid, row, field, address)) for field in used)
    return MatrixGroup(whole, fields)


def _cells(grid: Grid, row: str, field: str | None, address: str) -> tuple[MatrixCell, ...]:
    return tuple(_cell(grid, row, function, field, address) for function in grid.functions)


def _cell(grid: Grid, row: str, function: str, field: str | None, address: str) -> MatrixCell:
    found = grid.at(row, function, field)
    return MatrixCell(len(found), state(found), f"{address}#{anchor(function, field)}")


def circled(no: int | None) -> str:
    """A theme's number as the paper writes it: ①; plain beyond ⑳."""
    if no is None:
        return ""
    return chr(0x2460 + no - 1) if 1 <= no <= 20 else str(no)
