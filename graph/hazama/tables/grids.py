"""A sheet of text: what every file format is turned into before a cell is understood."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from hazama.model.errors import Violation

MOST_BYTES = 32 * 1024 * 1024
MOST_ROWS = 200_000
MOST_COLUMNS = 1_000
MOST_CELLS = 2_000_000
"""Twice a table of 20,000 programmes with every column; more would not fit into 512 MB."""
MOST_CHARACTERS = 32_767
"""The longest text that a cell of Excel holds; no table of an office has a longer one on purpose."""


Area: TypeAlias = tuple[int, int, int, int]
"""Cells that were merged: first row as a spreadsheet counts it, first column from 0, last row, last column."""


def beyond(rows: int, columns: int, cells: int) -> tuple[str, int] | None:
    """Why a sheet of that size is not read, with the limit; None where it is."""
    counts = (
        ("too_many_rows", rows, MOST_ROWS),
        ("too_many_columns", columns, MOST_COLUMNS),
        ("too_many_cells", cells, MOST_CELLS),
    )
    return next(((code, most) for code, count, most in counts if count > most), None)


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet: its number as a spreadsheet counts it and the text of its cells."""

    number: int
    cells: Sequence[str]


@dataclass(frozen=True, slots=True)
class Grid:
    """The heading row of a sheet and the rows under it, as text."""

    headings: Line
    lines: Sequence[Line]
    sheet: str = ""
    merged: Sequence[Area] = ()
    encoding: str = ""
    """That of a text file, where it is not UTF-8."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file format gives: a grid, unless the file cannot be used, and what was wrong."""

    grid: Grid | None
    violations: tuple[Violation, ...] = ()


def unusable(file: str, code: str, row: int = 0, **values: object) -> Sheet:
    """A file that cannot be used, with the reason."""
    return Sheet(None, (violation(file, row, "", code, **values),))


def violation(file: str, row: int, column: str, code: str, **values: object) -> Violation:
    """An error at one place; long values are cut, so that a report stays small."""
    return Violation(file, row, column, code, tuple((name, short(str(value))) for name, value in values.items()))


def warning(file: str, row: int, column: str, code: str, **values: object) -> Violation:
    """Something that was noticed and does not stop anything."""
    return replace(violation(file, row, column, code, **values), severity="warning")


def repair(file: str, row: int, column: str, code: str, **values: object) -> Violation:
    """Something that was read otherwise than it is written, for a person to confirm."""
    return replace(violation(file, row, column, code, **values), severity="repair")


def short(text: str, most: int = 60) -> str:
    """The text on one line, cut where it gets longer than a message should quote."""
    line = " ".join(text[: most * 4].split())
    return line if len(line) <= most else line[: most - 1] + "…"


def on_sheet(found: Violation, grid: Grid | None) -> Violation:
    """The same with the name of its sheet, where the file has several."""
    return replace(found, sheet=grid.sheet) if grid and grid.sheet else found


def long_cells(file: str, lines: Sequence[Line]) -> tuple[Violation, ...]:
    """Every cell that holds more than a cell can."""
    top = lines[0].cells if lines else ()
    return tuple(
        violation(file, line.number, "".join(top[at : at + 1]), "cell_too_long", most=MOST_CHARACTERS)
        for line in lines
        for at, cell in enumerate(line.cells)
        if len(cell) > MOST_CHARACTERS
    )


def is_blank(cells: Sequence[str]) -> bool:
    """Whether no cell of the row holds anything."""
    return not any(cell and not cell.isspace() for cell in cells)


def is_comment(cells: Sequence[str]) -> bool:
    """Whether the row is a note to the reader: its first cell begins with ``#`` (CSVW: comment prefix)."""
    return bool(cells) and cells[0].startswith("#")
