"""Acts in the e-Gov schema: nested branches, articles without text, amended and broken files, and rows from them."""

from dataclasses import replace
from pathlib import Path

import pytest

from hazama.audits import Statute, law_record, provision_record, readings, statute
from hazama.audits.statute import kanji_number
from hazama.model.errors import InputError, UsageError
from hazama.model.records import Law, Provision
from hazama.tables import declaration
from tests.audits.towns import at, body, program, town

FILES = Path(__file__).parents[1] / "cases" / "law"
PATH = "MainProvision-Article_106_4-Paragraph_2-Item_1-Subitem1_1"


@pytest.fixture
def act() -> Statute:
    return statute((FILES / "act.xml").read_bytes(), "act.xml")


def test_the_act_itself(act: Statute) -> None:
    assert (act.title, act.number, act.promulgated) == ("見本の福祉に関する法律", "令和元年法律第999号", "2019-05-31")


def test_nested_branches(act: Statute) -> None:
    by_path = {one.element: one for one in act.clauses}
    clause = by_path[PATH]
    assert (clause.article, clause.paragraph, clause.item, clause.subitem) == ("106_4", "2", "1", "イ")
    assert clause.parent == PATH.rpartition("-")[0]
    assert clause.caption == "重層の事業"
    deep = by_path[f"{PATH}-Subitem2_1"]
    assert (deep.subitem, deep.parent) == ("イ（１）", PATH)


def test_chapters_do_not_stand_in_a_path(act: Statute) -> None:
    assert {one.element.split("-")[1] for one in act.clauses} == {
        "Article_1",
        "Article_38:84",
        "Article_106_4",
        "Article_106_5",
    }


def test_articles_without_text_are_deleted(act: Statute) -> None:
    gone = [one for one in act.clauses if one.deleted]
    assert [one.element for one in gone] == ["MainProvision-Article_38:84", "MainProvision-Article_106_4-Paragraph_3"]


def test_supplementary_provisions_are_left_out(act: Statute) -> None:
    assert not any("附則の文" in one.text for one in act.clauses)


def test_readings_above_words_are_left_out(act: Statute) -> None:
    assert any("見守り" in one.text for one in act.clauses)
    assert not any("みまも" in one.text for one in act.clauses)


def test_the_envelope_of_the_interface_is_opened() -> None:
    text = (FILES / "act.xml").read_text(encoding="utf-8").partition("?>")[2]
    wrapped = (
        f"<DataRoot><ApplData><LawId>399AC0000000001</LawId><LawFullText>{text}</LawFullText></ApplData></DataRoot>"
    )
    opened = statute(wrapped.encode(), "wrapped.xml")
    assert opened.egov_id == "399AC0000000001"
    assert len(opened.clauses) > 5


def test_only_words_make_the_digest(act: Statute) -> None:
    text = (FILES / "act.xml").read_text(encoding="utf-8")
    wide = statute(text.replace("市町村は、次", "市町村は、　次").encode(), "wide.xml")
    assert [one.hash for one in wide.clauses] == [one.hash for one in act.clauses]


def test_an_amended_item_changes_what_it_is_part_of_and_nothing_else(act: Statute) -> None:
    text = (FILES / "act.xml").read_text(encoding="utf-8")
    assert "第一の事業" in text
    amended = statute(text.replace("第一の事業", "改めた事業").encode(), "amended.xml")
    before = {one.element: one.hash for one in act.clauses}
    changed = {one.element for one in amended.clauses if before[one.element] != one.hash}
    parts = PATH.split("-")
    assert changed == {"-".join(parts[:n]) for n in range(2, 6)}


@pytest.mark.parametrize(
    ("text", "number"),
    [("一", 1), ("十", 10), ("二十六", 26), ("百六", 106), ("千二百三十四", 1234), ("二〇二六", 2026)],
)
def test_kanji_numbers(text: str, number: int) -> None:
    assert kanji_number(text) == number


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "XML"),
        (b"<Law><LawBody>", "XML"),
        (b"<Law>\x00</Law>", "DOCTYPE"),
        (b'<!DOCTYPE Law [<!ENTITY a "b">]><Law><MainProvision/></Law>', "DOCTYPE"),
        (b"<html><body>Law</body></html>", "MainProvision"),
        (b"<Law><LawBody/></Law>", "MainProvision"),
        (b"<Law><MainProvision>" + b"<Item>" * 5000 + b"</Item>" * 5000 + b"</MainProvision></Law>", "XML"),
        (b"<?xml version='1.0' encoding='EUC-NOWHERE'?><Law/>", "XML"),
    ],
)
def test_what_is_no_act_is_refused_in_a_sentence(data: bytes, says: str) -> None:
    with pytest.raises(InputError) as error:
        statute(data, "bad.xml")
    assert "bad.xml" in error.value.sentence("ja") and says in error.value.sentence("ja")


LAW = Law(origin=at("laws"), id="swa", name="見本の法", number="令和元年法律第999号", short="見本", kind="act")


def row(id: str, element: str, hash: str = "") -> Provision:
    return Provision(origin=at("provisions"), id=id, law="swa", element=element, article="106_4", hash=hash)


def test_rows_keep_the_ids_that_the_table_gave_them(act: Statute) -> None:
    place = town(laws=(LAW,), provisions=(row("swa-106-4-2-1-i", PATH),))
    found = {one.clause.element: one for one in readings(place, act)}
    assert found[PATH].id == "swa-106-4-2-1-i"
    assert found[PATH].change == "unhashed"
    assert found[f"{PATH}-Subitem2_1"].parent == "swa-106-4-2-1-i"
    assert found["MainProvision-Article_1"].id == "swa-Article_1"
    assert found["MainProvision-Article_38:84"].id == "swa-Article_38.84"


def test_what_rests_on_a_changed_article_is_named(act: Statute) -> None:
    same = next(one.hash for one in act.clauses if one.element == PATH)
    rests = {"programs": (program("p", basis=("i",)),), "bodies": (body("b", basis=("i",)),)}
    unchanged = readings(town(laws=(LAW,), provisions=(row("i", PATH, same),), **rests), act)
    assert [(one.change, one.resting) for one in unchanged if one.id == "i"] == [("same", ())]
    changed = readings(town(laws=(LAW,), provisions=(row("i", PATH, "0" * 16),), **rests), act)
    assert [(one.change, one.resting) for one in changed if one.id == "i"] == [("changed", ("programs/p", "bodies/b"))]


def test_rows_that_the_text_no_longer_has_come_last(act: Statute) -> None:
    gone = row("x", "MainProvision-Article_106_4-Paragraph_9")
    place = town(laws=(LAW,), provisions=(gone,), programs=(program("p", basis=("x",)),))
    last = readings(place, act)[-1]
    assert (last.id, last.change, last.resting) == ("x", "gone", ("programs/p",))


@pytest.mark.parametrize(
    ("span", "articles"),
    [
        ("106_4-106_11", {"106_4", "106_5"}),
        ("106_5", {"106_5"}),
        ("2-105", {"38:84"}),
        ("", {"1", "38:84", "106_4", "106_5"}),
    ],
)
def test_a_span_of_articles(act: Statute, span: str, articles: set[str]) -> None:
    assert {one.clause.article for one in readings(town(laws=(LAW,)), act, articles=span)} == articles


def test_a_span_that_is_none_is_refused(act: Statute) -> None:
    with pytest.raises(UsageError):
        readings(town(laws=(LAW,)), act, articles="第106条")


def test_an_act_that_the_table_does_not_have_gets_an_id(act: Statute) -> None:
    assert {one.law for one in readings(town(), replace(act, egov_id="399AC0000000001"))} == {"399AC0000000001"}
    assert {one.law for one in readings(town(), act, law="mine")} == {"mine"}


def test_records_have_the_columns_of_the_tables(act: Statute) -> None:
    place = town(laws=(LAW,))
    columns = {name: {one.name for one in declaration()[name].columns} for name in ("laws", "provisions")}
    record = law_record(place, act)
    assert record.keys() <= columns["laws"]
    assert (record["id"], record["short"], record["promulgated"]) == ("swa", "見本", "2019-05-31")
    for one in readings(place, act):
        assert provision_record(one).keys() <= columns["provisions"]
