"""The report in Markdown, and findings as records and as triples."""

import json
import re
from dataclasses import replace
from datetime import date

import yaml

from hazama.audits import Record, audit, finding_record, finding_triples, report
from hazama.coverage.households import case_names, case_text, household
from hazama.knowledge.labels import directory
from hazama.knowledge.triples import n_triples
from hazama.model.cells import NO_LIMIT, Age, AgeRange
from hazama.model.records import Provision
from hazama.model.town import Layer
from hazama.model.view import Scope
from hazama.tables import read, sample
from tests.audits.towns import TODAY, at, body, program, town

DUTY = Provision(
    origin=at("provisions", 7), id="act-3", law="act", article="3", modality="duty", bearer=("municipality",)
)
PLACE = town(bodies=(body("b"), body("c")), provisions=(DUTY,))
FINDINGS = audit(PLACE, TODAY, ["law:duty", "governance:no_secretariat"])
KNOWN = FINDINGS[1].id
DECIDED = {
    KNOWN: Record(KNOWN, "accepted", "庶務は持ち回り", until="2025-03-31"),
    "law.duty.provisions.old": Record("law.duty.provisions.old", "planned", "条例で対応"),
}


def test_each_finding_stands_with_its_law_rows_state_and_next_step() -> None:
    text = report(PLACE, TODAY, FINDINGS, DECIDED, "ja")
    assert text.startswith(
        "# みなと市 所見の報告\n\n2024-04-01現在の記録による。\n\n所見3件（新しい2件、了承・対応予定1件）。解消1件。"
    )
    assert "## 法的根拠: 担い手のない義務" in text
    assert "  - 根拠: act第3条\n  - 表の行: provisions.csv 7行目\n  - 次の一歩: " in text
    assert "(参考, 了承済み)" in text
    assert text.rstrip().endswith("## 解消した所見\n\n- `law.duty.provisions.old` 条例で対応")


def test_the_report_speaks_english() -> None:
    text = report(PLACE, Scope(), FINDINGS, {}, "en")
    assert "# Findings: Minato City" in text and "all times" in text
    assert "Next step: " in text and "## Closed" not in text


def test_marks_in_names_do_not_break_the_report() -> None:
    odd = [replace(one, sentences=("**太字** <b>\n|", "x")) for one in FINDINGS[:1]]
    line = next(line for line in report(PLACE, TODAY, odd, {}, "ja").splitlines() if "太字" in line)
    assert line.startswith("- **\\*\\*太字\\*\\* &lt;b> \\|**")


def test_a_record_has_what_the_command_promises() -> None:
    record = finding_record(FINDINGS[0], "new", None, "ja")
    promised = "id group audit severity subjects sentence provision people sources next_step"
    assert set(promised.split()) <= record.keys()
    assert json.loads(json.dumps(record))["sources"][0]["place"] == "provisions.csv 7行目"


def test_findings_as_triples_say_what_they_came_from() -> None:
    from rdflib import Graph, Variable

    graph = Graph().parse(data=n_triples(finding_triples(PLACE, TODAY, FINDINGS)), format="nt")
    asked = """
        PREFIX hz: <https://w3id.org/hazama/ns#> PREFIX prov: <http://www.w3.org/ns/prov#>
        SELECT ?id ?about ?row ?day ?question ?data WHERE {
          ?finding a hz:Finding ; <http://purl.org/dc/terms/identifier> ?id ; hz:about ?about ;
                   prov:wasDerivedFrom ?row ; prov:wasGeneratedBy ?audit .
          ?audit a hz:Audit ; prov:used ?data ; <http://purl.org/dc/terms/date> ?day ;
                 <http://purl.org/dc/terms/title> ?question . FILTER(lang(?question) = "en")
        } ORDER BY ?id"""
    names = [Variable(name) for name in ("id", "about", "row", "day", "question", "data")]
    rows = [tuple(str(found[name]) for name in names) for found in graph.query(asked).bindings]
    assert len(rows) == len(FINDINGS)
    assert rows[-1][:3] == (
        "law.duty.provisions.act-3",
        "https://example.org/minato/provisions/act-3",
        "https://example.org/minato/provisions.csv#row=7",
    )
    assert {row[3] for row in rows} == {"2024-04-01"}
    assert rows[-1][4:] == ("Duties that nothing carries out", "https://example.org/minato/dataset")


def test_the_same_question_on_another_day_is_another_activity() -> None:
    days = (TODAY, Scope(date(2025, 4, 1)))
    stated = [set(finding_triples(PLACE, day, FINDINGS[:1])) for day in days]
    by = [{triple[2] for triple in triples if "wasGeneratedBy" in triple[1]} for triples in stated]
    assert len(by[0]) == len(by[1]) == 1
    assert by[0] != by[1]
    assert n_triples(finding_triples(PLACE, TODAY, FINDINGS)) == n_triples(finding_triples(PLACE, TODAY, FINDINGS))


def test_a_household_case_is_told_in_english_too() -> None:
    fujisawa = read(sample())
    found = audit(fujisawa, Scope(fujisawa.layer.as_of), ["continuity"])
    text = report(fujisawa, Scope(fujisawa.layer.as_of), found, {}, "en")
    assert "Case 8050 (a parent in the eighties" in text
    assert not re.search("[ぁ-ヿ一-鿿]", text)
    assert "until 20" not in text, "a unit that is gone takes part in nothing"
    households = [household(yaml.safe_load(case_text(name)), directory(fujisawa)) for name in case_names()]
    assert all(one.name.en and all(person.name.en for person in one.persons) for one in households)


def test_a_limit_of_the_law_is_looked_up_in_a_row_of_the_town() -> None:
    beneath = replace(program("n", needs=("care",), functions=("benefit",)), layer="national")
    own = program("o", needs=("care",), functions=("service",))
    place = town(
        programs=(beneath, own), layers=(town().layer, Layer("national", "国", "Nation", "https://example.org/n/"))
    )
    steps = {one.key: one.next_step("en") for one in audit(place, TODAY, ["evidence:blank"])}
    assert "implements" in steps["n"] and "Ask the section" in steps["o"]


def test_a_heading_is_said_once() -> None:
    duties = (
        DUTY,
        replace(DUTY, id="u", article="", heading="計画"),
        replace(DUTY, id="h", article="4", heading="計画"),
    )
    told = {one.subjects[0]: one.sentence("ja") for one in audit(town(provisions=duties), TODAY, ["law:duty"])}
    assert told["provisions/u"].count("計画") == told["provisions/h"].count("計画") == 1
    assert "（）" not in "".join(told.values())


def test_a_town_without_districts_has_its_gaps_all_the_same() -> None:
    place = town(
        programs=(
            program("p", needs=("care",), functions=("consultation",), limits={"age": AgeRange(Age(65), NO_LIMIT)}),
        )
    )
    assert place.districts == ()
    certain = {one.key: one for one in audit(place, TODAY, ["coverage:certain"])}
    assert certain["care"].sentence("ja").startswith("64歳以下・「介護」の相談")
