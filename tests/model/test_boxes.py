"""Which rows state the boxes of a programme."""

import pytest

from hazama.model.boxes import boxes, is_limited
from hazama.model.cells import NO_LIMIT, NOT_RECORDED, Age, AgeRange
from hazama.model.records import Eligibility, Limits, Origin, Program
from hazama.model.town import Layer, Municipality

AT = Origin("programs.csv", 2)


def town(own: Limits, *further: Limits) -> Municipality:
    return Municipality(
        layers=(Layer("", "町", "Town", "https://example.org/"),),
        programs=(Program(origin=AT, id="p", name="事業", limits=own),),
        eligibility=tuple(Eligibility(origin=AT, program="p", limits=limits) for limits in further),
    )


@pytest.mark.parametrize(
    ("limits", "limited"),
    [
        ({}, False),
        ({"age": AgeRange()}, False),
        ({"income": NOT_RECORDED}, False),
        ({"age": AgeRange(NO_LIMIT)}, True),
        ({"age": AgeRange(most=Age(39))}, True),
        ({"income": NO_LIMIT}, True),
        ({"income": ("low",)}, True),
    ],
)
def test_whether_something_is_recorded(limits: Limits, limited: bool) -> None:
    assert is_limited(limits) is limited


def test_programme_without_further_rows_has_its_own_box() -> None:
    (program,) = town({}).programs
    assert boxes(town({})) == {"p": (program,)}


def test_blank_own_row_is_no_box_beside_further_rows() -> None:
    assert boxes(town({}, {"income": NO_LIMIT}))["p"] == town({}, {"income": NO_LIMIT}).eligibility


def test_own_box_comes_first() -> None:
    made = town({"income": NO_LIMIT}, {"age": AgeRange(Age(65))}, {})
    assert boxes(made)["p"] == (*made.programs, *made.eligibility)
