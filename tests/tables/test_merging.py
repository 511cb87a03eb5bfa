"""What a workbook changes in a town, and what stays byte for byte."""

from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
import pytest
from hypothesis import given, settings

from hazama.exchange.workbook import town_book
from hazama.model.errors import InputError, UsageError
from hazama.model.town import Municipality
from hazama.tables import apply, changes, read, write
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
