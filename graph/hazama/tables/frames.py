"""Tables of a town for notebooks and spreadsheets, and the coverage matrix (網羅表), as pandas DataFrames.

Only this module and :mod:`~hazama.tables.results` import pandas, which takes half a second.
"""

from typing import Any

import pandas as pd

from hazama import resources
from hazama.model.cells import NO_LIMIT, NOT_RECORDED, Age, Unset
from hazama.model.dates import Day
from hazama.model.errors import UsageError
from hazama.model.names import suggestions
from hazama.model.records import Program, Status
from hazama.model.town import Municipality
from hazama.tables.ages import age_text
from hazama.tables.columns import declaration
from hazama.tables.writing import cell_value

_DTYPES = {"integer": "Int64", "decimal": "Float64"}
NOT_RECORDED_LABEL = NOT_RECORDED.value
ALL = "all"

_LISTS = {
    "field": "fields",
    "reach": "reach",
    "basis_kind": "basis_kinds",
    "needs": "needs",
    "functions": "functions",
}
_TABLES = {"themes": "themes", "owner": "agencies", "operators": "agencies"}
"""Axes by the column of a programme, with the list or the table that the values are from; limits are axes too."""


def frame(town: Municipality, table: str) -> pd.DataFrame:
    """The rows of *table* with ids, one column a column, the index the id where rows have one.

    A list is a tuple, which ``explode`` takes apart. The three states stay visible: a limit is a tuple of
    values, ``"no_limit"`` or ``"not_recorded"``; an age is its text or a state, and ``…_months`` holds its
    completed months. ``layer`` and ``row`` say where a row stands.
    """
    declared = declaration().get(table)
    if declared is None:
        known = " / ".join(suggestions(table, declaration()) or declaration())
        raise UsageError(*resources.phrase("tables", "unknown_table", table=table, known=known))
    rows = dict(town.tables())[table]
    data: dict[str, pd.Series[Any]] = {}
    for column in declared.columns:
        values = [cell_value(row, column) for row in rows]
        kind = "object" if column.separator else _DTYPES.get(column.kind, "str")
        data[column.name] = pd.Series([_plain(value) for value in values], dtype=kind)
        if column.kind == "age":
            months = [value.months if isinstance(value, Age) else None for value in values]
            data[f"{column.name}_months"] = pd.Series(months, dtype="Int64")
    data["layer"] = pd.Series([row.layer for row in rows], dtype="str")
    data["row"] = pd.Series([row.origin.row for row in rows], dtype="Int64")
    found = pd.DataFrame(data)
    return found.set_index("id", drop=False).rename_axis(None) if declared.has_ids else found


def _plain(value: object) -> object:
    """A value as pandas keeps it."""
    if isinstance(value, Unset | Status):
        return value.value
    if isinstance(value, Age):
        return age_text(value)
    return str(value) if isinstance(value, Day) else value


def population(town: Municipality) -> pd.DataFrame:
    """People by district (rows) and age band (columns, from young to old); what is not recorded stays empty.

    The row ``""`` is the whole town, the column ``not_recorded`` people of unknown age.
    """
    demand = frame(town, "demand")
    counts = demand[demand.people.notna() & (demand.need == "")]
    ends = counts[["min_age", "max_age"]]
    is_known = (ends != NOT_RECORDED.value).any(axis=1)
    texts = ends.replace({state.value: "" for state in Unset})
    band = (texts.min_age + "-" + texts.max_age).where(is_known, NOT_RECORDED.value)
    order = pd.DataFrame(
        {"band": band, "known": ~is_known, "least": counts.min_age_months, "most": counts.max_age_months}
    )
    bands = order.fillna({"least": 0, "most": 12_000}).sort_values(["known", "least", "most"]).band.unique()
    counts = counts.assign(band=band)
    table = counts.pivot_table(index="district", columns="band", values="people", aggfunc="sum", sort=False)
    return table.reindex(columns=bands)


def axes(town: Municipality) -> tuple[str, ...]:
    """The names that an axis of the matrix may have."""
    limits = (dimension.id for dimension in town.space if dimension.kind != "interval")
    return tuple(dict.fromkeys([*_TABLES, *_LISTS, *limits]))


def matrix(town: Municipality, rows: str = "themes", columns: str = "functions") -> pd.DataFrame:
    """Numbers of programmes by the values of two axes, all values of each axis, also those with none.

    A programme counts once for every value it has; one for all values (すべて, 制限なし) counts for each.
    ``not_recorded`` holds programmes whose axis nobody has looked at: they are never mixed into the values.
    ``all`` holds distinct programmes, so it is no sum. Limits are those of the programme's own row. Labels
    are ids.
    """
    left, right = memberships(town, rows), memberships(town, columns)
    pairs = left.merge(right, on="program", suffixes=("_row", "_column"))
    cells = pairs.groupby(["value_row", "value_column"])["program"].nunique().unstack(fill_value=0)
    order = [[*_values(town, axis), NOT_RECORDED_LABEL] for axis in (rows, columns)]
    table = cells.reindex(index=order[0], columns=order[1], fill_value=0).astype("int64")
    table[ALL] = left.groupby("value")["program"].nunique().reindex(order[0], fill_value=0)
    foot = right.groupby("value")["program"].nunique().reindex(order[1], fill_value=0)
    table.loc[ALL] = [*foot, left["program"].nunique()]
    return table.rename_axis(index=rows, columns=columns)


def memberships(town: Municipality, axis: str) -> pd.DataFrame:
    """Which programme has which value on an axis: one row a pair, columns ``program`` and ``value``."""
    if axis not in axes(town):
        raise UsageError(*resources.phrase("tables", "unknown_axis", axis=axis, known=" / ".join(axes(town))))
    values = _values(town, axis)
    pairs = [(program.id, value) for program in town.programs for value in _on(program, axis, values)]
    return pd.DataFrame(pairs, columns=["program", "value"], dtype="str")


def _on(program: Program, axis: str, values: tuple[str, ...]) -> tuple[str, ...]:
    """The values that a programme has."""
    is_column = axis in _LISTS or axis in _TABLES
    answer = getattr(program, axis) if is_column else program.limits.get(axis, NOT_RECORDED)
    if answer is NO_LIMIT:
        return values
    named = answer if isinstance(answer, tuple) else (answer,) if isinstance(answer, str) and answer else ()
    return named or (NOT_RECORDED_LABEL,)


def _values(town: Municipality, axis: str) -> tuple[str, ...]:
    """All values of an axis, in the order of their list or table."""
    if table := "districts" if axis == "district" else _TABLES.get(axis):
        return tuple(row.id for row in dict(town.tables())[table])  # type: ignore[attr-defined]
    return tuple(town.schemes.get(_LISTS.get(axis, axis), ()))
