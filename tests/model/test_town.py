"""A town as a value."""

from hazama.model.concepts import Concept
from hazama.model.records import Link, Origin, Program
from hazama.model.town import RECORDS, Layer, Municipality, rows_by_id

HERE = Origin("programs.csv", 2)
PROGRAM = Program(origin=HERE, id="p", name="x")
TOWN = Municipality(
    layers=(Layer("", "試町", "", "https://example.org/t/"), Layer("national", "国", "", "https://example.org/n/")),
    programs=(PROGRAM,),
    links=(Link(origin=HERE, subject="p", predicate="x", object="p"),),
    schemes={"needs": {"x": Concept("x", "needs", "孤立", "")}},
)


def test_the_town_comes_first() -> None:
    assert (TOWN.layer.key, TOWN.name) == ("", "試町")


def test_every_table_is_there_also_when_it_is_empty() -> None:
    assert dict(TOWN.tables()).keys() == RECORDS.keys()
    assert dict(TOWN.tables())["laws"] == ()


def test_rows_that_can_be_referred_to() -> None:
    assert rows_by_id(TOWN) == {("programs", "p"): PROGRAM}


def test_concepts_are_found_or_not() -> None:
    found = TOWN.concept("needs", "x")
    assert found is not None
    assert found.ja == "孤立"
    assert TOWN.concept("needs", "y") is None
    assert TOWN.concept("nothing", "x") is None
