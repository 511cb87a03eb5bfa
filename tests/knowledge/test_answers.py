"""Values become terms, answers become names; what cannot be asked says why."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given as any_of
from hypothesis import strategies

from hazama import resources
from hazama.knowledge.addresses import Addresses
from hazama.knowledge.answers import answer_records, ask, bound
from hazama.knowledge.labels import directory
from hazama.knowledge.questions import Question, parsed, question, questions
from hazama.knowledge.store import loaded
from hazama.knowledge.terms import parts
from hazama.model.errors import UsageError
from hazama.model.view import Scope, view
from tests.towns import small_town

IDS = [one.id for one in questions()]


@pytest.mark.parametrize("asked", questions(), ids=IDS)
def test_answers_on_a_town_with_the_defaults(asked: Question) -> None:
    town = small_town()
    answer = ask(view(town, asked.scoped(Scope(town.layer.as_of))), asked)
    assert set(answer.columns) <= {
        id.removeprefix("column_") for id in resources.words("knowledge") if id.startswith("column_")
    }


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
