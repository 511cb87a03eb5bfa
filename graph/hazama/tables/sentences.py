"""A violation as a sentence for the person who keeps the table."""

from collections import defaultdict
from functools import cache

from hazama.model.errors import Violation
from hazama.resources import words
from hazama.tables.books import is_called
from hazama.tables.columns import Table, by_heading, concept_table, declaration, table_named
from hazama.tables.homes import LISTS
from hazama.tables.town_file import KEYS

BROKEN_SHAPE = "broken_shape"
"""Code of a violation that carries its own words in both languages: a shape of the graph says them."""


def sentence(violation: Violation, lang: str = "ja") -> str:
    """Where it is, what was found and what to do, in ``ja`` or ``en``."""
    texts = words("tables")
    file = violation.file
    if violation.sheet:
        file = texts["at_sheet"][lang].format(file=file, sheet=violation.sheet)
    place = _place(violation)
    return texts[place][lang].format(
        file=file, row=violation.row, column=heading(violation, lang), text=advice(violation, lang)
    )


def advice(violation: Violation, lang: str = "ja") -> str:
    """What was found and what to do, without the place, in ``ja`` or ``en``."""
    values = dict(violation.values)
    return words("tables")[violation.code][lang].format(**{**values, "sentence": values.get(f"sentence_{lang}", "")})


def _place(violation: Violation) -> str:
    if violation.row:
        return "at_cell" if violation.column else "at_row"
    return "at_column" if violation.column else "at_file"


def heading(violation: Violation, lang: str) -> str:
    """The heading of the column as a person knows it; a column of nobody's declaration as it is."""
    name = violation.sheet or violation.file.rpartition("/")[2].rpartition(".")[0]
    if violation.sheet and is_called(name, "sheet_town"):
        return dict(zip(KEYS, words("tables")["town_keys"][lang].split(";"), strict=True)).get(violation.column, "")
    is_list = name.startswith(LISTS) or "concepts/" in violation.file
    table = concept_table() if is_list else table_named(name)
    if not (table or violation.row):
        return violation.column
    titles = _titles(table, lang).get(violation.column, frozenset())
    return next(iter(titles)) if len(titles) == 1 else violation.column


@cache
def _titles(table: Table | None, lang: str) -> dict[str, frozenset[str]]:
    """What a column may be called; among all tables where a sheet has a name of its own."""
    titles: defaultdict[str, set[str]] = defaultdict(set)
    for each in [table] if table else declaration().values():
        for column in by_heading(each).values():
            titles[column.name].add(column.title(lang))
    return {name: frozenset(found) for name, found in titles.items()}
