"""One workbook with the habits of a whole office in it: read, marked, and written back."""

import datetime
from pathlib import Path

import openpyxl
import pytest

from hazama.exchange.marking import marked
from hazama.model.cells import NO_LIMIT, Age, AgeRange
from hazama.model.errors import InputError, UsageError
from hazama.tables import apply, changes, check, guessed_mapping, heading, import_table, read, sentence
from tests.tables.conftest import Make
from tests.tables.test_hostile_books import SHEET, changed
from tests.tables.test_merging import with_cells

PROGRAMS: list[list[object]] = [
    ["令和6年度　福祉関係事業一覧表", "", "", "", "", "", "", "", "作成：福祉総務課"],
    ["（令和６年４月１日現在）"],
    ["番号", "事業\n名称", "担当", "対象", "", "障がい者\n手帳", "開始", "終了", "予算額\n(千円)", "備考"],
    ["", "", "", "年齢", "居住"],
    [
        "ｐ１",
        "見守り",
        "高齢福祉課",
        "概ね65歳以上",
        "市内在住",
        "制限なし",
        datetime.datetime(2012, 4, 1),
        "",
        "1,200",
    ],
    ["p2", "配食サービス", "〃", "〃", "〃", "－", "H24.4.1", "令和5年度", 950],
    ["", "小計", "", "", "", "", "", "", "=SUM(I5:I6)"],
    [
        "p3",
        "障碍者\u200b相談",
        "障がい福祉課",
        "18歳以上",
        "",
        "身体障害者手帳、療育手帳",
        "令和元年10月",
        "未定",
        "３０",
    ],
    ["p4", "児童クラブ", "", "小学生～中学生", "", "なし", "S55"],
    ["番号", "事業\n名称", "担当", "年齢", "居住", "障がい者\n手帳", "開始", "終了", "予算額\n(千円)", "備考"],
    ["P2", "紙おむつ支給", "", "40～64歳（特定疾病）", "", "", "2020/13/1"],
    ["p6", "健診", "", "1歳6か月～2歳未満", "", "", "平成9年4月", "", "", "<b>太字</b>"],
    ["合計"],
    ["注）予算額は当初予算。"],
]
OTHERS: dict[str, list[list[object]]] = {
    "機関": [
        ["ＩＤ", "名称", "上位組織"],
        ["a1", "高齢福祉課", "福祉部"],
        ["a2", "障がい福祉課", "a2"],
        ["a4", "福祉部"],
    ],
    "町": [["名称", "見本市"], ["団体コード", 14205], ["IRIの基", "https://example.org/m/"], ["土台", "national"]],
    "concepts.needs": [["ID", "名称"], ["dv", "配偶者からの暴力"], ["withdrawal", "重複"]],
    "R6最終版": [["ID", "名称", "親会議体", "事務局"], ["b1", "協議会"]],
    "下書き": [[], ["x"]],
}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    made = openpyxl.Workbook()
    made.active.title = "事業一覧"
    for title, rows in {"事業一覧": PROGRAMS, **OTHERS}.items():
        page = made[title] if title in made.sheetnames else made.create_sheet(title)
        for row in rows:
            page.append(row)
    page = made["事業一覧"]
    for area in ("A1:G1", "D3:E3", *(f"{letter}3:{letter}4" for letter in "ABCFGHIJ")):
        page.merge_cells(area)
    made["下書き"].sheet_state = "hidden"
    made.save(tmp_path / "福祉部 最終版.xlsx")
    return tmp_path / "福祉部 最終版.xlsx"


def test_everything_that_is_odd_is_found_at_its_cell(book: Path) -> None:
    found = {(entry.sheet, entry.row, heading(entry, "ja"), entry.code) for entry in check(book).violations}
    errors = {entry.code for entry in check(book).violations if entry.severity == "error"}
    assert found == {
        ("機関", 3, "上位組織", "above_itself"),
        ("事業一覧", 0, "I7", "formula_without_value"),
        ("事業一覧", 4, "", "titles_set_aside"),
        ("事業一覧", 4, "予算額(千円)", "unknown_column"),
        ("事業一覧", 5, "ID", "folded"),
        ("事業一覧", 5, "対象年齢", "ages_read"),
        ("事業一覧", 6, "所管", "ditto"),
        ("事業一覧", 6, "対象年齢", "ditto"),
        ("事業一覧", 6, "居住", "ditto"),
        ("事業一覧", 6, "対象年齢", "ages_read"),
        ("事業一覧", 6, "障害者手帳", "nothing_there"),
        ("事業一覧", 6, "開始", "day_read"),
        ("事業一覧", 6, "終了", "day_read"),
        ("事業一覧", 7, "", "total_set_aside"),
        ("事業一覧", 8, "名称", "signs_mended"),
        ("事業一覧", 8, "対象年齢", "ages_read"),
        ("事業一覧", 8, "障害者手帳", "items_parted"),
        ("事業一覧", 8, "開始", "day_read"),
        ("事業一覧", 8, "終了", "nothing_there"),
        ("事業一覧", 9, "対象年齢", "ages_read"),
        ("事業一覧", 9, "障害者手帳", "none_or_no_limit"),
        ("事業一覧", 9, "開始", "day_read"),
        ("事業一覧", 10, "", "headings_again"),
        ("事業一覧", 11, "対象年齢", "bad_ages"),
        ("事業一覧", 11, "開始", "impossible_day"),
        ("事業一覧", 11, "ID", "repeated_id"),
        ("事業一覧", 12, "対象年齢", "ages_read"),
        ("事業一覧", 12, "開始", "day_read"),
        ("事業一覧", 13, "", "total_set_aside"),
        ("事業一覧", 14, "", "note_set_aside"),
        ("町", 0, "団体コード", "bad_code"),
        ("R6最終版", 0, "", "unknown_file_near"),
        ("下書き", 0, "", "unknown_file"),
        ("concepts.needs", 3, "ID", "repeated_concept"),
    }
    assert len(errors) == 8
    (near,) = [entry for entry in check(book).violations if entry.code == "unknown_file_near"]
    assert "「会議体」ではありませんか" in sentence(near)


def test_the_marked_copy_opens_with_a_comment_also_in_merged_cells_and_says_the_same(book: Path) -> None:
    found = check(book).violations
    copy = book.parent / "印.xlsx"
    copy.write_bytes(marked([book], found))
    page = openpyxl.load_workbook(copy)["事業一覧"]
    assert "予算額(千円)" in page["I3"].comment.text, "I3:I4 are one cell"
    assert "40～64歳" in page["D11"].comment.text
    again = check(copy).violations
    assert [(entry.row, entry.code) for entry in again] == [(entry.row, entry.code) for entry in found]


def test_a_formula_that_nobody_computed_is_not_lost_in_a_new_town(book: Path) -> None:
    mapping = book.parent / "map.toml"
    mapping.write_text(guessed_mapping(book, "programs"), encoding="utf-8")
    with pytest.raises(InputError) as caught:
        import_table(book, "programs", mapping, book.parent / "town")
    assert [(entry.code, entry.column) for entry in caught.value.violations] == [("formula_without_value", "I7")]
    assert not (book.parent / "town").exists()


OFFICE_CSV = (
    "事業一覧,,,\r\nID,事業名,担当,対象年齢\r\np1,見守り,福祉課,概ね65歳以上\r\n"
    "p2,クラブ,〃,小学生～中学生\r\n合計,,,\r\n"
).encode("cp932")


@pytest.fixture
def town(make: Make, tmp_path: Path) -> Path:
    files: dict[str, str | bytes] = {
        "事業一覧.csv": OFFICE_CSV,
        "agencies.csv": "id,name\n#メモ\na1,福祉課\na2,こども課\n",
        "town.toml": "name = 't'\nbase = 'https://e.org/'",
    }
    make({f"town/{name}": data for name, data in files.items()})
    return tmp_path / "town"


def edited(town: Path, *rows: list[str]) -> Path:
    made = openpyxl.Workbook()
    made.active.title = "事業一覧"
    for row in (["ID", "名称", "所管", "年齢下限", "年齢上限"], *rows):
        made.active.append(row)
    made.save(town.parent / "直した.xlsx")
    return town.parent / "直した.xlsx"


def test_what_stands_below_a_changed_cell_goes_on_saying_what_it_said(town: Path) -> None:
    rows = (["p1", "見守り", "こども課", "概ね65", "制限なし"], ["p2", "クラブ", "福祉課", "概ね6", "概ね18"])
    book = edited(town, *rows, ["p3", "新規", "", "4か月", "2"])
    apply(changes(book, town), town)
    assert changes(book, town) == ()
    assert (town / "事業一覧.csv").read_bytes().decode("cp932") == (
        "事業一覧,,,\r\nID,事業名,担当,対象年齢\r\np1,見守り,a2,概ね65歳以上\r\n"
        "p2,クラブ,福祉課,概ね6歳～概ね18歳\r\n合計,,,\r\np3,新規,,4か月～2歳\r\n"
    )
    assert read(town).programs[2].limits["age"] == AgeRange(Age(4, "month"), Age(2))


def test_a_column_is_added_to_rows_and_not_to_notes(town: Path) -> None:
    made = edited(town)
    with_cells(
        made, "機関", A1="ID", B1="名称", C1="name_en", A2="a1", B2="福祉課", C2="Welfare", A3="a2", B3="こども課"
    )
    made_book = openpyxl.load_workbook(made)
    del made_book["事業一覧"]
    made_book.save(made)
    apply(changes(made, town), town)
    assert (town / "agencies.csv").read_text() == "id,name,name_en\n#メモ\na1,福祉課,Welfare\na2,こども課,\n"


@pytest.mark.parametrize(
    ("row", "error"),
    [
        (["p1", "見守り🙂", "福祉課", "概ね65", "制限なし"], InputError),
        (["p1", "見守り", "福祉課", "概ね65", ""], UsageError),
    ],
)
def test_what_the_file_cannot_say_is_refused_and_nothing_is_written(
    town: Path, row: list[str], error: type[Exception]
) -> None:
    book = edited(town, row, ["p2", "クラブ", "福祉課", "概ね6", "概ね15"])
    with pytest.raises(error):
        apply(changes(book, town), town)
    assert (town / "事業一覧.csv").read_bytes() == OFFICE_CSV


def test_a_limit_that_is_lifted_is_written_in_one_cell(town: Path) -> None:
    rows = (["p1", "見守り", "福祉課", "制限なし", "制限なし"], ["p2", "クラブ", "福祉課", "", ""])
    apply(changes(edited(town, *rows), town), town)
    first, second = read(town).programs
    assert first.limits == {"age": AgeRange(NO_LIMIT, NO_LIMIT)}
    assert second.limits == {}


def test_a_formula_that_gives_an_empty_text_is_blank(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.title = "事業"
    for row in (["ID", "名称", "備考"], ["p1", "x", '=""']):
        made.active.append(row)
    made.save(tmp_path / "x.xlsx")
    (entry,) = check(tmp_path / "x.xlsx").violations
    assert (entry.code, entry.column) == ("formula_without_value", "C2"), "nobody has computed it"
    data = changed((tmp_path / "x.xlsx").read_bytes(), SHEET, lambda part: part.replace(b'r="C2"', b'r="C2" t="str"'))
    (tmp_path / "x.xlsx").write_bytes(data)
    assert check(tmp_path / "x.xlsx").violations == ()
