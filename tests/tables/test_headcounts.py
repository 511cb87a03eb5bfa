"""The standard population table as it is."""

import pytest

from hazama.model.cells import NO_LIMIT, Age, AgeRange
from hazama.tables import check, read
from hazama.tables.headcounts import Band, band, disjoint
from tests.tables.conftest import Make

BANDS = [f"{least}-{least + 4}歳" for least in range(0, 85, 5)] + ["85歳以上"]
HEADINGS = [
    "都道府県コード又は市区町村コード",
    "地域コード",
    "都道府県名",
    "市区町村名",
    "調査年月日",
    "地域名",
    "総人口",
    "男性",
    "女性",
    *(f"{ages}の{sex}" for ages in BANDS for sex in ("男性", "女性")),
    "世帯数",
    "備考",
]


def wide(*areas: str, date: str = "2022-04-01") -> str:
    rows = [
        ["142051", "", "神奈川県", "試町", date, area, "999", "9", "9", *["10", "5"] * 18, "7", ""] for area in areas
    ]
    return "\n".join(",".join(row) for row in [HEADINGS, *rows]) + "\n"


def test_the_form_of_47_columns(make: Make) -> None:
    assert len(HEADINGS) == 47
    rows = read(make({"districts.csv": "id,name\nd1,片瀬\n", "demand.csv": wide("片瀬")})).demand
    assert len(rows) == 18
    assert {(row.district, row.people, row.origin.row) for row in rows} == {("d1", 15, 2)}
    assert rows[0].limits == {"age": AgeRange(Age(0), Age(4))}
    assert rows[-1].limits == {"age": AgeRange(Age(85), NO_LIMIT)}
    assert rows[0].locator == "地域・年齢別人口 2022-04-01"


def test_areas_may_be_other_names_of_a_district_and_the_sum_of_all_is_set_aside(make: Make) -> None:
    districts = "id,name,alt\nd1,片瀬,片瀬一丁目;片瀬二丁目\n"
    checked = check(make({"districts.csv": districts, "demand.csv": wide("片瀬一丁目", "片瀬二丁目", "合計")}))
    assert checked.town is not None
    assert [(v.code, v.row) for v in checked.violations] == [("sum_set_aside", 4)]
    assert sum(row.people or 0 for row in checked.town.demand) == 2 * 18 * 15


def test_a_town_without_areas_is_one_whole(make: Make) -> None:
    rows = read(make({"demand.csv": wide("")})).demand
    assert {row.district for row in rows} == {""}


def test_only_the_latest_day_counts(make: Make) -> None:
    text = wide("", date="2021-04-01") + wide("", date="2022/4/1").split("\n", 1)[1]
    checked = check(make({"demand.csv": text}))
    assert checked.town is not None
    assert {row.locator for row in checked.town.demand} == {"地域・年齢別人口 2022-04-01"}
    assert [violation.code for violation in checked.violations] == ["earlier_days_set_aside"]


def test_a_file_in_cp932_with_hundred_year_olds_and_unknown_ages(make: Make) -> None:
    text = "地域名,0-4歳の男性,0-4歳の女性,100歳以上の男性,100歳以上の女性,年齢不詳の男性,年齢不詳の女性\n,1,2,3,,5,6\n"
    rows = read(make({"demand.csv": text.encode("cp932")})).demand
    assert [(row.people, dict(row.limits)) for row in rows] == [
        (3, {"age": AgeRange(Age(0), Age(4))}),
        (3, {"age": AgeRange(Age(100), NO_LIMIT)}),
        (11, {}),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "地域名,年齢,性別,人口\n,0-4歳,男,10\n,0-4歳,女,12\n,0-4歳,計,22\n,総数,計,22\n",
        "地区,年齢階級,人数\n,0～4歳,22\n",
        "年齢区分,人口\n0-4,22\n",
    ],
)
def test_the_long_form(make: Make, text: str) -> None:
    (row,) = read(make({"demand.csv": text})).demand
    assert (row.people, row.limits, row.origin.row) == (22, {"age": AgeRange(Age(0), Age(4))}, 2)


def test_a_demand_table_of_our_own_stays_as_it_is(make: Make) -> None:
    text = "年齢下限,年齢上限,人数,地域生活課題,割合\n0,4,22,,\n,,,,0.5\n"
    first, second = read(make({"demand.csv": text})).demand
    assert (first.people, second.share) == (22, 0.5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0-4歳", Band(0, 4)),
        ("０～４歳", Band(0, 4)),
        ("100歳以上", Band(100, None)),
        ("5歳", Band(5, 5)),
        ("不詳者", Band(None, None)),
        ("男性", None),
        ("総人口", None),
    ],
)
def test_age_bands(text: str, expected: Band | None) -> None:
    assert band(text) == expected


FIVES = {Band(0, 4), Band(5, 9), Band(10, 14)}


@pytest.mark.parametrize(
    ("bands", "expected"),
    [
        (FIVES, FIVES),
        (FIVES | {Band(0, 14)}, FIVES),
        ({Band(65, None), Band(65, 74), Band(75, None)}, {Band(65, 74), Band(75, None)}),
        ({Band(65, None), Band(75, None)}, {Band(65, None)}),
        ({Band(0, 14), Band(0, 4), Band(5, 9)}, {Band(0, 14)}),
        ({Band(None, None), Band(0, 4)}, {Band(None, None), Band(0, 4)}),
    ],
)
def test_nobody_is_counted_twice(bands: set[Band], expected: set[Band]) -> None:
    assert disjoint(bands) == expected


def test_a_sum_of_bands_is_set_aside_and_said(make: Make) -> None:
    text = "地域名,65歳以上人口,65-74歳,75歳以上\n,30,20,10\n"
    checked = check(make({"demand.csv": text}))
    assert checked.town is not None
    assert [row.people for row in checked.town.demand] == [20, 10]
    assert [(v.code, dict(v.values)) for v in checked.violations] == [("band_set_aside", {"found": "65歳以上"})]
