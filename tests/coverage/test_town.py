"""The sample town as a space: readings, reach, words, research list, households, shocks, changes."""

from __future__ import annotations

import csv
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
import yaml

from hazama.coverage import gaps, meets
from hazama.coverage.changes import changed, removed
from hazama.coverage.household import Answer, persona
from hazama.coverage.households import case_names, case_text, household
from hazama.coverage.listing import absent, identity, listing, slices
from hazama.coverage.research import research_list
from hazama.coverage.space import REACHES, Reach, Reading, TownSpace, space, unclassified
from hazama.coverage.ties import cliffs
from hazama.coverage.totals import totals, uncovered
from hazama.coverage.whatif import WhatIf, shock, what_if
from hazama.coverage.words import ages
from hazama.knowledge.labels import directory
from hazama.model.cells import NOT_RECORDED, Age, AgeRange
from hazama.model.errors import UsageError
from hazama.model.records import Demand, Link, Member, Origin
from hazama.model.town import Municipality
from hazama.model.view import Scope, view
from hazama.tables import read, sample

with (Path(__file__).parents[1] / "cases" / "coverage" / "cases.csv").open(encoding="utf-8", newline="") as file:
    CLAIMS = list(csv.DictReader(file))


@cache
def town() -> Municipality:
    """The sample town as of its own date."""
    whole = read(sample())
    return view(whole, Scope(whole.layer.as_of))


@cache
def made(reading: Reading = "certain", reach: Reach = "open") -> TownSpace:
    """The space of the sample town."""
    return space(town(), reading, reach)


def test_ages_are_cut_where_laws_cut_them() -> None:
    starts = made().axes[made().axis("age")].starts
    assert {18 * 12, 40 * 12, 65 * 12} <= set(starts)


@pytest.mark.parametrize("reach", REACHES)
def test_what_is_certainly_open_is_possibly_open(reach: Reach) -> None:
    certain, possible = made("certain", reach), made("possible", reach)
    assert totals(certain.space).cells.none <= totals(possible.space).cells.none
    for within in slices(certain):
        for gap in gaps(certain.space, within):
            assert not any(meets(gap.masks, box.masks) for box in possible.space.boxes)


def test_a_stricter_reach_never_covers_more() -> None:
    open_ = [totals(made("certain", reach).space).cells.none for reach in REACHES]
    assert open_ == sorted(open_, reverse=True)


def test_gaps_and_absent_functions_together_are_all_that_is_uncovered() -> None:
    found = made()
    need, function = found.axis("needs"), found.axis("functions")
    everything = uncovered(found.space)
    inside = sum(uncovered(found.space, within) for within in slices(found))
    missing: float = 0
    for one in absent(found):
        masks = list(found.space.full)
        masks[need] = 1 << found.axes[need].ids.index(one.need)
        masks[function] = sum(1 << found.axes[function].ids.index(id) for id in one.functions)
        missing += uncovered(found.space, tuple(masks))
    assert inside + missing == everything


def test_a_listed_gap_has_a_sentence_a_reason_and_an_id_of_its_own() -> None:
    found = listing(made(), 20)
    assert found.complete
    assert len({gap.id for gap in found.gaps}) == len(found.gaps) == 20
    for gap in found.gaps:
        assert gap.sentence.ja.endswith(("ません。", "届きます。"))
        assert gap.sentence.label("en")
        assert all(0 < miss.share <= 1 for miss in gap.misses)
    demands = [gap.gap.demand for gap in found.gaps]
    assert demands == sorted(demands, reverse=True)
    everything = listing(made(), None)
    assert found.bound == everything.gaps[20].gap.demand
    assert everything.bound is None


def test_ids_do_not_depend_on_where_else_ages_are_cut() -> None:
    """A row about ages 32 to 34 cuts ages at 32 and 35, and changes nothing about any gap."""
    cut = Demand(origin=Origin("demand.csv", 2), limits={"age": AgeRange(Age(32), Age(34))})
    finer = space(replace(town(), demand=(*town().demand, cut)), "certain", "open")
    assert {32 * 12, 35 * 12} <= set(finer.axes[finer.axis("age")].starts)
    assert not {32 * 12, 35 * 12} & set(made().axes[made().axis("age")].starts)
    assert _ids(finer) == _ids(made())


def _ids(found: TownSpace) -> list[str]:
    return sorted(identity(found, gap.masks) for within in slices(found) for gap in gaps(found.space, within))


@pytest.mark.parametrize(
    ("first", "past", "ja", "en"),
    [
        (480, 780, "40〜64歳", "40-64"),
        (780, 1440, "65歳以上", "65 or older"),
        (0, 216, "17歳以下", "17 or younger"),
        (1200, 1212, "100歳", "age 100"),
        (5, 72, "生後5〜71か月", "5-71 months"),
        (5, 840, "生後5か月〜69歳", "5 months to 69 years"),
        (0, 1440, "年齢を問わず", "any age"),
    ],
)
def test_ages_in_words(first: int, past: int, ja: str, en: str) -> None:
    assert ages(first, past) == (ja, en)


def test_one_need_alone_has_the_same_gaps() -> None:
    alone = space(town(), "possible", "open", ["withdrawal"])
    found = {gap.sentence.ja for gap in listing(alone, None).gaps}
    whole = {gap.sentence.ja for gap in listing(made("possible"), None).gaps if gap.box["needs"] == ("withdrawal",)}
    assert found == whole != set()


def test_unclassified_programmes_cover_nothing_and_are_named() -> None:
    names = {program.id for program in unclassified(town())}
    assert names
    assert not any(all(box.masks) for box in made().space.boxes if box.program in names)


def test_the_research_list_begins_with_what_decides_most() -> None:
    found = research_list(made("possible"))
    decides = [cells.decides for cells in found]
    assert decides == sorted(decides, reverse=True)
    assert research_list(made("possible"), 5) == found[:5]
    possible = uncovered(made("possible").space)
    for cells in found[:10]:
        assert 0 < cells.hangs <= possible
        assert cells.columns


@pytest.mark.parametrize("name", case_names())
def test_shipped_cases_can_be_asked(name: str) -> None:
    document = yaml.safe_load(case_text(name))
    found = persona(made(), household(document, directory(town())))
    assert found.household.name.ja == document["name"]
    assert len(found.served) == sum(len(person["needs"]) for person in document["persons"])
    for served in found.served:
        assert all(one.open or one.sureness == "certain" for one in served.reached)
        assert {one.program for one in served.reached}.isdisjoint(one.program for one in served.barred)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: "-".join(claim.values()))
def test_a_shipped_case_shows_what_it_says(claim: dict[str, str]) -> None:
    found = persona(made(), household(yaml.safe_load(case_text(claim["case"])), directory(town())))
    (served,) = [one for one in found.served if (one.person.ja, one.need) == (claim["person"], claim["need"])]
    sureness = {one.program: one.sureness for one in served.reached}
    held = {
        "nothing_certain": "certain" not in sureness.values(),
        "certain": sureness.get(claim["program"]) == "certain",
        "possible": sureness.get(claim["program"]) == "possible",
        "barred": (claim["program"], claim["dimension"]) in {(one.program, one.dimension) for one in served.barred},
        "only_desks": {made().programs[program].reach for program in sureness} == {"open"},
    }
    assert held[claim["claim"]]


def test_every_shipped_case_says_something_that_is_tested() -> None:
    assert {claim["case"] for claim in CLAIMS} == set(case_names())
    assert all(all(household(yaml.safe_load(case_text(name)), directory(town())).shows) for name in case_names())


@pytest.mark.parametrize(
    "document",
    [
        [],
        {"persons": [{"needs": ["work"]}]},
        {"persons": [{"age": 3}]},
        {"persons": [{"age": True, "needs": ["work"]}]},
        {"persons": [{"age": 120, "needs": ["work"]}]},
        {"persons": [{"age": -1, "needs": ["work"]}]},
        {"persons": ["work"]},
        {"persons": [{"age": 3, "needs": ["nothing"]}]},
        {"persons": [{"age": 3, "needs": ["work"], "colour": "red"}]},
    ],
)
def test_a_household_that_cannot_be_read_is_a_usage_error(document: object) -> None:
    with pytest.raises(UsageError):
        household(document, directory(town()))


def test_an_act_takes_its_programmes_with_it() -> None:
    gone = removed(made(), ["生活困窮者自立支援法"])
    assert "self-reliance-consultation" in gone
    found = shock(made().space, gone, tuple(slices(made())))
    assert found.lost is not None and found.lost > 0
    assert all(any(meets(gap.masks, b.masks) for b in made().space.boxes if b.program in gone) for gap in found.opened)
    with pytest.raises(UsageError):
        removed(made(), ["医療法人のない機関"])


def told(document: object) -> WhatIf:
    """What a document of changes does to the sample town."""
    before, after = changed(document, made())
    return what_if(before.space, after.space, tuple(slices(before)))


def test_a_new_programme_closes_and_an_ended_one_opens() -> None:
    document = {"add": [{"name": "年齢を問わない参加支援", "needs": ["digital"], "functions": ["participation"]}]}
    found = told(document)
    assert found.gained is not None and found.gained > 0 == found.lost
    assert found.closed and not found.opened
    ended = told({"end": ["p_gaishutsu"]})
    assert ended.lost is not None and ended.lost > 0 == ended.gained
    with pytest.raises(UsageError):
        changed({"remove": ["x"]}, made())


@pytest.mark.parametrize("reading", ["certain", "possible"])
def test_a_new_age_is_what_the_table_would_say(reading: Reading) -> None:
    """50 is no limit of any row: the classes are cut there, and the lower limit that is not named stays."""
    _, after = changed({"change": [{"program": "p_yw", "max_age": 50}]}, made(reading))
    (row,) = [one for one in town().programs if one.id == "p_yw"]
    ages = row.limits["age"]
    assert isinstance(ages, AgeRange) and isinstance(ages.least, Age)
    new = replace(row, limits={**row.limits, "age": replace(ages, most=Age(50))})
    written = replace(town(), programs=tuple(new if one is row else one for one in town().programs))
    assert totals(after.space) == totals(space(written, reading).space)


@pytest.mark.parametrize(
    "document",
    [
        {"change": [{"program": "p_yw", "max_age": "fifty"}]},
        {"change": [{"program": "p_yw", "min_age": 40.5}]},
        {"change": [{"program": "p_yw", "min_age": True}]},
        {"change": [{"program": "p_yw", "min_age": 50, "max_age": 40}]},
        {"change": [{"program": "p_yw", "max_age": 3}]},
        {"add": [{"name": "逆", "min_age": 65, "max_age": 40}]},
        {"change": 5},
        {"add": "x"},
        {"end": [{"program": "p_yw"}]},
    ],
)
def test_changes_that_mean_nothing_are_refused(document: object) -> None:
    with pytest.raises(UsageError):
        changed(document, made())


def test_care_changes_hands_at_65() -> None:
    found = {(cliff.need, cliff.months, cliff.ending, cliff.starting) for cliff in cliffs(made())}
    assert ("care", 780, ("ltci-category-2",), ("ltci-category-1",)) in found


def asked(name: str, town_: Municipality | None = None) -> Answer:
    """What the town, as it is or changed, is to a shipped case."""
    found = made() if town_ is None else space(town_, "certain", "open")
    return persona(found, household(yaml.safe_load(case_text(name)), directory(found.town)))


def carrying(found: Answer, need: str) -> tuple[str, set[str]]:
    """A programme made for a need of a case, and the agencies of all such programmes."""
    rows = made().programs
    programs = sorted(
        {one.program for served in found.served if served.need == need for one in served.reached}
        & {id for id, row in rows.items() if row.reach != "open"}
    )
    return programs[0], {agency for id in programs for agency in (*rows[id].owner, *rows[id].operators)}


def test_a_hand_over_or_a_common_body_lets_two_needs_be_seen_together() -> None:
    before = asked("8050")
    assert before.unseen == (("care", "withdrawal"), ("care", "work"))
    care, agencies = carrying(before, "care")
    work, others = carrying(before, "work")
    assert not agencies & others
    handed = Link(origin=Origin("links.csv", 2), subject=f"programs/{work}", predicate="refers_to", object=care)
    assert ("care", "work") not in asked("8050", replace(town(), links=(*town().links, handed))).unseen
    (body, _), *_ = before.bodies
    seat = Member(origin=Origin("members.csv", 2), body=body, agency=min(agencies))
    seated = asked("8050", replace(town(), members=(*town().members, seat)))
    assert not seated.unseen and seated.bodies[0] == (body, 4)
    apart = asked("8050", replace(town(), members=(), bodies=()))
    assert not apart.bodies and set(apart.unseen) >= set(before.unseen)


@pytest.mark.parametrize("name", case_names())
def test_desks_take_every_need_and_silent_rows_record_nothing(name: str) -> None:
    found = asked(name)
    for served in found.served:
        assert set(found.desks) <= {one.program for one in served.reached}
        for one in served.reached:
            recorded = {
                id for id, limit in one.row.limits.items() if getattr(limit, "is_recorded", limit is not NOT_RECORDED)
            }
            assert one.silent == (not recorded)
    assert all(1 < count <= len(found.served) for _, count in found.bodies)


def test_a_condition_may_be_named_as_people_call_it() -> None:
    names = directory(town())
    one, other = (
        household({"persons": [{"age": 45, "needs": "ひきこもり", key: "手帳なし"}]}, names)
        for key in ("障害者手帳", "certificate")
    )
    assert one == other
    with pytest.raises(UsageError):
        household(
            {"persons": [{"age": 45, "needs": "ひきこもり", "障害者手帳": "手帳なし", "certificate": "none"}]}, names
        )


def test_after_a_stop_no_further_need_is_searched() -> None:
    found = listing(made("possible"), None, 0.0)
    assert not found.complete
    assert not found.gaps
    assert found.bound is not None
    assert found.bound >= max(gap.gap.demand for gap in listing(made("possible"), None).gaps)
