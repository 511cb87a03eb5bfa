"""Tables as DataFrames."""

import pytest

from hazama.model.cells import NO_LIMIT, Age, AgeRange
from hazama.model.errors import UsageError
from hazama.model.records import Agency, Demand, District, Link, Origin, Program, Theme
from hazama.model.town import Layer, Municipality
from hazama.tables import declaration, frame, matrix, population, read, sample
from hazama.tables.concepts import packaged, space
from hazama.tables.frames import axes, memberships

HERE = Origin("programs.csv", 2)
TOWN = Municipality(
    layers=(Layer("", "試町", "", "https://example.org/t/"),),
    agencies=(Agency(origin=HERE, id="sec", name="福祉課", name_en="Welfare"),),
    themes=(Theme(origin=HERE, id="t1", name="相談", no=1),),
    districts=(District(origin=HERE, id="d1", name="片瀬"),),
    programs=(
        Program(
            origin=HERE,
            id="p1",
            name="見守り",
            owner=("sec",),
            themes=("t1",),
            needs=NO_LIMIT,
            functions=("consultation",),
            limits={
                "age": AgeRange(Age(65, approximate=True), NO_LIMIT),
                "certificate": ("none",),
                "district": ("d1",),
            },
        ),
        Program(origin=HERE, id="p2", name="配食", limits={"certificate": NO_LIMIT}),
    ),
    links=(Link(origin=HERE, subject="programs/p1", predicate="x", object="t1"),),
    demand=(
        Demand(origin=HERE, district="d1", people=10, limits={"age": AgeRange(Age(5), Age(9))}),
        Demand(origin=HERE, district="d1", people=3, limits={"age": AgeRange(Age(0), Age(4))}),
        Demand(origin=HERE, district="", people=7, limits={"age": AgeRange(Age(85), NO_LIMIT)}),
        Demand(origin=HERE, district="", people=1),
        Demand(origin=HERE, district="d1", share=0.5, need="x"),
    ),
    schemes=packaged(),
    space=space(),
)


def test_the_three_states_stay_apart() -> None:
    programs = frame(TOWN, "programs")
    assert list(programs.certificate) == [("none",), "no_limit"]
    assert list(programs.care) == ["not_recorded", "not_recorded"]
    assert list(programs.needs) == ["no_limit", "not_recorded"]
    assert list(programs.min_age) == ["概ね65", "not_recorded"]
    assert list(programs.max_age) == ["no_limit", "not_recorded"]


def test_ages_can_be_reckoned_with() -> None:
    months = frame(TOWN, "programs").min_age_months
    assert months["p1"] == 780
    assert months.isna()["p2"]


def test_rows_are_found_by_id_and_lists_taken_apart() -> None:
    programs = frame(TOWN, "programs")
    assert programs.loc["p1", "name"] == "見守り"
    assert list(programs.explode("owner").owner.dropna()) == ["sec"]
    assert (programs.loc["p1", "row"], programs.loc["p1", "layer"], programs.loc["p1", "status"]) == (2, "", "stated")


def test_numbers_are_numbers() -> None:
    demand = frame(TOWN, "demand")
    assert demand.people.sum() == 21
    assert demand.share.max() == 0.5
    assert frame(TOWN, "themes").no["t1"] == 1


@pytest.mark.parametrize("table", declaration())
def test_every_table_has_its_columns_also_when_it_is_empty(table: str) -> None:
    names = [column.name for column in declaration()[table].columns]
    empty = frame(Municipality(layers=TOWN.layers), table)
    assert [name for name in empty.columns if name in names] == names
    assert len(empty) == 0


@pytest.mark.parametrize("table", declaration())
def test_every_table_of_the_sample_has_its_rows(table: str) -> None:
    town = read(sample())
    assert len(frame(town, table)) == len(dict(town.tables())[table])


def test_an_unknown_table_is_a_usage_error_with_what_there_is() -> None:
    with pytest.raises(UsageError, match="programs"):
        frame(TOWN, "programmes")


def test_people_by_district_and_age_band() -> None:
    people = population(TOWN)
    assert list(people.columns) == ["0-4", "5-9", "85-", "not_recorded"]
    assert people.loc["d1", "5-9"] == 10
    assert people.loc["", "85-"] == 7
    assert people.isna().loc["d1", "85-"]


def test_a_town_without_people_has_an_empty_population() -> None:
    assert population(Municipality(layers=TOWN.layers)).empty


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
