"""The part of a town that may leave the office: nothing that a table marks internal, no count of few people."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from hazama.knowledge.labels import Directory, Key, directory
from hazama.knowledge.show import mentions
from hazama.model.records import Row
from hazama.model.town import Municipality
from hazama.model.view import cannot_do_without, without
from hazama.resources import words

FEW = 10
"""People below which a count is left out unless another threshold is asked for."""
_MARKS = tuple(words("site")["internal_mark"].values())
_ABOUT = frozenset({"demand", "not_applicable"})
"""Tables whose rows say nothing true any more when one of their cells is gone."""


def public(town: Municipality, few: int = FEW) -> Municipality:
    """The town without its internal rows, its internal columns, and every cell that names an internal row.

    A row is internal where its column 庁内限り (``internal``) says anything; a column of the town's own is
    internal where its heading begins with that word. A row that cannot do without a cell goes with it. Counts
    of fewer than *few* people become not recorded.
    """
    entries = directory(town).entries
    found = _with(
        town, {name: tuple(_spoken(row, few) for row in rows if not _is_internal(row)) for name, rows in town.tables()}
    )
    while cut := _naming_what_is_gone(found, entries):
        found = _with(found, {name: tuple(_cut(name, rows, cut)) for name, rows in found.tables()})
    return found


def _is_internal(row: Row) -> bool:
    return any(text.strip() for name, text in row.extra.items() if name.strip().casefold() in _MARKS)


def _spoken(row: Row, few: int) -> Row:
    """The row without internal columns and small counts."""
    extra = {name: text for name, text in row.extra.items() if not name.strip().casefold().startswith(_MARKS)}
    people = getattr(row, "people", None)
    hidden = ("people",) if people is not None and people < few else ()
    return replace(without(row, hidden), extra=extra)


def _with(town: Municipality, tables: Mapping[str, Any]) -> Municipality:
    return replace(town, beyond={}, **tables)


def _naming_what_is_gone(town: Municipality, entries: Mapping[Key, Any]) -> dict[int, dict[str, set[str]]]:
    """The ids to cut, by row and column; *entries* are those of the whole town."""
    gone, cut = entries.keys() - directory(town).entries.keys(), dict[int, dict[str, set[str]]]()
    for _, row, column, key in mentions(Directory(town, entries)):
        if key in gone:
            cut.setdefault(id(row), {}).setdefault(column.name, set()).add(key[1])
    return cut


def _cut(table: str, rows: tuple[Row, ...], cut: Mapping[int, Mapping[str, set[str]]]) -> list[Row]:
    kept = [row for row in rows if id(row) not in cut or not _falls(table, row, tuple(cut[id(row)]))]
    return [_emptied(row, cut[id(row)]) if id(row) in cut else row for row in kept]


def _falls(table: str, row: Row, columns: tuple[str, ...]) -> bool:
    return table in _ABOUT or cannot_do_without(row, columns)


def _emptied(row: Row, cells: Mapping[str, set[str]]) -> Row:
    """The row without these ids; a cell of which nothing stays is as if nobody had recorded it."""
    held = {name: getattr(row, name, ()) for name in cells}
    some = {name: value for name, value in held.items() if isinstance(value, tuple)}
    left = {
        name: tuple(one for one in value if str(one).rpartition("/")[2] not in cells[name])
        for name, value in some.items()
    }
    stays: dict[str, Any] = {name: value for name, value in left.items() if value}
    return replace(without(row, tuple(cells.keys() - stays.keys())), **stays)
