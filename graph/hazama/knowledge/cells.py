"""What a row says, cell by cell: the state of each cell, its values, and the rows or concepts that they name."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple, TypeAlias

from hazama.knowledge.labels import Directory, Key
from hazama.model.cells import Unset
from hazama.model.records import Row, Status
from hazama.tables.columns import ANY, Column, declaration
from hazama.tables.writing import cell_value

State: TypeAlias = Literal["value", "no_limit", "not_recorded"]


class Cell(NamedTuple):
    """One cell."""

    column: Column
    state: State
    values: tuple[object, ...]
    """Ids, texts, numbers, days or ages; none unless the state is ``value``."""
    ends: tuple[Key, ...]
    """What the values name, one for one, where the column names rows or concepts."""


class Mention(NamedTuple):
    """A cell that names something."""

    table: str
    row: Row
    column: Column
    key: Key


def cells(known: Directory, table: str, row: Row) -> Iterator[Cell]:
    """Every cell of a row in the order of the declaration."""
    return _cells(known, row, declaration()[table].columns)


def mentions(known: Directory) -> Iterator[Mention]:
    """Every cell of a town that names a row or a concept, in the order of the tables."""
    for table, rows in known.town.tables():
        naming = [column for column in declaration()[table].columns if _names(column)]
        for row in rows:
            for cell in _cells(known, row, naming):
                yield from (Mention(table, row, cell.column, key) for key in cell.ends)


def _cells(known: Directory, row: Row, columns: Iterable[Column]) -> Iterator[Cell]:
    for column in columns:
        value = cell_value(row, column)
        if isinstance(value, Unset):
            yield Cell(column, value.value, (), ())
        elif value in ("", (), None):
            yield Cell(column, "not_recorded", (), ())
        else:
            held = tuple(value) if isinstance(value, tuple) else (value,)
            yield Cell(column, "value", held, tuple(_end(known, column, one) for one in held) if _names(column) else ())


def _names(column: Column) -> bool:
    return bool(column.references or column.scheme) or column.kind == "source"


def _end(known: Directory, column: Column, value: object) -> Key:
    """What a value of a column names: ``id``, ``table/id``, ``list/id``, or an address for a source."""
    text = value.value if isinstance(value, Status) else str(value)
    if column.kind == "source":
        return "sources", text
    kind, slash, id = text.rpartition("/")
    if slash:
        return kind, id
    tables = tuple(declaration()) if column.references == (ANY,) else column.references
    homes = (table for table in tables if (table, id) in known.entries or (table, id) in known.town.beyond)
    return next(homes, column.scheme or tables[0]), id
