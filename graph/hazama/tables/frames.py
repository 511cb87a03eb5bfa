"""Tables of a town for notebooks and spreadsheets, as pandas DataFrames.

Only this module, :mod:`~hazama.tables.crossings` and :mod:`~hazama.tables.results` import pandas,
which takes half a second.
"""

from typing import Any

import pandas as pd

from hazama import resources
from hazama.model.cells import NOT_RECORDED, Age, Unset
from hazama.model.dates import Day
from hazama.model.errors import UsageError
from hazama.model.names import suggestions
from hazama.model.records import Status
from hazama.model.town import Municipality
from hazama.tables.ages import age_text
from hazama.tables.columns import declaration
from hazama.tables.writing import cell_value

_DTYPES = {"integer": "Int64", "decimal": "Float64"}


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
