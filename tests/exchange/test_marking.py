"""The copy of the tables in which every bad cell is coloured and explained."""

import io
from pathlib import Path

import openpyxl
import pytest

from hazama.exchange.marking import marked
from hazama.model.errors import Violation
from hazama.tables import check, check_files
from hazama.tables.sentences import advice

OFFICE = Path(__file__).parents[1] / "cases" / "office" / "books"


@pytest.mark.parametrize("book", sorted(OFFICE.iterdir()), ids=lambda path: path.suffix)
def test_every_violation_stands_at_its_cell_in_the_marked_copy(book: Path) -> None:
    found = check(book).violations
    data = marked([book], found)
    assert data == marked([book], found), "the same input gives the same bytes"
    copy = openpyxl.load_workbook(io.BytesIO(data))
    page, listing = copy["事業一覧"], copy["直すところ"]
    links = {
        cell.hyperlink.location for (cell,) in listing.iter_rows(min_row=5, min_col=3, max_col=3) if cell.hyperlink
    }
    assert links == {f"'事業一覧'!{place}" for place in ("A4", "C5", "E5", "D6", "F6", "A7", "A8")}
    assert advice(found[2]) in page["E5"].comment.text
    assert page["E5"].fill.fgColor.rgb.endswith("FFF0B8")
    assert page["B5"].value == "見本の相談"
    assert copy.active == listing


def test_a_folder_is_marked_too_and_formulas_stay_text(tmp_path: Path) -> None:
    (tmp_path / "town.toml").write_text('name = "t"\nbase = "https://e.org/"\n')
    (tmp_path / "programs.csv").write_text("id,name,min_age\np1,'=1+1,?\n", encoding="utf-8")
    found = check(tmp_path).violations
    copy = openpyxl.load_workbook(io.BytesIO(marked([tmp_path], found, "en")))
    assert copy["programs"]["C2"].fill.fgColor.rgb.endswith("FFC9C4")
    assert (copy["programs"]["B2"].value, copy["programs"]["B2"].data_type) == ("=1+1", "s")
    assert "no age" in copy["To mend"]["E5"].value


def test_a_violation_without_a_place_is_only_listed(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_text("id,name\n")
    copy = openpyxl.load_workbook(io.BytesIO(marked([path], [Violation("x.csv", code="empty_file")])))
    assert copy["直すところ"]["C5"].hyperlink is None
    assert "中身がありません" in copy["直すところ"]["E5"].value


def test_several_files_are_marked_in_one_book(tmp_path: Path) -> None:
    paths = [tmp_path / "agencies.csv", tmp_path / "programs.csv"]
    paths[0].write_text("id,name\na1,\n", encoding="utf-8")
    paths[1].write_text("id,name,min_age\np1,x,六十五\n", encoding="utf-8")
    book = openpyxl.load_workbook(io.BytesIO(marked(paths, check_files(paths).violations)))
    assert book["agencies"]["B2"].comment and book["programs"]["C2"].comment


def test_a_book_that_was_refused_is_listed_and_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "鍵 付き.xlsx"
    path.write_bytes((Path(__file__).parents[1] / "cases" / "office" / "locked.xlsx").read_bytes())
    book = openpyxl.load_workbook(io.BytesIO(marked([path], check_files([path]).violations)))
    assert "パスワード" in str(book.worksheets[0]["E5"].value)
