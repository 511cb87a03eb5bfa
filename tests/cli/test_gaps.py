"""The commands about gaps."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from itertools import count
from pathlib import Path
from signal import SIGINT, raise_signal
from subprocess import PIPE, Popen

import pytest
from click.testing import CliRunner, Result

from hazama import tables
from hazama.cli import cli
from hazama.coverage.boxes import Box, Masks, Space
from hazama.coverage.deadline import Deadline
from hazama.model.town import Municipality
from hazama.tables import sample
from tests.bench.instances import document, endless, instance


def run(*arguments: str) -> Result:
    """One command line."""
    return CliRunner().invoke(cli, arguments)


def test_gaps_as_json_says_what_is_proven() -> None:
    found = json.loads(run("gaps", "--top", "3", "--format", "json").stdout)
    assert (found["complete"], found["reading"], found["reach"]) == (True, "certain", "open")
    assert found["bound"] <= found["gaps"][-1]["demand"]
    assert set(found["gaps"][0]) >= {"id", "box", "size", "demand", "near_misses", "stops", "sentence"}


@pytest.mark.parametrize("format", ["table", "csv", "md"])
def test_both_readings_stand_side_by_side(format: str) -> None:
    found = run("gaps", "--reading", "both", "--reach", "専用", "--top", "2", "--why", "--format", format)
    assert found.exit_code == 0
    assert "確実な狭間" in found.stdout and "可能性のある狭間" in found.stdout
    assert "証明済み" in found.stderr


def test_a_deadline_says_complete_no() -> None:
    found = run("gaps", "--all", "--deadline", "0")
    assert found.exit_code == 0
    assert "complete: no" in found.stderr


def test_a_workbook(tmp_path: Path) -> None:
    assert run("gaps", "--format", "xlsx").exit_code == 2
    assert run("gaps", "--format", "xlsx", "-o", str(tmp_path / "gaps.xlsx")).exit_code == 0
    assert (tmp_path / "gaps.xlsx").stat().st_size > 1000


def test_a_bare_instance(tmp_path: Path) -> None:
    file = tmp_path / "instance.json"
    file.write_text('{"dims": {"a": ["x", "y"], "b": [1, 2]}, "boxes": [{"a": ["x"], "b": [1]}]}', encoding="utf-8")
    found = json.loads(run("gaps", "--instance", str(file), "--all", "--format", "json").stdout)
    assert found == {
        "complete": True,
        "bound": None,
        "totals": {"cells": 4, "uncovered": 3, "once": 1, "more": 0},
        "gaps": [
            {"box": {"a": ["x", "y"], "b": [2]}, "size": 2, "demand": 2},
            {"box": {"a": ["y"], "b": [1, 2]}, "size": 2, "demand": 2},
        ],
    }


def test_totals_keep_the_deadline_too(tmp_path: Path) -> None:
    file = tmp_path / "instance.json"
    file.write_text('{"dims": {"a": ["x", "y"], "b": [1, 2]}, "boxes": [{"a": ["x"], "b": [1]}]}', encoding="utf-8")
    found = json.loads(run("gaps", "--instance", str(file), "--all", "--deadline", "0").stdout)
    assert (found["complete"], found["totals"]) == (False, None)


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("--format", "csv"), "--format"),
        (("--brief", "--reading", "both"), "--reading、--brief"),
        (("data",), "town"),
        (("-o", "gaps.xlsx"), "--output"),
        (("--need", "介護"), "--need"),
    ],
)
def test_an_option_for_a_town_is_refused_beside_an_instance(words: tuple[str, ...], named: str, tmp_path: Path) -> None:
    found = run("gaps", "--instance", written(instance(3), tmp_path), *words)
    assert (found.exit_code, found.stdout) == (2, "")
    assert f"{named} は町に使うオプションです" in found.stderr


def test_a_contradictory_instance_exits_with_3(tmp_path: Path) -> None:
    file = tmp_path / "instance.json"
    file.write_text('{"dims": {"n": {"type": "number"}}, "boxes": [{"n": "[5,1)"}]}', encoding="utf-8")
    found = run("gaps", "--instance", str(file), "--all")
    assert found.exit_code == 3
    assert "boxes[0].n" in found.stderr
    file.write_text("{", encoding="utf-8")
    assert run("gaps", "--instance", str(file)).exit_code == 3


@pytest.mark.parametrize(
    "text",
    [
        b"", b"hello", b"[]", b"5", b"null", b'{"dims": {}} x', b"[" * 100_000, b"\x00\xff\xfe", "{}".encode("utf-16"),
        b'{"dims": {"a": ["x"], "a": ["y"]}}', b'{"dims": {"a": ["x", "y"]}, "boxes": [{"a": ["x"], "a": ["y"]}]}',
        b'{"dims": {"a": [' + b"[" * 900 + b"]" * 900 + b"]}}", b'{"dims": {"a": [1' + b"0" * 5000 + b"]}}",
        b'{"dims": {"a": ["x"]}, "weights": {"a": {"x": 1e400}}}',
        b'{"dims": {"a": ["x"]}, "weights": {"a": {"x": NaN}}}',
    ],
    ids=lambda text: repr(text[:30]),
)  # fmt: skip
def test_an_instance_that_cannot_be_read_exits_with_3_and_a_sentence(text: bytes, tmp_path: Path) -> None:
    file = tmp_path / "instance.json"
    file.write_bytes(text)
    for lang in ("ja", "en"):
        found = run("gaps", "--instance", str(file), "--all", "--lang", lang)
        assert found.exit_code == 3
        assert found.stderr.strip() and len(found.stderr) < 1000
        assert not found.stdout


def test_an_instance_of_any_names_is_answered_in_json(tmp_path: Path) -> None:
    file = tmp_path / "instance.json"
    file.write_text(
        '{"dims": {"必要\u2028": ["\\ud800", "😀"]}, "boxes": [{"必要\u2028": "😀"}], "box": 1}', encoding="utf-8"
    )
    found = run("gaps", "--instance", str(file), "--all")
    assert json.loads(found.stdout)["gaps"][0]["box"] == {"必要\u2028": ["\ud800"]}
    assert "box" in found.stderr


@pytest.mark.parametrize("kind", [("--brief",), ("--all",), ("--top", "5")])
def test_a_town_obeys_the_deadline_in_its_totals_too(kind: tuple[str, ...]) -> None:
    found = json.loads(run("gaps", *kind, "--deadline", "0", "--format", "json").stdout)
    assert (found["complete"], found["totals"], found["gaps"]) == (False, None, [])
    assert found["bound"] > 0


def test_a_briefing_adds_up() -> None:
    found = json.loads(run("gaps", "--brief", "--top", "5", "--format", "json").stdout)
    shares = [gap["share"] for gap in found["gaps"]]
    assert found["complete"] and found["remainder"] > 0
    assert shares[0] > 0 and shares == sorted(shares) and shares[-1] < 1
    table = run("gaps", "--brief", "--top", "5")
    assert "累計の割合" in table.stdout and f"{shares[-1]:.1%}" in table.stdout
    assert f"{found['remainder']:,}" in table.stderr
    assert "complete: no" in run("gaps", "--brief", "--deadline", "0").stderr


def test_gaps_as_triples() -> None:
    from rdflib import Graph, Variable

    graph = Graph().parse(data=run("gaps", "--top", "30", "--format", "nt").stdout, format="nt")
    listed = json.loads(run("gaps", "--top", "30", "--format", "json").stdout)["gaps"]
    asked = """
        PREFIX hz: <https://w3id.org/hazama/ns#>
        SELECT DISTINCT ?id WHERE {
          ?gap a hz:Gap ; <http://purl.org/dc/terms/identifier> ?id ; hz:box ?box .
          ?box hz:need <https://w3id.org/hazama/concepts/needs/care> .
          OPTIONAL { ?box hz:minAgeMonths ?min } OPTIONAL { ?box hz:maxAgeMonths ?max }
          FILTER(COALESCE(?min, 0) <= 360 && COALESCE(?max, 1440) >= 360) }"""

    def holds(ages: list[str]) -> bool:
        return any(int(first) <= 360 < int(past) for first, past in (age.split("-") for age in ages))

    expected = {gap["id"] for gap in listed if gap["box"]["needs"] == ["care"] and holds(gap["box"]["age"])}
    assert {str(found[Variable("id")]) for found in graph.query(asked).bindings} == expected != set()


PREFIXES = "PREFIX hz: <https://w3id.org/hazama/ns#> PREFIX prov: <http://www.w3.org/ns/prov#> "


def test_gaps_can_be_asked_for_in_sparql_with_the_town_around_them() -> None:
    listed = json.loads(run("gaps", "--top", "30", "--format", "json").stdout)["gaps"]
    ids = "?gap a hz:Gap ; <http://purl.org/dc/terms/identifier> ?id"
    text = (
        f"{PREFIXES} SELECT DISTINCT ?id WHERE {{ {ids} ; hz:nearMiss ?program . ?program prov:wasDerivedFrom ?row }}"
    )
    found = run("gaps", "--top", "30", "--query", text, "--format", "json")
    assert {row["id"] for row in json.loads(found.stdout)} == {gap["id"] for gap in listed if gap["near_misses"]}
    assert run("gaps", "--query", "DROP ALL").exit_code == 2


def test_every_gap_names_the_search_that_found_it(tmp_path: Path) -> None:
    from rdflib import Graph, Variable

    file = tmp_path / "gaps.nt"
    written = run("gaps", "--reading", "both", "--as-of", "2024-04-01", "--top", "5", "--format", "nt", "-o", str(file))
    assert (written.exit_code, written.stdout) == (0, "")
    graph = Graph().parse(file, format="nt")
    whence = """?search a prov:Activity ; prov:used ?data ; <http://purl.org/dc/terms/date> ?day ;
        <http://purl.org/dc/terms/identifier> ?asked . ?gap prov:wasGeneratedBy ?search ; hz:gapReading ?reading"""
    rows = graph.query(f"{PREFIXES} SELECT ?gap ?day ?asked ?reading WHERE {{ {whence} }}").bindings
    assert len(rows) == 10
    assert {(str(row[Variable("day")]), str(row[Variable("asked")])) for row in rows} == {
        ("2024-04-01", "gaps.certain.open"),
        ("2024-04-01", "gaps.possible.open"),
    }
    assert run("gaps", "--format", "nt", "-o", str(tmp_path / "none" / "gaps.nt")).exit_code == 2


def test_the_research_list() -> None:
    found = json.loads(run("research", "--top", "5", "--format", "json").stdout)
    assert len(found) == 5
    assert all(one["columns"] and one["decides"] > 0 for one in found)


def test_a_case_by_name_by_file_and_typed(tmp_path: Path) -> None:
    named = json.loads(run("case", "8050", "--format", "json").stdout)
    assert [one["person"] for one in named["served"]] == ["母", "母", "子", "子"]
    file = tmp_path / "home.yaml"
    file.write_text("persons: [{age: 45, needs: [ひきこもり], certificate: 手帳なし}]", encoding="utf-8")
    read = json.loads(run("case", str(file), "--format", "json").stdout)
    typed = run("case", "--age", "45", "--need", "ひきこもり", "--with", "certificate=手帳なし", "--format", "json")
    assert json.loads(typed.stdout)["served"] == read["served"]
    assert "8050" in run("case").stdout
    assert run("case", "nobody").exit_code == 2
    assert run("case", "8050").exit_code == 0


def test_a_person_named_in_one_language_keeps_the_name_in_the_other(tmp_path: Path) -> None:
    file = tmp_path / "home.yaml"
    file.write_text(
        "persons: [{name: Grandmother, age: 85, needs: [介護]}, {age: 45, needs: [就労]}]", encoding="utf-8"
    )
    for lang, second in (("ja", "2人目"), ("en", "person 2")):
        served = json.loads(run("case", str(file), "--format", "json", "--lang", lang).stdout)["served"]
        assert [one["person"] for one in served] == ["Grandmother", second]


def test_an_unknown_key_of_a_change_or_a_person_is_named_in_either_language(tmp_path: Path) -> None:
    changes, home = tmp_path / "changes.yaml", tmp_path / "home.yaml"
    changes.write_text("change: [{program: p_yw, colour: red}]", encoding="utf-8")
    home.write_text("persons: [{age: 45, needs: [就労], colour: red}]", encoding="utf-8")
    for command in (("whatif", str(changes)), ("case", str(home))):
        assert "「colour」" in run(*command).stderr
        english = run(*command, "--lang", "en").stderr
        assert "'colour'" in english and "、" not in english


def test_a_law_that_a_source_names_is_called_by_its_english_name() -> None:
    assert "介護保険法" in run("gaps", "--top", "1").stdout
    english = run("gaps", "--top", "1", "--lang", "en").stdout
    assert "Long-Term Care Insurance Act" in english and "介護保険法" not in english


def test_changes_and_shocks(tmp_path: Path) -> None:
    file = tmp_path / "changes.yaml"
    file.write_text("end: [p_gaishutsu]\nchange: [{program: p_yw, max_age: 64}]\n", encoding="utf-8")
    changed = json.loads(run("whatif", str(file), "--format", "json").stdout)
    assert changed["lost"] > 0
    assert run("whatif", str(file)).exit_code == 0
    assert "届かなくなります" in run("shock", "児童福祉法").stderr
    assert json.loads(run("shock", "p_gaishutsu", "--format", "json").stdout)["demand"] == changed["lost"]


def test_limits_to_lift_are_suggested() -> None:
    found = json.loads(run("whatif", "--suggest", "3", "--format", "json").stdout)
    assert len(found["lifts"]) == 3 and found["closed"] == sum(one["closes"] for one in found["lifts"])
    assert found["closed"] <= found["bound"] <= found["closed"] + found["open"]
    assert found["lifts"] == sorted(found["lifts"], key=lambda one: -one["closes"])
    assert (
        run("whatif", "--suggest", "3", str(sample()), "--format", "json").stdout
        == json.dumps(found, ensure_ascii=False, indent=2) + "\n"
    )
    assert "超えません" in run("whatif", "--suggest", "1").stderr
    assert run("whatif").exit_code == run("whatif", "nothing.yaml").exit_code == 2


def test_what_hangs_on_one_programme() -> None:
    ranked = json.loads(run("shock", "--sole", "--format", "json").stdout)
    first = ranked[0]["id"]
    assert ranked[0]["demand"] == json.loads(run("shock", first, "--format", "json").stdout)["demand"]
    alone = json.loads(run("shock", "--sole", first, str(sample()), "--format", "json").stdout)
    assert alone and {one["name"] for one in alone} == {ranked[0]["name"]}
    assert run("shock", "--sole", first).exit_code == 0


PROGRAMS = """id,name,name_en,owner,needs,functions,reach,min_age,max_age,income,basis_note
youth,若者の居場所,Youth space,npo,withdrawal,participation,dedicated,15,39,,
adult,大人の居場所,Adult space,office,withdrawal,participation,dedicated,40,,,
care,介護,Care,office,care,service,dedicated,65,制限なし,制限なし,
desk,総合相談,General desk,office,制限なし,consultation,open,制限なし,制限なし,制限なし,
food,食料配布,Food,npo,poverty,benefit,dedicated,制限なし,制限なし,low,
unclassified,未分類,Unclassified,office,,,,,,,
"""
WIDE = """全国地方公共団体コード,調査年月日,地域名,総人口,男性,女性,0-4歳の男性,0-4歳の女性,\
5-84歳の男性,5-84歳の女性,85歳以上の男性,85歳以上の女性,備考
142051,2023-04-01,北,1003,501,502,1,2,450,450,50,50,
"""
LONG = "district,min_age,max_age,people\nnorth,0,4,3\nnorth,5,84,900\nnorth,85,,100\n"


@pytest.fixture(params=[WIDE, LONG], ids=["wide", "long"])
def minato(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A second town, with people in the standard table or row by row, and combinations that are not applicable."""
    folder = tmp_path / "minato"
    assert run("new", str(folder)).exit_code == 0
    tables = {
        "programs": PROGRAMS,
        "demand": request.param,
        "districts": "id,name,name_en\nnorth,北,North\n",
        "agencies": "id,name,name_en\noffice,福祉課,Welfare section\nnpo,NPO法人はと,NPO Hato\n",
        "bodies": "id,name,name_en,convener\nnet,地域ケア会議,Care conference,office\n",
        "members": "body,agency\nnet,npo\n",
        "not_applicable": "needs,functions,min_age,max_age,note\ncare,,,17,当方の判断\n",
    }
    for name, text in tables.items():
        (folder / f"{name}.csv").write_text(text, encoding="utf-8")
    checked = run("check", str(folder))
    assert checked.exit_code == 0, checked.stdout
    return str(folder)


def test_a_second_town_counts_people_and_says_so(minato: str) -> None:
    found = run(
        "gaps", minato, "--reading", "both", "--need", "ひきこもり", "--all", "--format", "json", "--lang", "en"
    )
    certain, possible = json.loads(found.stdout)
    assert certain["demand_counts"] == possible["demand_counts"] == "people"
    assert all(0 <= gap["people"] <= 1003 for gap in certain["gaps"])
    (young,) = [gap for gap in certain["gaps"] if gap["box"]["age"][0].startswith("0-")]
    assert [miss["name"] for miss in young["near_misses"]] == ["Youth space", "Adult space"]
    assert "Nearest: Youth space (" in young["sentence"] and "  " not in young["sentence"]
    assert "times the combinations" in found.stderr
    table = run("gaps", minato, "--why", "--lang", "en", "--format", "csv").stdout
    assert "、" not in table and ".0" not in table


def test_nothing_is_missing_where_nothing_applies(minato: str) -> None:
    gaps_ = json.loads(run("gaps", minato, "--need", "care", "--all", "--format", "json").stdout)["gaps"]
    ages = {tuple(map(int, age.split("-"))) for gap in gaps_ for age in gap["box"]["age"]}
    assert ages and min(first for first, _ in ages) >= 18 * 12


@pytest.mark.parametrize("format", ["table", "csv", "md", "json"])
@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(
    "command",
    [
        ("gaps", "--brief"), ("gaps", "--reach", "専用"), ("gaps", "--function", "相談", "--reading", "possible"),
        ("research",), ("shock", "--sole"), ("shock", "desk"), ("shock", "福祉課"), ("shock", "--sole", "desk"),
        ("whatif", "--suggest", "2"), ("case", "--age", "70", "--need", "介護", "--with", "所得=低所得"),
    ],
    ids=" ".join,
)  # fmt: skip
def test_every_command_answers_for_a_second_town(command: tuple[str, ...], lang: str, format: str, minato: str) -> None:
    found = run(*command, minato, "--lang", lang, "--format", format)
    assert found.exit_code == 0, found.output
    if format == "json":
        assert json.loads(found.stdout)
    else:
        assert len(found.stdout.splitlines()) > 1
        assert not re.search(r"\d\.\d+(?!\d*%)\b", found.stdout)


def test_a_household_of_a_second_town_gets_its_desk_its_body_and_its_limits(minato: str, tmp_path: Path) -> None:
    file = tmp_path / "home.yaml"
    file.write_text("persons: [{age: 45, needs: [withdrawal, poverty], 所得: 低所得}]", encoding="utf-8")
    found = json.loads(run("case", str(file), minato, "--format", "json", "--lang", "en").stdout)
    assert found["desks"] == [{"id": "desk", "name": "General desk"}]
    assert found["bodies"] == [{"id": "net", "name": "Care conference", "needs": 2}]
    assert found["unseen"] == []
    (away,) = found["served"][0]["one_limit_away"]
    assert (away["id"], away["dimension"], away["provision"]) == ("youth", "age", "basis not recorded")
    assert "地域ケア会議（2）" in run("case", str(file), minato).stderr


def test_what_one_programme_alone_serves_is_said_need_by_need(minato: str) -> None:
    alone = json.loads(run("shock", "--sole", "desk", minato, "--format", "json").stdout)
    needs = [re.findall("「(.*?)」", one["alone"]) for one in alone]
    assert len(needs) > 1 and all(len(found) == 1 and "か" not in found[0] for found in needs)
    assert "助言ではありません" in run("whatif", "--suggest", "1", minato).stderr
    assert "not advice" in run("whatif", "--suggest", "1", minato, "--lang", "en").stderr


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"a: &a [x]\nend: [*a, *a]", 3),
        (b"[" * 100_000, 3),
        (b"\xff\xfe", 3),
        (b"end: [2022-02-30]", 3),
        (b"- p_yw", 2),
    ],
)
def test_hostile_changes_are_refused(text: bytes, code: int, tmp_path: Path) -> None:
    file = tmp_path / "changes.yaml"
    file.write_bytes(text)
    found = run("whatif", str(file))
    assert found.exit_code == code and str(found.exception) == str(code)
    assert run("case", str(file)).exit_code == code


def test_a_shock_takes_the_town_and_the_date() -> None:
    town = str(sample())
    plain = run("shock", "p_gaishutsu", town, "--format", "json")
    assert plain.stdout == run("shock", "p_gaishutsu", "--format", "json").stdout
    assert json.loads(plain.stdout)["opened"]
    assert run("shock", "p_jiritsu").exit_code == 0
    assert run("shock", "p_jiritsu", "--as-of", "2014-04-01").exit_code == 2  # it began in April 2015
    assert run("shock", "p_gaishutsu", "--include", "inferred", "--as-of", "all").exit_code == 0
    assert run("shock", town).exit_code == run("shock").exit_code == 2


def written(space: Space, folder: Path) -> str:
    """The file of a space without a town."""
    file = folder / "instance.json"
    file.write_text(json.dumps(document(space)), encoding="utf-8")
    return str(file)


def is_partial(text: str) -> bool:
    """Whether an answer says that it is not complete and bounds what it does not list."""
    answer = json.loads(text)
    heaviest = max((gap["demand"] for gap in answer["gaps"]), default=1)
    return (answer["complete"], answer["totals"]) == (False, None) and (answer["bound"] or 0) >= heaviest


@pytest.mark.parametrize("boxes", [0, 6000])
@pytest.mark.parametrize(("kind", "seconds"), [("--all", 0), ("--all", 0.05), ("--all", 0.3), ("--top=50", 0)])
def test_a_deadline_holds_in_reading_reduction_search_and_totals(
    kind: str, seconds: float, boxes: int, tmp_path: Path
) -> None:
    found = run("gaps", "--instance", written(endless(boxes), tmp_path), kind, "--deadline", str(seconds))
    assert found.exit_code == 0
    assert was_not_read(found) or is_partial(found.stdout)
    assert was_not_read(found) or boxes == 0 or seconds > 0
    assert is_partial(found.stdout) or boxes > 0


def was_not_read(found: Result) -> bool:
    """Whether the end came while the file was still read: nothing is known, and that is said."""
    nothing: dict[str, object] = {"complete": False, "bound": None, "totals": None, "gaps": []}
    return json.loads(found.stdout) == nothing and "まだ何も調べていません" in found.stderr


@pytest.mark.parametrize("boxes", [0, 6000])
@pytest.mark.parametrize(("kind", "look"), [("--all", 1), ("--all", 2), ("--all", 20), ("--all", 100), ("--top=50", 1)])
def test_ctrl_c_at_any_look_at_the_clock_prints_what_was_found(
    kind: str, look: int, boxes: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = written(endless(boxes), tmp_path)
    interrupt_at(look, monkeypatch)
    found = run("gaps", "--instance", file, kind)
    assert found.exit_code == 0
    assert was_not_read(found) if boxes and look < 10 else is_partial(found.stdout)


def interrupt_at(look: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Has Ctrl-C pressed when the work looks at the clock for the ``look``-th time."""
    passed, looks = vars(Deadline)["passed"], count(1)

    def seen(deadline: Deadline) -> bool:
        if next(looks) == look:
            raise_signal(SIGINT)
        return bool(passed.__get__(deadline))

    monkeypatch.setattr(Deadline, "passed", property(seen))


TOWN_COMMANDS = [
    ("gaps", "--all"), ("gaps", "--top", "5", "--reading", "both"), ("gaps", "--brief"), ("research",),
    ("shock", "福祉課"), ("shock", "--sole"), ("shock", "--sole", "desk"), ("whatif", "--suggest", "2"),
    ("whatif", "CHANGES"),
]  # fmt: skip


def is_said_to_be_partial(found: Result, told: str = "complete: no") -> bool:
    """Whether an answer in JSON and the sentences beside it say that the work was stopped."""
    document = json.loads(found.stdout)
    parts = document if isinstance(document, list) else [document]
    return found.exit_code == 0 and told in found.stderr and not any(part.get("complete") for part in parts)


@pytest.fixture
def hurried(request: pytest.FixtureRequest, minato: str, tmp_path: Path) -> tuple[str, ...]:
    """A command about the second town, answered in JSON."""
    changes = tmp_path / "changes.yaml"
    changes.write_text("end: [youth, desk]\nadd: [{name: 新, needs: [care], min_age: 20}]\n", encoding="utf-8")
    typed = (str(changes) if word == "CHANGES" else word for word in request.param)
    return (*typed, minato, "--format", "json")


@pytest.mark.parametrize("hurried", TOWN_COMMANDS, ids=" ".join, indirect=True)
def test_every_town_command_keeps_its_deadline(hurried: tuple[str, ...]) -> None:
    assert is_said_to_be_partial(run(*hurried, "--deadline", "0"))
    assert "complete: no" not in run(*hurried, "--deadline", "600").stderr


@pytest.mark.parametrize("hurried", TOWN_COMMANDS, ids=" ".join, indirect=True)
@pytest.mark.parametrize("look", [1, 3])
def test_ctrl_c_ends_every_town_command_with_what_was_found(
    look: int, hurried: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    interrupt_at(look, monkeypatch)
    assert is_said_to_be_partial(run(*hurried))


def test_ctrl_c_while_a_town_is_read_ends_the_search_before_it_begins(
    minato: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    read = tables.read

    def interrupted(path: Path) -> Municipality:
        raise_signal(SIGINT)
        return read(path)

    monkeypatch.setattr(tables, "read", interrupted)
    found = run("gaps", minato, "--all", "--format", "json")
    assert is_said_to_be_partial(found) and not json.loads(found.stdout)["gaps"]


@pytest.mark.parametrize("command", [("gaps", "--all"), ("case", "8050"), ("shock", "p_yw")], ids=" ".join)
def test_a_second_ctrl_c_ends_with_a_line_and_130(command: tuple[str, ...]) -> None:
    program = "from signal import SIGINT, raise_signal; from hazama import tables, cli\n"
    program += "tables.read = lambda path: (raise_signal(SIGINT), raise_signal(SIGINT)); cli.main()"
    done = subprocess.run([sys.executable, "-c", program, *command], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (130, "")
    assert done.stderr.split() == ["中断しました。"]


def test_gaps_that_time_left_no_reason_for_are_listed_without(minato: str, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = json.loads(run("gaps", minato, "--all", "--format", "json").stdout)

    def interrupted(space: Space, _masks: Masks) -> list[list[Box]]:
        raise_signal(SIGINT)
        return [[] for _ in space.dims]

    monkeypatch.setattr("hazama.coverage.listing.boxes_beside", interrupted)
    found = json.loads(run("gaps", minato, "--all", "--format", "json").stdout)
    assert [gap["id"] for gap in found["gaps"]] == [gap["id"] for gap in whole["gaps"]]
    assert not any(gap["near_misses"] for gap in found["gaps"][1:])
    assert found["complete"] and found["totals"] is None


def test_ctrl_c_in_a_terminal_prints_what_was_found(tmp_path: Path) -> None:
    program = """
import sys
from hazama.cli import main
from hazama.coverage.deadline import Deadline
looks, passed = [], Deadline.passed.fget
def seen(deadline):
    looks.append(len(looks) != 100 or print("searching", file=sys.stderr, flush=True))
    return passed(deadline)
Deadline.passed = property(seen)
main()
"""
    command = [sys.executable, "-c", program, "gaps", "--instance", written(endless(), tmp_path), "--all"]
    with Popen(command, stdout=PIPE, stderr=PIPE, text=True) as running:
        assert running.stderr is not None and running.stderr.readline() == "searching\n"
        running.send_signal(SIGINT)
        output, _ = running.communicate()
    assert running.returncode == 0
    assert is_partial(output)
    assert json.loads(output)["gaps"]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the kernel does not tell what a process held")
def test_all_gaps_of_ten_thousand_boxes_fit_into_a_hundred_megabytes(tmp_path: Path) -> None:
    program = """
import sys
from hazama import tables
from hazama.cli import cli
cli.main(standalone_mode=False)
held = dict(line.split(":", 1) for line in open("/proc/self/status"))
print(held["VmHWM"].split()[0], file=sys.stderr)
"""
    file = written(instance(10000, limited=0.7, needs=2), tmp_path)
    command = [sys.executable, "-c", program, "gaps", "--instance", file, "--all", "--format", "json"]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(done.stdout)["complete"] is True
    assert int(done.stderr) < 85_000
