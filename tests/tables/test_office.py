"""Cells, layouts and workbooks as offices have them: every line of tests/cases/office is a case."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from hazama.model.cells import NO_LIMIT, NOT_RECORDED, Age, AgeRange
from hazama.model.records import Program
from hazama.tables import check, check_files, sentence, strict
from hazama.tables.ages import age_text
from hazama.tables.columns import by_heading, declaration
from hazama.tables.writing import cells
from tests.tables.conftest import Make

OFFICE = Path(__file__).parents[1] / "cases" / "office"
BOOKS = sorted((OFFICE / "books").iterdir())
AGENCIES = "id,name\na1,見本課\na2,本見課\na3,みほん・ほんみ係\n007,七課\n"
NEEDED = {table: {"id": f"{table[0]}9", "name": "x"} for table in ("programs", "agencies", "laws")} | {"demand": {}}
LABELS = {"a1": "見本課", "a2": "本見課", "a3": "みほん・ほんみ係", "none": "手帳なし", "intellectual": "療育手帳"}


def cases() -> list[dict[str, str]]:
    with (OFFICE / "cells.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.mark.parametrize("case", cases(), ids=lambda case: f"{case['column']} {case['cell']}")
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_cell(make: Make, case: dict[str, str], lang: str) -> None:
    row = NEEDED[case["table"]] | {case["column"]: case["cell"]}
    titles = {column.name: column.title(lang) for column in by_heading(declaration()[case["table"]]).values()}
    lines = [",".join(titles[name] for name in row), ",".join(f'"{text}"' for text in row.values())]
    folder = make({"agencies.csv": AGENCIES, f"{case['table']}.csv": "\n".join(lines)})
    checked = check(folder)
    assert [entry.code for entry in checked.violations] == [case["code"]] * bool(case["code"])
    for entry in checked.violations:
        assert (entry.file, entry.row, entry.column) == (f"{case['table']}.csv", 2, case["column"])
        assert case["cell"].strip() in sentence(entry, lang)
        assert titles[case["column"]] in sentence(entry, lang)
    if checked.town:
        (found,) = dict(checked.town.tables())[case["table"]]
        assert _said(found, case) == case["reads"]
        assert all(entry.severity == "repair" for entry in checked.violations)
        assert all(entry.severity == "error" for entry in strict(checked.violations))


def _said(row: object, case: dict[str, str]) -> str:
    if case["column"] == "ages":
        assert isinstance(row, Program)
        return "～".join(_ends(row.limits["age"]))
    text = cells(row, declaration()[case["table"]]).get(case["column"], "")  # type: ignore[arg-type]
    return ";".join(LABELS.get(part, part) for part in text.split(";"))


def _ends(ages: object) -> Iterator[str]:
    assert isinstance(ages, AgeRange)
    for end in (ages.least, ages.most):
        yield age_text(end) if isinstance(end, Age) else "制限なし" if end is NO_LIMIT else ""


@pytest.mark.parametrize("book", BOOKS, ids=lambda book: book.suffix)
def test_a_spreadsheet_goes_in_as_it_is(book: Path) -> None:
    """Title, two rows of headings, merged cells, a real date, an era date, a sum and a note."""
    checked = check(book)
    assert checked.town is not None
    first, second = checked.town.programs
    assert (first.name, first.owner, str(first.since)) == ("見本の相談", ("a1",), "2022-04-01")
    assert first.limits == {"age": AgeRange(Age(18), Age(39))}
    assert second.owner == ("a1",), "the cell is merged with the one above"
    assert second.limits == {"age": AgeRange(Age(65, approximate=True), NO_LIMIT)}
    assert (first.origin.sheet, first.origin.row) == ("事業一覧", 5)
    assert [(entry.code, entry.row) for entry in checked.violations] == [
        ("titles_set_aside", 4),
        ("merged_filled", 5),
        ("folded", 5),
        ("age_read", 6),
        ("day_read", 6),
        ("total_set_aside", 7),
        ("note_set_aside", 8),
    ]
    assert {entry.sheet for entry in checked.violations} == {"事業一覧"}
    assert sentence(checked.violations[0]).startswith(f"{book.name}［事業一覧］ 4行目")


def test_the_second_row_of_merged_headings_is_none_of_the_table(tmp_path: Path) -> None:
    """Known headings are merged over both rows; those that only the lower row has are of ticks."""
    book = Workbook()
    sheet = book.active
    assert sheet
    sheet.title = "事業一覧"
    for row in (["番号", "事業名", "支援機能の別"], ["", "", "相談", "参加"], ["p1", "x", "○", "×"]):
        sheet.append(row)
    for area in ("A1:A2", "B1:B2", "C1:D1"):
        sheet.merge_cells(area)
    book.save(tmp_path / "一覧.xlsx")
    checked = check_files([tmp_path / "一覧.xlsx"])
    assert checked.town
    assert {row.id: row.functions for row in checked.town.programs}["p1"] == ("consultation",)
    assert {(entry.code, entry.row) for entry in checked.violations} == {("marks_read", 2)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "iso2022_jp", "utf-16"])
@pytest.mark.parametrize("sign", [",", "\t", ";"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_encodings_separators_and_line_ends(tmp_path: Path, encoding: str, sign: str, end: str) -> None:
    rows = [["ID", "事業名", "備考"], ["p1", "見本の相談とみまもり", '"そのまま、あるいは「別紙」"']]
    path = tmp_path / ("事業一覧.tsv" if sign == "\t" else "事業一覧.csv")
    path.write_bytes(end.join(sign.join(row) for row in rows).encode(encoding))
    checked = check(path)
    assert checked.town is not None, checked.violations
    own = [(row.name, row.note) for row in checked.town.programs if not row.layer]
    assert own == [("見本の相談とみまもり", "そのまま、あるいは「別紙」")]
    told = [entry.code for entry in checked.violations]
    assert told == ([] if encoding.startswith("utf-8") else ["encoding_read"])


def test_loose_files_know_each_other_and_lack_nothing(tmp_path: Path) -> None:
    (tmp_path / "機関.csv").write_text("id,name\na1,見本課\n", encoding="utf-8")
    (tmp_path / "x.csv").write_text("事業名,ID,所管\nx,p1,見本科\n", encoding="utf-8")
    alone = check(tmp_path / "x.csv")
    assert alone.town is not None
    assert alone.town.programs[0].owner == ("見本科",), "nobody knows the agencies"
    together = check_files([tmp_path / "機関.csv", tmp_path / "x.csv"], "")
    assert [entry.code for entry in together.violations] == ["unknown_reference_near"]
    assert check_files([tmp_path / "機関.csv"], "bodies").town is not None


def test_blank_is_not_recorded_whatever_the_dash(make: Make) -> None:
    (row,) = read_programs(make, "id,name,certificate,needs\np1,x,－,\n")
    assert row.limits == {}
    assert row.needs is NOT_RECORDED


def read_programs(make: Make, text: str) -> tuple[Program, ...]:
    checked = check(make({"programs.csv": text}))
    assert checked.town is not None
    return checked.town.programs


def test_every_repair_is_a_sentence_in_both_languages() -> None:
    from hazama.resources import words

    for case in cases():
        if case["code"]:
            both = words("tables")[case["code"]]
            assert re.findall(r"{\w+}", both["ja"]), case["code"]


def test_ticks_are_a_list_and_a_cross_says_nothing(make: Make) -> None:
    text = "ID,事業名,支援機能,相談,参加,ひきこもり\np1,x,給付,○,×,◎\np2,y,,－,✓,\n"
    first, second = read_programs(make, text)
    assert (first.functions, first.needs) == (("benefit", "consultation"), ("withdrawal",))
    assert (second.functions, second.needs, dict(second.extra)) == (("participation",), NOT_RECORDED, {})


def test_ticks_under_the_name_of_a_row_are_a_reference_where_only_one_list_can_be_meant(make: Make) -> None:
    text = "ID,事業名,見本課,つながる\np1,x,○,×\np2,y,,○\n"
    folder = make({"agencies.csv": AGENCIES, "themes.csv": "id,name\nt1,つながる\n", "programs.csv": text})
    checked = check(folder)
    found = {(entry.code, entry.column) for entry in checked.violations}
    assert found == {("marks_read", "つながる"), ("unknown_column", "見本課")}, "owner or operator?"
    assert checked.town
    first, second = checked.town.programs
    assert (first.themes, second.themes, first.operators, dict(first.extra)) == ((), ("t1",), (), {"見本課": "○"})
