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
        name: tuple(_admitted(row, scope) for row in rows if _counts(row, scope)) for name, rows in town.tables()
    }
    seen = replace(town, **kept)
    return replace(seen, beyond={**town.beyond, **_left_out(town, seen)})


def _left_out(town: Municipality, seen: Municipality) -> dict[tuple[str, str], Row]:
    kept = rows_by_id(seen)
    return {key: row for key, row in rows_by_id(town).items() if key not in kept}


def _counts(row: Row, scope: Scope) -> bool:
    known = row.status is Status.STATED or row.status in scope.include
    in_force = scope.as_of is None or row.in_force(scope.as_of)
    return known and in_force and not cannot_do_without(row, _hidden(row, scope))


def cannot_do_without(row: Row, columns: tuple[str, ...]) -> bool:
    """Whether the row cannot do without one of these columns."""
    return bool(columns) and any(
        entry.name in columns and entry.default is entry.default_factory is MISSING for entry in fields(row)
    )


def _hidden(row: Row, scope: Scope) -> tuple[str, ...]:
    """The columns of a row that the scope leaves out."""
    inferred = () if Status.INFERRED in scope.include else row.inferred
    return inferred if scope.editors else inferred + row.classified


def _admitted(row: Row, scope: Scope) -> Row:
    hidden = _hidden(row, scope)
    return without(row, hidden) if hidden else row


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
