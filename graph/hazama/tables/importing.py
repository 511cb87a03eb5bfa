"""A table that a town already has → a town: which of its columns is which stands in a file that people edit."""

import tomllib
from collections.abc import Mapping
from pathlib import Path

from hazama.model.errors import InputError, UsageError
from hazama.model.names import normalised
from hazama.resources import phrase
from hazama.tables import homes
from hazama.tables.columns import Column, Table, by_heading, declaration, table_named
from hazama.tables.empty import new
from hazama.tables.layout import TableSheet, table_sheet
from hazama.tables.saving import save
from hazama.tables.sheets import Line
from hazama.tables.writing import csv_bytes, toml_text

LIKELY = 75
"""Similarity in per cent from which a heading is guessed; people confirm every guess."""


def guessed_mapping(file: Path, table: str) -> str:
    """The text of a mapping file: every heading with the column that it seems to be, or ``""`` for a note."""
    given = _given(file, table)
    names = dict.fromkeys(text.strip() for text in given.headings.cells if text.strip())
    lines = [f"{toml_text(name)} = {toml_text(_guess(name, given))}" for name in names]
    known = [f"#   {column.name}: {column.title('ja')}（{column.about('ja')}）" for column in given.table.columns]
    ja, en = phrase("tables", "map_how", file=file.name, table=given.table.title("ja"))
    return "\n".join([f"# {ja}", f"# {en}", *known, "", "[columns]", *lines, ""])


def import_table(file: Path, table: str, mapping: Path, folder: Path) -> None:
    """A new town in *folder* with the table; columns without a place of their own go into the note.

    Nothing is decided about what a cell means: it is written as it stands, and checking the town asks. A cell whose
    text cannot be had, such as a formula that nobody has computed, is an :class:`InputError`.
    """
    given = _given(file, table)
    found = [one for one in given.sheet.found if one.severity == "error" and not one.code.endswith("_column")]
    if found:
        raise InputError(*phrase("tables", "town_unusable", folder=file, count=len(found)), found)
    columns = _mapping(mapping, given.table)
    kept = [column for column in _columns(given.table) if _is_kept(column, given.table, set(columns.values()))]
    rows = [_row(line, given, columns) for line in given.lines]
    lines = ([row.get(column.name, "") for column in kept] for row in rows)
    new(folder)
    save({folder / given.table.file: csv_bytes([column.title("ja") for column in kept], lines)})


def _columns(table: Table) -> list[Column]:
    """The columns that a table may have, also 対象年齢 for both ends of an age range."""
    return list(dict.fromkeys([*table.columns, *by_heading(table).values()]))


def _is_kept(column: Column, table: Table, mapped: set[str]) -> bool:
    if column.kind == "age" and "ages" in mapped:
        return False
    return column in table.columns or column.name in mapped


def _given(file: Path, table: str) -> TableSheet:
    declared = table_named(table)
    if declared is None:
        raise UsageError(*phrase("tables", "unknown_table", table=table, known=" / ".join(declaration())))
    sheet = homes.sheet(file, file.name, table)
    given = table_sheet(sheet, declared)
    if given is None:
        raise InputError(*phrase("tables", "town_unusable", folder=file, count=len(sheet.found)), sheet.found)
    return given


def _guess(heading: str, given: TableSheet) -> str:
    """The column of that very heading, or of the nearest one among those that no heading of the file names."""
    from rapidfuzz import fuzz, process

    known = by_heading(given.table)
    if column := known.get(normalised(heading)):
        return column.name
    free = [text for text, column in known.items() if column not in given.columns.values()]
    near = process.extractOne(normalised(heading), free, scorer=fuzz.ratio, score_cutoff=LIKELY)
    return known[near[0]].name if near else ""


def _mapping(file: Path, table: Table) -> Mapping[str, str]:
    try:
        entries = tomllib.loads(file.read_text(encoding="utf-8-sig")).get("columns", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(*phrase("tables", "bad_map", file=file, found=error)) from error
    names = {str(name) for name in entries.values()} - {""}
    if unknown := sorted(names - {column.name for column in _columns(table)}):
        raise UsageError(*phrase("tables", "bad_map", file=file, found=" / ".join(unknown)))
    return {normalised(heading): str(name) for heading, name in entries.items()}


def _row(line: Line, given: TableSheet, columns: Mapping[str, str]) -> dict[str, str]:
    """The cells of one row by column; several cells of one column are joined as a list."""
    found: dict[str, str] = {}
    notes = []
    for heading, text in zip(given.headings.cells, map(str.strip, line.cells), strict=False):
        name = columns.get(normalised(heading), "")
        if name and text:
            found[name] = ";".join(filter(None, (found.get(name), text)))
        elif text:
            notes.append(f"{heading.strip()}: {text}")
    if given.table.has_ids:
        found.setdefault("id", f"{given.table.name}_{line.number}")
    if notes:
        found["note"] = "\n".join(filter(None, (found.get("note"), *notes)))
    return found
