"""An empty town for a planner to fill."""

import re
from collections.abc import Iterator
from pathlib import Path

from hazama import resources
from hazama.model.errors import UsageError
from hazama.tables.columns import Table, declaration
from hazama.tables.writing import csv_bytes, toml_text

MODEL = "ontology/new"
"""The files of a new town: ``town.toml`` and ``README.md`` with places to fill, and one example row."""


def new(folder: Path, lang: str = "ja") -> None:
    """Make an empty town in *folder*: every table with its headings in *lang*, ``town.toml`` and a README.

    A folder that holds anything is refused with :class:`UsageError`; nothing is written then.
    """
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise UsageError(*resources.phrase("tables", "folder_not_empty", folder=folder))
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in new_files(folder.resolve().name, lang):
            (folder / name).write_bytes(data)
    except OSError as error:
        reason = error.strerror or str(error)
        raise UsageError(*resources.phrase("tables", "cannot_write", folder=folder, found=reason)) from error


def new_files(name: str, lang: str = "ja") -> Iterator[tuple[str, bytes]]:
    """The files of an empty town of that name."""
    yield "town.toml", _filled("town.toml", name=toml_text(name), base=toml_text(_base(name))).encode()
    yield "README.md", _filled("README.md", name=name, tables=_table_list()).encode()
    for table in declaration().values():
        yield table.file, _headings_and_example(table, lang)


def _filled(file: str, **values: str) -> str:
    text = resources.text(f"{MODEL}/{file}")
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text


def _base(name: str) -> str:
    """An address to begin with, of the kind that is reserved for examples (RFC 2606)."""
    safe = name.lower() if re.fullmatch(r"[A-Za-z0-9_-]+", name) else "town"
    return f"https://example.org/{safe}/"


def _table_list() -> str:
    return "\n".join(f"| {table.file} | {table.ja} | {table.en} |" for table in declaration().values())


def example(table: Table) -> dict[str, str]:
    """The text of an example row by column; empty where the table has none."""
    rows = resources.rows(f"{MODEL}/example.csv")
    return {row["column"]: row["value"] for row in rows if row["table"] == table.name}


def _headings_and_example(table: Table, lang: str) -> bytes:
    """The headings and, as a comment, the example row if there is one."""
    shown = example(table)
    line = [shown.get(column.name, "") for column in table.columns]
    lines = [["#" + line[0], *line[1:]]] if shown else []
    return csv_bytes([column.title(lang) for column in table.columns], lines)
