"""What a workbook changes in a town, and what stays byte for byte."""

from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given, settings

from hazama.exchange.workbook import town_book
from hazama.model.errors import InputError, UsageError
from hazama.model.town import Municipality
from hazama.tables import apply, changes, passed_over, read, write
from tests.tables.conftest import Make
from tests.tables.strategies import towns

AGENCIES = '\ufeff名称,ID,予算\r\n"福祉\n課",a1,\'=1\r\n#メモ\r\n\r\n  高齢課 ,a2,001\r\nなくなる課,a3,\r\n'
MEMBERS = "body,agency\nb1,a1\n"
FILES: dict[str, str | bytes] = {
    "agencies.csv": AGENCIES,
    "bodies.csv": "id,name\nb1,会議".encode("cp932"),
    "members.csv": MEMBERS,
}


def edited(folder: Path, **cells: str) -> Path:
    """The town as a book, with these cells changed in the sheet of agencies."""
    path = folder.parent / "直した 表.xlsx"
    path.write_bytes(town_book(read(folder)))
    book = openpyxl.load_workbook(path)
    for address, text in cells.items():
        book["機関・部局・課"][address] = text
        book["機関・部局・課"][address].data_type = "s"
    book.save(path)
    return path


@pytest.fixture
def folder(make: Make, tmp_path: Path) -> Path:
    made = make({f"town/{name}": text for name, text in FILES.items()})
    (made / "town.toml").rename(made / "town" / "town.toml")
    return made / "town"


def test_an_untouched_book_changes_nothing(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    assert changes(edited(folder), folder) == ()
    apply((), folder)
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


@settings(max_examples=30, deadline=None)
@given(towns())
def test_a_written_book_merges_back_as_nothing(town: Municipality) -> None:
    with TemporaryDirectory() as place:
        folder, book = Path(place, "町 一"), Path(place, "表 一.xlsx")
        write(town, folder)
        book.write_bytes(town_book(town))
        assert changes(book, folder) == ()


def test_only_the_changed_row_changes(folder: Path) -> None:
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    book = edited(folder, B3="高齢者支援課", A5="a4", B5="=新しい課", A4="", B4="")
    found = changes(book, folder)
    assert {(one.kind, one.id, one.column, one.before, one.after) for one in found} == {
        ("changed", "a2", "name", "高齢課", "高齢者支援課"),
        ("added", "a4", "", "", "=新しい課"),
        ("removed", "a3", "", "なくなる課", ""),
    }
    apply(found, folder)
    after = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert after.pop("agencies.csv").decode() == (
        "\ufeff名称,ID,予算\r\n\"福祉\n課\",a1,'=1\r\n#メモ\r\n\r\n高齢者支援課,a2,001\r\n'=新しい課,a4,\r\n"
    )
    assert after == {name: data for name, data in before.items() if name != "agencies.csv"}
    assert changes(book, folder) == ()


def test_a_column_that_the_file_lacks_is_added(folder: Path) -> None:
    book = edited(folder, C2="Welfare")
    apply(changes(book, folder), folder)
    assert (folder / "agencies.csv").read_bytes().decode("utf-8-sig").startswith("名称,ID,予算,name_en\r\n")
    assert read(folder).agencies[0].name_en == "Welfare"
    assert changes(book, folder) == ()


def test_rows_without_ids_come_and_go(folder: Path) -> None:
    book = edited(folder)
    made = openpyxl.load_workbook(book)
    made["構成員"]["B2"] = "a2"
    made.save(book)
    found = changes(book, folder)
    assert sorted((one.kind, one.row) for one in found) == [("added", 0), ("removed", 2)]
    apply(found, folder)
    assert (folder / "members.csv").read_text(encoding="utf-8") == "body,agency\nb1,a2\n"


def test_a_bad_book_is_refused_and_nothing_is_written(folder: Path) -> None:
    before = {path: path.read_bytes() for path in folder.iterdir()}
    with pytest.raises(InputError) as caught:
        changes(edited(folder, A2="a9"), folder)
    assert {entry.code.removesuffix("_near") for entry in caught.value.violations} == {"unknown_reference"}
    with pytest.raises(UsageError):
        changes(edited(folder), folder / "town.toml")
    assert {path: path.read_bytes() for path in folder.iterdir()} == before


LIST = "id,ja,en,alt,出典\nc1,孤立,,ひとり；単身,表\nc2,ひきこもり,Withdrawal,,\n"
TOML = '\ufeff# 町のこと\r\nname = "試町" # 仮称\r\nbase = "https://example.org/t/"\r\nas_of = 2024-04-01\r\n'


@pytest.fixture
def told(folder: Path) -> Path:
    """The town with notes in its town.toml and a concept list of its own."""
    (folder / "concepts").mkdir()
    (folder / "concepts" / "own.csv").write_text(LIST, encoding="utf-8")
    (folder / "town.toml").write_bytes(TOML.encode())
    return folder


def with_cells(book: Path, sheet: str, **cells: str) -> Path:
    made = openpyxl.load_workbook(book)
    for address, text in cells.items():
        page = made[sheet] if sheet in made.sheetnames else made.create_sheet(sheet)
        page[address] = text
        page[address].data_type = "s"
    made.save(book)
    return book


def test_what_the_sheet_of_the_town_says_is_merged(told: Path) -> None:
    book = with_cells(edited(told), "町", B2='新"町', B7="", B6="CC BY 4.0", B9="national")
    found = changes(book, told)
    assert [(one.kind, one.table, one.column, one.before, one.after) for one in found] == [
        ("changed", "town", "name", "試町", '新"町'),
        ("changed", "town", "licence", "", "CC BY 4.0"),
        ("changed", "town", "as_of", "2024-04-01", ""),
        ("changed", "town", "stands_on", "", "national"),
    ]
    apply(found, told)
    assert (told / "town.toml").read_bytes().decode().startswith("\ufeff# 町のこと\r\nname = ")
    assert " # 仮称\r\n" in (told / "town.toml").read_bytes().decode()
    layer = read(told).layer
    assert (layer.name, layer.licence, layer.as_of, layer.stands_on) == ('新"町', "CC BY 4.0", None, ("national",))
    assert changes(book, told) == ()


def test_keys_that_the_sheet_of_the_town_lacks_stay(told: Path) -> None:
    book = with_cells(edited(told), "町", A7="", B7="", A2="name", B2="新町")
    assert [(one.column, one.after) for one in changes(book, told)] == [("name", "新町")]


@pytest.mark.parametrize("cells", [{"B2": ""}, {"B5": "x"}, {"B4": "142052"}, {"B7": "いつか"}])
def test_a_bad_sheet_of_the_town_is_refused(told: Path, cells: dict[str, str]) -> None:
    with pytest.raises(InputError):
        changes(with_cells(edited(told), "町", **cells), told)


def test_concept_lists_are_merged_row_by_row(told: Path) -> None:
    book = with_cells(edited(told), "concepts.own", B2="社会的孤立", A3="c3", B3="=新語", C3="", E3="ことば;語")
    found = changes(book, told)
    assert [(one.kind, one.table, one.id, one.column, one.before, one.after) for one in found] == [
        ("changed", "concepts/own", "c1", "ja", "孤立", "社会的孤立"),
        ("added", "concepts/own", "c3", "", "", "=新語"),
        ("removed", "concepts/own", "c2", "", "ひきこもり", ""),
    ]
    apply(found, told)
    text = (told / "concepts" / "own.csv").read_text(encoding="utf-8")
    assert text == "id,ja,en,alt,出典\nc1,社会的孤立,,ひとり；単身,表\nc3,'=新語,,ことば;語,\n"
    assert changes(book, told) == ()


def test_a_list_that_is_new_in_the_book_is_made(folder: Path) -> None:
    book = with_cells(edited(folder), "concepts.needs", A1="ID", B1="名称", C1="出典", A2="n1", B2="雪かき", C2="調査")
    found = changes(book, folder)
    assert [(one.kind, one.table, one.id, one.after) for one in found] == [("added", "concepts/needs", "n1", "雪かき")]
    apply(found, folder)
    assert read(folder).schemes["needs"]["n1"].ja == "雪かき"
    assert "調査" in (folder / "concepts" / "needs.csv").read_text(encoding="utf-8-sig")
    assert changes(book, folder) == ()


def test_a_bad_list_is_refused_and_a_list_without_a_sheet_stays(told: Path) -> None:
    with pytest.raises(InputError):
        changes(with_cells(edited(told), "concepts.own", F2="nowhere"), told)
    made = openpyxl.load_workbook(edited(told))
    del made["concepts.own"], made["町"]
    made.save(told.parent / "一部.xlsx")
    assert changes(told.parent / "一部.xlsx", told) == ()


def test_a_table_is_changed_in_the_file_that_the_town_has(folder: Path) -> None:
    (folder / "agencies.csv").rename(folder / "機関.csv")
    book = edited(folder, B3="高齢者支援課")
    apply(changes(book, folder), folder)
    assert "高齢者支援課,a2" in (folder / "機関.csv").read_text(encoding="utf-8-sig")
    assert not (folder / "agencies.csv").exists()


def test_what_cannot_be_written_is_said_and_nothing_is_written(told: Path) -> None:
    made = openpyxl.Workbook()
    made.active.append(["ID", "名称"])
    made.active.append(["a1", "福祉課"])
    (told / "agencies.csv").unlink()
    made.save(told / "agencies.xlsx")
    before = {path: path.read_bytes() for path in told.rglob("*.*")}
    book = with_cells(edited(told, C2="Welfare"), "町", B2="新町")
    with pytest.raises(UsageError, match="CSV"):
        apply(changes(book, told), told)
    assert {path: path.read_bytes() for path in told.rglob("*.*")} == before


def test_ticks_and_sheets_that_are_no_table_are_seen_when_merging(folder: Path) -> None:
    (folder / "programs.csv").write_text("id,name,functions\np1,集い,相談\n", encoding="utf-8")
    path = folder.parent / "○ の表.xlsx"
    book = openpyxl.Workbook()
    book.active.title = "事業"
    for row in (["ID", "事業名", "相談", "参加"], ["p1", "集い", "○", "○"]):
        book.active.append(row)
    book.create_sheet("メモ").append(["あとで消す"])
    book.save(path)
    (change,) = changes(path, folder)
    assert (change.column, change.before, change.after) == ("functions", "consultation", "consultation;participation")
    assert [(entry.code, entry.sheet) for entry in passed_over(path)] == [("unknown_file", "メモ")]
