"""The rows of one sheet → records, and every cell of it that cannot be read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from hazama.model.cells import NOT_RECORDED, AgeRange
from hazama.model.errors import Violation
from hazama.model.records import Origin, Row, Status
from hazama.model.town import RECORDS
from hazama.tables.cells import CellError, Reader, reader
from hazama.tables.columns import Column, Table
from hazama.tables.grids import Grid, Line, violation, warning
from hazama.tables.headings import Headings
from hazama.tables.lookup import Lookup

Values: TypeAlias = dict[str, Any]
_BLANK = object()


@dataclass(frozen=True, slots=True)
class TableSheet:
    """One table of one layer: its text and what its headings say."""

    table: Table
    layer: str
    file: str
    """What messages call the file."""
    grid: Grid
    headings: Headings

    @property
    def knows_ids(self) -> bool:
        """Whether the headings name the column of ids."""
        return any(column.kind == "id" for column in self.headings.columns.values())

    def texts(self, line: Line, *names: str) -> Iterator[str]:
        """The text of these columns in a row, where it has them."""
        for position, column in self.headings.columns.items():
            if column.name in names and position < len(line.cells):
                yield line.cells[position].strip()


@dataclass(slots=True)
class _ColumnReader:
    """Reads the cells of one column; the same text is read once."""

    position: int
    column: Column
    read: Reader
    known: dict[str, object] = field(default_factory=dict)

    def value(self, text: str) -> object:
        """The value of a cell, ``_BLANK``, or the :class:`CellError` that says why there is none."""
        trimmed = text.strip()
        try:
            value = self.read(trimmed) if trimmed else _BLANK
        except CellError as error:
            value = error
        self.known[text] = value
        return value


@dataclass(frozen=True, slots=True)
class Records:
    """The rows of a sheet, and what is wrong with them."""

    rows: tuple[Row, ...]
    violations: tuple[Violation, ...]


def records(sheet: TableSheet, lookup: Lookup) -> Records:
    """The records of a sheet, and every cell of it that cannot be read.

    A bad cell is left out of its record, so that what else is wrong with the row is found in the
    same run; a row without a value that it must have makes no record.
    """
    readers = [
        _ColumnReader(position, column, reader(column, sheet.table, lookup))
        for position, column in sheet.headings.columns.items()
    ]
    required = {column.name for column in sheet.table.columns if column.required}
    dimensions = [column.name for column in sheet.table.columns if column.kind == "limit"]
    width = len(sheet.grid.headings.cells)
    rows: list[Row] = []
    found: list[Violation] = []
    for line in sheet.grid.lines:
        if len(line.cells) != width:
            found += _ragged(line, width, sheet.file)
        values = _values(line, readers, sheet.file, found)
        if required <= values.keys():
            rows.append(_record(sheet, line, values, dimensions))
    return Records(tuple(rows), tuple(found))


def _ragged(line: Line, width: int, file: str) -> Iterator[Violation]:
    if any(cell.strip() for cell in line.cells[width:]):
        yield violation(file, line.number, "", "extra_cells", found=len(line.cells), expected=width)
    elif len(line.cells) < width:
        yield warning(file, line.number, "", "missing_cells", found=len(line.cells), expected=width)


def _values(line: Line, readers: list[_ColumnReader], file: str, found: list[Violation]) -> Values:
    values: Values = {}
    cells = line.cells
    for entry in readers:
        text = cells[entry.position] if entry.position < len(cells) else ""
        value = entry.known.get(text) if text else _BLANK
        if value is None:
            value = entry.value(text)
        if value is _BLANK:
            if entry.column.required:
                found.append(violation(file, line.number, entry.column.name, "missing_value"))
        elif isinstance(value, CellError):
            found.append(violation(file, line.number, entry.column.name, value.code, **value.values))
        else:
            values[entry.column.name] = value
    return values


def _record(sheet: TableSheet, line: Line, values: Values, dimensions: list[str]) -> Row:
    values["origin"] = Origin(sheet.file.rpartition("/")[2], line.number, sheet.grid.sheet)
    values["layer"] = sheet.layer
    if "status" in values:
        values["status"] = Status(values["status"])
    if sheet.headings.extra:
        values["extra"] = _extra(line, sheet.headings.extra)
    _box(values, dimensions)
    return RECORDS[sheet.table.name](**values)


def _extra(line: Line, extra: Mapping[int, str]) -> dict[str, str]:
    inside = ((name, position) for position, name in extra.items() if position < len(line.cells))
    return {name: line.cells[position] for name, position in inside if line.cells[position].strip()}


def _box(values: Values, dimensions: list[str]) -> None:
    """Move the columns of the eligibility box into ``limits``, by dimension."""
    ages = AgeRange(values.pop("min_age", NOT_RECORDED), values.pop("max_age", NOT_RECORDED))
    limits: Values = {"age": ages} if ages.is_recorded else {}
    for name in dimensions:
        if name in values:
            value = values.pop(name)
            if value is not NOT_RECORDED:
                limits[name] = value
    if limits:
        values["limits"] = limits
