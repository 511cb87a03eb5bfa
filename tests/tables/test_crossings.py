"""The coverage matrix."""

import pytest

from hazama.model.errors import UsageError
from hazama.tables import matrix, read, sample
from hazama.tables.crossings import axes, memberships
from tests.tables.test_frames import TOWN


def test_every_value_has_its_row_and_column_also_without_programmes() -> None:
    table = matrix(TOWN)
    assert list(table.index) == ["t1", "not_recorded", "all"]
    assert list(table.columns) == [*TOWN.schemes["functions"], "not_recorded", "all"]
    assert table.loc["t1", "consultation"] == 1
    assert table.loc["t1", "participation"] == 0


def test_what_is_not_recorded_is_never_mixed_in() -> None:
    table = matrix(TOWN)
    assert table.loc["not_recorded", "not_recorded"] == 1
    assert table.loc["t1", "not_recorded"] == 0
    assert table.loc["all", "all"] == 2


def test_a_programme_for_all_needs_stands_at_each_and_counts_once_in_all() -> None:
    table = matrix(TOWN, rows="needs", columns="certificate")
    needs = list(TOWN.schemes["needs"])
    assert list(table.loc[needs, "none"]) == [1] * len(needs)
    assert table.loc["all", "none"] == 2
    assert table.loc["all", "all"] == 2


def test_every_axis_crosses_every_other_one() -> None:
    for axis in axes(TOWN):
        table = matrix(TOWN, rows=axis, columns="owner")
        assert table.loc["all", "all"] == 2
        assert set(memberships(TOWN, axis).program) == {"p1", "p2"}


def test_the_sample_counts_each_of_its_programmes() -> None:
    town = read(sample())
    assert matrix(town, "field", "functions").loc["all", "all"] == len(town.programs)


def test_an_unknown_axis_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="themes"):
        matrix(TOWN, rows="colour")
    with pytest.raises(UsageError):
        matrix(TOWN, rows="age")
