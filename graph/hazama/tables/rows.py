"""The rows of one sheet → records, and every cell of it that cannot be read."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any, TypeAlias

from hazama.model.cells import NOT_RECORDED, AgeRange
from hazama.model.records import Origin, Row, Status
from hazama.model.town import RECORDS
from hazama.tables.cells import BLANK, CellError, Reading, reader, reading
from hazama.tables.columns import Column, Table
from hazama.tables.layout import TableSheet
from hazama.tables.lookup import Lookup
from hazama.tables.marks import PARTLY, YES, Mark, marks
from hazama.tables.sheets import Line, Sheet

Values: TypeAlias = dict[str, Any]
_CellReader: TypeAlias = Callable[[str], Reading | CellError]


def records(given: TableSheet, layer: str, lookup: Lookup) -> list[Row]:
    """The records of a sheet; every cell of it that cannot be read is noted on the sheet.

    A bad cell is left out of its record, so that what else is wrong with the row is found in the
    same run; a row without a value that it must have makes no record.
    """
    sheet = given.sheet
    readers = {at: _reader(column, given.table, lookup) for at, column in given.columns.items()}
    required = {column.name for column in given.table.columns if column.required}
    ticked = marks(given, lookup)
    _note_marks(ticked, given)
    extra = {at: name for at, name in given.extra.items() if at not in ticked}
    rows = []
    for line in given.lines:
        _note_width(line, len(given.headings.cells), sheet)
        values = _values(line, given.columns, readers, sheet)
        _tick(values, line, ticked, sheet)
        if required <= values.keys():
            values["extra"] = {name: line.cells[at] for at, name in extra.items() if line.text(at)}
            origin = Origin(sheet.file.rpartition("/")[2], line.number, sheet.title)
            rows.append(_record(values, given.table, origin=origin, layer=layer))
    return rows


def _reader(column: Column, table: Table, lookup: Lookup) -> _CellReader:
    """Reads the cells of one column, the same text once: what a cell says, or why it cannot be read."""
    read = reader(column, table, lookup)

    @cache
    def read_cell(text: str) -> Reading | CellError:
        try:
            return reading(trimmed, column, read, lookup) if (trimmed := text.strip()) else Reading(BLANK)
        except CellError as error:
            return error

    return read_cell


def _values(line: Line, columns: Mapping[int, Column], readers: Mapping[int, _CellReader], sheet: Sheet) -> Values:
    values: Values = {}
    for at, column in columns.items():
        text = line.cells[at] if at < len(line.cells) else ""
        read = readers[at](text)
        if isinstance(read, CellError):
            sheet.note(line.number, column.name, read.code, **read.values)
            continue
        if read.code:
            sheet.note(line.number, column.name, read.code, found=text.strip(), taken=read.taken)
        if read.value is not BLANK:
            values[column.name] = read.value
        elif column.required:
            sheet.note(line.number, column.name, "missing_value")
    return values


def _note_marks(ticked: Mapping[int, Mark], given: TableSheet) -> None:
    """Say which columns are read as ticks, in place of their being unknown."""
    headings = {mark.heading for mark in ticked.values()}
    unknown = ("unknown_column", "unknown_column_near")
    found = given.sheet.found
    found[:] = [entry for entry in found if entry.code not in unknown or entry.column not in headings]
    for mark in ticked.values():
        titles = {"ja": mark.column.title("ja"), "en": mark.column.title("en")}
        given.sheet.note(given.headings.number, mark.heading, "marks_read", found=mark.heading, **titles)


def _note_width(line: Line, width: int, sheet: Sheet) -> None:
    if any(cell.strip() for cell in line.cells[width:]):
        sheet.note(line.number, "", "extra_cells", found=len(line.cells), expected=width)
    elif len(line.cells) < width:
        sheet.note(line.number, "", "missing_cells", found=len(line.cells), expected=width)


def _tick(values: Values, line: Line, ticked: Mapping[int, Mark], sheet: Sheet) -> None:
    """Put what is ticked in the row into its list; a tick in part is asked about."""
    for at, mark in ticked.items():
        listed = values.get(mark.column.name, ())
        if line.text(at) in PARTLY:
            sheet.note(line.number, mark.heading, "partly_marked", found=line.text(at))
        elif line.text(at) in YES and isinstance(listed, tuple):
            values[mark.column.name] = tuple(dict.fromkeys((*listed, mark.id)))


def _record(values: Values, table: Table, **place: Any) -> Row:
    """The record, with the columns of its eligibility box in ``limits``, by dimension."""
    if "status" in values:
        values["status"] = Status(values["status"])
    ends = AgeRange(values.pop("min_age", NOT_RECORDED), values.pop("max_age", NOT_RECORDED))
    ages = values.pop("ages", ends)
    limits: Values = {"age": ages} if ages.is_recorded else {}
    for name in [column.name for column in table.columns if column.kind == "limit" and column.name in values]:
        if (value := values.pop(name)) is not NOT_RECORDED:
            limits[name] = value
    if limits:
        values["limits"] = limits
    return RECORDS[table.name](**values, **place)
