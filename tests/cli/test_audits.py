"""The commands audit, register, law, diff and compare as their users see them."""

import csv
import io
import json
from pathlib import Path

import pytest

from hazama.tables import sample
from tests.cli.conftest import Run

ACT = Path(__file__).parents[1] / "cases" / "law" / "act.xml"
PROMISED = "id group audit severity subjects sentence provision people sources next_step"


def test_audit_as_json_is_a_list_of_findings(run: Run, second: Path) -> None:
    result = run("audit", second, "--format", "json")
    findings = json.loads(result.stdout)
    assert result.exit_code == 0
    assert all(set(PROMISED.split()) <= one.keys() for one in findings)
    assert {one["group"] for one in findings} >= {"coverage", "governance", "challenges"}
    assert {one["state"] for one in findings} == {"new"}


@pytest.mark.parametrize("format", ["table", "csv", "md"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_audit_prints_in_every_form(run: Run, second: Path, format: str, lang: str) -> None:
    result = run("audit", second, "--format", format, "--lang", lang, "--only", "challenges,governance")
    assert result.exit_code == 0
    assert ("若い人の居場所をつくる" in result.stdout) or lang == "en"
    assert result.stdout.count("\n") > 3 and "{" not in result.stdout


def test_audit_as_a_sheet(run: Run, second: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    file = tmp_path / "所見.xlsx"
    assert run("audit", second, "--format", "xlsx", "-o", file).exit_code == 0
    rows = list(load_workbook(file).worksheets[0].iter_rows(values_only=True))
    assert rows[0][:4] == ("重さ", "まとまり", "状態", "所見")
    assert len(rows) > 5
    assert run("audit", second, "--format", "xlsx").exit_code == 2


def test_audit_as_triples(run: Run, second: Path) -> None:
    from rdflib import Graph, URIRef

    result = run("audit", second, "--format", "nt", "--only", "challenges")
    graph = Graph().parse(data=result.stdout, format="nt")
    assert len(list(graph.subjects(object=URIRef("https://w3id.org/hazama/ns#Finding")))) == 1


def test_only_one_group_is_asked(run: Run, second: Path) -> None:
    findings = json.loads(run("audit", second, "--only", "challenges:untaken", "--format", "json").stdout)
    assert [one["id"] for one in findings] == ["challenges.untaken.challenges.k1"]


@pytest.mark.parametrize(
    ("threshold", "code"),
    [("challenges", 1), ("challenges:untaken", 1), ("law:duty", 0), ("high,law", 0), ("medium", 1)],
)
def test_a_threshold_sets_the_exit_code(run: Run, second: Path, threshold: str, code: int) -> None:
    assert run("audit", second, "--only", "challenges", "--fail-on", threshold).exit_code == code


def test_an_unknown_name_is_a_wrong_question(run: Run, second: Path) -> None:
    for option in ("--only", "--fail-on"):
        result = run("audit", second, option, "laww")
        assert result.exit_code == 2
        assert "law" in result.stderr and result.stdout == ""


def test_as_of_a_day_before_the_town_began(run: Run) -> None:
    ids = {}
    for day in ("2021-03-31", "2022-02-28"):
        found = json.loads(run("audit", sample(), "--only", "law:projects", "--as-of", day, "--format", "json").stdout)
        ids[day] = [one["id"] for one in found]
    assert ids["2021-03-31"] == [] and ids["2022-02-28"]


def test_a_decision_and_its_way_back(run: Run, second: Path) -> None:
    id = "challenges.untaken.challenges.k1"
    result = run(
        "register", "accept", id, second, "--reason", "計画に入れる", "--until", "2999-03-31", "--on", "2024-04-01"
    )
    assert (result.exit_code, result.stdout) == (0, "")
    (record,) = json.loads(run("register", "list", second, "--format", "json").stdout)
    assert (record["finding"], record["decision"], record["on"]) == (id, "accepted", "2024-04-01")

    asked = ("audit", second, "--only", "challenges", "--fail-on", "challenges", "--format", "json")
    known = run(*asked)
    assert known.exit_code == 0
    assert [one["state"] for one in json.loads(known.stdout)] == ["accepted"]

    late = run(
        "audit", second, "--only", "challenges", "--fail-on", "challenges", "--as-of", "2999-04-01", "--format", "json"
    )
    assert late.exit_code == 1
    assert [one["state"] for one in json.loads(late.stdout)] == ["returned"]


def test_a_plan_names_a_programme_that_there_is(run: Run, second: Path) -> None:
    id = "challenges.untaken.challenges.k1"
    assert run("register", "plan", id, second, "--program", "nanika", "--until", "2025-03-31").exit_code == 2
    assert run("register", "plan", id, second, "--program", "wakamono", "--until", "2999-03-31").exit_code == 0
    findings = json.loads(run("audit", second, "--only", "challenges", "--format", "json").stdout)
    assert [one["state"] for one in findings] == ["planned"]


def test_a_closed_finding_that_is_still_there_comes_back(run: Run, second: Path) -> None:
    assert run("register", "close", "challenges.untaken.challenges.k1", second).exit_code == 0
    findings = json.loads(run("audit", second, "--only", "challenges", "--format", "json").stdout)
    assert [one["state"] for one in findings] == ["reopened"]


def test_a_slip_in_an_id_is_not_lost_in_the_register(run: Run, second: Path) -> None:
    result = run("register", "accept", "challenges.untaken.k1", second, "--reason", "x", "--until", "2025-03-31")
    assert result.exit_code == 2
    assert "challenges.untaken.challenges.k1" in result.stderr
    assert not (second / "register.csv").exists()


def test_a_register_is_no_stray_file_of_the_town(run: Run, second: Path) -> None:
    assert run("register", "close", "challenges.untaken.challenges.k1", second).exit_code == 0
    assert json.loads(run("check", second, "--format", "json").stdout) == []


def test_law_as_rows_that_can_be_pasted(run: Run, second: Path) -> None:
    result = run("law", ACT, second, "--articles", "106_3-106_11", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(result.stdout)))
    assert result.exit_code == 0
    assert {row["article"] for row in rows} == {"106_4", "106_5"}
    assert all(row["hash"] for row in rows)
    laws = run("law", ACT, second, "--table", "laws", "--format", "csv").stdout
    (second / "laws.csv").write_text(laws, encoding="utf-8")
    (second / "provisions.csv").write_text(result.stdout, encoding="utf-8")
    assert run("check", second).exit_code == 0
    again = json.loads(run("law", ACT, second, "--articles", "106_3-106_11", "--format", "json").stdout)
    assert {one["change"] for one in again} == {"same", "deleted"}


def test_law_says_what_to_check_again(run: Run, second: Path, tmp_path: Path) -> None:
    rows = run("law", ACT, second, "--format", "csv").stdout
    laws = run("law", ACT, second, "--table", "laws", "--format", "csv").stdout
    (second / "laws.csv").write_text(laws, encoding="utf-8")
    (second / "provisions.csv").write_text(rows, encoding="utf-8")
    amended = tmp_path / "amended.xml"
    amended.write_text(ACT.read_text(encoding="utf-8").replace("第二の事業", "改めた事業"), encoding="utf-8")
    result = run("law", amended, second)
    assert "変わった（再確認）" in result.stdout


def test_law_refuses_what_is_no_act(run: Run, second: Path, tmp_path: Path) -> None:
    bad = tmp_path / "bad.xml"
    bad.write_bytes(b"PK\x03\x04 not a law")
    result = run("law", bad, second)
    assert (result.exit_code, result.stdout) == (3, "")
    assert "bad.xml" in result.stderr


def test_diff_of_a_town_with_itself_is_empty(run: Run, second: Path) -> None:
    assert json.loads(run("diff", second, second, "--format", "json").stdout) == []


def test_diff_of_two_dates_of_the_sample(run: Run) -> None:
    result = run("diff", "2021-03-31", "2022-02-28", "--format", "json")
    changes = json.loads(result.stdout)
    assert {one["kind"] for one in changes} >= {"split", "succeeded", "added"}
    assert "「福祉健康部」は「福祉部」、「健康医療部」に分かれました" in "".join(one["sentence"] for one in changes)


def test_compare_gives_the_other_towns_programmes_as_examples(run: Run, second: Path) -> None:
    result = run("compare", second, sample(), "--format", "json")
    found = json.loads(result.stdout)
    assert {one["side"] for one in found} <= {"here", "there"}
    assert found[0]["side"] == "there" and found[0]["programs"]


def test_every_heading_is_told_in_both_languages(run: Run, second: Path) -> None:
    for lang in ("ja", "en"):
        assert run("diff", second, sample(), "--lang", lang).exit_code == 0
        assert run("compare", second, sample(), "--lang", lang).exit_code == 0
        assert run("register", "list", second, "--lang", lang).exit_code == 0
