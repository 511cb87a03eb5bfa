"""Which column of a sheet is which: headings in Japanese or English, in any order."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache

from hazama.model.errors import Violation
from hazama.model.names import normalised, suggestions
from hazama.resources import words
from hazama.tables.columns import Column, Table, declaration
from hazama.tables.grids import Grid, Sheet, violation, warning

MOST_SUGGESTIONS = 20
"""Unknown headings for which a near one is looked for; a hostile file has thousands."""
LONGEST = 40
"""Signs of the longest heading that may be a slip of a known one."""


@dataclass(frozen=True, slots=True)
class Headings:
    """What the heading row says: known columns and other ones by position, and what is wrong with it."""

    columns: Mapping[int, Column]
    extra: Mapping[int, str]
    violations: tuple[Violation, ...]


def headings(grid: Grid, table: Table, file: str) -> Headings:
    """The headings of *grid* understood as *table*."""
    known: dict[int, Column] = {}
    extra: dict[int, str] = {}
    found: list[Violation] = []
    row = grid.headings.number
    columns = by_heading(table)
    for position, text in enumerate(grid.headings.cells):
        column = columns.get(normalised(text))
        if column is None:
            extra[position] = _unused(text.strip() or f"column_{position + 1}", position, extra)
        elif column in known.values():
            found.append(violation(file, row, column.name, "repeated_column", found=text))
        else:
            known[position] = column
    names = [column.name for column in known.values()]
    if "ages" in names and {"min_age", "max_age"} & set(names):
        found.append(
            violation(file, row, "ages", "repeated_column", found=words("tables")["heading_ages"]["ja"].split(";")[0])
        )
    found += [*_unknown(grid, extra, table, file), *_missing(table, known, file, row)]
    return Headings(known, extra, tuple(found))


@cache
def by_heading(table: Table) -> dict[str, Column]:
    """Columns by every heading they go by; a name is stronger than a title, a title than an alias."""
    strengths = [
        [(column.name, column) for column in table.columns],
        [(column.title(lang), column) for column in table.columns for lang in ("ja", "en")],
        [(alias, column) for column in table.columns for alias in (*column.ja, *column.en)],
        [(alias, column) for column in _whole_ages(table) for alias in (*column.ja, *column.en)],
    ]
    found: dict[str, Column] = {}
    for strength in strengths:
        for heading, column in strength:
            found.setdefault(normalised(heading), column)
    return found


@cache
def every_heading() -> frozenset[str]:
    """Every heading of every table, as :func:`~hazama.model.names.normalised`."""
    return frozenset(heading for table in declaration().values() for heading in by_heading(table))


def likely_table(given: Sheet) -> Table | None:
    """The one table that most headings of a sheet belong to, at least three; None in doubt."""
    rows = [given.grid.headings, *given.grid.lines[:20]] if given.grid else []
    cells = [{normalised(cell) for cell in row.cells} for row in rows]
    scores = {
        table: max((len(row & by_heading(table).keys()) for row in cells), default=0)
        for table in declaration().values()
    }
    best = max(scores.values())
    likely = [table for table, score in scores.items() if score == best >= 3]
    return likely[0] if len(likely) == 1 else None


def _whole_ages(table: Table) -> Iterator[Column]:
    """The column that an office has in place of the two ends: 対象年齢."""
    both = words("tables")["heading_ages"]
    least = table.column("min_age")
    if least:
        yield replace(least, name="ages", ja=tuple(both["ja"].split(";")), en=tuple(both["en"].split(";")), kind="ages")


def _unused(name: str, position: int, extra: Mapping[int, str]) -> str:
    """The heading, with the number of its column where an earlier one has it already."""
    while name in extra.values():
        name += f"_{position + 1}"
    return name


def _unknown(grid: Grid, extra: Mapping[int, str], table: Table, file: str) -> Iterator[Violation]:
    row = grid.headings.number
    titles = [column.title("ja") for column in table.columns] + [column.name for column in table.columns]
    for number, (position, name) in enumerate(extra.items()):
        heading = grid.headings.cells[position].strip()
        if heading:
            near = suggestions(heading, titles, 1) if number < MOST_SUGGESTIONS and len(heading) <= LONGEST else []
            code = "unknown_column_near" if near else "unknown_column"
            yield warning(file, row, name, code, found=heading, near=" / ".join(near))
        elif any(position < len(line.cells) and line.cells[position].strip() for line in grid.lines):
            yield warning(file, row, name, "unnamed_column", number=position + 1)


def _missing(table: Table, known: Mapping[int, Column], file: str, row: int) -> Iterator[Violation]:
    for column in table.columns:
        if column.required and column not in known.values():
            yield violation(file, row, column.name, "missing_column", ja=column.title("ja"), en=column.name)
