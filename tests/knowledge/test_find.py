"""Programmes by category and by person, in three states."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazama.knowledge.find import Criteria, find, match_record
from hazama.model.cells import NO_LIMIT, NOT_RECORDED, Age, AgeRange, Limit
from hazama.model.errors import UsageError
from hazama.model.records import Eligibility, Limits, Origin, Program
from hazama.model.town import Municipality
from hazama.model.view import Scope, view
from tests.towns import small_town

AT = Origin("programs.csv", 2)
TODAY = view(small_town(), Scope(date(2024, 4, 1)))


def found(criteria: Criteria, town: Municipality = TODAY) -> dict[str, str]:
    """The state of every programme found, by id, in the order of the answer."""
    return {match.program.id: match.state for match in find(town, criteria)}


def one(limits: Limits, *further: Limits) -> Municipality:
    """A town with one programme that has these boxes."""
    return replace(
        small_town(),
        programs=(Program(origin=AT, id="p", name="事業", limits=limits),),
        eligibility=tuple(Eligibility(origin=AT, program="p", limits=box) for box in further),
    )


def test_no_criteria_find_every_programme_of_the_view() -> None:
    assert list(found(Criteria())) == ["visit", "desk", "meals"]


def test_all_needs_serve_any_need_and_a_blank_serves_none() -> None:
    assert found(Criteria(need="引きこもり")) == {"visit": "covered", "desk": "covered"}


def test_concepts_match_those_above_and_below() -> None:
    town = replace(small_town(), programs=(Program(origin=AT, id="p", name="x", needs=("young_carer",)),))
    assert found(Criteria(need="ケアラー"), town) == {"p": "covered"}


@pytest.mark.parametrize(
    ("criteria", "ids"),
    [
        (Criteria(theme="相談の体制"), ["visit", "desk"]),
        (Criteria(theme="1"), ["visit", "desk"]),
        (Criteria(field="全世代"), ["visit", "desk"]),
        (Criteria(function="アウトリーチ"), ["visit"]),
        (Criteria(reach="受け皿"), ["desk"]),
        (Criteria(agency="福祉係"), ["visit", "desk"]),
        (Criteria(agency="みなと町役場"), ["visit", "desk"]),
        (Criteria(provision="見本ケア法第1条"), ["visit", "desk"]),
        (Criteria(provision="ケア法1条2項"), ["visit"]),
        (Criteria(provision="見本ケア法"), ["visit", "desk"]),
        (Criteria(provision="care_1"), ["visit", "desk"]),
        (Criteria(text="ホウモン"), []),
        (Criteria(text="訪問"), ["visit"]),
        (Criteria(text="ｏｐｅｎ　ＤＥＳＫ"), ["desk"]),
    ],
    ids=str,
)
def test_categories(criteria: Criteria, ids: list[str]) -> None:
    assert list(found(criteria)) == ids


def test_age_outside_a_recorded_limit_is_left_out() -> None:
    assert found(Criteria(age=40, need="ひきこもり")) == {"desk": "covered"}


@pytest.mark.parametrize(
    ("least", "most", "age", "state"),
    [
        (Age(15), Age(39), 39, "covered"),
        (Age(15), Age(39), 14, None),
        (Age(15), Age(39), 40, None),
        (Age(15), NOT_RECORDED, 15, "not_recorded"),
        (Age(15), NOT_RECORDED, 14, None),
        (NOT_RECORDED, Age(39), 40, None),
        (NOT_RECORDED, NOT_RECORDED, 40, "not_recorded"),
        (NO_LIMIT, Age(39), 0, "covered"),
        (NO_LIMIT, NOT_RECORDED, 0, "not_recorded"),
        (Age(4, "month"), Age(18, "month"), 0, "covered"),
        (Age(4, "month"), Age(18, "month"), 1, "covered"),
        (Age(4, "month"), Age(18, "month"), 2, None),
    ],
)
def test_ages(least: Age, most: Age, age: int, state: str | None) -> None:
    answer = found(Criteria(age=age), one({"age": AgeRange(least, most)}))
    assert answer == ({"p": state} if state else {})


@pytest.mark.parametrize(
    ("limit", "state"),
    [(NO_LIMIT, "covered"), (NOT_RECORDED, "not_recorded"), (("none",), "covered"), (("mental",), None)],
)
def test_conditions(limit: Limit, state: str | None) -> None:
    answer = found(Criteria(condition=("手帳なし",)), one({"certificate": limit}))
    assert answer == ({"p": state} if state else {})


def test_one_excluding_condition_is_enough() -> None:
    town = one({"certificate": ("none",), "household": ("lone_parent",)})
    assert found(Criteria(condition=("手帳なし", "一人暮らし")), town) == {}


def test_one_blank_among_conditions_leaves_it_open() -> None:
    town = one({"certificate": ("none",)})
    assert found(Criteria(condition=("手帳なし", "一人暮らし")), town) == {"p": "not_recorded"}


def test_district_left_out_covered_and_open() -> None:
    assert found(Criteria(district="北地区")) == {"desk": "covered", "meals": "covered", "visit": "not_recorded"}


def test_boxes_are_alternatives_and_the_best_answers() -> None:
    town = one(
        {"age": AgeRange(Age(0), Age(9))}, {"age": AgeRange(Age(20), NOT_RECORDED)}, {"age": AgeRange(Age(30), Age(39))}
    )
    assert found(Criteria(age=35), town) == {"p": "covered"}
    assert found(Criteria(age=25), town) == {"p": "not_recorded"}
    assert found(Criteria(age=15), town) == {}


def test_blank_own_row_beside_boxes_says_nothing() -> None:
    assert found(Criteria(age=15), one({}, {"age": AgeRange(Age(20), NO_LIMIT)})) == {}


def test_criteria_of_one_box_are_not_put_together_from_two() -> None:
    young: Limits = {"age": AgeRange(Age(0), Age(9)), "certificate": ("none",)}
    old: Limits = {"age": AgeRange(Age(65), NO_LIMIT), "certificate": ("mental",)}
    assert found(Criteria(age=70, condition=("手帳なし",)), one(young, old)) == {}


def test_order_is_covered_then_reach_then_table() -> None:
    programs = [
        Program(origin=AT, id=f"{reach}{n}", name="x", reach=reach, limits={"age": age})
        for n, age in enumerate((AgeRange(), AgeRange(NO_LIMIT, NO_LIMIT)))
        for reach in ("", "open", "included", "dedicated")
    ]
    town = replace(small_town(), programs=tuple(programs), eligibility=())
    assert list(found(Criteria(age=20), town)) == [
        f"{reach}{n}" for n in (1, 0) for reach in ("dedicated", "included", "open", "")
    ]


@pytest.mark.parametrize(
    ("criteria", "message"),
    [
        (Criteria(need="ひきこもる"), "ひきこもり"),
        (Criteria(theme="居場"), "居場所"),
        (Criteria(condition=("none",)), "certificate/none"),
        (Criteria(agency="福祉化"), "福祉課"),
        (Criteria(provision="無い法9条"), "無い法9条"),
        (Criteria(district="東地区"), "北地区"),
    ],
    ids=str,
)
def test_unknown_or_ambiguous_names_suggest(criteria: Criteria, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        find(TODAY, criteria)


def test_record_has_the_promised_keys() -> None:
    record = match_record(find(TODAY, Criteria(need="ひきこもり", age=20))[0], "ja")
    assert record == {
        "id": "visit",
        "name": "ひきこもり訪問",
        "reach": "専用",
        "limits": ["15〜39歳、居住: 市内在住、家族も可"],
        "owner": ["福祉課"],
        "basis": [],
        "evidence": "記載",
        "row": "programs.csv 3行目",
        "layer": "",
        "needs": ["ひきこもり"],
        "functions": ["アウトリーチ", "相談"],
        "classified": ["needs", "functions", "reach"],
        "source": [],
        "matched": {"need": "covered", "age": "covered"},
    }


def test_record_in_english() -> None:
    record = match_record(find(TODAY, Criteria(theme="t1"))[1], "en")
    assert (record["needs"], record["basis"]) == (["all"], ["Sample Care Act art. 1"])


ends = st.one_of(st.sampled_from([NO_LIMIT, NOT_RECORDED]), st.integers(0, 120).map(Age))
certificates = st.sets(st.sampled_from(["none", "physical", "mental"]), min_size=1).map(tuple)
sets: st.SearchStrategy[Limit] = st.one_of(st.sampled_from([NO_LIMIT, NOT_RECORDED]), certificates)


@st.composite
def box(draw: st.DrawFn) -> Limits:
    return {"age": AgeRange(draw(ends), draw(ends)), "certificate": draw(sets)}


boxes = st.lists(box(), min_size=1)


@given(boxes, st.integers(0, 120))
def test_recording_a_blank_only_ever_decides(limits: list[Limits], age: int) -> None:
    """Read every blank as no limit: whoever was found stays found, whoever was left out stays out."""
    opened = [_opened(one_box) for one_box in limits]
    asked = Criteria(age=age, condition=("手帳なし",))
    assert set(found(asked, one({}, *limits))) == set(found(asked, one({}, *opened)))


@given(boxes, st.integers(0, 120))
def test_lifting_every_limit_finds_everybody(limits: list[Limits], age: int) -> None:
    free: Limits = {"age": AgeRange(NO_LIMIT, NO_LIMIT), "certificate": NO_LIMIT}
    assert found(Criteria(age=age, condition=("手帳なし",)), one({}, *limits, free)) == {"p": "covered"}


def _opened(limits: Limits) -> Limits:
    ages = limits["age"]
    assert isinstance(ages, AgeRange)
    least, most = (NO_LIMIT if end is NOT_RECORDED else end for end in (ages.least, ages.most))
    held = limits["certificate"]
    return {"age": AgeRange(least, most), "certificate": NO_LIMIT if held is NOT_RECORDED else held}
