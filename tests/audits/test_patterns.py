"""Audits written as SPARQL: what the header must say, and a town's own."""

from pathlib import Path

import pytest

from hazama.audits import audit, audits
from hazama.audits.audited import audited
from hazama.audits.run import pattern
from hazama.knowledge.questions import parsed
from hazama.model.errors import UsageError
from hazama.model.records import Provision
from hazama.model.town import Layer
from tests.audits.towns import TODAY, at, body, program, town

OWN = """# title: 短い名の会議体 | Bodies with short names
# severity: medium
# sentence: 会議体「{body}」（{n}文字、{body_id}）。 | Body {body} ({n} signs).
# advice: 名を長くする。 | Lengthen the name.

SELECT ?body ?n WHERE {
  ?body a org:OrganizationalCollaboration ; skos:prefLabel ?name .
  BIND(STRLEN(?name) AS ?n)
}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "questions").mkdir()
    (tmp_path / "questions" / "audit-governance-short_name.rq").write_text(OWN, encoding="utf-8")
    return tmp_path


def test_a_town_adds_an_audit_with_a_file(folder: Path) -> None:
    (finding,) = audit(town(bodies=(body("b"),)), TODAY, ["governance:short_name"], folder)
    assert finding.id == "governance.short_name.bodies.b"
    assert finding.sentences == ("会議体「b会議」（3文字、b）。", "Body b会議 (3 signs).")
    assert (finding.next_step("en"), finding.severity) == ("Lengthen the name.", "medium")
    assert [row.origin.file for row in finding.rows] == ["bodies.csv"]


def test_an_audit_of_a_towns_folder_asks_no_other_server(folder: Path) -> None:
    text = OWN[: OWN.index("SELECT")] + "SELECT ?body { SERVICE <http://example.org/> { ?body ?p ?n } }\n"
    (folder / "questions" / "audit-governance-short_name.rq").write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match="SERVICE"):
        audit(town(bodies=(body("b"),)), TODAY, ["governance:short_name"], folder)


def test_an_audit_of_a_new_group_comes_last(folder: Path) -> None:
    (folder / "questions" / "audit-extra-names.rq").write_text(OWN, encoding="utf-8")
    groups = [one.group for one in audit(town(bodies=(body("b"),)), TODAY, folder=folder)]
    assert groups[-1] == "extra"


def test_rows_of_the_layers_beneath_are_nobodys_lack() -> None:
    beneath = Layer("national", "国の制度", "National law", "https://example.org/law/")
    place = town(bodies=(body("b", layer="national"),), layers=(town().layer, beneath))
    assert audit(place, TODAY, ["governance:no_secretariat"]) == []


def test_a_provision_is_what_the_finding_rests_on() -> None:
    text = (
        OWN.replace("?body ?n", "?body ?provision")
        .replace("{n}", "{provision}")
        .replace("BIND(STRLEN(?name) AS ?n)", "?body hz:restsOn ?provision")
    )
    one = pattern(parsed("audit-law-x", text))
    assert "?provision" in text
    place = town(
        bodies=(body("b", basis=("act-1",)),),
        provisions=(Provision(origin=at("provisions"), id="act-1", law="act"),),
    )
    (finding,) = one.findings(audited(place, TODAY))
    assert finding.provisions == ("act-1",)


@pytest.mark.parametrize(
    "line",
    [line + "\n" for line in OWN.splitlines()[1:3]],
)
def test_a_header_that_lacks_a_line_is_refused(line: str) -> None:
    with pytest.raises(UsageError):
        pattern(parsed("audit-governance-short_name", OWN.replace(line, "")))


def test_a_name_without_a_group_is_refused() -> None:
    with pytest.raises(UsageError):
        pattern(parsed("audit-lonely", OWN))


def test_every_audit_has_a_title_in_both_languages() -> None:
    assert all(one.title("ja") and one.title("en") and one.title("ja") != one.title("en") for one in audits())


def test_a_programme_without_any_basis_is_found_whatever_else_there_is() -> None:
    place = town(programs=(program("a"), program("b", basis_kind="act")))
    assert [one.subjects for one in audit(place, TODAY, ["law:unfounded"])] == [("programs/a",)]
