"""Asking and exporting from the command line, on the sample and on a second town."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_find_says_how_each_programme_covers(run: Run) -> None:
    found = run("find", "--age", "45", "--need", "ひきこもり", "--format", "json")
    records = {record["id"]: record for record in json.loads(found.stdout)}
    assert found.exit_code == 0
    assert "p_yw" not in records, "ユースワークふじさわ ends at 39"
    wanted = {"id", "name", "reach", "limits", "owner", "basis", "evidence", "row", "matched"}
    assert wanted <= records["p_jiritsu"].keys()
    assert records["p_jiritsu"]["row"].startswith("programs.csv ")
    assert records["p_shuro"]["matched"]["age"] == "not_recorded"


def test_find_counts_the_inferred_only_when_asked(run: Run) -> None:
    by_default = json.loads(run("find", "--text", "いきいきサポートセンター", "--format", "json").stdout)
    with_inferred = json.loads(
        run("find", "--text", "いきいきサポートセンター", "--include", "inferred", "--format", "json").stdout
    )
    owners = {record["id"]: record["owner"] for record in by_default}
    assert owners["p_ikisapo"] == []
    assert {record["id"]: record["owner"] for record in with_inferred}["p_ikisapo"] == ["高齢者支援課"]


def test_find_follows_the_date(run: Run) -> None:
    def names(date: str) -> set[str]:
        found = json.loads(run("find", "--text", "こども家庭センター", "--as-of", date, "--format", "json").stdout)
        return {record["id"] for record in found}

    assert "p_kodomoc" not in names("2022-02-28")
    assert "p_kodomoc" in names("2024-04-01")
    assert "p_kodomoc" in names("all")


@pytest.mark.parametrize("format", ["table", "csv", "md"])
def test_find_prints_for_people(run: Run, format: str) -> None:
    found = run("find", "--need", "ひきこもり", "--format", format)
    assert found.exit_code == 0
    assert "名称" in found.stdout.splitlines()[0]
    assert "2022-02-28" in found.stderr


def test_an_unknown_name_is_answered_with_the_nearest(run: Run) -> None:
    found = run("find", "--need", "ひきこも")
    assert (found.exit_code, found.stdout) == (2, "")
    assert "ひきこもり" in found.stderr
    assert "withdrawal" in run("find", "--need", "withdrawl", "--lang", "en").stderr


def test_find_on_a_second_town(run: Run, second: Path) -> None:
    found = json.loads(run("find", second, "--age", "20", "--need", "ひきこもり", "--format", "json").stdout)
    own = [
        record["id"] for record in found if record["row"].startswith("programs.csv") and "national" not in str(record)
    ]
    assert own[0] == "wakamono"
    elsewhere = run("find", second, "--age", "20", "--district", "山", "--text", "わかもの", "--format", "json")
    assert json.loads(elsewhere.stdout) == []


def test_ask_lists_questions_with_their_parameters(run: Run) -> None:
    listed = json.loads(run("ask", "--format", "json").stdout)
    assert len(listed) >= 20
    assert all({"id", "title", "parameters"} <= question.keys() for question in listed)


def test_every_question_answers_on_the_sample_and_on_a_second_town(run: Run, second: Path) -> None:
    for question in json.loads(run("ask", "--format", "json").stdout):
        for town in ([], [second]):
            answered = run("ask", question["id"], *town, "--format", "json")
            assert answered.exit_code == 0, (question["id"], answered.stderr)
            assert isinstance(json.loads(answered.stdout), list)


def test_a_bad_setting_is_refused(run: Run) -> None:
    question = json.loads(run("ask", "--format", "json").stdout)[0]["id"]
    assert run("ask", question, "--set", "nonsense").exit_code == 2
    assert run("ask", question, "--set", "no_such=1").exit_code == 2
    assert run("ask", "no-such-question").exit_code == 2


def test_query_reads_and_never_writes(run: Run, second: Path) -> None:
    text = "SELECT ?name { ?s a <http://purl.org/vocab/cpsv#PublicService> ; <http://purl.org/dc/terms/title> ?name }"
    found = json.loads(run("query", second, "-q", text, "--format", "json").stdout)
    assert {"name": "わかもの相談"} in found
    assert run("query", second, "-q", "DELETE WHERE { ?s ?p ?o }").exit_code == 2
    assert run("query", second, "-q", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }").exit_code == 2
    assert run("query", second).exit_code == 2


@pytest.mark.parametrize("ending", ["ttl", "nt", "nq", "trig", "rdf", "jsonld", "graphml", "gexf", "json", "csv"])
def test_build_writes_every_format(run: Run, second: Path, tmp_path: Path, ending: str) -> None:
    once, again = tmp_path / f"once.{ending}", tmp_path / f"again.{ending}"
    assert run("build", second, "-o", once).exit_code == 0
    assert run("build", second, "-o", again).exit_code == 0
    assert once.stat().st_size > 0
    assert once.read_bytes() == again.read_bytes()


def test_build_refuses_an_unknown_ending(run: Run, tmp_path: Path) -> None:
    refused = run("build", "-o", tmp_path / "town.docx")
    assert refused.exit_code == 2
    assert ".ttl" in refused.stderr
    assert list(tmp_path.iterdir()) == []


def test_show_tells_everything_about_a_row(run: Run, second: Path) -> None:
    shown = run("show", "wakamono", second)
    assert shown.exit_code == 0
    assert "わかもの相談" in shown.stdout
    lines = (second / "programs.csv").read_text(encoding="utf-8-sig").splitlines()
    row = next(number for number, line in enumerate(lines, 1) if line.startswith("wakamono,"))
    assert f"programs.csv {row}行目" in shown.stdout
    assert json.loads(run("show", "b_pj", "--format", "json").stdout)
    assert run("show", "no_such_id").exit_code == 2
