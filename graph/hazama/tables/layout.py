"""Where the table stands on a sheet, with titles, merged cells, notes and sums around it, and its columns."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from hazama.model.names import normalised, suggestions
from hazama.resources import words
from hazama.tables.columns import Column, Table, by_heading, declaration
from hazama.tables.sheets import Line, Sheet

FIRST_ROWS = 30
"""Rows among which the headings are looked for; what stands above them are titles."""
MOST_SUGGESTIONS = 20
"""Unknown headings for which a near one is looked for; a hostile file has thousands."""
LONGEST = 40
"""Signs of the longest heading that may be a slip of a known one."""
DITTO = frozenset({"〃", "″", "”", "同上"})
_NOTE = re.compile(r"\s*(?:[※＊*]|[(（]?注[)）:：0-9０-９]|備考[:：]|資料[:：]|出典[:：])")

Known = Mapping[str, Column]
"""The columns of a table by their headings."""


@dataclass(frozen=True, slots=True)
class TableSheet:
    """A sheet understood as a table: its rows, known columns and other ones by position."""

    table: Table
    sheet: Sheet
    headings: Line
    lines: Sequence[Line]
    columns: Mapping[int, Column]
    extra: Mapping[int, str]

    @property
    def places(self) -> dict[str, int]:
        """Where each column stands, also those that hazama does not know."""
        return {column.name: at for at, column in self.columns.items()} | {text: at for at, text in self.extra.items()}

    def texts(self, line: Line) -> dict[str, str]:
        """The trimmed text of every known column in a row."""
        return {column.name: line.text(at) for at, column in self.columns.items()}


def table_sheet(sheet: Sheet, table: Table) -> TableSheet | None:
    """The sheet as that table, with all that was moved or is odd noted on it; None for a sheet without rows."""
    return understood(laid_out(sheet, table), table) if sheet.lines else None


def laid_out(sheet: Sheet, table: Table) -> Sheet:
    """The sheet with its headings on top and only rows of the table beneath; all that was moved is reported."""
    if not sheet.lines:
        return sheet
    if sheet.encoding:
        sheet.note(0, "", "encoding_read", found=sheet.encoding.removesuffix("_ext").upper())
    known = by_heading(table)
    sheet = _filled(_under_titles(sheet, known), known)
    headings, *lines = sheet.lines
    columns = {at: column for at, text in enumerate(headings.cells) if (column := known.get(normalised(text)))}
    rows = [line for line in lines if not _set_aside(line, headings, columns, sheet)]
    return replace(sheet, lines=[headings, *_without_dittos(rows, columns, sheet)])


def _under_titles(sheet: Sheet, known: Known) -> Sheet:
    """The row, or the two rows as one, with most of the table's headings on top."""

    def score(line: Line) -> int:
        return len({normalised(cell) for cell in line.cells} & known.keys())

    lines = [_flat(line) for line in sheet.lines[:FIRST_ROWS]]
    choices = list(enumerate(lines))
    choices += [(at, _joined(lines[at - 1], lines[at], known)) for at in range(1, len(choices))]
    at, headings = max(choices, key=lambda choice: (score(choice[1]), -choice[0]))
    if headings is lines[at] and at + 1 < len(lines) and _goes_on(headings, lines[at + 1], sheet, known):
        at, headings = at + 1, _joined(headings, lines[at + 1], known)
    if titles := at - (headings is not lines[at]):
        sheet.note(headings.number, "", "titles_set_aside", count=titles)
    return replace(sheet, lines=[headings, *sheet.lines[at + 1 :]])


def _goes_on(upper: Line, lower: Line, sheet: Sheet, known: Known) -> bool:
    """Whether a known heading is merged with the cell beneath it, so that both rows are headings."""
    return any(
        top == upper.number and bottom == lower.number and normalised(upper.text(left)) in known
        for top, left, bottom, _ in sheet.merged
    )


def _flat(line: Line) -> Line:
    """A row of headings without the line breaks that make them narrow."""
    return Line(line.number, ["".join(cell.splitlines()) for cell in line.cells])


def _joined(upper: Line, lower: Line, known: Known) -> Line:
    """Two heading rows as one: 年齢 over 下限 and 上限 is 年齢下限 and 年齢上限."""
    cells, above = [], ""
    for at in range(max(len(upper.cells), len(lower.cells))):
        top, bottom = ("".join(line.cells[at : at + 1]) for line in (upper, lower))
        above = top or (above if bottom else "")
        choices = (bottom, above + bottom, top) if bottom else (top,)
        cells.append(next((text for text in choices if normalised(text) in known), bottom or top))
    return Line(lower.number, cells)


def _filled(sheet: Sheet, known: Known) -> Sheet:
    """Merged cells below the headings hold their text in every row."""
    headings, *rows = sheet.lines
    lines = {line.number: line for line in rows}
    for top, left, bottom, right in sheet.merged:
        if bottom == top or top not in lines:
            continue
        cells = lines[top].cells[left : right + 1]
        for number in lines.keys() & range(top + 1, bottom + 1):
            below = lines[number].cells
            lines[number] = Line(number, [*below[:left], *cells, *below[right + 1 :]])
        heading = "".join(headings.cells[left : left + 1])
        column = known.get(normalised(heading))
        sheet.note(top, column.name if column else heading, "merged_filled", found=cells[0], last=bottom)
    return replace(sheet, lines=[headings, *lines.values()])


def _set_aside(line: Line, headings: Line, columns: Mapping[int, Column], sheet: Sheet) -> bool:
    """Whether the row is no row of the table: a note, a sum, or the headings of the next page."""
    filled = [cell for cell in line.cells if cell.strip()]
    lacking = any(column.required and not line.text(at) for at, column in columns.items())
    keys = filled[:2] if lacking else [line.text(at) for at, column in columns.items() if column.kind == "id"]
    if _flat(Line(0, line.cells[:1])).cells == headings.cells[:1] and _flat(line).cells == headings.cells:
        code = "headings_again"
    elif lacking and len(filled) == 1 and _NOTE.match(filled[0]):
        code = "note_set_aside"
    elif _sums().intersection(map(normalised, keys)):
        code = "total_set_aside"
    else:
        return False
    sheet.note(line.number, "", code, found=filled[0])
    return True


@cache
def _sums() -> frozenset[str]:
    return frozenset(map(normalised, words("tables")["spelling_sum"]["ja"].split(";")))


def _without_dittos(lines: Sequence[Line], columns: Mapping[int, Column], sheet: Sheet) -> Iterator[Line]:
    """The rows with 〃 replaced by what stands above it."""
    above = Line(0, ())
    for line in lines:
        for at in [at for at, cell in enumerate(line.cells) if cell and cell.strip() in DITTO]:
            name, over = columns[at].name if at in columns else "", "".join(above.cells[at : at + 1])
            if over.strip():
                sheet.note(line.number, name, "ditto", found=line.cells[at], taken=over)
            elif name:
                sheet.note(line.number, name, "ditto_of_nothing", found=line.text(at))
                over = ""
            else:
                continue
            line = Line(line.number, [*line.cells[:at], over, *line.cells[at + 1 :]])
        above = line
        yield line


def understood(sheet: Sheet, table: Table) -> TableSheet:
    """The sheet, its headings on top, with each of them as a column of *table* or a further one."""
    headings, *lines = sheet.lines
    known: dict[int, Column] = {}
    extra: dict[int, str] = {}
    for at, text in enumerate(headings.cells):
        column = by_heading(table).get(normalised(text))
        if column is None:
            name = text.strip() or f"column_{at + 1}"
            while name in extra.values():
                name += f"_{at + 1}"
            extra[at] = name
        elif column in known.values():
            sheet.note(headings.number, column.name, "repeated_column", found=text)
        else:
            known[at] = column
    found = TableSheet(table, sheet, headings, lines, known, extra)
    _note_columns(found)
    return found


def _note_columns(found: TableSheet) -> None:
    """Report headings that are unknown, missing or said twice."""
    row, table = found.headings.number, found.table
    names = {column.name: column for column in found.columns.values()}
    if "ages" in names and {"min_age", "max_age"} & names.keys():
        found.sheet.note(row, "ages", "repeated_column", found=names["ages"].title("ja"))
    titles = [column.title("ja") for column in table.columns] + [column.name for column in table.columns]
    for number, (at, name) in enumerate(found.extra.items()):
        if heading := found.headings.text(at):
            near = suggestions(heading, titles, 1) if number < MOST_SUGGESTIONS and len(heading) <= LONGEST else []
            code = "unknown_column_near" if near else "unknown_column"
            found.sheet.note(row, name, code, found=heading, near="".join(near))
        elif any(line.text(at) for line in found.lines):
            found.sheet.note(row, name, "unnamed_column", number=at + 1)
    for column in table.columns:
        if column.required and column.name not in names:
            found.sheet.note(row, column.name, "missing_column", ja=column.title("ja"), en=column.name)


def likely_table(sheet: Sheet) -> Table | None:
    """The one table that most headings of a sheet belong to, at least three; None in doubt."""
    rows = [{normalised(cell) for cell in _flat(line).cells} for line in sheet.lines[:21]]
    scores = {
        table: max((len(row & by_heading(table).keys()) for row in rows), default=0) for table in declaration().values()
    }
    best = max(scores.values())
    likely = [table for table, score in scores.items() if score == best >= 3]
    return likely[0] if len(likely) == 1 else None
