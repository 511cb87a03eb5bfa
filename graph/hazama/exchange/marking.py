"""A copy of the tables that were checked, with every bad cell coloured and explained, and a list of them all."""

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from xlsxwriter.utility import xl_col_to_name

from hazama import resources
from hazama.exchange.archive import zipped
from hazama.exchange.workbook import FONT, INK, REQUIRED
from hazama.model.errors import Violation
from hazama.tables import homes
from hazama.tables.columns import table_named
from hazama.tables.layout import likely_table, table_sheet
from hazama.tables.results import sheet_title
from hazama.tables.sentences import advice, heading
from hazama.tables.sheets import Sheet

FILLS = {"error": "FFC9C4", "repair": "FFF0B8", "warning": "DCE9F5"}


def marked(given: Sequence[Path], found: Sequence[Violation], lang: str = "ja") -> bytes:
    """A copy of a workbook, of a folder's tables or of several files in which every bad cell says what to do."""
    from openpyxl.comments import Comment
    from openpyxl.styles import PatternFill

    words = {id: both[lang] for id, both in resources.words("workbook").items()}
    files = [Path(str(path)) for place in given for path in (homes.files(place) if place.is_dir() else [place])]
    sheets = {sheet_title(one.title or path.stem): one for path in files for one in homes.sheets(path, path.name)}
    book, addresses = _copy(files, sheets), _addresses(sheets, found)
    for entry, address in zip(found, addresses, strict=True):
        if address:
            cell = _writable(book[address[0]], address[1])
            cell.fill = PatternFill("solid", fgColor=FILLS[entry.severity])
            said = f"{cell.comment.text}\n\n" if cell.comment else ""
            cell.comment = Comment(said + advice(entry, lang), "hazama", width=320, height=110)
    _listing(book, found, addresses, words, lang)
    stream = io.BytesIO()
    book.save(stream)
    return _timeless(stream.getvalue())


def _copy(files: Sequence[Path], sheets: Mapping[str, Sheet]) -> Any:
    """The workbook itself, or a new one with the text of the tables; a book that was refused is not opened here."""
    from openpyxl import Workbook, load_workbook

    ending = files[0].suffix.lower() if len(files) == 1 else ""
    if ending in (".xlsx", ".xlsm") and any(sheet.lines for sheet in sheets.values()):
        with suppress(Exception):  # what the first reader passes over the second may stumble on
            return load_workbook(io.BytesIO(files[0].read_bytes()), keep_vba=ending == ".xlsm")
    book = Workbook()
    book.remove(book.active)
    for title, sheet in sheets.items():
        page = book.create_sheet(title)
        for line in sheet.lines:
            for at, text in enumerate(line.cells, start=1):
                if text:
                    _written(page.cell(line.number, at), text)
    return book


def _written(cell: Any, text: str) -> Any:
    """The cell with the text as text: never a formula, without signs that XML cannot hold."""
    cell.value = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "", text)
    cell.data_type = "s"
    return cell


def _writable(page: Any, address: str) -> Any:
    """The cell, or the one that stands for it where it is merged with others."""
    area = next((area for area in page.merged_cells.ranges if address in area), None)
    return page.cell(area.min_row, area.min_col) if area else page[address]


def _addresses(sheets: Mapping[str, Sheet], found: Sequence[Violation]) -> list[tuple[str, str] | None]:
    """The sheet and the cell that each violation speaks of, where the copy has it."""
    tables = {title: table_named(title) or likely_table(sheet) for title, sheet in sheets.items()}
    given = {title: table_sheet(sheets[title], table) for title, table in tables.items() if table}
    places = {title: one.places for title, one in given.items() if one}
    addresses: list[tuple[str, str] | None] = []
    for entry in found:
        title = entry.sheet or sheet_title(entry.file.rpartition(".")[0])
        cell = f"{xl_col_to_name(places.get(title, {}).get(entry.column, 0))}{entry.row}" if entry.row else ""
        if re.fullmatch(r"[A-Z]{1,3}[0-9]{1,7}", entry.column):
            cell = entry.column
        addresses.append((title, cell) if cell and title in places else None)
    return addresses


def _listing(
    book: Any, found: Sequence[Violation], addresses: Iterable[Any], words: Mapping[str, str], lang: str
) -> None:
    """The sheet in front that lists everything, each with a link to its cell."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.worksheet.hyperlink import Hyperlink

    page = book.create_sheet(_unused(book, words["sheet_mend"]), 0)
    book.active = 0
    counts = {severity: sum(entry.severity == severity for entry in found) for severity in FILLS}
    page.append([words["mend_counts"].format(**counts)])
    page["A1"].font = Font(name=FONT, size=14, bold=True, color=INK[1:])
    page.append([words["mend_how"]])
    page.append([])
    page.append([words[name] for name in ("kind", "sheet", "cell", "column", "advice")])
    for cell in page[4]:
        cell.font, cell.fill = Font(name=FONT, bold=True, color="FFFFFF"), PatternFill("solid", fgColor=REQUIRED[1:])
    for row, (entry, address) in enumerate(zip(found, addresses, strict=True), start=5):
        place = (entry.sheet or entry.file, address[1] if address else "")
        texts = [words[entry.severity], *place, heading(entry, lang), advice(entry, lang)]
        for at, text in enumerate(texts, start=1):
            cell = _written(page.cell(row, at), text)
            cell.font, cell.alignment = Font(name=FONT, size=10), Alignment(wrap_text=True, vertical="top")
        page.cell(row, 1).fill = PatternFill("solid", fgColor=FILLS[entry.severity])
        if address:
            page.cell(row, 3).hyperlink = Hyperlink(f"C{row}", location=f"'{address[0]}'!{address[1]}")
            page.cell(row, 3).font = Font(name=FONT, size=10, underline="single", color=REQUIRED[1:])
    for letter, width in zip("ABCDE", (12, 24, 9, 18, 84), strict=True):
        page.column_dimensions[letter].width = width
    page.freeze_panes = "A5"
    page.auto_filter.ref = f"A4:E{max(5, 4 + len(found))}"
    page.page_setup.orientation, page.page_setup.paperSize = "landscape", 9
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_setup.fitToHeight = 0


def _unused(book: Any, title: str) -> str:
    return title if title not in book.sheetnames else _unused(book, f"{title}+")


def _timeless(data: bytes) -> bytes:
    """The same package without the time of writing: same input, same bytes."""
    stamp, long_ago = rb"(<dcterms:(?:modified|created)[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z"
    with ZipFile(io.BytesIO(data)) as given:
        parts = {name: given.read(name) for name in given.namelist()}
    parts["docProps/core.xml"] = re.sub(stamp, long_ago, parts["docProps/core.xml"])
    return zipped(parts.items())
