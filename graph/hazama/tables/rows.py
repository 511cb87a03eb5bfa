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
from hazama.tables.grids import Grid, Line, repair, violation, warning
from hazama.tables.headings import Headings
from hazama.tables.lookup import Lookup
from hazama.tables.marks import PARTLY, YES, Mark, marks
from hazama.tables.repairs import BLANK, Reading, reading

Values: TypeAlias = dict[str, Any]
_NOTHING = Reading(BLANK)


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
    lookup: Lookup
    known: dict[str, Reading | CellError] = field(default_factory=dict)

    def reading(self, text: str) -> Reading | CellError:
        """What a cell says, or why it cannot be read."""
        trimmed = text.strip()
        found: Reading | CellError = _NOTHING
        try:
            found = reading(trimmed, self.column, self.read, self.lookup) if trimmed else _NOTHING
        except CellError as error:
            found = error
        self.known[text] = found
        return found


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
        _ColumnReader(position, column, reader(column, sheet.table, lookup), lookup)
        for position, column in sheet.headings.columns.items()
    ]
    required = {column.name for column in sheet.table.columns if column.required}
    dimensions = [column.name for column in sheet.table.columns if column.kind == "limit"]
    width = len(sheet.grid.headings.cells)
    ticked = marks(sheet.grid, sheet.headings.extra, sheet.table, lookup)
    extra = {at: name for at, name in sheet.headings.extra.items() if at not in ticked}
    rows: list[Row] = []
    found = [_read_as_list(mark, sheet) for mark in ticked.values()]
    for line in sheet.grid.lines:
        if len(line.cells) != width:
            found += _ragged(line, width, sheet.file)
        values = _values(line, readers, sheet.file, found)
        _tick(values, line, ticked, sheet.file, found)
        if required <= values.keys():
            rows.append(_record(sheet, line, values, dimensions, extra))
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
        read = (entry.known.get(text) or entry.reading(text)) if text else _NOTHING
        column = entry.column
        if isinstance(read, CellError):
            found.append(violation(file, line.number, column.name, read.code, **read.values))
            continue
        if read.code:
            found.append(repair(file, line.number, column.name, read.code, found=text.strip(), taken=read.taken))
        if read.value is not BLANK:
            values[column.name] = read.value
        elif column.required:
            found.append(violation(file, line.number, column.name, "missing_value"))
    return values


def _read_as_list(mark: Mark, sheet: TableSheet) -> Violation:
    titles = {"ja": mark.column.title("ja"), "en": mark.column.title("en")}
    return repair(sheet.file, sheet.grid.headings.number, mark.heading, "marks_read", found=mark.heading, **titles)


def _tick(values: Values, line: Line, ticked: Mapping[int, Mark], file: str, found: list[Violation]) -> None:
    """Put what is ticked in the row into its list; a tick in part is asked about."""
    for at, mark in ticked.items():
        text = line.cells[at].strip() if at < len(line.cells) else ""
        listed = values.get(mark.column.name, ())
        if text in PARTLY:
            found.append(violation(file, line.number, mark.heading, "partly_marked", found=text))
        elif text in YES and isinstance(listed, tuple):
            values[mark.column.name] = tuple(dict.fromkeys((*listed, mark.id)))


def _record(sheet: TableSheet, line: Line, values: Values, dimensions: list[str], extra: Mapping[int, str]) -> Row:
    values["origin"] = Origin(sheet.file.rpartition("/")[2], line.number, sheet.grid.sheet)
    values["layer"] = sheet.layer
    if "status" in values:
        values["status"] = Status(values["status"])
    if extra:
        values["extra"] = _extra(line, extra)
    _box(values, dimensions)
    return RECORDS[sheet.table.name](**values)


def _extra(line: Line, extra: Mapping[int, str]) -> dict[str, str]:
    inside = ((name, position) for position, name in extra.items() if position < len(line.cells))
    return {name: line.cells[position] for name, position in inside if line.cells[position].strip()}


def _box(values: Values, dimensions: list[str]) -> None:
    """Move the columns of the eligibility box into ``limits``, by dimension."""
    ends = AgeRange(values.pop("min_age", NOT_RECORDED), values.pop("max_age", NOT_RECORDED))
    ages = values.pop("ages", ends)
    limits: Values = {"age": ages} if ages.is_recorded else {}
    for name in dimensions:
        if name in values:
            value = values.pop(name)
            if value is not NOT_RECORDED:
                limits[name] = value
    if limits:
        values["limits"] = limits
