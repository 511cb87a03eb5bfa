"""The cells that nobody has looked up, and the rows and cells that are only inferred."""

from collections.abc import Iterator
from dataclasses import dataclass

from hazama.model.cells import NOT_RECORDED, AgeRange
from hazama.model.records import Program, Row, Status
from hazama.site.desk import Desk
from hazama.site.ground import Mention, values
from hazama.tables.columns import Column, declaration

_CLASSES = ("owner", "needs", "functions", "field", "reach", "themes", "basis_kind")


@dataclass(frozen=True, slots=True)
class BlankColumn:
    """A column of programmes and the rows in which it is blank."""

    id: str
    label: str
    rows: tuple[Program, ...]
    of: int


@dataclass(frozen=True, slots=True)
class Blanks:
    """What is not recorded of the programmes that count, and what is inferred."""

    columns: tuple[BlankColumn, ...]
    blank: int
    """Blank cells."""
    total: int
    """Cells looked at."""
    inferred_rows: tuple[Mention, ...]
    """Rows with the status inferred or unverified."""
    inferred_cells: tuple[Mention, ...]
    """Cells of stated rows that are inferred."""

    @property
    def inferred(self) -> int:
        """Rows and cells that wait for somebody to confirm them."""
        return len(self.inferred_rows) + len(self.inferred_cells)


def blanks(desk: Desk) -> Blanks:
    """Look at the classification and the limits of every counted programme; linear in the cells.

    A programme with further eligibility rows is looked at in its own row only where it has no such rows.
    """
    programs = desk.ground.town.programs
    boxed = {id for id, rows in desk.ground.boxes.items() if id not in {getattr(row, "id", "") for row in rows}}
    columns = tuple(_columns(desk, programs, boxed))
    return Blanks(
        columns,
        sum(len(column.rows) for column in columns),
        sum(column.of for column in columns),
        tuple(_inferred_rows(desk)),
        tuple(_inferred_cells(desk)),
    )


def _columns(desk: Desk, programs: tuple[Program, ...], boxed: set[str]) -> Iterator[BlankColumn]:
    for name in _CLASSES:
        column = desk.column("programs", name)
        rows = tuple(program for program in programs if not values(program, column))
        yield BlankColumn(name, desk.heading(column), rows, len(programs))
    asked = [program for program in programs if program.id not in boxed]
    ageless = tuple(program for program in asked if not _has_age(program))
    yield BlankColumn("age", desk.words("column_age"), ageless, len(asked))
    for column in declaration()["programs"].columns:
        if column.kind == "limit":
            rows = tuple(program for program in asked if _is_blank(program, column))
            yield BlankColumn(column.name, desk.heading(column), rows, len(asked))


def _has_age(program: Program) -> bool:
    ages = program.limits.get("age")
    return isinstance(ages, AgeRange) and ages.is_recorded


def _is_blank(program: Program, column: Column) -> bool:
    return program.limits.get(column.dimension, NOT_RECORDED) is NOT_RECORDED


def _inferred_rows(desk: Desk) -> Iterator[Mention]:
    for table, rows in desk.ground.whole.tables():
        yield from (Mention(table, "", row) for row in rows if row.status is not Status.STATED)


def _inferred_cells(desk: Desk) -> Iterator[Mention]:
    for table, rows in desk.ground.whole.tables():
        for row in _stated(rows):
            yield from (Mention(table, column, row) for column in row.inferred)


def _stated(rows: tuple[Row, ...]) -> Iterator[Row]:
    return (row for row in rows if row.status is Status.STATED)
