"""Every question against its cases, and what happens to headers and values that are wrong."""

import csv
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from hazama import resources
from hazama.knowledge.answers import answer_records, ask
from hazama.knowledge.questions import Question, parsed, question, questions
from hazama.model.errors import UsageError
from hazama.model.records import Status
from hazama.model.town import Municipality
from hazama.model.view import Scope, view
from hazama.tables import read
from tests.towns import small_town

CASES = Path(__file__).parents[1] / "cases" / "questions"
TOWNS = ("town", "law")
FOLDERS = sorted(folder for folder in CASES.iterdir() if folder.is_dir() and folder.name not in TOWNS)
IDS = [one.id for one in questions()]


def given(case: Path, scratch: Path) -> Municipality:
    """The town of a case: the common one with the tables that the case replaces."""
    for layer in TOWNS:
        shutil.copytree(CASES / layer, scratch / layer)
    for table in case.glob("given/*.csv"):
        shutil.copy(table, scratch / "town")
    return read(scratch / "town")


def rows(file: Path) -> Iterator[list[str]]:
    with file.open(encoding="utf-8", newline="") as stream:
        yield from csv.reader(stream)


def answered(case: Path, scratch: Path) -> list[list[str]]:
    """The answer of a case as expected.csv writes it: headings, then cells in Japanese."""
    asked, town = question(case.name.partition("+")[0]), given(case, scratch)
    params = dict(list(rows(case / "params.csv"))[1:]) if (case / "params.csv").exists() else {}
    found = ask(view(town, asked.scoped(Scope(town.layer.as_of))), asked, params)
    cells = [[str(record[name]) for name in found.columns] for record in answer_records(found, "ja")]
    return [list(found.columns), *cells]


@pytest.mark.parametrize("case", FOLDERS, ids=lambda case: case.name)
def test_case(case: Path, tmp_path: Path) -> None:
    assert answered(case, tmp_path) == list(rows(case / "expected.csv"))


def test_every_question_has_a_case_with_an_answer() -> None:
    shown = {folder.name.partition("+")[0] for folder in FOLDERS if len(list(rows(folder / "expected.csv"))) > 1}
    assert shown == set(IDS)


@pytest.mark.parametrize("asked", questions(), ids=IDS)
def test_header_says_everything_in_both_languages(asked: Question) -> None:
    labels = [asked.title, asked.group, asked.advice, *(one.label for one in asked.parameters)]
    assert all(ja and en for ja, en in labels)


@pytest.mark.parametrize("asked", questions(), ids=IDS)
def test_parameters_are_those_of_the_text(asked: Question) -> None:
    assert set(re.findall(r"\$(\w+)", asked.text)) == {one.name for one in asked.parameters}


@pytest.mark.parametrize("asked", questions(), ids=IDS)
def test_text_follows_the_house(asked: Question) -> None:
    assert "NOT EXISTS" not in asked.text
    assert all(f"VALUES ?{one.name} {{ ${one.name} }}" in asked.text for one in asked.parameters)


def test_scope_of_changes_is_all_dates() -> None:
    scope = question("changes").scoped(Scope(small_town().layer.as_of))
    assert (scope.as_of, scope.include) == (None, frozenset())


def test_scope_of_inferred_rows_is_all_evidence() -> None:
    scope = question("inferred-rows").scoped(Scope(small_town().layer.as_of))
    assert (scope.as_of, scope.include) == (small_town().layer.as_of, frozenset(Status))


def test_unknown_question_suggests() -> None:
    with pytest.raises(UsageError, match="programs-by-theme"):
        question("program-by-theme")


@pytest.mark.parametrize("text", ["SELECT * {}", "# group: x\n\nSELECT * {}", "# title: x\n# parameter: a; b\n"])
def test_header_that_cannot_be_read(text: str) -> None:
    with pytest.raises(UsageError, match="mine"):
        parsed("mine", text)


def test_question_that_audits_ask_is_not_listed() -> None:
    assert not [id for id in IDS if id.startswith("audit-")]


def test_planners_questions_are_answered_or_name_the_table_they_need() -> None:
    for row in resources.rows("ontology/questions/planners.csv"):
        assert row["questions"] or row["needs_table_ja"]
        assert bool(row["needs_table_ja"]) == bool(row["needs_table_en"])
        assert set(filter(None, row["questions"].split(";"))) <= set(IDS)


def test_planners_questions_rest_on_provisions_that_are_there() -> None:
    provisions = {row["id"] for row in resources.rows("data/national/provisions.csv")}
    assert {row["provision"] for row in resources.rows("ontology/questions/planners.csv")} <= provisions
