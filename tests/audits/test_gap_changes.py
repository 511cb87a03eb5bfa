"""What became reached and what ceased to be, against counting the two towns apart."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazama.audits import diff
from hazama.audits.diff import gap_changes
from hazama.coverage.space import space
from hazama.coverage.totals import totals
from hazama.model.cells import Age, AgeRange
from hazama.model.records import Program
from hazama.model.town import Municipality
from tests.audits.towns import program, town


def care(id: str, least: int = 0, most: int = 119, need: str = "care") -> Program:
    limits = {"age": AgeRange(Age(least), Age(most))}
    return program(id, needs=(need,), functions=("service",), limits=limits)


def changes(old: Municipality, new: Municipality) -> dict[str, tuple[float, float]]:
    return {one.need: (one.closed, one.opened) for one in gap_changes(old, new)}


def test_nothing_changes_in_the_same_town() -> None:
    here = town(programs=(care("a", 65),))
    assert changes(here, here) == {}
    assert diff(here, here) == []


def test_a_new_programme_closes_and_an_ended_one_opens() -> None:
    small, large = town(programs=(care("a", 0, 39),)), town(programs=(care("a", 0, 39), care("b", 40)))
    closed, opened = changes(small, large)["care"]
    assert closed > 0 and opened == 0
    assert changes(large, small) == {"care": (opened, closed)}


def test_a_limit_that_moves_does_both() -> None:
    closed, opened = changes(town(programs=(care("a", 0, 39),)), town(programs=(care("a", 20, 59),)))["care"]
    assert closed > 0 and opened > 0


def test_it_is_told_by_need() -> None:
    found = diff(town(), town(programs=(care("a"),)))
    assert [(one.kind, one.table, one.ids) for one in found] == [
        ("added", "programs", ("a",)),
        ("closed", "gaps", ("care",)),
    ]
    assert "「介護」の確実な狭間が狭まりました" in found[1].sentence("ja")


def test_what_is_known_no_better_changes_no_gap() -> None:
    here = town(programs=(care("a", 65),))
    noted = replace(here, programs=(replace(here.programs[0], note="確かめた"),))
    assert diff(here, noted) == []


ROWS = st.lists(
    st.tuples(st.sampled_from(["care", "work"]), st.sampled_from([0, 18, 40, 65]), st.sampled_from([17, 39, 64, 119])),
    max_size=4,
)


def uncovered(both: Municipality, chosen: tuple[Program, ...]) -> float:
    """The share of one need's combinations that these programmes leave uncovered, summed over needs."""
    cut = space(both, "certain")
    kept = {(one.needs, str(one.limits)) for one in chosen}
    gone = [one.id for one in both.programs if (one.needs, str(one.limits)) not in kept]
    cells = totals(cut.space.without(gone)).cells
    return cells.none / (cells.none + cells.one + cells.more) * len(cut.axes[cut.axis("needs")].ids)


@settings(deadline=None)
@given(ROWS, ROWS)
def test_closed_less_opened_is_the_difference_of_the_totals(
    before: list[tuple[str, int, int]], after: list[tuple[str, int, int]]
) -> None:
    old, new = (
        tuple(care(f"p{n}", least, most, need) for n, (need, least, most) in enumerate(rows) if least <= most)
        for rows in (before, after)
    )
    found = changes(town(programs=old), town(programs=new))
    both = town(programs=tuple(replace(one, id=str(n)) for n, one in enumerate((*old, *new))))
    gained = sum(closed - opened for closed, opened in found.values())
    assert gained == pytest.approx(uncovered(both, old) - uncovered(both, new))
