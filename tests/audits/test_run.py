"""Asking all audits: order, choice, thresholds, and ids that stay."""

from dataclasses import replace
from datetime import date
from random import Random
from typing import Any

import pytest

from hazama.audits import audit, over_threshold
from hazama.model.dates import Day
from hazama.model.errors import UsageError
from hazama.model.findings import GRAVITIES, Finding
from hazama.model.town import Municipality
from hazama.model.view import Scope
from hazama.tables import read, sample
from tests.audits.towns import TODAY, agency, body, program, town


@pytest.fixture(scope="module")
def fujisawa() -> Municipality:
    return read(sample())


@pytest.fixture(scope="module")
def findings(fujisawa: Municipality) -> list[Finding]:
    return audit(fujisawa, Scope(fujisawa.layer.as_of))


def test_findings_stand_by_group_and_severity(findings: list[Finding]) -> None:
    law = [GRAVITIES.index(one.severity) for one in findings if one.group == "law"]
    assert law and law == sorted(law)
    groups = [one.group for one in findings]
    assert len(set(groups)) >= 4
    assert groups == sorted(groups, key=groups.index)


def test_ids_are_unique_and_safe_in_an_address(findings: list[Finding]) -> None:
    ids = [one.id for one in findings]
    assert len(set(ids)) == len(ids)
    assert all(set(one) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-") for one in ids)
    assert all(len(one) <= 100 for one in ids)


def test_ids_stay_when_rows_are_reordered(fujisawa: Municipality, findings: list[Finding]) -> None:
    mixed: dict[str, Any] = {}
    for name, rows in fujisawa.tables():
        shuffled = list(rows)
        Random(name).shuffle(shuffled)
        mixed[name] = tuple(shuffled)
    again = audit(replace(fujisawa, **mixed), Scope(fujisawa.layer.as_of))
    assert {one.id for one in again} == {one.id for one in findings}


def test_ids_stay_when_unrelated_rows_change(fujisawa: Municipality, findings: list[Finding]) -> None:
    more = replace(fujisawa, agencies=(*fujisawa.agencies, agency("brand_new")))
    again = {one.id for one in audit(more, Scope(fujisawa.layer.as_of))}
    assert {one.id for one in findings} <= again


def test_the_same_town_gives_the_same_findings(fujisawa: Municipality, findings: list[Finding]) -> None:
    assert audit(fujisawa, Scope(fujisawa.layer.as_of)) == findings


def test_only_asks_a_group_or_one_audit() -> None:
    place = town(bodies=(body("a"), body("b")), programs=(program("p"),))
    assert {one.group for one in audit(place, TODAY, ["governance"])} == {"governance"}
    assert {one.audit for one in audit(place, TODAY, ["governance:no_parent", "evidence:no_owner"])} == {
        "no_parent",
        "no_owner",
    }


def test_an_unknown_name_suggests_one() -> None:
    with pytest.raises(UsageError) as error:
        audit(town(), TODAY, ["law:dutty"])
    assert "law:duty" in error.value.sentence("ja") and "law:duty" in error.value.sentence("en")


def test_an_empty_town_lacks_nothing_that_can_be_named() -> None:
    assert [one for one in audit(town(), TODAY) if one.group not in ("coverage", "continuity")] == []


@pytest.mark.parametrize(
    ("thresholds", "audits"),
    [
        ([], set()),
        (["governance"], {"no_parent", "no_secretariat", "no_programme"}),
        (["governance:no_parent"], {"no_parent"}),
        (["high"], set()),
        (["low"], {"no_parent", "no_secretariat", "no_programme"}),
    ],
)
def test_thresholds(thresholds: list[str], audits: set[str]) -> None:
    found = audit(town(bodies=(body("a"),)), TODAY, ["governance"])
    assert {one.audit for one in over_threshold(found, thresholds)} == audits


@pytest.mark.parametrize(
    ("day", "there"), [("2023-03-31", False), ("2023-04-01", True), ("2024-03-31", True), ("2024-04-01", False)]
)
def test_a_body_counts_from_its_first_day_to_its_last(day: str, there: bool) -> None:
    place = town(bodies=(body("a", since=Day("2023-04-01"), until=Day("2024-03")),))
    found = audit(place, Scope(date.fromisoformat(day)), ["governance:no_parent"])
    assert bool(found) is there
