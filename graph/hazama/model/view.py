"""What of a town is asked about: at which date, with which evidence, with whose classification."""

from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from hazama.model.cells import NOT_RECORDED
from hazama.model.records import Row, Status
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
    """The town with the rows and cells that *scope* admits; a cell left out becomes not recorded."""
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
    return known and (scope.as_of is None or row.in_force(scope.as_of))


def _admitted(row: Row, scope: Scope) -> Row:
    hidden: tuple[str, ...] = () if Status.INFERRED in scope.include else row.inferred
    if not scope.editors:
        hidden += row.classified
    return without(row, hidden) if hidden else row


def without(row: Row, columns: tuple[str, ...]) -> Row:
    """The row with these columns emptied, as if nobody had recorded them."""
    changes: dict[str, Any] = {entry.name: entry.default for entry in fields(row) if entry.name in columns}
    limits: dict[str, Any] = dict(getattr(row, "limits", {}))
    for column in columns:
        if column in limits:
            del limits[column]
        elif column in ("min_age", "max_age") and "age" in limits:
            limits["age"] = replace(limits["age"], **{"least" if column == "min_age" else "most": NOT_RECORDED})
    if hasattr(row, "limits"):
        changes["limits"] = limits
    return replace(row, **changes)
