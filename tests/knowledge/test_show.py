"""Everything about one row."""

from datetime import date

import pytest

from hazama.knowledge.labels import Entity, Label
from hazama.knowledge.show import Fact, Shown, show, show_records
from hazama.model.errors import UsageError
from hazama.model.records import Status
from hazama.model.view import Scope, view
from hazama.tables import read, sample
from tests.towns import small_town

WHOLE = small_town()
TODAY = view(WHOLE, Scope(date(2024, 4, 1)))


def fact(shown: Shown, column: str) -> Fact:
    return next(fact for fact in shown.facts if fact.column == column)


def names(shown: Shown, column: str) -> list[str]:
    return [value.label.ja if isinstance(value, Entity) else value.ja for value in fact(shown, column).values]


@pytest.mark.parametrize("name", ["visit", "programs/visit", "ひきこもり訪問", "訪問支援"])
def test_row_by_id_and_by_name(name: str) -> None:
    assert show(TODAY, name).entity.key == ("programs", "visit")


def test_cells_name_what_they_refer_to() -> None:
    shown = show(TODAY, "visit")
    assert fact(shown, "owner").values == (Entity(("agencies", "welfare"), Label("福祉課", "Welfare Section")),)
    assert names(shown, "needs") == ["ひきこもり"]
    assert names(shown, "min_age") == ["15歳"]


def test_three_states_of_a_cell() -> None:
    shown = show(TODAY, "meals")
    states = {
        column: fact(shown, column).state for column in ("income", "certificate", "district", "max_age", "functions")
    }
    assert states == {
        "income": "no_limit",
        "certificate": "not_recorded",
        "district": "value",
        "max_age": "no_limit",
        "functions": "not_recorded",
    }


def test_classified_and_inferred_cells_are_marked() -> None:
    assert fact(show(TODAY, "visit"), "needs").is_classified
    assert not fact(show(TODAY, "visit"), "owner").is_classified
    everything = view(WHOLE, Scope(None, frozenset(Status)))
    assert fact(show(everything, "meals"), "owner").is_inferred


def test_boxes_of_a_programme() -> None:
    assert [box.ja for box in show(TODAY, "meals").boxes] == [
        "おおむね65歳以上、所得: 制限なし、地区: 北地区",
        "障害者手帳: 身体障害者手帳・療育手帳",
    ]


def test_members_of_a_body_come_in() -> None:
    incoming = show(TODAY, "council").incoming
    assert ("Members", ("agencies", "welfare")) in [(one.heading.en, one.other.key) for one in incoming]


def test_bodies_of_an_agency_come_in() -> None:
    others = {one.other.key for one in show(TODAY, "福祉課").incoming}
    assert {("bodies", "council"), ("programs", "desk"), ("programs", "visit")} <= others


def test_link_goes_out_of_one_end_and_into_the_other() -> None:
    everything = view(WHOLE, Scope(None, frozenset(Status)))
    out = [(one.heading.ja, one.other.key) for one in show(everything, "npo").outgoing]
    into = [(one.heading.ja, one.other.key) for one in show(everything, "agencies/welfare").incoming]
    assert ("連携する", ("agencies", "welfare")) in out
    assert ("連携する", ("agencies", "npo")) in into


def test_concept_shows_what_uses_it() -> None:
    shown = show(TODAY, "ひきこもり")
    assert shown.entity.key == ("needs", "withdrawal")
    assert ("programs", "visit") in [one.other.key for one in shown.incoming]


def test_source_and_place() -> None:
    shown = show(TODAY, "desk")
    assert [source.key for source in shown.sources if isinstance(source, Entity)] == [("sources", "plan")]
    assert [source.ja for source in shown.sources if not isinstance(source, Entity)] == ["https://example.org/desk"]
    assert (shown.evidence.ja, shown.row.ja, shown.layer.ja) == ("記載（表1）", "programs.csv 2行目", "みなと町")


def test_row_beyond_the_view_is_shown_when_it_is_named() -> None:
    assert show(TODAY, "健康福祉課").entity.key == ("agencies", "old_welfare")


def test_ended_programme_keeps_its_box() -> None:
    assert [box.ja for box in show(TODAY, "baby").boxes] == ["0歳〜4か月"]


def test_source_shows_the_rows_that_rest_on_it() -> None:
    assert {one.other.key for one in show(TODAY, "plan").incoming} >= {("programs", "desk"), ("challenges", "c1")}


def test_records_mark_what_an_editor_classified() -> None:
    records = show_records(show(TODAY, "visit"), "ja")
    assert {
        "section": "facts",
        "field": "届き方",
        "value": "専用",
        "id": "reach/dedicated",
        "evidence": "当方の分類",
    } in records


def test_unknown_name_suggests() -> None:
    with pytest.raises(UsageError, match="福祉課"):
        show(TODAY, "福祉化")


def test_records_say_section_and_ids() -> None:
    records = show_records(show(TODAY, "meals"), "ja")
    assert {"section": "facts", "field": "所得", "value": "制限なし"} in records
    assert {"section": "facts", "field": "対象地区", "value": "北地区", "id": "districts/north"} in records
    assert {"section": "row", "field": "表の行", "value": "programs.csv 4行目"} in records


def test_every_row_of_the_sample_can_be_shown() -> None:
    town = read(sample())
    for table in ("agencies", "bodies", "themes", "challenges", "districts", "laws", "sources"):
        for row in getattr(town, table)[:3]:
            assert show(town, f"{table}/{row.id}").entity.key == (table, row.id)
