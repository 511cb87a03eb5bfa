"""When a row holds."""

from dataclasses import FrozenInstanceError
from datetime import date

import pytest

from hazama.model.dates import Day
from hazama.model.records import Origin, Program, Row
from hazama.model.town import RECORDS

HERE = Origin("programs.csv", 2)


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (None, None, True),
        ("2022", None, True),
        ("2022-04", None, False),
        (None, "2022", True),
        (None, "2022-02", True),
        (None, "2022-02-27", False),
        ("2022-02-28", "2022-02-28", True),
    ],
)
def test_in_force_on_the_last_of_february(since: str | None, until: str | None, holds: bool) -> None:
    row = Row(origin=HERE, since=Day(since) if since else None, until=Day(until) if until else None)
    assert row.in_force(date(2022, 2, 28)) is holds


def test_rows_are_values() -> None:
    row = Program(origin=HERE, id="p", name="x")
    assert row == Program(origin=HERE, id="p", name="x")
    with pytest.raises(FrozenInstanceError):
        row.name = "y"  # type: ignore[misc]


@pytest.mark.parametrize("record", RECORDS.values())
def test_every_record_is_slotted(record: type[Row]) -> None:
    assert "__slots__" in vars(record)
