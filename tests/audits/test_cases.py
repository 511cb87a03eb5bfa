"""Every folder of tests/cases/audits: a town with a lack and what is found there, and one without it."""

import csv
from pathlib import Path

import pytest

from hazama.audits import Finding, audit, audits
from hazama.model.records import Status
from hazama.model.view import Scope
from hazama.tables import read

CASES = sorted(folder for folder in (Path(__file__).parents[1] / "cases" / "audits").iterdir() if folder.is_dir())

NEEDS_INFERRED = frozenset({"evidence-inferred"})
"""Audits that speak only of what a wider scope lets in."""


def found(case: Path, part: str) -> list[Finding]:
    town = read(case / part)
    include = frozenset({Status.INFERRED, Status.UNVERIFIED} if case.name in NEEDS_INFERRED else ())
    return audit(town, Scope(town.layer.as_of, include), [case.name.replace("-", ":", 1)])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_town_with_the_lack(case: Path) -> None:
    with (case / "expected.csv").open(encoding="utf-8", newline="") as stream:
        expected = list(csv.DictReader(stream))
    findings = found(case, "given")
    assert expected
    assert [(one.id, one.severity) for one in findings] == [(row["id"], row["severity"]) for row in expected]
    for finding, row in zip(findings, expected, strict=True):
        assert row["sentence"] in ("", finding.sentence("ja"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_town_without_the_lack(case: Path) -> None:
    assert found(case, "without") == []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_finding_says_everything_a_planner_needs(case: Path) -> None:
    for finding in found(case, "given"):
        assert finding.next_step("ja") and finding.next_step("en") and finding.sentence("en")
        assert not set("{}") & set("".join(finding.sentences + finding.next_steps))
        assert finding.rows or finding.key, "neither rows nor a town-wide number"


def test_every_audit_has_a_case() -> None:
    assert {f"{one.group}-{one.name}" for one in audits()} == {case.name for case in CASES}
