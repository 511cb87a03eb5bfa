"""Ages and their ranges."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazama.model.cells import NO_LIMIT, NOT_RECORDED, Age, AgeRange

ages = st.builds(Age, st.integers(0, 120), st.sampled_from(["year", "month"]), st.booleans())


@pytest.mark.parametrize(
    ("age", "months", "after"),
    [(Age(0), 0, 12), (Age(39), 468, 480), (Age(4, "month"), 4, 5), (Age(12, "month"), 12, 13)],
)
def test_an_age_lasts_until_the_next_one_begins(age: Age, months: int, after: int) -> None:
    assert (age.months, age.after) == (months, after)


@given(st.lists(ages))
def test_ages_sort_by_the_months_in_which_they_begin(values: list[Age]) -> None:
    assert [age.months for age in sorted(values)] == sorted(age.months for age in values)


@given(ages, ages)
def test_a_range_is_empty_exactly_when_it_ends_before_it_begins(least: Age, most: Age) -> None:
    inside = [month for month in range(130 * 12) if least.months <= month < most.after]
    assert AgeRange(least, most).is_empty == (not inside)


def test_a_range_is_recorded_when_one_end_says_something() -> None:
    assert not AgeRange().is_recorded
    assert AgeRange(least=NO_LIMIT).is_recorded
    assert AgeRange(NOT_RECORDED, Age(18)).is_recorded


def test_no_limit_is_never_empty() -> None:
    assert not AgeRange(NO_LIMIT, Age(0)).is_empty
    assert not AgeRange(Age(65), NOT_RECORDED).is_empty
