"""Making and checking a town from the command line; broken tables are answered by cell."""

import json
import re
from pathlib import Path

import pytest

from hazama.tables import declaration
from tests.cli.conftest import Run, fill


def declared(table: str, column: str) -> tuple[str, ...]:
    """What a column may be called in a message; a pair of ages is blamed at either end."""
    ends = {"min_age", "max_age"}
    names = ends if column in ends else {column}
    columns = (one for one in declaration()[table.removesuffix(".csv")].columns if one.name in names)
    return tuple(name for one in columns for name in (one.name, *one.ja))


def test_the_sample_and_the_national_layer_check_clean(run: Run) -> None:
    checked = run("check", "--format", "json")
    assert (checked.exit_code, json.loads(checked.stdout)) == (0, [])


def test_the_graph_of_a_town_is_checked_when_asked(run: Run, second: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run("check", second, "--shapes").exit_code == 0
    shapes = "@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix hz: <https://w3id.org/hazama/ns#> . "
    shapes += "[] a sh:NodeShape ; sh:targetClass <http://purl.org/vocab/cpsv#PublicService> ; sh:property "
    shapes += "[ sh:path hz:reach ; sh:maxCount 0 ; sh:message '届き方は書けません。'@ja, 'No reach here.'@en ] ."
    monkeypatch.setattr("hazama.knowledge.shapes.text", lambda _: shapes)
    assert run("check", second).exit_code == 0
    checked = run("check", second, "--shapes", "--format", "json")
    found = [
        (one["file"], one["column"], "届き方は書けません。" in one["message"]) for one in json.loads(checked.stdout)
    ]
    assert checked.exit_code == 3
    assert ("programs.csv", "reach", True) in found


def test_a_new_town_checks_clean_empty_and_filled(run: Run, second: Path, tmp_path: Path) -> None:
    assert run("new", tmp_path / "empty").exit_code == 0
    assert run("check", tmp_path / "empty").exit_code == 0
    checked = run("check", second)
    assert checked.exit_code == 0, checked.stdout


def test_a_new_town_in_english_has_english_headings(run: Run, tmp_path: Path) -> None:
    assert run("new", tmp_path / "town", "--lang", "en").exit_code == 0
    first = (tmp_path / "town" / "programs.csv").read_text("utf-8-sig").splitlines()[0]
    assert first.split(",") == [column.title("en") for column in declaration()["programs"].columns]


def test_new_never_overwrites(run: Run, second: Path) -> None:
    before = {path.name: path.read_bytes() for path in second.iterdir() if path.is_file()}
    assert run("new", second).exit_code != 0
    assert {path.name: path.read_bytes() for path in second.iterdir() if path.is_file()} == before


@pytest.mark.parametrize(
    ("table", "row", "column"),
    [
        ("programs.csv", {"id": "x", "name": "x", "owner": "どこにも無い課"}, "owner"),
        ("programs.csv", {"id": "wakamono", "name": "同じ番号"}, "id"),
        ("programs.csv", {"id": "x", "name": "x", "since": "2022-02-31"}, "since"),
        ("programs.csv", {"id": "x", "name": "x", "min_age": "40", "max_age": "18"}, "min_age"),
        ("programs.csv", {"id": "x", "name": "x", "max_age": "六十五"}, "max_age"),
        ("programs.csv", {"id": "x", "name": ""}, "name"),
        ("programs.csv", {"id": "x y", "name": "x"}, "id"),
        ("agencies.csv", {"id": "x", "name": "x", "parent": "x"}, "parent"),
    ],
)
def test_a_bad_cell_is_named(run: Run, second: Path, table: str, row: dict[str, str], column: str) -> None:
    fill(second / table, [row])
    lines = len((second / table).read_text(encoding="utf-8-sig").splitlines())
    checked = run("check", second, "--format", "json")
    errors = [one for one in json.loads(checked.stdout) if one["severity"] == "誤り"]
    assert checked.exit_code == 3
    assert [(one["file"], one["row"]) for one in errors] == [(table, lines)], errors
    assert errors[0]["column"] in declared(table, column)
    told = run("check", second, "--format", "csv").stdout
    assert not re.search(rf",{column},", told) or column in declared(table, column)[1:]
    found = run("find", second)
    assert (found.exit_code, found.stdout) == (3, "")
    assert f"{table} {lines}行目" in found.stderr


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01\x02binary\xff\xfe",
        b"name\r\nonly a name\r\n",
        "id,name\n\udc80".encode("utf-8", "surrogateescape"),
    ],
    ids=["empty", "binary", "missing column", "wrong encoding"],
)
def test_a_broken_file_is_named(run: Run, second: Path, tmp_path: Path, content: bytes) -> None:
    (second / "programs.csv").write_bytes(content)
    checked = run("check", second, "--format", "json")
    assert checked.exit_code == 3
    assert "programs.csv" in {one["file"] for one in json.loads(checked.stdout)}
    target = tmp_path / "site"
    assert run("publish", second, "-o", target).exit_code == 3
    assert not target.exists()


def test_an_unknown_column_is_kept_and_reported(run: Run, second: Path) -> None:
    table = second / "districts.csv"
    lines = table.read_text(encoding="utf-8-sig").splitlines()
    table.write_text("\n".join([lines[0] + ",世帯数", *(line + ",120" for line in lines[1:])]), encoding="utf-8")
    checked = run("check", second, "--format", "json")
    assert checked.exit_code == 0
    assert any("世帯数" in str(one) for one in json.loads(checked.stdout))


def test_tables_of_an_old_spreadsheet_are_read(run: Run, second: Path) -> None:
    table = second / "agencies.csv"
    table.write_bytes(table.read_text(encoding="utf-8-sig").encode("cp932"))
    assert run("check", second).exit_code == 0


def test_a_folder_that_is_not_there_is_a_usage_error(run: Run, tmp_path: Path) -> None:
    missing = run("find", tmp_path / "no")
    assert missing.exit_code == 2
    assert "見つかりません" in missing.stderr


def test_a_template_is_filled_checked_marked_and_merged(run: Run, second: Path, tmp_path: Path) -> None:
    book, copy = tmp_path / "町の表.xlsx", tmp_path / "直す.xlsx"
    assert run("template", "-o", tmp_path / "記入用.xlsx").exit_code == 0
    assert run("write", second, "-o", book).exit_code == 0
    assert run("write", second, "-o", tmp_path / "x.docx").exit_code == 2
    assert run("check", book).exit_code == 0
    assert json.loads(run("merge", book, second, "--format", "json").stdout) == []
    fill(second / "programs.csv", [{"id": "x", "name": "x", "since": "R4.4.1", "owner": "どこにも無い課"}])
    assert run("check", second, "--mark", copy).exit_code == 3
    assert copy.read_bytes().startswith(b"PK")


def test_merge_shows_first_and_writes_when_asked(run: Run, second: Path, tmp_path: Path) -> None:
    book = tmp_path / "町の表.xlsx"
    run("write", second, "-o", book)
    table = second / "themes.csv"
    before = table.read_bytes()
    fill(table, [{"id": "later", "name": "あとから"}])
    seen = run("merge", book, second, "--format", "json")
    assert [(one["kind"], one["id"]) for one in json.loads(seen.stdout)] == [("なくなった行", "later")]
    assert "あとから" in table.read_text(encoding="utf-8-sig")
    assert run("merge", book, second, "--apply").exit_code == 0
    assert table.read_bytes() == before


def test_repairs_are_listed_and_errors_when_strict(run: Run, tmp_path: Path) -> None:
    table = tmp_path / "事業一覧.csv"
    table.write_text("ID,事業名,施行日\np1,x,R4.4.1\n", encoding="utf-8")
    assert "2022-04-01" in run("check", table).stdout
    assert run("check", table).exit_code == 0
    assert run("check", table, "--strict").exit_code == 3
    assert run("check", table, "--table", "nonsense").exit_code == 2
    assert run("check", table, tmp_path).exit_code == 2


def test_cp932_says_what_it_cannot_hold(run: Run, second: Path, tmp_path: Path) -> None:
    assert run("write", second, "-o", tmp_path / "sjis", "--encoding", "cp932").exit_code == 0
    assert run("check", tmp_path / "sjis").exit_code == 0
    fill(second / "themes.csv", [{"id": "yoshi", "name": "𠮷野"}])
    refused = run("write", second, "-o", tmp_path / "again", "--encoding", "cp932")
    assert refused.exit_code == 3
    assert "𠮷" in refused.stderr
    assert not (tmp_path / "again").exists()


def test_import_guesses_first_and_makes_a_town_then(run: Run, tmp_path: Path) -> None:
    table, mapping, town = tmp_path / "手元.csv", tmp_path / "列.toml", tmp_path / "町"
    table.write_text("事業名称,予算\nみまもり,12\n", encoding="cp932")
    assert run("import", table, "--as", "programs", "--map", mapping, "-o", town).exit_code == 0
    assert not town.exists()
    assert run("import", table, "--as", "programs", "--map", mapping, "-o", town).exit_code == 0
    assert "予算: 12" in (town / "programs.csv").read_text(encoding="utf-8-sig")
