from dataclasses import replace

import pytest

from hazama.model.records import Status
from hazama.model.view import Scope
from hazama.site.grid import Grid, State, grid, reaches_people, state
from hazama.site.ground import ground
from tests.towns import small_town


def placed(axis: str, scope: Scope | None = None) -> Grid:
    town = small_town()
    return grid(ground(town, scope or Scope(town.layer.as_of)), axis)  # type: ignore[arg-type]


def names(grid: Grid, row: str, function: str, field: str | None = None) -> list[str]:
    return [program.id for program in grid.at(row, function, field)]


def test_a_programme_stands_in_every_cell_that_it_names() -> None:
    themes = placed("themes")
    assert names(themes, "t1", "consultation") == ["desk", "visit"]
    assert names(themes, "t1", "outreach") == ["visit"]
    assert names(themes, "t1", "outreach", "elderly") == []


def test_a_programme_for_all_needs_stands_in_every_row() -> None:
    needs = placed("needs")
    assert all("desk" in names(needs, need, "consultation") for need in needs.rows if need)


def test_what_is_not_recorded_has_a_row_and_a_column_of_its_own() -> None:
    assert names(placed("themes"), "", "") == ["meals"]


def test_ended_and_unverified_programmes_are_not_counted() -> None:
    ids = {program.id for cell in placed("needs").cells.values() for program in cell}
    assert ids == {"desk", "visit", "meals"}


def test_more_evidence_is_counted_when_it_is_asked_for() -> None:
    town = small_town()
    scope = Scope(town.layer.as_of, frozenset({Status.UNVERIFIED}))
    assert "national_visit" in names(placed("themes", scope), "", "")


@pytest.mark.parametrize(
    ("reaches", "expected"),
    [
        (["open", "dedicated", "included"], "dedicated"),
        (["open", "included"], "included"),
        (["open"], "open"),
        (["indirect", "open"], "open"),
        (["indirect"], "indirect"),
        (["", "indirect"], "unknown"),
        ([], "empty"),
    ],
)
def test_a_cell_is_as_good_as_its_best_programme(reaches: list[str], expected: State) -> None:
    program = small_town().programs[0]
    programs = [replace(program, reach=reach) for reach in reaches]
    assert state(programs) == expected
    assert reaches_people(programs) == (expected not in ("indirect", "empty"))
