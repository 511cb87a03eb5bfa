"""Lists on stdout: a table for eyes, JSON, CSV and Markdown for other programs."""

import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any
from unicodedata import east_asian_width

import click

from hazama.cli.messages import say
from hazama.model.errors import UsageError
from hazama.resources import phrase

if TYPE_CHECKING:
    from hazama.knowledge import Result

Record = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Out:
    """Where a command's answer goes: data to stdout or a file, talk to stderr, in one language and form."""

    lang: str
    format: str = "table"
    output: Path | None = None
    area: str = "cli"
    """The file of ``ontology/words`` that the command speaks."""

    @property
    def path(self) -> Path:
        """The file or folder of a command that must be told one."""
        assert self.output
        return self.output

    def say(self, id: str, /, **values: Any) -> str:
        """One text of the area."""
        return say(id, self.lang, floor=self.area, **values)

    def tell(self, id: str, /, **values: Any) -> None:
        """One sentence on stderr."""
        click.echo(self.say(id, **values), err=True)

    def show(self, records: Sequence[Record], *keys: str, title: str = "") -> None:
        """Print records with the columns of these keys, or write them to a sheet of this title."""
        headings = {key: self.say(f"heading_{key}") for key in keys}
        if self.format == "xlsx":
            return to_sheet(records, headings, self.output, title)
        return emit(records, self.format, headings)


def emit(records: Sequence[Record], format: str, headings: Mapping[str, str]) -> None:
    """Print *records* as ``table``, ``json``, ``csv`` or ``md``.

    *headings* names the columns that a person sees, by key and in order; JSON holds every key.
    """
    if format == "json":
        return click.echo(json.dumps(list(records), ensure_ascii=False, indent=2, default=str))
    cells = [[plain(record.get(key)) for key in headings] for record in records]
    return click.echo({"csv": _csv, "md": _markdown, "table": _table}[format](list(headings.values()), cells), nl=False)


def to_sheet(records: Sequence[Record], headings: Mapping[str, str], output: Path | None, title: str = "") -> None:
    """Write *records* as a workbook, numbers as numbers; without a file to write to, UsageError."""
    if output is None:
        raise UsageError(*phrase("cli", "xlsx_needs_output"))
    from pandas import DataFrame

    from hazama.tables import to_excel

    lines = [[one.get(key) if isinstance(one.get(key), (int, float)) else plain(one.get(key)) for key in headings]
             for one in records]  # fmt: skip
    to_excel({title or output.stem: DataFrame(lines, columns=list(headings.values()))}, output)


def emit_result(result: "Result", format: str, lang: str) -> None:
    """Print what a SPARQL query found, and on stderr that rows were cut where they were."""
    from hazama.knowledge import plain as plain_term

    columns = result.found.columns
    records = [dict(zip(columns, map(plain_term, row), strict=True)) for row in result.found.rows]
    emit(records, format, {name: name for name in columns})
    if not result.is_complete:
        click.echo(say("query_cut", lang, count=len(records)), err=True)


def plain(value: object) -> str:
    """A value as one line of text; lists joined by 、, or by ／ where an item holds 、 itself."""
    if value is None:
        return ""
    if isinstance(value, (list, tuple)):
        items = [plain(item) for item in value]
        return ("／" if any("、" in item for item in items) else "、").join(items)
    if isinstance(value, Mapping):
        return "、".join(f"{key}: {plain(item)}" for key, item in value.items())
    return str(value)


def _csv(headings: list[str], rows: list[list[str]]) -> str:
    from hazama.tables.writing import harmless

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return buffer.getvalue()


def _markdown(headings: list[str], rows: list[list[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    escaped = ([cell.replace("|", "\\|").replace("\n", "<br>") for cell in line] for line in lines)
    return "".join("| " + " | ".join(line) + " |\n" for line in escaped)


def _table(headings: list[str], rows: list[list[str]]) -> str:
    lines = [[_shortened(" ".join(cell.split()), _limit(len(headings))) for cell in row] for row in [headings, *rows]]
    widths = [max(map(width, column)) for column in zip(*lines, strict=True)]
    rule = ["─" * size for size in widths]
    return "".join(_aligned(line, widths) for line in [lines[0], rule, *lines[1:]])


def _limit(columns: int) -> int:
    """The widest cell, in half-width columns, that still leaves room on a terminal; none in a pipe."""
    if not sys.stdout.isatty():
        return 10_000
    return max(16, min(44, 2 * get_terminal_size().columns // max(columns, 1)))


def _shortened(text: str, limit: int) -> str:
    if width(text) <= limit:
        return text
    kept = ""
    for sign in text:
        if width(kept + sign) >= limit:
            break
        kept += sign
    return kept + "…"


def _aligned(cells: list[str], widths: list[int]) -> str:
    padded = (cell + " " * (size - width(cell)) for cell, size in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip() + "\n"


def width(text: str) -> int:
    """Columns of a terminal that *text* takes (Unicode East Asian Width)."""
    return sum(2 if east_asian_width(sign) in "WFA" and sign != "─" else 1 for sign in text)
