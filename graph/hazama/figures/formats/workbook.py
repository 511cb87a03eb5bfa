"""A figure as a workbook: the matrix with light fills and dark text, the rows behind every cell on the second sheet."""

import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from hazama.figures.formats.slides import LONG_AGO
from hazama.figures.scene import Matrix, Paper, Scene
from hazama.figures.style import FONTS, TEXT, Palette
from hazama.resources import words

FIRST_ROW = 3
PAPERS = {Paper.A4: 9, Paper.A3: 8}
BORDER = {"border": 1, "border_color": "#8795A3"}
HEAD = {**BORDER, "bold": True, "bg_color": "#E9EEF3"}


def xlsx(scene: Scene, palette: Palette, *others: Scene) -> bytes:
    """Return a workbook of some scenes; a figure that is no matrix gives its table of relations."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": scene.title.text, "author": "hazama", "created": LONG_AGO})
    book.set_calc_mode("auto")
    common = {name: both[scene.lang] for name, both in words("figures").items()}
    for number, each in enumerate((scene, *others)):
        if each.matrix:
            _matrix(book, each, each.matrix, palette, common)
            _behind(book, each.matrix, each.paper, common)
        else:
            title = re.sub(r"[\[\]:*?/\\']", " ", f"{number} {each.title.text}")
            _statements(book, each, common, title if others else common["sheet_relations"])
    book.close()
    return buffer.getvalue()


def _format(book: Any, **more: object) -> Any:
    return book.add_format({"font_name": FONTS[0], "font_color": TEXT, "valign": "vcenter", "text_wrap": True, **more})


def _sheet(book: Any, name: str, paper: Paper) -> Any:
    sheet = book.add_worksheet(name[:31])
    sheet.set_landscape()
    sheet.set_paper(PAPERS[paper])
    sheet.fit_to_pages(1, 0)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.set_footer("&C&P / &N")
    return sheet


def _matrix(book: Any, scene: Scene, matrix: Matrix, palette: Palette, common: dict[str, str]) -> None:
    sheet = _sheet(book, common["sheet_matrix"], scene.paper)
    heading, side = _format(book, **HEAD, align="center"), _format(book, **HEAD)
    states = {
        state: _format(book, **BORDER, bg_color=palette.look(state).fill, align="center")
        for state in sorted({cell.state for row in matrix.cells for cell in row})
    }
    sheet.write_string(0, 0, scene.title.text, _format(book, bold=True, font_size=14, text_wrap=False))
    if scene.subtitle:
        sheet.write_string(1, 0, scene.subtitle.text, _format(book, text_wrap=False))
    sheet.write_row(FIRST_ROW - 1, 0, [matrix.corner, *matrix.columns], heading)
    for number, (name, cells) in enumerate(zip(matrix.rows, matrix.cells, strict=True), start=FIRST_ROW):
        sheet.write_string(number, 0, name, side)
        for column, cell in enumerate(cells, start=1):
            sheet.write_string(number, column, cell.text, states[cell.state])
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, len(matrix.columns), 14)
    sheet.freeze_panes(FIRST_ROW, 1)
    sheet.repeat_rows(FIRST_ROW - 1)
    plain = _format(book, text_wrap=False, font_size=9)
    notes = [label.text for label in (*(key.label for key in scene.keys), *scene.notes)]
    for number, note in enumerate(notes, start=FIRST_ROW + len(matrix.rows) + 1):
        sheet.write_string(number, 0, note, plain)


def _behind(book: Any, matrix: Matrix, paper: Paper, common: dict[str, str]) -> None:
    """Write the rows behind every cell, with filters."""
    rows = [
        (row, column, *parts)
        for row, cells in zip(matrix.rows, matrix.cells, strict=True)
        for column, cell in zip(matrix.columns, cells, strict=True)
        for parts in cell.behind
    ]
    names = ("row", "column", "name", "reach", "evidence", "place")
    _listing(book, _sheet(book, common["sheet_rows"], paper), [common[f"behind_{name}"] for name in names], rows)


def _statements(book: Any, scene: Scene, common: dict[str, str], title: str) -> None:
    names = ("subject", "relation", "object", "evidence", "source")
    rows = [
        (said.subject, said.predicate, said.object, common[f"status_{said.status.value}"], said.source)
        for said in scene.statements
    ]
    _listing(book, _sheet(book, title, scene.paper), [common[f"column_{name}"] for name in names], rows)


def _listing(book: Any, sheet: Any, headings: Sequence[str], rows: Sequence[Iterable[str]]) -> None:
    heading, plain = _format(book, **HEAD), _format(book, border=1, border_color="#C3CDD8")
    sheet.write_row(0, 0, headings, heading)
    for number, row in enumerate(rows, start=1):
        for column, text in enumerate(row):
            sheet.write_string(number, column, text, plain)
    sheet.autofilter(0, 0, max(1, len(rows)), len(headings) - 1)
    sheet.set_column(0, len(headings) - 1, 26)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
