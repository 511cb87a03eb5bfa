"""Dates of three sorts of accuracy."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazama.model.dates import Day


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022", date(2022, 1, 1), date(2022, 12, 31)),
        ("2022-02", date(2022, 2, 1), date(2022, 2, 28)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2022-04-01", date(2022, 4, 1), date(2022, 4, 1)),
        ("9999-12", date(9999, 12, 1), date(9999, 12, 31)),
    ],
)
def test_a_day_spans_what_it_does_not_say(text: str, first: date, last: date) -> None:
    assert (Day(text).first, Day(text).last) == (first, last)


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_the_last_day_of_a_month_is_before_the_first_of_the_next(day: date) -> None:
    last = Day(str(day)[:7]).last
    assert (last + timedelta(days=1)).day == 1
    assert last.month == day.month


@pytest.mark.parametrize("text", ["", "2022-2", "2022-02-30", "2022-13", "0000", "22", "2022-04-01T00", "2022/04"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Day(text)


def test_days_sort_by_their_beginning() -> None:
    days = [Day("2022-04-01"), Day("2021"), Day("2022"), Day("2022-01-01")]
    assert [str(day) for day in sorted(days)] == ["2021", "2022-01-01", "2022", "2022-04-01"]
