"""The sample town: what the council paper says is there, kept apart from what was inferred."""

from collections import Counter
from functools import cache

import pytest

from hazama.model.cells import NO_LIMIT, NOT_RECORDED, Age, AgeRange
from hazama.model.records import Agency, Body, Eligibility, Program, Status
from hazama.model.town import Municipality, rows_by_id
from hazama.model.view import Scope, view
from hazama.tables import check, read, sample

PAPER = "shiryo1"
STATED, INFERRED, UNVERIFIED = Status.STATED, Status.INFERRED, Status.UNVERIFIED

# The six-theme table of the paper, cell by cell: left the initiatives, right what is still to do.
INITIATIVES = {
    "表①左-1": ["i1a"],
    "表①左-2": ["i1b", "i1c"],
    "表②左-1": ["i2a", "i2b"],
    "表②左-2": ["i2c", "i2d"],
    "表③左-1": ["i3a"],
    "表③左-2": ["i3b", "i3c"],
    "表④左-1": ["i4a"],
    "表④左-2": ["i4b"],
    "表⑤左-1": ["i5a"],
    "表⑤左-2": ["i5b", "i5c"],
    "表⑥左-1": ["i6a"],
    "表⑥左-2": ["i6b"],
}
CHALLENGES = {
    "表①右-1前段": ["c1a"],
    "表①右-1後段": ["c1b"],
    "表①右-2": ["c1c"],
    "表②右-1前段": ["c2a"],
    "表②右-1後段": ["c2b"],
    "表②右-2": ["c2c"],
    "表③右-1": ["c3a"],
    "表③右-2": ["c3b"],
    "表④右-1前段": ["c4a"],
    "表④右-1後段": ["c4b"],
    "表④右-2": ["c4c"],
    "表⑤右-1前段": ["c5a", "c5b"],
    "表⑤右-1後段": ["c5c"],
    "表⑤右-2": ["c5d"],
    "表⑥右-1": ["c6a"],
    "表⑥右-2": ["c6b"],
}
ROWS_BY_STATUS = {
    "agencies": {STATED: 105, UNVERIFIED: 2},
    "bodies": {STATED: 21, UNVERIFIED: 3},
    "members": {STATED: 16},
    "programs": {STATED: 117, INFERRED: 6, UNVERIFIED: 1},
    "eligibility": {STATED: 6},
    "themes": {STATED: 6},
    "challenges": {STATED: 26},
    "districts": {STATED: 13},
    "links": {STATED: 198, INFERRED: 47, UNVERIFIED: 6},
    "laws": {STATED: 4},
    "provisions": {STATED: 4},
    "demand": {},
    "not_applicable": {STATED: 11},
    "sources": {STATED: 110},
}
# Figures of which only the title can be read, and pages that only README.md rests on (population of the town).
UNCITED = {"fig1", "fig2", "tn-20210618", "goldp"}
EDITORS = {"needs", "functions", "field", "reach"}


@cache
def town() -> Municipality:
    return read(sample())


@cache
def default_view() -> Municipality:
    return view(town(), Scope(as_of=town().layer.as_of))


def programs() -> dict[str, Program]:
    return {row.id: row for row in town().programs if not row.layer}


def agencies() -> dict[str, Agency]:
    return {row.id: row for row in town().agencies}


def bodies() -> dict[str, Body]:
    return {row.id: row for row in town().bodies}


def boxes(program: str) -> list[Eligibility]:
    return [row for row in town().eligibility if row.program == program]


def test_no_cell_is_bad() -> None:
    assert check(sample()).violations == ()


def test_the_town_says_who_it_is() -> None:
    layer = town().layer
    assert (layer.name, layer.code, str(layer.as_of)) == ("藤沢市", "142051", "2022-02-28")
    assert [below.key for below in town().layers[1:]] == ["national"]


@pytest.mark.parametrize("table", ROWS_BY_STATUS)
def test_rows_by_status(table: str) -> None:
    rows = [row for row in dict(town().tables())[table] if not row.layer]
    assert Counter(row.status for row in rows) == ROWS_BY_STATUS[table]


def test_every_initiative_has_its_cell_of_the_table() -> None:
    found = {id: programs()[id].locator for ids in INITIATIVES.values() for id in ids}
    assert found == {id: cell for cell, ids in INITIATIVES.items() for id in ids}
    assert len(found) == 17


def test_every_challenge_has_its_cell_of_the_table() -> None:
    found = {row.id: row.locator for row in town().challenges if row.theme}
    assert found == {id: cell for cell, ids in CHALLENGES.items() for id in ids}
    assert len(found) == 17


def test_the_table_puts_each_row_under_the_theme_of_its_cell() -> None:
    marks = {row.id: "①②③④⑤⑥"[int(row.no or 0) - 1] for row in town().themes}
    listed = [programs()[id] for ids in INITIATIVES.values() for id in ids]
    rows = [(row.locator, row.themes) for row in listed] + [(row.locator, row.theme) for row in town().challenges]
    assert all([marks[theme] for theme in themes] == [locator[1]] for locator, themes in rows if themes)


def test_the_table_is_stated_by_the_paper() -> None:
    listed = [programs()[id] for ids in INITIATIVES.values() for id in ids]
    assert all(PAPER in row.source and row.status is STATED for row in listed)
    assert all(row.source == (PAPER,) and row.status is STATED for row in town().challenges)
    assert not any("themes" in row.classified for row in listed)


def test_four_conferences_stay_apart() -> None:
    basis = {id: bodies()[id].basis for id in ("b_juso", "b_shien", "b_shien_needy", "b_chosei")}
    assert basis == {
        "b_juso": (),
        "b_shien": ("swa-106-6-1",),
        "b_shien_needy": ("needy-9-1",),
        "b_chosei": ("paa-27-3-1",),
    }
    assert len({bodies()[id].name for id in basis}) == 4


def test_only_the_conference_of_the_paper_is_stated() -> None:
    conferences = ("b_juso", "b_shien", "b_shien_needy", "b_chosei")
    shown = {row.id for row in default_view().bodies}
    assert [id for id in conferences if id in shown] == ["b_juso"]
    assert "設置予定" in bodies()["b_juso"].note


def test_project_team_has_its_four_sections_and_proposes_to_the_review_committee() -> None:
    seats = {row.agency for row in default_view().members if row.body == "b_pj"}
    assert seats == {"sec_kikaku", "sec_jichi", "sec_gakushu", "sec_kyosei"}
    assert bodies()["b_pj"].reports_to == ("b_kentou",)


def test_order_of_the_committees_is_only_inferred() -> None:
    drawn = view(town(), Scope(as_of=town().layer.as_of, include=frozenset({INFERRED})))
    up = {row.id: row.reports_to for row in drawn.bodies}
    assert (up["b_bunka"], up["b_bukai"]) == (("b_bukai",), ("b_kentou",))
    assert {row.reports_to for row in default_view().bodies if row.id in ("b_bunka", "b_bukai")} == {()}


def test_every_programme_is_classified_and_says_so() -> None:
    for row in programs().values():
        assert row.needs is not NOT_RECORDED and row.functions is not NOT_RECORDED
        assert row.field and row.reach
        assert set(row.classified) >= EDITORS


def test_programmes_for_every_need_are_open_to_all_or_reach_nobody_directly() -> None:
    reach = {row.reach for row in programs().values() if row.needs is NO_LIMIT}
    assert reach == {"open", "indirect"}


def test_plans_and_training_reach_nobody_directly() -> None:
    assert {programs()[id].reach for id in ("i7a", "i5b", "p_plan26", "p_carerplan")} == {"indirect"}


def test_the_stated_view_drops_the_editors_part() -> None:
    bare = view(town(), Scope(editors=False))
    ours = [row for row in bare.programs if not row.layer]
    assert {(row.needs, row.functions, row.field, row.reach) for row in ours} == {(NOT_RECORDED, NOT_RECORDED, (), "")}


def test_inferred_owners_are_not_in_the_default_view() -> None:
    inferred = {id for id, row in programs().items() if "owner" in row.inferred}
    assert len(inferred) == 73
    shown = {row.id: row.owner for row in default_view().programs}
    assert {shown[id] for id in inferred if id in shown} == {()}
    assert shown["i1c"] == ("sec_shogai",)


def test_bases_that_were_only_supposed_are_inferred() -> None:
    shown = {row.id: row for row in default_view().programs}
    assert shown["i1b"].basis == () and shown["i1b"].basis_text == ""
    assert programs()["i1b"].basis == ("ltci-115-46-1",)
    assert shown["p_jiritsu"].basis == ("needy-3-2",)


def test_inferred_rows_give_their_reason() -> None:
    ours = [row for _, rows in town().tables() for row in rows if not row.layer]
    assert all(row.reason for row in ours if row.status is not STATED)
    assert not any(row.reason for row in ours if row.status is STATED)


def test_sources_resolve_and_are_used() -> None:
    ours = [row for _, rows in town().tables() for row in rows if not row.layer]
    known = {row.id for row in town().sources if not row.layer}
    cited = {id for row in ours for id in row.source}
    linked = {end for row in town().links for end in (row.subject, row.object)}
    assert cited <= known
    assert known - cited - linked == UNCITED


def test_stated_rows_of_the_main_tables_have_a_source() -> None:
    for table in ("agencies", "bodies", "members", "programs", "challenges", "themes", "districts", "links"):
        rows = [row for row in dict(town().tables())[table] if not row.layer and row.status is STATED]
        assert all(row.source for row in rows), table


def test_departments_were_reorganised_in_april_2021() -> None:
    units = agencies()
    assert {id for id, row in units.items() if "dep_fukushikenko" in row.succeeds} == {"dep_fukushi", "dep_kenko"}
    assert units["sec_kyosei"].succeeds == ("sec_hokatsu",)
    assert units["sec_shogai"].succeeds == ("sec_shogai_old",)
    today = {row.id for row in default_view().agencies}
    assert "sec_kyosei" in today
    assert not {"sec_hokatsu", "dep_fukushikenko", "sec_shogai_old", "sec_suishin"} & today


def test_child_allowance_changed_in_october_2024() -> None:
    limits = {str(row.since or row.until): row.limits["age"] for row in boxes("p_jidou")}
    assert limits == {"2024-09": AgeRange(Age(0), Age(15)), "2024-10": AgeRange(Age(0), Age(18))}


def test_months_and_school_years_keep_their_words() -> None:
    assert programs()["p_hello"].limits["age"] == AgeRange(Age(0), Age(4, "month"))
    assert "18歳年度末まで" in programs()["p_shoni"].other_limits


def test_blank_is_not_no_limit() -> None:
    states = {id: programs()[id].limits.get("certificate", NOT_RECORDED) for id in ("p_jiritsu", "p_engk", "i5a")}
    assert states == {"p_jiritsu": NO_LIMIT, "p_engk": NO_LIMIT, "i5a": NOT_RECORDED}
    assert programs()["p_shoni"].limits["income"] is NO_LIMIT


def test_no_combination_is_taken_out_without_a_reason_and_a_limit() -> None:
    ours = [row for row in town().not_applicable if not row.layer]
    said = [(row.note, row.needs, row.functions, row.limits) for row in ours]
    assert all(note and (limits or functions == ("other",)) for note, _, functions, limits in said)
    assert all(
        needs is not NOT_RECORDED or functions == ("other",) or "care" in limits for _, needs, functions, limits in said
    )


def test_other_names_lead_to_the_row() -> None:
    assert "地域包括支援センター" in programs()["p_ikisapo"].alt
    assert "地域包括支援センター" in agencies()["ikisapo"].alt
    assert "自立相談支援" in programs()["p_jiritsu"].alt


def test_names_have_readings_and_english() -> None:
    tables = dict(town().tables())
    named = [row for name in ("agencies", "bodies", "programs", "themes", "districts", "laws") for row in tables[name]]
    for row in named:
        if not row.layer:
            assert getattr(row, "reading", "") and getattr(row, "name_en", ""), row


def test_ends_of_links_are_there() -> None:
    rows = rows_by_id(town())
    ids = {id for _, id in rows} | {f"{table}/{id}" for table, id in rows}
    ids |= {f"{scheme}/{id}" for scheme, concepts in town().schemes.items() for id in concepts}
    assert {end for row in town().links for end in (row.subject, row.object)} <= ids


def test_the_paper_names_the_goal_and_six_themes() -> None:
    said = {(row.predicate, row.object) for row in default_view().links if row.subject == "ideas/c_fcare"}
    assert {("aims_at", "ideas/c_kyosei"), ("goal_year", "ideas/y2025"), ("vision", "ideas/v_machi")} <= said
    assert {object for predicate, object in said if predicate == "has_theme"} == {f"t{no}" for no in range(1, 7)}


def test_predicates_say_what_they_mean_in_both_languages() -> None:
    for one in town().schemes["predicates"].values():
        assert one.ja and one.en and one.definition_ja and one.definition_en, one.id


def test_needs_are_matched_to_concepts_that_exist() -> None:
    schemes = town().schemes
    matches = [match for need in schemes["needs"].values() for match in need.exact_match + need.close_match]
    assert matches and all(id in schemes[scheme] for scheme, _, id in (match.partition("/") for match in matches))
