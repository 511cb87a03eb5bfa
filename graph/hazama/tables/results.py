"""Tables of results as files: CSV that Excel opens in Japanese, and workbooks."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import pandas as pd

from hazama.tables.writing import csv_bytes

_WIDEST = 60
_LONGEST_TITLE = 31
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\", "_"))
_TOP = {"text_wrap": True, "valign": "top"}
_FIXED_TIME = datetime(2000, 1, 1)
"""Written as the time of creation, so that the same table gives the same bytes."""


def to_csv(table: pd.DataFrame, path: Path) -> None:
    """Write a table as UTF-8 CSV with byte order mark; no cell runs as a formula, lists are joined by ``;``."""
    headings, lines = _grid(table)
    path.write_bytes(csv_bytes(headings, (map(str, line) for line in lines)))


def to_excel(tables: Mapping[str, pd.DataFrame], path: Path) -> None:
    """Write tables as sheets of one workbook, by title: heading row fixed and marked, widths fitted.

    Text is written as text: nothing in a cell becomes a formula or a link.
    """
    import xlsxwriter

    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(path, options) as book:
        book.set_properties({"created": _FIXED_TIME})
        heading = book.add_format({**_TOP, "bold": True, "bg_color": "#DCE6F1", "bottom": 1})
        body = book.add_format(_TOP)
        for title, table in tables.items():
            _sheet(book.add_worksheet(sheet_title(title)), table, heading, body)


def sheet_title(title: str) -> str:
    """The title as Excel allows it: at most 31 signs, no brackets, colons, slashes, wildcards or outer quotes."""
    return (title.translate(_FORBIDDEN)[:_LONGEST_TITLE].strip("'")) or "_"


def _sheet(sheet: Any, table: pd.DataFrame, heading: Any, body: Any) -> None:
    headings, lines = _grid(table)
    for at, text in enumerate(headings):
        sheet.write_string(0, at, text, heading)
        widest = max([_width(text), *(_width(str(line[at])) for line in lines)])
        sheet.set_column(at, at, min(widest, _WIDEST) + 2)
    for row, line in enumerate(lines, start=1):
        for at, value in enumerate(line):
            if not isinstance(value, str):
                sheet.write_number(row, at, value, body)
            elif value:
                sheet.write_string(row, at, value, body)
    sheet.freeze_panes(1, 0)
    if lines and headings:
        sheet.autofilter(0, 0, len(lines), len(headings) - 1)


def _grid(table: pd.DataFrame) -> tuple[list[str], list[list[str | float]]]:
    """Headings and lines; a named index, or one that is no mere counter, comes first."""
    if table.index.name or not isinstance(table.index, pd.RangeIndex):
        inside = table.index.name is None and "id" in table.columns
        table = table if inside else table.reset_index(names=str(table.index.name or ""))
    lines = [[_plain(value) for value in line] for line in table.itertuples(index=False, name=None)]
    return [str(name) for name in table.columns], lines


def _plain(value: Any) -> str | float:
    """A number, else a text; ``""`` where there is nothing."""
    if isinstance(value, tuple | list):
        return ";".join(map(str, value))
    if pd.isna(value):
        return ""
    value = value.item() if hasattr(value, "item") else value
    return value if isinstance(value, int | float) and not isinstance(value, bool) else str(value)


def _width(text: str) -> int:
    """Half-width columns that the longest line of *text* takes."""
    lines = text.splitlines() or [""]
    return max(sum(2 if east_asian_width(sign) in "WFA" else 1 for sign in line[: _WIDEST + 1]) for line in lines)
