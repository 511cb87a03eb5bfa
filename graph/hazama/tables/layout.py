"""Where the table stands on a sheet: under title lines, with merged cells, notes and sums around it."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from hazama.model.errors import Violation
from hazama.model.names import normalised
from hazama.resources import words
from hazama.tables.columns import Column, Table
from hazama.tables.grids import Grid, Line, Sheet, repair, violation, warning
from hazama.tables.headings import by_heading

FIRST_ROWS = 30
"""Rows among which the headings are looked for; what stands above them are titles."""
DITTO = frozenset({"〃", "″", "”", "同上"})
_NOTE = re.compile(r"\s*(?:[※＊*]|[(（]?注[)）:：0-9０-９]|備考[:：]|資料[:：]|出典[:：])")


def laid_out(given: Sheet, table: Table, file: str) -> Sheet:
    """The sheet with its headings on top and only rows of the table beneath; all that was moved is reported."""
    if given.grid is None:
        return given
    found = list(given.violations)
    if encoding := given.grid.encoding.removesuffix("_ext").upper():
        found.append(warning(file, 0, "", "encoding_read", found=encoding))
    grid = _under_titles(given.grid, table, file, found)
    grid = _filled(grid, by_heading(table), file, found)
    names = {
        at: column for at, text in enumerate(grid.headings.cells) if (column := by_heading(table).get(normalised(text)))
    }
    required = [at for at, column in names.items() if column.required]
    keys = [at for at, column in names.items() if column.kind == "id"]
    lines = [line for line in grid.lines if not _set_aside(line, grid.headings, required, keys, file, found)]
    lines = list(_without_dittos(lines, {at: column.name for at, column in names.items()}, file, found))
    return Sheet(replace(grid, lines=lines), tuple(found))


def _under_titles(grid: Grid, table: Table, file: str, found: list[Violation]) -> Grid:
    """The row, or the two rows, with most of the table's headings as heading row."""
    known = by_heading(table)
    rows = [grid.headings, *grid.lines]
    best = (_score(rows[0], known), 0, rows[0])
    for at, line in enumerate(rows[: min(FIRST_ROWS, len(rows))]):
        score = _score(line, known)
        if score > best[0]:
            best = (score, at, line)
        if at and _score(joined := _joined(rows[at - 1], line, known), known) > max(best[0], score):
            best = (_score(joined, known), at, joined)
    _, at, headings = best
    titles = at - (headings is not rows[at])
    if titles:
        found.append(warning(file, headings.number, "", "titles_set_aside", count=titles))
    return replace(grid, headings=headings, lines=rows[at + 1 :])


def _score(line: Line, known: Mapping[str, object]) -> int:
    """How many different headings of the table a row has."""
    return len({normalised(cell) for cell in line.cells} & known.keys())


def _joined(upper: Line, lower: Line, known: Mapping[str, object]) -> Line:
    """Two heading rows as one: 年齢 over 下限 and 上限 is 年齢下限 and 年齢上限."""
    return Line(lower.number, list(_joined_cells(upper.cells, lower.cells, known)))


def _joined_cells(upper: Sequence[str], lower: Sequence[str], known: Mapping[str, object]) -> Iterator[str]:
    above = ""
    for at in range(max(len(upper), len(lower))):
        top, bottom = (cells[at] if at < len(cells) else "" for cells in (upper, lower))
        above = top or (above if bottom else "")
        choices = (bottom, above + bottom, top) if bottom else (top,)
        yield next((text for text in choices if normalised(text) in known), bottom or top)


def _filled(grid: Grid, known: Mapping[str, Column], file: str, found: list[Violation]) -> Grid:
    """Merged cells below the headings hold their text in every row."""
    lines = {line.number: line for line in grid.lines}
    for top, left, bottom, right in grid.merged:
        if bottom == top or top not in lines:
            continue
        cells = lines[top].cells[left : right + 1]
        for number in range(top + 1, bottom + 1):
            if number in lines:
                below = lines[number].cells
                lines[number] = Line(number, [*below[:left], *cells, *below[right + 1 :]])
        heading = grid.headings.cells[left] if left < len(grid.headings.cells) else ""
        column = known.get(normalised(heading))
        found.append(
            repair(file, top, column.name if column else heading, "merged_filled", found=cells[0], last=bottom)
        )
    return replace(grid, lines=list(lines.values()))


def _set_aside(
    line: Line, headings: Line, required: list[int], keys: list[int], file: str, found: list[Violation]
) -> bool:
    """Whether the row is no row of the table: a note, a sum, or the headings of the next page."""
    filled = [cell for cell in line.cells if cell.strip()]
    lacking = any(at >= len(line.cells) or not line.cells[at].strip() for at in required)
    if list(line.cells) == list(headings.cells):
        code = "headings_again"
    elif lacking and len(filled) == 1 and _NOTE.match(filled[0]):
        code = "note_set_aside"
    elif any(normalised(cell) in _sums() for cell in (filled[:2] if lacking else [line.cells[at] for at in keys])):
        code = "total_set_aside"
    else:
        return False
    found.append(warning(file, line.number, "", code, found=filled[0]))
    return True


def _sums() -> frozenset[str]:
    return frozenset(map(normalised, words("tables")["spelling_sum"]["ja"].split(";")))


def _without_dittos(lines: list[Line], names: Mapping[int, str], file: str, found: list[Violation]) -> Iterator[Line]:
    """The rows with 〃 replaced by what stands above it."""
    above: Sequence[str] = ()
    for line in lines:
        if any(cell.strip() in DITTO for cell in line.cells if cell):
            line = Line(line.number, list(_copied(line, above, names, file, found)))
        above = line.cells
        yield line


def _copied(
    line: Line, above: Sequence[str], names: Mapping[int, str], file: str, found: list[Violation]
) -> Iterator[str]:
    for at, cell in enumerate(line.cells):
        over = above[at] if at < len(above) else ""
        if cell.strip() in DITTO and not over.strip() and at in names:
            found.append(violation(file, line.number, names[at], "ditto_of_nothing", found=cell.strip()))
            cell = ""
        elif cell.strip() in DITTO and over:
            found.append(repair(file, line.number, names.get(at, ""), "ditto", found=cell, taken=over))
            cell = over
        yield cell
