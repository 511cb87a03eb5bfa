"""CSV files (RFC 4180) as sheets, in bounded time and memory."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace

from hazama.model.names import normalised
from hazama.tables.columns import every_heading
from hazama.tables.encodings import DecodingError, encoding
from hazama.tables.sheets import MOST_BYTES, MOST_CHARACTERS, Line, Sheet, beyond, sheet_of, unusable

_SAMPLE = 16 * 1024
_FIRST_LINES = 30
"""What of a file the separator is looked for in."""
_GUARDED = re.compile(r"'+[=+\-@＝＋－＠\t\r]")


class _RefusedError(Exception):
    """Reading stopped: a code of the words, the row and the limit."""


def csv_sheet(file: str, data: bytes) -> Sheet:
    """The table in the bytes of a CSV file; *file* is what messages call it."""
    if len(data) > MOST_BYTES:
        return unusable(file, "file_too_large", most=MOST_BYTES // 1024 // 1024)
    try:
        name = encoding(data)
        sign = separator(data[:_SAMPLE].decode(name, errors="ignore"))
        lines = _lines(io.TextIOWrapper(io.BytesIO(data), name, newline=""), sign)
        sheet = sheet_of(file, lines, encoding="" if name == "utf-8-sig" else name)
    except DecodingError as error:
        return unusable(file, error.code, error.line)
    except _RefusedError as refusal:
        code, row, most = refusal.args
        return unusable(file, code, row, most=most)
    if sheet.found:
        return replace(sheet, lines=())
    return sheet if sheet.lines else unusable(file, "empty_file")


def _lines(text: io.TextIOWrapper, sign: str) -> Iterator[Line]:
    """The rows numbered as a spreadsheet counts them."""
    number = total = 0
    try:
        for number, cells in enumerate(csv.reader(text, delimiter=sign, strict=True), start=1):
            total += len(cells)
            if refusal := beyond(number, len(cells), total):
                raise _RefusedError(refusal[0], number, refusal[1])
            if cells:
                yield Line(number, [unguarded(cell) for cell in cells])
    except csv.Error as error:  # a cell beyond the limit of the standard library, or quotes that do not pair
        code = "cell_too_long" if "field limit" in str(error) else "unclosed_quote"
        raise _RefusedError(code, number + 1, MOST_CHARACTERS) from error


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
