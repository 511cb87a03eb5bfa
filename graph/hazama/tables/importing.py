"""A table that a town already has → a town: which of its columns is which stands in a file that people edit."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from hazama.model.errors import InputError, UsageError
from hazama.model.names import normalised
from hazama.resources import phrase
from hazama.tables.columns import Column, Table, declaration, table_named
from hazama.tables.empty import new
from hazama.tables.formats import sheet
from hazama.tables.grids import Grid, Line
from hazama.tables.headings import by_heading
from hazama.tables.layout import laid_out
from hazama.tables.saving import save
from hazama.tables.writing import csv_bytes, toml_text

LIKELY = 75
"""Similarity in per cent from which a heading is guessed; people confirm every guess."""


def guessed_mapping(file: Path, table: str) -> str:
    """The text of a mapping file: every heading with the column that it seems to be, or ``""`` for a note."""
    declared, grid = _given(file, table)
    names = [text.strip() for text in grid.headings.cells if text.strip()]
    lines = [f"{toml_text(name)} = {toml_text(_guess(name, declared))}" for name in dict.fromkeys(names)]
    columns = "\n".join(
        f"#   {column.name}: {column.title('ja')}（{column.about('ja')}）" for column in declared.columns
    )
    ja, en = phrase("tables", "map_how", file=file.name, table=declared.title("ja"))
    return f"# {ja}\n# {en}\n{columns}\n\n[columns]\n" + "\n".join(lines) + "\n"


def import_table(file: Path, table: str, mapping: Path, folder: Path) -> None:
    """A new town in *folder* with the table; columns without a place of their own go into the note.

    Nothing is decided about what a cell means: it is written as it stands, and checking the town asks.
    """
    declared, grid = _given(file, table)
    columns = _mapping(mapping, declared)
    titles = {column.name: column.title("ja") for column in _columns(declared) if _is_kept(column, declared, columns)}
    rows = [_row(line, grid.headings, columns, declared) for line in grid.lines]
    data = csv_bytes(list(titles.values()), ([row.get(name, "") for name in titles] for row in rows))
    new(folder)
    save({folder / declared.file: data})


def _columns(table: Table) -> list[Column]:
    """The columns that a table may have, also 対象年齢 for both ends of an age range."""
    return list(dict.fromkeys([*table.columns, *by_heading(table).values()]))


def _is_kept(column: Column, table: Table, columns: Mapping[str, str]) -> bool:
    if column.kind == "age" and "ages" in columns.values():
        return False
    return column in table.columns or column.name in columns.values()


def _given(file: Path, table: str) -> tuple[Table, Grid]:
    declared = table_named(table)
    if declared is None:
        raise UsageError(*phrase("tables", "unknown_table", table=table, known=" / ".join(declaration())))
    given = laid_out(sheet(file, file.name, table), declared, file.name)
    if given.grid is None:
        ja, en = phrase("tables", "town_unusable", folder=file, count=len(given.violations))
        raise InputError(ja, given.violations, en)
    return declared, given.grid


def _guess(heading: str, table: Table) -> str:
    from rapidfuzz import fuzz, process

    known = by_heading(table)
    near = process.extractOne(normalised(heading), known.keys(), scorer=fuzz.ratio, score_cutoff=LIKELY)
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


def _row(line: Line, top: Line, columns: Mapping[str, str], table: Table) -> dict[str, str]:
    """The cells of one row by column; several cells of one column are joined as a list."""
    found: dict[str, str] = {}
    notes: list[str] = []
    for heading, text in zip(top.cells, line.cells, strict=False):
        name = columns.get(normalised(heading), "")
        if name and text.strip():
            found[name] = ";".join(filter(None, (found.get(name), text.strip())))
        elif text.strip():
            notes.append(f"{heading.strip()}: {text.strip()}")
    if table.has_ids:
        found.setdefault("id", f"{table.name}_{line.number}")
    return found | dict(_note(found.get("note", ""), notes))


def _note(note: str, notes: list[str]) -> Iterator[tuple[str, str]]:
    if notes:
        yield "note", "\n".join(filter(None, (note, *notes)))
