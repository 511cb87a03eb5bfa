"""What a scope leaves out."""

from datetime import date

import pytest

from hazama.model.cells import NO_LIMIT, NOT_RECORDED, Age, AgeRange
from hazama.model.dates import Day
from hazama.model.records import Member, Origin, Program, Status
from hazama.model.town import Layer, Municipality
from hazama.model.view import Scope, view, without

HERE = Origin("programs.csv", 2)
FULL = Program(
    origin=HERE,
    id="p",
    name="x",
    owner=("sec",),
    needs=NO_LIMIT,
    limits={"age": AgeRange(Age(65), NO_LIMIT), "certificate": ("none",)},
    inferred=("owner", "min_age"),
    classified=("needs",),
)


def town(*programs: Program) -> Municipality:
    return Municipality(layers=(Layer("", "試町", "", "https://example.org/t/"),), programs=programs)


def seen(scope: Scope, *programs: Program) -> tuple[Program, ...]:
    return view(town(*programs), scope).programs


@pytest.mark.parametrize("status", [Status.INFERRED, Status.UNVERIFIED])
def test_only_stated_rows_count_unless_more_is_asked_for(status: Status) -> None:
    row = Program(origin=HERE, id="p", name="x", status=status)
    assert seen(Scope(), row) == ()
    assert seen(Scope(include=frozenset({status})), row) == (row,)


def test_rows_count_on_their_days() -> None:
    row = Program(origin=HERE, id="p", name="x", since=Day("2022-04"))
    assert seen(Scope(as_of=date(2022, 2, 28)), row) == ()
    assert seen(Scope(as_of=date(2022, 4, 1)), row) == (row,)
    assert seen(Scope(), row) == (row,)


def test_inferred_cells_of_a_stated_row_become_not_recorded() -> None:
    (row,) = seen(Scope(), FULL)
    assert row.owner == ()
    assert row.limits == {"age": AgeRange(NOT_RECORDED, NO_LIMIT), "certificate": ("none",)}
    assert row.needs is NO_LIMIT
    assert seen(Scope(include=frozenset({Status.INFERRED})), FULL) == (FULL,)


def test_the_editors_classification_can_be_left_out() -> None:
    (row,) = seen(Scope(editors=False), FULL)
    assert row.needs is NOT_RECORDED


def test_a_row_goes_with_a_cell_that_it_cannot_do_without() -> None:
    seat = Member(origin=HERE, body="b", agency="a", inferred=("agency",))
    given = Municipality(layers=town().layers, members=(seat,))
    assert view(given, Scope()).members == ()
    assert view(given, Scope(include=frozenset({Status.INFERRED}))).members == (seat,)


def test_rows_left_out_can_still_be_named() -> None:
    row = Program(origin=HERE, id="p", name="x", status=Status.INFERRED)
    assert view(town(row), Scope()).beyond == {("programs", "p"): row}


def test_emptied_cells_are_as_if_never_recorded() -> None:
    emptied = without(FULL, ("certificate", "min_age", "max_age", "needs", "owner"))
    assert (emptied.needs, emptied.owner, emptied.limits) == (NOT_RECORDED, (), {})  # type: ignore[attr-defined]


def test_a_view_of_a_view_is_the_same_view() -> None:
    once = view(town(FULL), Scope())
    assert view(once, Scope()).programs == once.programs
