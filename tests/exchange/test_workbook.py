"""A town as a workbook and back, the template, and the copy that shows what to mend."""

import io
import tempfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from hazama.exchange.workbook import LISTS, template, town_book
from hazama.model.town import Municipality
from hazama.tables import check, declaration, read, sample
from tests.tables.strategies import towns
from tests.tables.test_writing import content

OFFICE = Path(__file__).parents[1] / "cases" / "office" / "books"


def reread(data: bytes) -> Municipality:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "町の表 𠮷.xlsx"
        path.write_bytes(data)
        return read(path)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(towns())
def test_reading_a_written_book_changes_nothing(town: Municipality) -> None:
    again = reread(town_book(town))
    assert content(again) == content(town)
    assert again.layer == town.layer
    assert again.schemes["own"] == town.schemes["own"]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_sample_town_goes_through_a_book_in_both_languages(lang: str) -> None:
    town = read(sample())
    data = town_book(town, lang)
    again = reread(data)
    assert content(again) == content(town)
    assert again.layer == town.layer
    assert data == town_book(town, lang), "the same town gives the same bytes"


def test_a_book_speaks_in_names_not_ids() -> None:
    page = openpyxl.load_workbook(io.BytesIO(town_book(read(sample()))))["事業・取組・制度"]
    headings = [cell.value for cell in page[1]]
    functions = {row[headings.index("支援機能")] for row in page.iter_rows(min_row=2, values_only=True)}
    owners = {row[headings.index("所管")] for row in page.iter_rows(min_row=2, values_only=True)}
    assert any("相談" in str(text) for text in functions)
    assert not any("consultation" in str(text) for text in functions)
    assert "地域共生社会推進室" in owners


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_template_has_every_column_with_its_hint_and_drop_downs(lang: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(template(lang)))
    assert book[LISTS].sheet_state == "hidden"
    for table in declaration().values():
        page = book[table.title(lang)]
        assert [cell.value for cell in page[1]] == [column.title(lang) for column in table.columns]
        assert page.freeze_panes is not None
        assert page.protection.sheet
        assert page["A1"].protection.locked
        assert not page.column_dimensions["A"].protection.locked
        rules = {str(rule.sqref).split(":")[0]: rule for rule in page.data_validations.dataValidation}
        assert len(rules) == len(table.columns)
        for at, column in enumerate(table.columns, start=1):
            rule = rules[f"{openpyxl.utils.get_column_letter(at)}2"]
            assert rule.prompt.startswith(column.about(lang)[:80])
            if column.scheme:
                assert (rule.type, rule.formula1.partition("!")[0]) == ("list", LISTS)


def test_the_words_of_a_drop_down_are_those_of_the_list() -> None:
    book = openpyxl.load_workbook(io.BytesIO(template("ja")))
    page = book["事業・取組・制度"]
    at = [cell.value for cell in page[1]].index("届き方") + 1
    letter = openpyxl.utils.get_column_letter(at)
    (rule,) = [rule for rule in page.data_validations.dataValidation if str(rule.sqref).startswith(f"{letter}2")]
    words = [cell.value for (cell,) in book[LISTS][rule.formula1.partition("!")[2].replace("$", "")]]
    assert words == ["専用", "対象に含む", "受け皿", "体制づくり"]


def test_a_template_lacks_only_the_name_of_the_town_and_then_checks_clean(tmp_path: Path) -> None:
    path = tmp_path / "記入用.xlsx"
    path.write_bytes(template())
    (missing,) = check(path).violations
    assert (missing.code, missing.column, missing.sheet) == ("missing_key", "name", "町")
    book = openpyxl.load_workbook(path)
    book["町"]["B2"] = "見本町"
    page = book["事業・取組・制度"]
    for column, text in zip("ABC", ("p1", "=SUM(1)", ""), strict=True):
        page[f"{column}3"] = text
        page[f"{column}3"].data_type = "s"
    book.save(path)
    town = read(path)
    assert town.name == "見本町"
    assert [(row.id, row.name) for row in town.programs] == [("p1", "=SUM(1)")], "the example row is no row"
