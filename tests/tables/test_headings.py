"""Which column is which."""

import pytest

from hazama.tables.columns import by_heading, declaration
from hazama.tables.layout import TableSheet, understood
from hazama.tables.sheets import Line, Sheet

TABLES = declaration()


def headings(table: str, *cells: str) -> TableSheet:
    return understood(Sheet("t.csv", lines=[Line(1, cells)]), TABLES[table])


def known(table: str, *cells: str) -> dict[int, str]:
    found = headings(table, *cells)
    return {position: column.name for position, column in found.columns.items()}


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_preferred_heading_is_known(table: str, lang: str) -> None:
    columns = TABLES[table].columns
    names = known(table, *(column.title(lang) for column in columns))
    assert list(names.values()) == [column.name for column in columns]


def test_aliases_width_case_and_order_make_no_difference() -> None:
    assert known("programs", "VALID_FROM", "担当課", "ＩＤ", " 名　称 ") == {0: "since", 1: "owner", 2: "id", 3: "name"}


def test_a_preferred_heading_is_stronger_than_an_alias() -> None:
    assert known("themes", "番号", "ID") == {0: "no", 1: "id"}
    assert by_heading(TABLES["agencies"])["番号"].name == "id"


def test_unknown_headings_keep_their_names_apart() -> None:
    found = headings("programs", "id", "name", "x", "x", "")
    assert found.extra == {2: "x", 3: "x_4", 4: "column_5"}
    assert [violation.severity for violation in found.sheet.found] == ["warning", "warning"]
