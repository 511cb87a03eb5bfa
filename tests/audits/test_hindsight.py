"""Back-test: what the sample town closed later with a dated programme, the audit of 2022-02-28 already showed.

``expected.csv`` names every later programme with what was shown then: ``certain`` (a gap even if every
blank was no limit), ``possible`` (a gap as far as was known), ``no``.
"""

import csv
from dataclasses import replace
from datetime import date
from pathlib import Path

from hazama.model.cells import NO_LIMIT, Age, AgeRange
from hazama.model.dates import Day
from hazama.tables import read, sample
from tests.audits.hindsight import Hindsight, hindsight
from tests.audits.towns import program, town

DAY = date(2022, 2, 28)
EXPECTED = Path(__file__).parents[1] / "cases" / "hindsight" / "expected.csv"


def shown(one: Hindsight) -> str:
    return "certain" if one.certain else "possible" if one.possible else "no"


def test_the_sample_as_it_stood() -> None:
    with EXPECTED.open(encoding="utf-8", newline="") as stream:
        expected = [(row["program"], row["since"], row["shown"]) for row in csv.DictReader(stream)]
    found = [(one.program.id, str(one.program.since), shown(one)) for one in hindsight(read(sample()), DAY)]
    assert found == expected
    assert {"certain", "possible"} <= {one[2] for one in found}


def test_certain_is_never_more_than_possible() -> None:
    assert all(0 <= one.certain <= one.possible <= 1 for one in hindsight(read(sample()), DAY))


LISTS = "certificate care disease insurance income household residence nationality"
WIDE = dict.fromkeys(LISTS.split(), NO_LIMIT)
BEFORE = program("old", needs=("care",), functions=("benefit",), limits={"age": AgeRange(NO_LIMIT, Age(39)), **WIDE})
AFTER = replace(BEFORE, id="new", since=Day("2023"), limits={"age": AgeRange(NO_LIMIT, NO_LIMIT), **WIDE})


def test_the_share_is_what_nothing_else_covered() -> None:
    (one,) = hindsight(town(programs=(BEFORE, AFTER)), DAY)
    assert (one.program.id, one.certain, one.possible) == ("new", 0.5, 0.5)


def test_a_later_programme_for_people_already_reached_shows_nothing() -> None:
    again = replace(BEFORE, id="again", since=Day("2023-04"))
    assert [shown(one) for one in hindsight(town(programs=(BEFORE, again)), DAY)] == ["no"]


def test_what_is_not_recorded_was_only_possible() -> None:
    vague = replace(BEFORE, limits={})
    (one,) = hindsight(town(programs=(vague, AFTER)), DAY)
    assert (one.certain, one.possible) == (0.0, 1.0)
