"""The multi-layered support project: every answer of a cell, on the law as it is shipped."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from hazama.audits import Cell, projects
from hazama.audits.audited import audited
from hazama.model.town import Municipality
from hazama.model.view import Scope
from hazama.tables import read, sample
from tests.audits.towns import TODAY, program, town


@pytest.fixture(scope="module")
def law() -> Municipality:
    return read(sample() / "national")


def cells(law: Municipality, **tables: object) -> dict[tuple[str, str], Cell]:
    provisions = tuple(replace(one, layer="national") for one in law.provisions)
    place = town(laws=law.laws, provisions=provisions, **tables)
    return {(one.project, one.field): one for one in projects(audited(place, TODAY))}


def test_the_law_names_programmes_of_fields_in_two_projects_only(law: Municipality) -> None:
    listed = {place: [one.id for one in cell.listed] for place, cell in cells(law).items() if cell.listed}
    assert listed == {
        ("consultation", "elderly"): ["swa-106-4-2-1-i"],
        ("consultation", "disability"): ["swa-106-4-2-1-ro"],
        ("consultation", "children"): ["swa-106-4-2-1-ha"],
        ("consultation", "poverty"): ["swa-106-4-2-1-ni"],
        ("community", "elderly"): ["swa-106-4-2-3-i", "swa-106-4-2-3-ro"],
        ("community", "disability"): ["swa-106-4-2-3-ha"],
        ("community", "children"): ["swa-106-4-2-3-ni"],
    }


def test_what_the_law_lists_without_a_check_is_marked(law: Municipality) -> None:
    unchecked = {place for place, cell in cells(law).items() if not cell.is_checked}
    assert unchecked == {("community", "disability"), ("community", "children")}


def test_the_support_plan_belongs_to_the_fifth_project(law: Municipality) -> None:
    assert [one.id for one in cells(law)["coordination", "elderly"].items] == ["swa-106-4-2-5", "swa-106-4-2-6"]


def test_four_answers(law: Municipality) -> None:
    programs = (
        program("houkatsu", basis=("ltci-115-45-2-1",)),
        program("kosodate", functions=("consultation",), field=("children",)),
        program("yorozu", functions=("consultation", "outreach"), field=("all",)),
        program("ibasho", functions=("participation",), field=("poverty",)),
    )
    answers = {place: cell.answer for place, cell in cells(law, programs=programs).items()}
    assert answers["consultation", "elderly"] == "there"
    assert answers["consultation", "children"] == "there"
    assert answers["consultation", "disability"] == "listed_only", "a programme for everybody is not what the law lists"
    assert answers["participation", "poverty"] == "town_only"
    assert answers["outreach", "elderly"] == "town_only"
    assert answers["participation", "elderly"] == "neither"
    assert Counter(answers.values()).total() == 20


def test_a_town_without_the_act_has_no_table() -> None:
    assert projects(audited(town(), TODAY)) == []


def test_before_the_article_was_in_force_there_is_no_table(law: Municipality) -> None:
    assert projects(audited(law, Scope(date(2021, 3, 31)))) == []
    assert len(projects(audited(law, Scope(date(2021, 4, 1))))) == 20
