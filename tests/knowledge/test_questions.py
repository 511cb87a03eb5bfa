"""Every question against its cases, and what happens to headers and values that are wrong."""

import csv
import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given as any_of
from hypothesis import strategies
from tests.towns import small_town

from hazama import resources
from hazama.knowledge.addresses import Addresses
from hazama.knowledge.answers import answer_records, ask, bound
from hazama.knowledge.labels import directory
from hazama.knowledge.questions import Question, parsed, question, questions
from hazama.knowledge.store import loaded
from hazama.knowledge.terms import parts
from hazama.model.errors import UsageError
from hazama.model.records import Status
from hazama.model.town import Municipality
from hazama.model.view import Scope, view
from hazama.tables import read

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


@pytest.mark.parametrize("asked", questions(), ids=IDS)
def test_answers_on_a_town_with_the_defaults(asked: Question) -> None:
    town = small_town()
    answer = ask(view(town, asked.scoped(Scope(town.layer.as_of))), asked)
    assert set(answer.columns) <= {
        id.removeprefix("column_") for id in resources.words("knowledge") if id.startswith("column_")
    }


def test_scope_of_changes_is_all_dates() -> None:
    scope = question("changes").scoped(Scope(small_town().layer.as_of))
    assert (scope.as_of, scope.include) == (None, frozenset())


def test_scope_of_inferred_rows_is_all_evidence() -> None:
    scope = question("inferred-rows").scoped(Scope(small_town().layer.as_of))
    assert (scope.as_of, scope.include) == (small_town().layer.as_of, frozenset(Status))


@any_of(strategies.text().filter(lambda text: ";" not in text and text.strip()))
def test_any_text_stays_one_value(text: str) -> None:
    town = small_town()
    asked = parsed("x", "# title: x\n# parameter: words; text; ; x\nSELECT ?words { VALUES ?words { $words } }")
    filled = bound(asked, {"words": text}, directory(town), Addresses(town))
    assert [parts(term).text for (term,) in loaded(b"").select(filled).rows] == [text.strip()]


def test_concept_stands_for_those_below_it() -> None:
    town = small_town()
    asked = parsed("x", "# title: x\n# parameter: need; concept:needs; ケアラー; x\n\n$need")
    assert bound(asked, {}, directory(town), Addresses(town)).endswith(
        "<https://w3id.org/hazama/concepts/needs/carer> <https://w3id.org/hazama/concepts/needs/young_carer>"
    )


def test_agency_stands_for_its_sections() -> None:
    town = small_town()
    asked = parsed("x", "# title: x\n# parameter: agency; agency; みなと町役場; x\n\n$agency")
    filled = bound(asked, {}, directory(town), Addresses(town))
    assert "<https://example.org/minato/agencies/welfare>" in filled


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        ("integer", "四十"),
        ("date", "2022-02-31"),
        ("theme", "無いテーマ"),
        ("concept:needs", "?x } #"),
        ("condition", "<a:b>"),
    ],
)
def test_value_that_names_nothing_is_a_usage_error(type_: str, value: str) -> None:
    town = small_town()
    asked = parsed("x", f"# title: x\n# parameter: it; {type_}; ; x\n\n$it")
    with pytest.raises(UsageError, match=re.escape(value)):
        bound(asked, {"it": value}, directory(town), Addresses(town))


def test_law_without_provisions_asks_for_none_of_them() -> None:
    town = replace(small_town(), provisions=())
    assert ask(town, "programs-by-provision", {"provision": "見本ケア法"}).rows == []


def test_default_that_the_town_does_not_know_asks_for_all() -> None:
    town = small_town()
    asked = parsed("x", "# title: x\n# parameter: theme; theme; 無いテーマ; x\n\n$theme")
    assert bound(asked, {}, directory(town), Addresses(town)).endswith("UNDEF")


def test_town_without_a_date_asks_until_the_end() -> None:
    town, *beneath = small_town().layers
    undated = replace(small_town(), layers=(replace(town, as_of=None), *beneath))
    assert ask(undated, "changes").rows


def test_unknown_parameter_names_those_there_are() -> None:
    with pytest.raises(UsageError, match="theme"):
        ask(small_town(), "programs-by-theme", {"them": "t1"})


def test_unknown_question_suggests() -> None:
    with pytest.raises(UsageError, match="programs-by-theme"):
        question("program-by-theme")


@pytest.mark.parametrize("text", ["SELECT * {}", "# group: x\n\nSELECT * {}", "# title: x\n# parameter: a; b\n"])
def test_header_that_cannot_be_read(text: str) -> None:
    with pytest.raises(UsageError, match="mine"):
        parsed("mine", text)


def test_town_adds_its_own_question(tmp_path: Path) -> None:
    folder = tmp_path / "questions"
    folder.mkdir()
    header = "# title: 事業の名 | Names\n# column: name; 名 | Name\n"
    text = "SELECT ?name { ?p a cpsv:PublicService ; dct:title ?name }"
    (folder / "mine.rq").write_text(header + text, encoding="utf-8")
    answer = ask(small_town(), question("mine", tmp_path))
    assert ("なんでも相談",) in answer.rows
    assert answer.columns["name"].label("en") == "Name"


def test_own_question_of_a_town_reaches_no_network(tmp_path: Path) -> None:
    folder = tmp_path / "questions"
    folder.mkdir()
    text = "# title: x\nSELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"
    (folder / "mine.rq").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="SERVICE"):
        ask(small_town(), question("mine", tmp_path))


def test_records_carry_ids_beside_names() -> None:
    records = answer_records(ask(small_town(), "programs-by-theme", {"theme": "相談の体制"}), "en")
    assert {"program": "Open desk", "program_id": "programs/desk"}.items() <= records[0].items()


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
