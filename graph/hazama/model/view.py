"""What of a town is asked about: at which date, with which evidence, with whose classification."""

from dataclasses import MISSING, dataclass, fields, replace
from datetime import date
from typing import Any

from hazama.model.cells import NOT_RECORDED, AgeRange
from hazama.model.records import Limits, Row, Status
from hazama.model.town import Municipality, rows_by_id


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of a town that an answer rests on; printed beside every count."""

    as_of: date | None = None
    """Rows in force on that day; None keeps all times."""
    include: frozenset[Status] = frozenset()
    """Evidence beyond what is stated."""
    editors: bool = True
    """Whether an editor's classification counts (``--classification stated`` leaves it out)."""


def view(town: Municipality, scope: Scope) -> Municipality:
    """The town with the rows and cells that *scope* admits; a cell left out becomes not recorded.

    A row goes with a cell that it cannot do without: a seat whose agency is only inferred is no stated seat.
    """
    kept: dict[str, Any] = {
        name: tuple(one for row in rows if (one := _admitted(row, scope))) for name, rows in town.tables()
    }
    seen = replace(town, **kept)
    there = rows_by_id(seen)
    left_out = {key: row for key, row in rows_by_id(town).items() if key not in there}
    return replace(seen, beyond={**town.beyond, **left_out})


def _admitted(row: Row, scope: Scope) -> Row | None:
    """The row without the columns that the scope leaves out; None where it does not count."""
    known = row.status is Status.STATED or row.status in scope.include
    if not known or (scope.as_of is not None and not row.in_force(scope.as_of)):
        return None
    hidden = () if Status.INFERRED in scope.include else row.inferred
    hidden = hidden if scope.editors else hidden + row.classified
    if not hidden:
        return row
    return None if cannot_do_without(row, hidden) else without(row, hidden)


def cannot_do_without(row: Row, columns: tuple[str, ...]) -> bool:
    """Whether the row cannot do without one of these columns."""
    return bool(columns) and any(
        entry.name in columns and entry.default is entry.default_factory is MISSING for entry in fields(row)
    )


def without(row: Row, columns: tuple[str, ...]) -> Row:
    """The row with these columns emptied, as if nobody had recorded them."""
    changes: dict[str, Any] = {entry.name: entry.default for entry in fields(row) if entry.name in columns}
    if hasattr(row, "limits"):
        changes["limits"] = _limits_without(row.limits, columns)
    return replace(row, **changes)


def _limits_without(limits: Limits, columns: tuple[str, ...]) -> Limits:
    kept = {dimension: limit for dimension, limit in limits.items() if dimension not in columns}
    ages = kept.pop("age", None)
    if isinstance(ages, AgeRange):
        least = NOT_RECORDED if "min_age" in columns else ages.least
        most = NOT_RECORDED if "max_age" in columns else ages.most
        if AgeRange(least, most).is_recorded:
            kept["age"] = AgeRange(least, most)
    return kept
