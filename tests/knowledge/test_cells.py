"""What a row says, cell by cell."""

import pytest

from hazama.knowledge.labels import directory
from hazama.knowledge.show import Cell, cells, mentions
from hazama.model.cells import Age
from hazama.tables.columns import declaration
from tests.towns import small_town

TOWN = small_town()
KNOWN = directory(TOWN)


def cell(table: str, row: int, column: str) -> Cell:
    """One cell of the small town, its row given by its place in the table."""
    return next(one for one in cells(KNOWN, table, getattr(TOWN, table)[row]) if one.column.name == column)


@pytest.mark.parametrize(
    ("table", "row", "column", "said"),
    [
        ("programs", 0, "needs", ("no_limit", (), ())),
        ("programs", 1, "needs", ("value", ("withdrawal",), (("needs", "withdrawal"),))),
        ("programs", 1, "min_age", ("value", (Age(15),), ())),
        ("programs", 2, "max_age", ("no_limit", (), ())),
        ("programs", 2, "certificate", ("not_recorded", (), ())),
        ("programs", 2, "district", ("value", ("north",), (("districts", "north"),))),
        ("programs", 2, "description_en", ("not_recorded", (), ())),
        ("programs", 1, "implements", ("value", ("national_visit",), (("programs", "national_visit"),))),
        ("challenges", 0, "partners", ("value", ("npo", "council"), (("agencies", "npo"), ("bodies", "council")))),
        ("links", 0, "subject", ("value", ("npo",), (("agencies", "npo"),))),
        ("themes", 0, "no", ("value", (1,), ())),
    ],
)
def test_a_cell_says_its_state_values_and_ends(table: str, row: int, column: str, said: tuple[object, ...]) -> None:
    assert cell(table, row, column)[1:] == said


def test_every_declared_column_is_a_cell() -> None:
    for table, rows in TOWN.tables():
        for row in rows:
            assert [one.column for one in cells(KNOWN, table, row)] == list(declaration()[table].columns)


def test_mentions_are_the_ends_of_all_cells() -> None:
    ends = [
        (table, row, one.column, key)
        for table, rows in TOWN.tables()
        for row in rows
        for one in cells(KNOWN, table, row)
        for key in one.ends
    ]
    assert [tuple(one) for one in mentions(KNOWN)] == ends != []
