"""A table that a town already has becomes a town."""

from pathlib import Path

import pytest

from hazama.model.cells import NO_LIMIT, Age, AgeRange
from hazama.model.errors import InputError, UsageError
from hazama.tables import guessed_mapping, import_table, read

TABLE = """令和4年度 事業一覧,,,,
事業名称,担当部署,対象年齢,概要説明,予算額（千円）
みまもり,,65歳以上,声をかける,"1,200"
配食,,,,
"""
MAPPING = """[columns]
"事業名称" = "name"
"対象年齢" = "ages"
"概要説明" = "description"
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "手元の 表.csv"
    path.write_bytes(TABLE.encode("cp932"))
    return path


def test_the_first_guess_says_every_heading_and_how_to_mend_it(file: Path) -> None:
    text = guessed_mapping(file, "programs")
    assert '"事業名称" = "name"' in text
    assert '"対象年齢" = "ages"' in text
    assert '"予算額（千円）" = ""' in text
    assert "#   owner: 所管" in text


def test_a_near_heading_is_no_guess_where_another_one_is_exact(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("事業名,障害者手帳,障害者\nx,療育手帳,○\n", encoding="utf-8")
    text = guessed_mapping(tmp_path / "a.csv", "programs")
    assert '"障害者手帳" = "certificate"' in text
    assert '"障害者" = ""' in text


def test_what_has_no_column_is_kept_in_the_note(file: Path, tmp_path: Path) -> None:
    mapping = tmp_path / "map.toml"
    mapping.write_text(
        '[columns]\n"事業名称" = "name"\n"対象年齢" = "ages"\n"概要説明" = "description"\n', encoding="utf-8"
    )
    import_table(file, "事業", mapping, tmp_path / "town")
    first, second = (row for row in read(tmp_path / "town").programs if not row.layer)
    assert (first.id, first.name, first.description) == ("programs_3", "みまもり", "声をかける")
    assert first.limits == {"age": AgeRange(Age(65), NO_LIMIT)}
    assert (first.note, second.note) == ("予算額（千円）: 1,200", "")


@pytest.mark.parametrize("text", ['[columns]\n"事業名称" = "no_such"', "[columns", '[columns]\n"x" = 1'])
def test_a_mapping_that_cannot_be_read_writes_nothing(file: Path, tmp_path: Path, text: str) -> None:
    (tmp_path / "map.toml").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=r"map\.toml"):
        import_table(file, "programs", tmp_path / "map.toml", tmp_path / "town")
    assert not (tmp_path / "town").exists()


def test_unknown_tables_and_broken_files_are_refused(file: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nonsense"):
        guessed_mapping(file, "nonsense")
    (tmp_path / "x.xlsx").write_bytes(b"PK")
    with pytest.raises(InputError):
        guessed_mapping(tmp_path / "x.xlsx", "programs")
