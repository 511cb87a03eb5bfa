"""Tables of a town for notebooks and spreadsheets, as pandas DataFrames.

Only this module, :mod:`~hazama.tables.crossings` and :mod:`~hazama.tables.results` import pandas,
which takes half a second.
"""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from hazama import resources
from hazama.model.cells import NOT_RECORDED, Age, AgeRange, Unset
from hazama.model.dates import Day
from hazama.model.errors import UsageError
from hazama.model.names import suggestions
from hazama.model.records import Demand, Row, Status
from hazama.model.town import Municipality
from hazama.tables.ages import age_text
from hazama.tables.columns import Column, Table, declaration
from hazama.tables.writing import cell_value


def frame(town: Municipality, table: str) -> pd.DataFrame:
    """The rows of *table* with ids, one column a column, the index the id where rows have one.

    A list is a tuple, which ``explode`` takes apart. The three states stay visible: a limit is a tuple of
    values, ``"no_limit"`` or ``"not_recorded"``; an age is its text or a state, and ``…_months`` holds its
    completed months. ``layer`` and ``row`` say where a row stands.
    """
    rows, declared = _rows(town, table)
    data: dict[str, pd.Series[Any]] = {}
    for column in declared.columns:
        data |= _series(column, [cell_value(row, column) for row in rows])
    data["layer"] = pd.Series([row.layer for row in rows], dtype="str")
    data["row"] = pd.Series([row.origin.row for row in rows], dtype="Int64")
    found = pd.DataFrame(data)
    return found.set_index("id", drop=False).rename_axis(None) if declared.has_ids else found


def population(town: Municipality) -> pd.DataFrame:
    """People by district (rows) and age band (columns, from young to old); what is not recorded stays empty.

    The row ``""`` is the whole town, the column ``not_recorded`` people of unknown age.
    """
    counts = [row for row in town.demand if row.people is not None and not row.need]
    bands = sorted({_ages(row) for row in counts}, key=_age_order)
    data = pd.DataFrame(
        {
            "district": [row.district for row in counts],
            "band": [_band(_ages(row)) for row in counts],
            "people": pd.Series([row.people for row in counts], dtype="Int64"),
        }
    )
    table = data.pivot_table(index="district", columns="band", values="people", aggfunc="sum", sort=False)
    return table.reindex(columns=list(dict.fromkeys(map(_band, bands))))


def _rows(town: Municipality, table: str) -> tuple[Sequence[Row], Table]:
    tables = declaration()
    if table not in tables:
        near = suggestions(table, tables) or list(tables)
        raise UsageError(*resources.phrase("tables", "unknown_table", table=table, known=" / ".join(near)))
    return dict(town.tables())[table], tables[table]


def _series(column: Column, values: list[object]) -> "dict[str, pd.Series[Any]]":
    if column.kind == "age":
        months = [value.months if isinstance(value, Age) else None for value in values]
        texts = pd.Series([_plain(value) for value in values], dtype="str")
        return {column.name: texts, f"{column.name}_months": pd.Series(months, dtype="Int64")}
    kinds = {"integer": "Int64", "decimal": "Float64"}
    kind = "object" if column.separator else kinds.get(column.kind, "str")
    return {column.name: pd.Series([_plain(value) for value in values], dtype=kind)}


def _plain(value: object) -> object:
    """A value as pandas keeps it."""
    if isinstance(value, Unset | Status):
        return value.value
    if isinstance(value, Age):
        return age_text(value)
    return str(value) if isinstance(value, Day) else value


def _ages(row: Demand) -> AgeRange:
    ages = row.limits.get("age", AgeRange())
    return ages if isinstance(ages, AgeRange) else AgeRange()


def _age_order(ages: AgeRange) -> tuple[bool, int, int]:
    least = ages.least.months if isinstance(ages.least, Age) else 0
    most = ages.most.after if isinstance(ages.most, Age) else 12_000
    return not ages.is_recorded, least, most


def _band(ages: AgeRange) -> str:
    """``0-4``, ``85-`` or ``not_recorded``."""
    if not ages.is_recorded:
        return NOT_RECORDED.value
    ends = (age_text(end) if isinstance(end, Age) else "" for end in (ages.least, ages.most))
    return "-".join(ends)
