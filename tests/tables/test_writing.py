"""What is written is read back the same, by us and by others."""

import csv
import dataclasses
import io
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from hazama.model.errors import InputError, UsageError
from hazama.model.records import Origin, Program, Row
from hazama.model.town import Layer, Municipality
from hazama.tables import declaration, files, read, sample, write
from hazama.tables.writing import BOM, csv_bytes, harmless, table_csv, town_toml
from tests.tables.strategies import towns


def content(town: Municipality) -> dict[str, list[Row]]:
    """The town's own rows without where they stood."""
    nowhere = Origin("", 0)
    own = {name: [row for row in rows if not row.layer] for name, rows in town.tables()}
    return {name: [dataclasses.replace(row, origin=nowhere) for row in rows] for name, rows in own.items()}


def reread(town: Municipality) -> Municipality:
    with tempfile.TemporaryDirectory() as folder:
        write(town, Path(folder))
        return read(folder)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(towns())
def test_reading_what_was_written_changes_nothing(town: Municipality) -> None:
    again = reread(town)
    assert content(again) == content(town)
    assert again.layer == town.layer
    assert again.schemes["own"] == town.schemes["own"]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(towns())
def test_the_same_town_gives_the_same_bytes(town: Municipality) -> None:
    assert dict(files(town)) == dict(files(reread(town)))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(towns())
def test_no_cell_runs_as_a_formula(town: Municipality) -> None:
    for name, data in files(town):
        if name.endswith(".csv"):
            for line in csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")):
                assert not any(cell.startswith(tuple("=+-@＝＋－＠\t\r")) for cell in line)


def test_the_sample_town_is_read_back() -> None:
    town = read(sample())
    assert content(reread(town)) == content(town)


def test_a_table_has_a_byte_order_mark_and_all_headings() -> None:
    rows = [Program(origin=Origin("", 2), id="p", name="𠮷", extra={"予算": "1"})]
    text = table_csv(declaration()["programs"], rows).decode()
    assert text.startswith(BOM + "id,name,name_en,")
    assert text.splitlines()[0].endswith(",note,予算")
    assert text.endswith(",1\r\n")


@pytest.mark.parametrize("text", ["=1+1", "+a", "-b", "@c", "\tx", "＝SUM(A1)", "'=x"])
def test_formulas_are_made_harmless(text: str) -> None:
    assert harmless(text) == "'" + text


@pytest.mark.parametrize("text", ["", "a=b", "'x", "1-2"])
def test_other_text_stays_as_it_is(text: str) -> None:
    assert harmless(text) == text


def test_a_list_item_with_a_separator_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    row = Program(origin=Origin("", 2), id="p", name="x", alt=("a;b",))
    town = Municipality(layers=(Layer("", "t", "", "https://e.org/"),), programs=(row,))
    with pytest.raises(InputError, match="a;b"):
        write(town, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_written_is_a_usage_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    town = Municipality(layers=(Layer("", "t", "", "https://e.org/"),))
    with pytest.raises(UsageError, match="書き込めません"):
        write(town, tmp_path / "file" / "out")


def test_toml_keeps_quotes_and_backslashes() -> None:
    layer = Layer("", 'a"b\\c\n', "", "https://e.org/", stands_on=("national",))
    assert town_toml(layer) == ('name = "a\\"b\\\\c\\n"\nbase = "https://e.org/"\nstands_on = ["national"]\n')


def test_csv_quotes_what_must_be_quoted() -> None:
    assert csv_bytes(["a"], [['x"y'], ["1\n2"]]).decode() == BOM + 'a\r\n"x""y"\r\n"1\n2"\r\n'
