"""A new town."""

from pathlib import Path

import pytest

from hazama.model.errors import UsageError
from hazama.tables import check, declaration, new, read
from hazama.tables.empty import new_files


def test_a_new_town_is_clean_and_empty(tmp_path: Path) -> None:
    new(tmp_path / "あたらしい町")
    checked = check(tmp_path / "あたらしい町")
    assert checked.violations == ()
    assert checked.town is not None
    assert checked.town.name == "あたらしい町"
    assert checked.town.layer.stands_on == ("national",)
    assert all(row.layer for _, rows in checked.town.tables() for row in rows)


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_table_has_headings_that_excel_shows(tmp_path: Path, lang: str) -> None:
    new(tmp_path, lang)
    assert check(tmp_path).violations == ()
    for table in declaration().values():
        data = (tmp_path / table.file).read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.decode("utf-8-sig").split("\r\n")[0].split(",") == [column.title(lang) for column in table.columns]


def test_the_example_row_is_good_once_its_sign_is_taken_away(tmp_path: Path) -> None:
    new(tmp_path)
    programs = tmp_path / "programs.csv"
    programs.write_text(programs.read_text(encoding="utf-8").replace("#", ""), encoding="utf-8")
    (program,) = (row for row in read(tmp_path).programs if not row.layer)
    assert program.id == "example_program"
    assert program.functions == ("consultation",)
    assert program.limits["residence"] == ("resident",)


def test_the_readme_names_every_table(tmp_path: Path) -> None:
    new(tmp_path)
    text = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert all(table.file in text for table in declaration().values())


def test_a_folder_with_anything_in_it_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("x")
    with pytest.raises(UsageError, match="空のフォルダではありません"):
        new(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_file_in_the_way_is_refused(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("x")
    with pytest.raises(UsageError):
        new(tmp_path / "mine")
    with pytest.raises(UsageError, match="書き込めません"):
        new(tmp_path / "mine" / "below")


@pytest.mark.parametrize("name", ['quo"te', "back\\slash", "a b", "{tables}"])
def test_any_folder_name_gives_a_town_that_can_be_read(tmp_path: Path, name: str) -> None:
    new(tmp_path / name)
    assert read(tmp_path / name).name == name


def test_the_files_depend_on_nothing_but_the_name() -> None:
    assert list(new_files("t")) == list(new_files("t"))
    assert b"https://example.org/t/" in dict(new_files("t"))["town.toml"]
    assert b"https://example.org/town/" in dict(new_files("町"))["town.toml"]
