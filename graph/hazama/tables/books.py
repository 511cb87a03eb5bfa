"""Workbooks (.xlsx .xlsm .xls .ods) as sheets of text, opened where they can do no harm."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hazama.model.names import normalised
from hazama.resources import words
from hazama.tables.grids import (
    MOST_BYTES,
    Grid,
    Line,
    Sheet,
    is_blank,
    is_comment,
    long_cells,
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
    base: Path | None = None
    """The folder of the town that the book stands on, if it is to be merged with one."""
    own: int = 0
    """How many of the entries are the book's own, where it stands on a folder."""

    @property
    def is_loose(self) -> bool:
        """Whether nothing says which town the tables are of."""
        return self.town is None and self.base is None

    @property
    def town(self) -> Entry | None:
        """The sheet that says which town this is; loose tables have none."""
        return next((entry for entry in self.entries if is_called(entry.name, "sheet_town")), None)


def is_called(name: str, kind: str) -> bool:
    """Whether a sheet has one of the names that the words list for its kind."""
    return normalised(name) in {normalised(one) for text in words("tables")[kind].values() for one in text.split(";")}


def book_sheets(file: str, data: bytes) -> dict[str, Sheet]:
    """The sheets of a workbook by name; a workbook that cannot be used is one sheet without a grid."""
    if len(data) > MOST_BYTES:
        return {"": unusable(file, "file_too_large", most=MOST_BYTES // 1024 // 1024)}
    answer = _answer(data)
    if "refused" in answer:
        code, values = answer["refused"]
        return {"": unusable(file, code, **values)}
    named = [entry for entry in answer["sheets"] if not entry["name"].startswith(_UNREAD)]
    found = {entry["name"]: _sheet(file, entry) for entry in named if not is_called(entry["name"], "sheet_aside")}
    filled = {name: sheet for name, sheet in found.items() if sheet.grid or sheet.violations}
    return filled or {"": unusable(file, "empty_file")}


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
    found = (*(violation(file, 0, cell, "formula_without_value") for cell in entry["broken"]), *long_cells(file, lines))
    if not lines:
        return Sheet(None, found)
    merged = [tuple(area) for area in entry["merged"]]
    return Sheet(Grid(lines[0], lines[1:], entry["name"], merged), found)
