"""A town → CSV tables that read back the same, byte for byte the same every time."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from hazama import resources
from hazama.model.cells import NO_LIMIT, NOT_RECORDED, Age, AgeRange
from hazama.model.concepts import Concept
from hazama.model.errors import InputError
from hazama.model.records import Limits, Row, Status
from hazama.model.town import Layer, Municipality
from hazama.tables.ages import age_text
from hazama.tables.columns import Column, Table, concept_table, declaration
from hazama.tables.saving import save
from hazama.tables.sheets import short
from hazama.tables.town_file import KEYS

BOM = "\ufeff"
"""Written first so that Excel takes the file for UTF-8."""

_DANGEROUS = re.compile(r"'*[=+\-@＝＋－＠\t\r]")
_SEPARATING = re.compile(r"[;；\r\n]")

Cells = Mapping[str, str]


def write(town: Municipality, folder: Path, encoding: str = "utf-8") -> None:
    """Write the town's own rows as a folder of tables; the layers beneath stay where they are.

    *encoding* is that of the CSV files; UTF-8 has a byte order mark.

    Everything is made before the first file is written, so that an error leaves nothing behind.
    """
    ready = files(town) if encoding == "utf-8" else recoded(files(town), encoding)
    save({folder / name: data for name, data in ready}, folder)


def recoded(files: Iterable[tuple[str, bytes]], encoding: str) -> Iterator[tuple[str, bytes]]:
    """CSV files in another encoding; :class:`InputError` lists every sign that it cannot hold."""
    texts = {name: data.decode("utf-8-sig") for name, data in files}
    encoded("".join(text for name, text in texts.items() if name.endswith(".csv")), encoding)
    for name, text in texts.items():
        yield name, text.encode(encoding if name.endswith(".csv") else "utf-8")


def encoded(text: str, encoding: str) -> bytes:
    """The text in that encoding; :class:`InputError` lists every sign that it cannot hold."""
    if foreign := sorted(sign for sign in set(text) if sign.encode(encoding, "ignore").decode(encoding) != sign):
        found = " ".join(foreign[:100])
        raise InputError(*resources.phrase("tables", "foreign_signs", found=found, encoding=encoding.upper()))
    return text.encode(encoding)


def files(town: Municipality) -> Iterator[tuple[str, bytes]]:
    """The files of the town's folder by name: ``town.toml``, every table with rows, its own concepts."""
    yield "town.toml", town_toml(town.layer).encode()
    for name, rows in town.tables():
        if own := [row for row in rows if row.layer == ""]:
            yield f"{name}.csv", table_csv(declaration()[name], own)
    for scheme, concepts in town.schemes.items():
        if added := [concept_cells(concept) for concept in concepts.values() if concept.layer == ""]:
            yield f"concepts/{scheme}.csv", csv_bytes(added[0], (texts.values() for texts in added))


def table_csv(table: Table, rows: Sequence[Row]) -> bytes:
    """The rows as CSV (UTF-8 with byte order mark, CRLF), every column of the table by its English name."""
    headings = dict.fromkeys([column.name for column in table.columns] + [name for row in rows for name in row.extra])
    texts = (cells(row, table) for row in rows)
    return csv_bytes(headings, ([row.get(name, "") for name in headings] for row in texts))


def concept_cells(concept: Concept) -> Cells:
    """The text of every cell of a concept, by column."""
    return {column.name: _text(getattr(concept, column.name), column) for column in concept_table().columns}


def csv_bytes(headings: Iterable[str], lines: Iterable[Iterable[str]]) -> bytes:
    """CSV as RFC 4180 has it, with a byte order mark; a cell that a spreadsheet would run is made harmless."""
    stream = io.StringIO(newline="")
    stream.write(BOM)
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(map(harmless, headings))
    writer.writerows([harmless(cell) for cell in line] for line in lines)
    return stream.getvalue().encode()


def harmless(text: str) -> str:
    """Text that no spreadsheet runs as a formula; reading takes the added ``'`` away again.

    OWASP, CSV injection: = + - @ tab and carriage return, also full-width.
    """
    return "'" + text if _DANGEROUS.match(text) else text


def cells(row: Row, table: Table) -> Cells:
    """The text of every cell of a row that says something, by column."""
    found = {column.name: _text(cell_value(row, column), column) for column in table.columns}
    return {name: text for name, text in found.items() if text} | dict(row.extra)


def cell_value(row: Row, column: Column) -> object:
    """The value of a row in a column, also where it stands in the eligibility box."""
    if not column.dimension:
        return getattr(row, column.name)
    limits: Limits = getattr(row, "limits", {})  # only rows with a box have the column
    value = limits.get(column.dimension, NOT_RECORDED)
    if isinstance(value, AgeRange):
        return value.least if column.name == "min_age" else value.most
    return value


def _text(value: object, column: Column) -> str:
    """The spelling of a value that its column reads back."""
    if value is None or value is NOT_RECORDED or value is Status.STATED:
        return ""
    if value is NO_LIMIT:
        spellings = resources.words("tables")["spelling_all" if column.kind == "class" else "spelling_no_limit"]
        return spellings["ja"].split(";")[0]
    if isinstance(value, tuple):
        if broken := next((item for item in map(str, value) if _SEPARATING.search(item)), ""):
            raise InputError(*resources.phrase("tables", "separator_in_item", found=short(broken)))
        return (column.separator or ";").join(map(str, value))
    if isinstance(value, Age):
        return age_text(value)
    if isinstance(value, float):
        return f"{value:.12f}".rstrip("0").rstrip(".")
    return str(value.value if isinstance(value, Status) else value)


def town_cells(layer: Layer) -> Cells:
    """What a workbook says of a layer, by the keys of ``town.toml``."""
    entries = {name: getattr(layer, name) for name in KEYS}
    return {name: ";".join(value) if isinstance(value, tuple) else str(value or "") for name, value in entries.items()}


def town_toml(layer: Layer) -> str:
    """What ``town.toml`` says of a layer."""
    import tomlkit

    entries = {name: getattr(layer, name) for name in KEYS}
    return tomlkit.dumps({name: [*value] if name == "stands_on" else value for name, value in entries.items() if value})


def toml_text(text: str) -> str:
    """A TOML basic string."""
    import tomlkit

    return tomlkit.item(text).as_string()


def records(text: str) -> Iterator[str]:
    """The records of a CSV text with their line ends; a line end inside quotes is none."""
    record = ""
    for line in io.StringIO(text, newline=""):
        record += line
        if record.count('"') % 2 == 0:
            yield record
            record = ""
    if record:
        yield record
