"""A sheet of text and the report on it: what every file format is turned into before a cell is understood."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, TypeAlias

from hazama import resources
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


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a sheet: its number as a spreadsheet counts it and the text of its cells."""

    number: int
    cells: Sequence[str]

    def text(self, at: int) -> str:
        """The trimmed text at a position from 0; ``""`` behind the last cell."""
        return self.cells[at].strip() if at < len(self.cells) else ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of one sheet that say something, and what was noticed on the way; no rows if it cannot be used."""

    file: str
    """What messages call the file."""
    name: str = ""
    """What the sheet is called: its title in a book, else the name of its file."""
    lines: Sequence[Line] = ()
    title: str = ""
    """Its name in a file of several sheets."""
    merged: Sequence[Area] = ()
    encoding: str = ""
    """That of a text file, where it is not UTF-8."""
    found: list[Violation] = field(default_factory=list)

    def note(self, row: int, column: str, code: str, /, **values: object) -> None:
        """Report something at a row (0: the whole sheet) and a column (``""``: the whole row)."""
        self.found.append(violation(self.file, row, column, code, self.title, **values))


def unusable(file: str, code: str, row: int = 0, **values: Any) -> Sheet:
    """A file that cannot be used, with the reason."""
    return Sheet(file, found=[violation(file, row, "", code, **values)])


def sheet_of(file: str, lines: Iterable[Line], **more: Any) -> Sheet:
    """A sheet without rows that say nothing and comments (CSVW: ``#``); every cell longer than one can be is said."""
    kept = [line for line in lines if any(cell and not cell.isspace() for cell in line.cells)]
    sheet = Sheet(file, lines=[line for line in kept if not line.cells[0].startswith("#")], **more)
    for line in sheet.lines:
        for at, cell in enumerate(line.cells):
            if len(cell) > MOST_CHARACTERS:
                sheet.note(line.number, sheet.lines[0].text(at), "cell_too_long", most=MOST_CHARACTERS)
    return sheet


def beyond(rows: int, columns: int, cells: int) -> tuple[str, int] | None:
    """Why a sheet of that size is not read, with the limit; None where it is."""
    counts = (
        ("too_many_rows", rows, MOST_ROWS),
        ("too_many_columns", columns, MOST_COLUMNS),
        ("too_many_cells", cells, MOST_CELLS),
    )
    return next(((code, most) for code, count, most in counts if count > most), None)


def violation(file: str, row: int, column: str, code: str, /, sheet: str = "", **values: object) -> Violation:
    """What is wrong or odd at one place, as severe as the words say; long values are cut to keep a report small."""
    told = tuple((name, short(str(value))) for name, value in values.items())
    return Violation(file, row, column, code, told, _severities()[code] or "error", sheet)


def short(text: str, most: int = 60) -> str:
    """The text on one line, cut where it gets longer than a message should quote."""
    line = " ".join(text[: most * 4].split())
    return line if len(line) <= most else line[: most - 1] + "…"


@cache
def _severities() -> Mapping[str, Any]:
    return {row["id"]: row["severity"] for row in resources.rows("ontology/words/tables.csv")}
