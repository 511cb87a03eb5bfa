"""Workbooks (.xlsx .xlsm .xls .ods) as sheets of text, opened where they can do no harm."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hazama.model.errors import Violation
from hazama.model.names import normalised
from hazama.resources import words
from hazama.tables.grids import (
    MOST_BYTES,
    MOST_CHARACTERS,
    Grid,
    Line,
    Sheet,
    is_blank,
    is_comment,
    unusable,
    violation,
)

EXTENSIONS = (".xlsx", ".xlsm", ".xls", ".ods")
MOST_SECONDS = 60
_UNREAD = "_"
"""Sheets whose name begins so are the machinery of a template."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One table on paper: what it is called, what messages call its file, and its text."""

    name: str
    file: str
    sheet: Sheet


@dataclass(frozen=True, slots=True)
class Book:
    """A town, or loose tables of one, in one or more files."""

    file: str
    parent: Path
    entries: tuple[Entry, ...]

    @property
    def town(self) -> Entry | None:
        """The sheet that says which town this is; loose tables have none."""
        names = {normalised(name) for text in words("tables")["sheet_town"].values() for name in text.split(";")}
        return next((entry for entry in self.entries if normalised(entry.name) in names), None)


def book_sheets(file: str, data: bytes) -> dict[str, Sheet]:
    """The sheets of a workbook by name; a workbook that cannot be used is one sheet without a grid."""
    if len(data) > MOST_BYTES:
        return {"": unusable(file, "file_too_large", most=MOST_BYTES // 1024 // 1024)}
    answer = _answer(data)
    if "refused" in answer:
        code, values = answer["refused"]
        return {"": unusable(file, code, **values)}
    return {entry["name"]: _sheet(file, entry) for entry in answer["sheets"] if not entry["name"].startswith(_UNREAD)}


def _answer(data: bytes) -> dict[str, Any]:
    """What the child says that opens the workbook; nothing it does can stop this process."""
    command = [sys.executable, "-X", "utf8", "-m", "hazama.tables.book_child"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=MOST_SECONDS, check=True)
        answer: dict[str, Any] = json.loads(done.stdout)
    except (subprocess.SubprocessError, OSError, ValueError):
        return {"refused": ["book_refused", {}]}
    return answer


def _sheet(file: str, entry: dict[str, Any]) -> Sheet:
    lines = [Line(number, cells) for number, cells in enumerate(entry["rows"], start=1)]
    lines = [line for line in lines if not is_blank(line.cells) and not is_comment(line.cells)]
    found = (*(violation(file, 0, cell, "formula_without_value") for cell in entry["broken"]), *_long(file, lines))
    if not lines:
        return Sheet(None, found) if entry["hidden"] else unusable(file, "empty_file")
    merged = [tuple(area) for area in entry["merged"]]
    return Sheet(Grid(lines[0], lines[1:], entry["name"], merged), found)


def _long(file: str, lines: list[Line]) -> Iterator[Violation]:
    for line in lines:
        if any(len(cell) > MOST_CHARACTERS for cell in line.cells):
            yield violation(file, line.number, "", "cell_too_long", most=MOST_CHARACTERS)
