"""Results as CSV and Excel files."""

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from hazama.tables import frame, matrix, to_csv, to_excel
from hazama.tables.results import sheet_title
from tests.tables.test_frames import TOWN

TABLE = pd.DataFrame({"名称": ["=1+1", "𠮷"], "人数": pd.Series([1, None], dtype="Int64"), "一覧": [("a", "b"), ()]})


def test_csv_for_excel(tmp_path: Path) -> None:
    to_csv(TABLE, tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_bytes().decode() == "\ufeff名称,人数,一覧\r\n'=1+1,1,a;b\r\n𠮷,,\r\n"


def test_a_matrix_keeps_its_row_names(tmp_path: Path) -> None:
    to_csv(matrix(TOWN), tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text(encoding="utf-8-sig").startswith("themes,consultation,")


def test_a_frame_with_ids_writes_them_once(tmp_path: Path) -> None:
    to_csv(frame(TOWN, "agencies"), tmp_path / "t.csv")
    assert (tmp_path / "t.csv").read_text(encoding="utf-8-sig").startswith("id,name,name_en")


def test_a_workbook_with_headings_that_stay_and_text_that_is_text(tmp_path: Path) -> None:
    to_excel({"人口": TABLE, "a/b": matrix(TOWN)}, tmp_path / "t.xlsx")
    book = openpyxl.load_workbook(tmp_path / "t.xlsx")
    sheet = book["人口"]
    assert book.sheetnames == ["人口", "a_b"]
    assert [cell.value for cell in sheet[1]] == ["名称", "人数", "一覧"]
    assert [cell.value for cell in sheet[2]] == ["=1+1", 1, "a;b"]
    assert sheet["A2"].data_type == "s"
    assert sheet["A1"].font.bold
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:C3"
    assert sheet.column_dimensions["A"].width > 5


def test_the_same_table_gives_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.xlsx", "two.xlsx"):
        to_excel({"t": TABLE}, tmp_path / name)
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()


def test_an_empty_table_is_a_sheet_of_headings(tmp_path: Path) -> None:
    to_excel({"t": TABLE.iloc[:0]}, tmp_path / "t.xlsx")
    assert [cell.value for cell in openpyxl.load_workbook(tmp_path / "t.xlsx")["t"][1]] == ["名称", "人数", "一覧"]


@pytest.mark.parametrize(
    ("title", "expected"), [("a/b:c[1]", "a_b_c_1_"), ("x" * 40, "x" * 31), ("'x'", "x"), ("", "_")]
)
def test_titles_that_excel_allows(title: str, expected: str) -> None:
    assert sheet_title(title) == expected
