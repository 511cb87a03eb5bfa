"""Opens one workbook in a process of its own: ``python -m hazama.tables.book_child < book > answer``.

A workbook made to break a reader can make the library allocate without end or stop the process. Here
it stops nothing but this child, whose memory and time are limited; :mod:`hazama.tables.books` says what
happened. The answer is JSON: ``{"sheets": […]}`` or ``{"refused": [code, values]}``.
"""

import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from xml.etree import ElementTree

from hazama.tables.sheets import MOST_CELLS, MOST_ROWS, beyond

MOST_MEMORY = 480 * 1024 * 1024
MOST_SECONDS = 60
MOST_UNPACKED = 128 * 1024 * 1024
MOST_PARTS = 2_000
"""Files inside a workbook; a large one has some dozens."""
MOST_SHEETS = 200
_LAST = b"ALL"
"""The letters of column 1,000, :data:`~hazama.tables.sheets.MOST_COLUMNS`."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""Name of the stream that holds a workbook with a password (MS-OFFCRYPTO 2.3.4.4)."""
_CHUNK = 1024 * 1024
_CELL = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"([^>]*)>(<f[^>]*/>|<f[^>]*>[^<]*</f>)?(<v\s*/>|<v></v>)?(</c>)?'
)
_REPEATED = re.compile(rb'number-(columns|rows)-repeated="(\d{4,})"[^>]*office:value')


class RefusedError(Exception):
    """The workbook is not opened: a code of the words and its values."""


def sheets(data: bytes) -> list[dict[str, Any]]:
    """The cells of every sheet as text, with the areas that are merged."""
    from python_calamine import CalamineWorkbook

    if _ENCRYPTED in data:
        raise RefusedError("book_locked", {})
    broken = dict(_checked_parts(data)) if data.startswith(b"PK") else {}
    spans = list(_spans(data)) if b"opendocument" in data[:100] else []
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    if len(book.sheet_names) > MOST_SHEETS:
        raise RefusedError("too_many_sheets", {"most": MOST_SHEETS})
    found = [_sheet(book, number, name, broken) for number, name in enumerate(book.sheet_names)]
    for entry, merged in zip(found, spans, strict=False):
        entry["merged"] = merged
    return found


def _sheet(book: Any, number: int, name: str, broken: dict[int, list[str]]) -> dict[str, Any]:
    sheet = book.get_sheet_by_index(number)
    if refusal := beyond(sheet.total_height, sheet.total_width, sheet.height * sheet.width):
        raise RefusedError(refusal[0], {"most": refusal[1], "sheet": name})
    rows = sheet.to_python(skip_empty_area=False) if sheet.height else []
    return {
        "name": name,
        "rows": [[text(cell) for cell in row] for row in rows],
        "merged": [
            [top + 1, left, bottom + 1, right] for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()
        ],
        "broken": broken.get(number, []),
    }


def text(value: object) -> str:
    """A cell as a person reads it: 65.0 is 65, a day without a time is a date."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return str(value).upper()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime) and value.time() == datetime.min.time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, date | datetime) else str(value)


def _checked_parts(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """Refuse what would unpack to too much or reach too far; give the cells whose formula has no value."""
    with zipfile.ZipFile(io.BytesIO(data)) as parts:
        entries = parts.infolist()
        if len(entries) > MOST_PARTS or sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise RefusedError("book_too_large", {"most": MOST_UNPACKED // 1024 // 1024})
        names = {entry.filename for entry in entries}
        for number, name in enumerate(_sheet_parts(parts) if "xl/workbook.xml" in names else ()):
            if name in names:
                with parts.open(name) as stream:
                    yield number, list(_broken_cells(stream))
        if "content.xml" in names:
            with parts.open("content.xml") as stream:
                _refuse_repeated(stream)


def _sheet_parts(parts: zipfile.ZipFile) -> list[str]:
    """The file of each sheet, in the order of the sheets (ECMA-376, relationships)."""
    homes = {}
    for relation in re.findall(rb"<Relationship\b[^>]*>", parts.read("xl/_rels/workbook.xml.rels")):
        attributes = dict(re.findall(rb'(\w+)="([^"]*)"', relation))
        homes[attributes.get(b"Id")] = "xl/" + attributes.get(b"Target", b"").decode().removeprefix("/xl/")
    ids = re.findall(rb'<sheet\b[^>]*\br:id="([^"]*)"', parts.read("xl/workbook.xml"))
    return [homes.get(id, "") for id in ids]


def _broken_cells(stream: Any) -> Iterator[str]:
    """Addresses of cells that hold an error or a formula that was never computed."""
    for chunk in _chunks(stream, b"<c "):
        for letters, row, attributes, formula, nothing, end in _CELL.findall(chunk):
            if (len(letters) == 3 and letters > _LAST) or int(row) > MOST_ROWS:
                raise RefusedError("far_cell", {"cell": (letters + row).decode()})
            is_text = b't="str"' in attributes and nothing
            if b't="e"' in attributes or (formula and end and not is_text):
                yield (letters + row).decode()


def _refuse_repeated(stream: Any) -> None:
    """An OpenDocument sheet says how often a cell is repeated; only blank ones may go on to the end."""
    for chunk in _chunks(stream, b"<table:"):
        if _REPEATED.search(chunk):
            raise RefusedError("too_many_cells", {"most": MOST_CELLS})


def _chunks(stream: Any, start: bytes) -> Iterator[bytes]:
    """The bytes of a stream in pieces that end where a cell begins."""
    rest = b""
    while piece := stream.read(_CHUNK):
        rest += piece
        cut = rest.rfind(start)
        if cut > 0:
            yield rest[:cut]
            rest = rest[cut:]
        if len(rest) > 8 * _CHUNK:
            raise RefusedError("cell_too_long", {"most": 32_767})
    yield rest


def _spans(data: bytes) -> Iterator[list[list[int]]]:
    """The merged areas of every sheet of an OpenDocument book, which the library does not tell."""
    merged: list[list[int]] = []
    row, column = 1, 0
    with zipfile.ZipFile(io.BytesIO(data)) as parts, parts.open("content.xml") as stream:
        for event, element in ElementTree.iterparse(stream, ("start", "end")):
            name = element.tag.rpartition("}")[2]
            given = {key.rpartition("}")[2]: value for key, value in element.attrib.items()}
            if event == "start" and name in ("table-cell", "covered-table-cell"):
                down, right = (int(given.get(f"number-{way}-spanned", 1)) for way in ("rows", "columns"))
                if down * right > 1:
                    merged.append([row, column, row + down - 1, column + right - 1])
                column += int(given.get("number-columns-repeated", 1))
            elif event == "end" and name == "table-row":
                row, column = row + int(given.get("number-rows-repeated", 1)), 0
                element.clear()
            elif event == "end" and name == "table":
                yield merged
                merged, row = [], 1


def _limit() -> None:
    """Limits of the operating system, where it has them."""
    try:
        import resource
    except ImportError:
        return
    for limit, most in ((resource.RLIMIT_AS, MOST_MEMORY), (resource.RLIMIT_CPU, MOST_SECONDS)):
        _, hard = resource.getrlimit(limit)
        resource.setrlimit(limit, (most if hard < 0 else min(most, hard), hard))


def _answer(data: bytes) -> dict[str, Any]:
    try:
        return {"sheets": sheets(data)}
    except RefusedError as refusal:
        return {"refused": refusal.args}
    except BaseException as error:  # a panic of the library is no Exception
        locked = type(error).__name__ == "PasswordError"
        return {"refused": ["book_locked" if locked else "book_broken", {"found": str(error)}]}


if __name__ == "__main__":
    _limit()
    sys.stdout.write(json.dumps(_answer(sys.stdin.buffer.read())))
