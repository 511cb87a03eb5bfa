"""Names of rows and concepts, and finding them by name."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazama.knowledge.labels import Label, directory, place
from hazama.model.errors import UsageError
from hazama.model.records import Law, Origin, Program, Provision
from hazama.tables import read, sample
from tests.towns import small_town

TOWN = small_town()
KNOWN = directory(TOWN)
AT = Origin("laws.csv", 2)


def provision(id: str, **place: str) -> Provision:
    return Provision(origin=Origin("provisions.csv", 2), id=id, law="swa", **place)  # type: ignore[arg-type]


LAW = replace(
    TOWN,
    laws=(
        Law(origin=Origin("laws.csv", 2), id="swa", name="社会福祉法", name_en="Social Welfare Act", short="社福法"),
    ),
    provisions=(
        provision("a106", article="106", paragraph="1"),
        provision("a106-4-1", article="106_4", paragraph="1"),
        provision("a106-4-2-1-i", article="106_4", paragraph="2", item="1", subitem="イ"),
        provision("a106-4-2-1-ro", article="106-4", paragraph="2", item="1", subitem="ロ"),
        provision("a106-4-2-11", article="106_4", paragraph="2", item="11"),
        provision("all", heading="全体"),
    ),
)
ACT = directory(LAW)


@pytest.mark.parametrize(
    ("id", "ja", "en"),
    [
        ("a106", "社会福祉法第106条第1項", "Social Welfare Act art. 106 (1)"),
        ("a106-4-2-1-i", "社会福祉法第106条の4第2項第1号イ", "Social Welfare Act art. 106-4 (2) (1) イ"),
        ("all", "社会福祉法 全体", "Social Welfare Act 全体"),
    ],
)
def test_citation(id: str, ja: str, en: str) -> None:
    assert ACT.label("provisions", id) == Label(ja, en)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("社会福祉法106条の4", {"a106-4-1", "a106-4-2-1-i", "a106-4-2-1-ro", "a106-4-2-11"}),
        ("社会福祉法 第１０６条の４ 第２項", {"a106-4-2-1-i", "a106-4-2-1-ro", "a106-4-2-11"}),
        ("社福法106条の4第2項1号", {"a106-4-2-1-i", "a106-4-2-1-ro"}),
        ("106条の42項1号ロ", {"a106-4-2-1-ro"}),
        ("SWA 106条", {"a106"}),
        ("社会福祉法", {"a106", "a106-4-1", "a106-4-2-1-i", "a106-4-2-1-ro", "a106-4-2-11", "all"}),
        ("all", {"all"}),
        ("provisions/a106", {"a106"}),
    ],
)
def test_provisions_by_citation(text: str, ids: set[str]) -> None:
    assert ACT.provisions(text) == ids


@pytest.mark.parametrize("text", ["社会福祉法107条", "民法106条", "条", ""])
def test_provision_that_is_not_there(text: str) -> None:
    with pytest.raises(UsageError):
        ACT.provisions(text)


@pytest.mark.parametrize(
    ("text", "kinds", "key"),
    [
        ("welfare", ["agencies"], ("agencies", "welfare")),
        ("agencies/welfare", ["bodies", "agencies"], ("agencies", "welfare")),
        ("福祉課", ["agencies"], ("agencies", "welfare")),
        ("フクシカ", ["agencies"], ("agencies", "welfare")),
        ("welfare section", ["agencies"], ("agencies", "welfare")),
        ("福祉係", ["agencies"], ("agencies", "welfare")),
        ("8050問題", ["needs"], ("needs", "withdrawal")),
        ("不登校", ["needs"], ("needs", "school_absence")),
        ("certificate/none", ["certificate", "care"], ("certificate", "none")),
    ],
)
def test_resolve(text: str, kinds: list[str], key: tuple[str, str]) -> None:
    assert KNOWN.resolve(text, kinds) == key


def test_preferred_name_is_stronger_than_another_name() -> None:
    """DV is the name of one concept's alternative in two lists; a preferred name wins over both."""
    programs = tuple(
        Program(origin=Origin("programs.csv", n), id=id, name=name, alt=alt)
        for n, (id, name, alt) in enumerate([("a", "配食", ()), ("b", "給食", ("配食",))], 2)
    )
    assert directory(replace(TOWN, programs=programs)).resolve("配食", ["programs"]) == ("programs", "a")


def test_ambiguous_name_lists_what_it_can_mean() -> None:
    with pytest.raises(UsageError, match=r"care/none.*certificate/none"):
        KNOWN.resolve("none", ["certificate", "care"])


def test_unknown_name_without_anything_near() -> None:
    with pytest.raises(UsageError, match=r"見つかりません。$"):
        KNOWN.resolve("ｚｚｚｚ", ["districts"])


@given(st.text(max_size=20))
def test_any_text_finds_or_says_so(text: str) -> None:
    try:
        assert KNOWN.resolve(text, ["agencies", "needs"])[0] in ("agencies", "needs")
    except UsageError as error:
        assert text in error.sentence("en")


def test_every_name_of_the_sample_finds_its_row() -> None:
    known = directory(read(sample()))
    for table in ("themes", "districts", "bodies"):
        for row in getattr(known.town, table):
            assert (table, row.id) in known.matches(row.name, [table])


def test_place_names_the_layer() -> None:
    row = Program(origin=Origin("programs.csv", 7), id="p", name="x", layer="national")
    assert place(row) == Label("national/programs.csv 7行目", "national/programs.csv row 7")


def test_sheet_of_a_workbook() -> None:
    assert place(Program(origin=Origin("町.xlsx", 7, "事業"), id="p", name="x")).ja == "町.xlsx 事業 7行目"


def test_circle_of_parents_ends() -> None:
    town = replace(TOWN, provisions=(provision("a", parent="b"), provision("b", parent="a")))
    assert directory(town).beneath("provisions", "a") == {"a", "b"}
