"""Workbooks (.xlsx .xlsm .xls .ods) as sheets of text, opened where they can do no harm."""

import json
import subprocess
import sys
from typing import Any

from hazama.model.names import normalised
from hazama.resources import words
from hazama.tables.sheets import MOST_BYTES, Line, Sheet, sheet_of, unusable

EXTENSIONS = (".xlsx", ".xlsm", ".xls", ".ods")
MOST_SECONDS = 60
_UNREAD = "_"
"""Sheets whose name begins so are the machinery of a template."""


def book_sheets(file: str, data: bytes) -> list[Sheet]:
    """The sheets of a workbook; one that cannot be used is one sheet without rows."""
    if len(data) > MOST_BYTES:
        return [unusable(file, "file_too_large", most=MOST_BYTES // 1024 // 1024)]
    answer = _answer(data)
    if "refused" in answer:
        code, values = answer["refused"]
        return [unusable(file, code, **values)]
    sheets = [_sheet(file, **entry) for entry in answer["sheets"] if not entry["name"].startswith(_UNREAD)]
    filled = [sheet for sheet in sheets if (sheet.lines or sheet.found) and not is_called(sheet.name, "sheet_aside")]
    return filled or [unusable(file, "empty_file")]


def is_called(name: str, kind: str) -> bool:
    """Whether a sheet has one of the names that the words list for its kind."""
    return normalised(name) in {normalised(one) for text in words("tables")[kind].values() for one in text.split(";")}


def _answer(data: bytes) -> dict[str, Any]:
    """What the child says that opens the workbook; nothing it does can stop this process."""
    command = [sys.executable, "-X", "utf8", "-m", "hazama.tables.book_child"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=MOST_SECONDS, check=True)
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError):
        return {"refused": ["book_refused", {}]}
    return answer


def _sheet(file: str, name: str, rows: list[list[str]], merged: list[Any], broken: list[str]) -> Sheet:
    lines = [Line(number, cells) for number, cells in enumerate(rows, start=1) if cells]
    sheet = sheet_of(file, lines, name=name, title=name, merged=merged)
    for cell in broken:
        sheet.note(0, cell, "formula_without_value")
    return sheet
