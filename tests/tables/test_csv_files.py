"""CSV files as they come, good and hostile."""

import time
import tracemalloc

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazama.tables.csv_files import csv_sheet, unguarded
from hazama.tables.sheets import MOST_BYTES, MOST_CELLS, MOST_CHARACTERS, MOST_COLUMNS, MOST_ROWS


def code(data: bytes) -> tuple[str, int]:
    sheet = csv_sheet("t.csv", data)
    assert not sheet.lines
    (violation,) = sheet.found
    return violation.code, violation.row


def test_rows_are_numbered_as_a_spreadsheet_counts_them() -> None:
    top, *lines = csv_sheet("t.csv", b'a,b\n\n"two\nlines",x\n#note\n,\nc,d\n').lines
    assert top.number == 1
    assert [(line.number, list(line.cells)) for line in lines] == [(3, ["two\nlines", "x"]), (6, ["c", "d"])]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_any_line_end_will_do(end: str) -> None:
    lines = csv_sheet("t.csv", f"a,b{end}1,2{end}".encode()).lines
    assert [list(line.cells) for line in lines] == [["a", "b"], ["1", "2"]]


def test_a_cell_of_a_megabyte_is_named_by_its_row() -> None:
    assert code(b"a,b\n1,2\n3," + b"x" * 2**20 + b"\n") == ("cell_too_long", 3)


def test_a_cell_longer_than_excel_holds_is_named_by_its_column() -> None:
    (violation,) = csv_sheet("t.csv", b"a,b\n1," + b"x" * (MOST_CHARACTERS + 1)).found
    assert (violation.code, violation.row, violation.column) == ("cell_too_long", 2, "b")


def test_the_longest_cell_is_read() -> None:
    assert csv_sheet("t.csv", b"a,b\n1," + b"x" * MOST_CHARACTERS).lines


def test_a_file_beyond_every_size_is_refused_before_it_is_read() -> None:
    assert code(b"a\n" * (MOST_BYTES // 2 + 1)) == ("file_too_large", 0)


def test_too_many_rows_and_columns() -> None:
    assert code(b"a\n" * (MOST_ROWS + 1)) == ("too_many_rows", MOST_ROWS + 1)
    assert code(b"a" + b"," * MOST_COLUMNS) == ("too_many_columns", 1)
    assert code((b"," * 99 + b"x\n") * (MOST_CELLS // 100 + 1)) == ("too_many_cells", MOST_CELLS // 100 + 1)


def test_a_sign_behind_a_quote_is_an_open_quote() -> None:
    assert code(b'a\n"b"c\n') == ("unclosed_quote", 2)


def test_a_hostile_file_takes_bounded_time_and_memory() -> None:
    data = b"a," + b'"' + b"x,\n" * (MOST_BYTES // 3 - 10)
    tracemalloc.start()
    began = time.process_time()
    sheet = csv_sheet("t.csv", data)
    spent, (_, peak) = time.process_time() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert not sheet.lines
    assert spent < 5
    assert peak < 256 * 2**20


@given(st.binary(max_size=300))
def test_any_bytes_give_a_grid_or_a_reason(data: bytes) -> None:
    sheet = csv_sheet("t.csv", data)
    assert bool(sheet.lines) != bool(sheet.found)


@pytest.mark.parametrize(
    ("text", "expected"), [("'=1+1", "=1+1"), ("''=x", "'=x"), ("'quoted'", "'quoted'"), ("=x", "=x"), ("'", "'")]
)
def test_the_guard_against_formulas_is_taken_away(text: str, expected: str) -> None:
    assert unguarded(text) == expected
