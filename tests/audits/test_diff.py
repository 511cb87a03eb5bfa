"""What changed between two towns or two dates, in words."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from hazama.audits import Change, diff
from hazama.model.cells import Age, AgeRange
from hazama.model.dates import Day
from hazama.model.records import Eligibility
from hazama.model.view import Scope, view
from hazama.tables import read, sample
from tests.audits.towns import agency, at, body, link, program, seat, town


def told(changes: list[Change]) -> list[tuple[str, str, tuple[str, ...]]]:
    return [(one.kind, one.table, one.ids) for one in changes]


def test_a_town_does_not_differ_from_itself() -> None:
    fujisawa = read(sample())
    assert diff(fujisawa, fujisawa) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({}, {"agencies": (agency("a"),)}, [("added", "agencies", ("a",))]),
        ({"bodies": (body("a"),)}, {}, [("ended", "bodies", ("a",))]),
        (
            {"agencies": (agency("old"),)},
            {"agencies": (agency("new", succeeds=("old",)),)},
            [("succeeded", "agencies", ("old", "new"))],
        ),
        (
            {"agencies": (agency("old"),)},
            {"agencies": (agency("one", succeeds=("old",)), agency("two", succeeds=("old",)))},
            [("split", "agencies", ("old", "one", "two"))],
        ),
        (
            {"agencies": (agency("one"), agency("two"))},
            {"agencies": (agency("new", succeeds=("one", "two")),)},
            [("merged", "agencies", ("one", "two", "new"))],
        ),
        (
            {"programs": (program("p"),)},
            {"programs": (program("p", limits={"age": AgeRange(Age(18), Age(64))}),)},
            [("changed", "programs", ("p",))],
        ),
        ({"members": (seat("b", "a"),)}, {}, [("ended", "members", ("b", "a"))]),
        ({}, {"links": (link("a", "refers_to", "b"),)}, [("added", "links", ("a", "refers_to", "b"))]),
        (
            {"programs": (program("p"),)},
            {"programs": (program("p"),), "eligibility": (Eligibility(origin=at("eligibility"), program="p"),)},
            [("changed", "eligibility", ("p",))],
        ),
    ],
)
def test_kinds_of_change(before: dict[str, Any], after: dict[str, Any], expected: list[object]) -> None:
    assert told(diff(town(**before), town(**after))) == expected


def test_a_new_name_is_told_with_the_old_one() -> None:
    before = agency("a")
    (change,) = diff(town(agencies=(before,)), town(agencies=(replace(before, name="福祉総務課"),)))
    assert (change.kind, change.sentence("ja")) == (
        "renamed",
        "機関・部局・課の「a課」は「福祉総務課」に名が変わりました。",
    )


def test_what_changed_is_named_by_its_heading() -> None:
    before = program("p", owner="a")
    (change,) = diff(town(programs=(before,)), town(programs=(replace(before, owner=("b",), since=Day("2024")),)))
    assert change.columns == ("since", "owner")
    assert "担当" in change.sentence("ja") or "所管" in change.sentence("ja")


def test_how_a_row_is_known_is_no_change() -> None:
    before = program("p")
    after = replace(before, note="確かめた", source=("x",), origin=at("programs", 99), layer="")
    assert diff(town(programs=(before,)), town(programs=(after,))) == []


def test_the_reorganisation_of_the_sample_is_told() -> None:
    fujisawa = read(sample())
    changes = diff(view(fujisawa, Scope(date(2021, 3, 31))), view(fujisawa, Scope(date(2022, 2, 28))))
    assert ("split", "agencies", ("dep_fukushikenko", "dep_fukushi", "dep_kenko")) in told(changes)
    assert ("succeeded", "agencies", ("sec_hokatsu", "sec_kyosei")) in told(changes)
    assert ("added", "bodies", ("b_pj",)) in told(changes)
    assert all("{" not in one.sentence(lang) for one in changes for lang in ("ja", "en"))
