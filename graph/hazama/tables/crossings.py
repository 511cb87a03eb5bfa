"""The coverage matrix (網羅表): how many programmes stand at each crossing of two axes."""

import pandas as pd

from hazama import resources
from hazama.model.cells import NO_LIMIT, NOT_RECORDED
from hazama.model.errors import UsageError
from hazama.model.records import Program
from hazama.model.town import Municipality

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
