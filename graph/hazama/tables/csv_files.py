"""CSV files (RFC 4180) as grids, in bounded time and memory."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from hazama.model.names import normalised
from hazama.tables.encodings import DecodingError, encoding
from hazama.tables.grids import (
    MOST_BYTES,
    MOST_CHARACTERS,
    Grid,
    Line,
    Sheet,
    beyond,
    is_blank,
    is_comment,
    long_cells,
    unusable,
)
from hazama.tables.headings import every_heading

_SAMPLE = 16 * 1024
_FIRST_LINES = 30
"""What of a file the separator is looked for in."""
_GUARDED = re.compile(r"'+[=+\-@＝＋－＠\t\r]")


@dataclass(eq=False)
class _ReadingError(Exception):
    """Reading stopped at this row, for this reason."""

    code: str
    row: int
    most: int


def csv_sheet(file: str, data: bytes) -> Sheet:
    """The table in the bytes of a CSV file; *file* is what messages call it."""
    if len(data) > MOST_BYTES:
        return unusable(file, "file_too_large", most=MOST_BYTES // 1024 // 1024)
    try:
        name = encoding(data)
        sign = separator(data[:_SAMPLE].decode(name, errors="ignore"))
        lines = list(_lines(io.TextIOWrapper(io.BytesIO(data), name, newline=""), sign))
    except DecodingError as error:
        return unusable(file, error.code, row=error.line)
    except _ReadingError as refusal:
        return unusable(file, refusal.code, row=refusal.row, most=refusal.most)
    if not lines:
        return unusable(file, "empty_file")
    if long := long_cells(file, lines):
        return Sheet(None, long)
    return Sheet(Grid(lines[0], lines[1:], encoding="" if name == "utf-8-sig" else name))


def _lines(text: io.TextIOWrapper, sign: str) -> Iterator[Line]:
    """The rows that say something, numbered as a spreadsheet counts them."""
    total = 0
    for number, cells in _rows(text, sign):
        total += len(cells)
        if refusal := beyond(number, len(cells), total):
            raise _ReadingError(refusal[0], number, refusal[1])
        if not is_blank(cells) and not is_comment(cells):
            yield Line(number, [unguarded(cell) for cell in cells])


def _rows(text: io.TextIOWrapper, sign: str) -> Iterator[tuple[int, list[str]]]:
    number = 0
    try:
        for number, cells in enumerate(csv.reader(text, delimiter=sign, strict=True), start=1):
            yield number, cells
    except csv.Error as error:
        raise _ReadingError(_reason(error), number + 1, MOST_CHARACTERS) from error


def separator(text: str) -> str:
    """Comma, tab or semicolon: the sign between the most headings that any table has, a comma in doubt."""
    lines = [line.replace('"', "") for line in text.splitlines()[:_FIRST_LINES]]

    def score(sign: str) -> tuple[int, int]:
        rows = [line.split(sign) for line in lines]
        known = [len({normalised(cell) for cell in row} & every_heading()) for row in rows]
        return max(known, default=0), max((len(row) - 1 for row in rows), default=0) * (sign == "\t")

    return max(",\t;", key=score)


def unguarded(text: str) -> str:
    """The text behind the sign that keeps a spreadsheet from running it as a formula.

    >>> unguarded("'=1+1"), unguarded("'quoted'")
    ('=1+1', "'quoted'")
    """
    return text[1:] if text.startswith("'") and _GUARDED.match(text) else text


def _reason(error: csv.Error) -> str:
    """Why the standard library gave up: a cell beyond its limit, or quotes that do not pair."""
    return "cell_too_long" if "field limit" in str(error) else "unclosed_quote"
