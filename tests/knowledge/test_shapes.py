from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from rdflib import Graph
from rdflib.namespace import SH

from hazama.knowledge.shapes import validate
from hazama.model.cells import Age, AgeRange
from hazama.model.dates import Day
from hazama.model.errors import Violation
from hazama.model.records import Status
from hazama.model.town import Municipality
from hazama.resources import text
from hazama.tables import read, sample, sentence
from tests.towns import small_town


def test_the_small_town_is_well_formed() -> None:
    assert validate(small_town()) == ()


def test_the_sample_is_well_formed() -> None:
    assert validate(read(sample())) == ()


def changed(table: str, row: int, **values: Any) -> Callable[[], Municipality]:
    """The small town with one row changed, given by its place in the table."""

    def made() -> Municipality:
        town = small_town()
        rows = list(getattr(town, table))
        rows[row] = replace(rows[row], **values)
        tables: dict[str, Any] = {table: tuple(rows)}
        return replace(town, **tables)

    return made


UPSIDE_DOWN = AgeRange(Age(65), Age(20))

PLANTED: list[tuple[Callable[[], Municipality], tuple[str, int, str]]] = [
    (changed("programs", 0, owner=("nobody",)), ("programs.csv", 2, "owner")),
    (changed("programs", 0, operators=("nobody",)), ("programs.csv", 2, "operators")),
    (changed("programs", 1, themes=("t9",)), ("programs.csv", 3, "themes")),
    (changed("programs", 1, needs=("nothing",)), ("programs.csv", 3, "needs")),
    (changed("programs", 1, functions=("nothing",)), ("programs.csv", 3, "functions")),
    (changed("programs", 1, field=("nothing",)), ("programs.csv", 3, "field")),
    (changed("programs", 1, reach="nothing"), ("programs.csv", 3, "reach")),
    (changed("programs", 0, basis=("care_9",)), ("programs.csv", 2, "basis")),
    (changed("programs", 1, implements=("nothing",)), ("programs.csv", 3, "implements")),
    (changed("programs", 1, limits={"age": UPSIDE_DOWN}), ("programs.csv", 3, "min_age")),
    (changed("programs", 1, limits={"residence": ("nowhere",)}), ("programs.csv", 3, "residence")),
    (changed("programs", 1, provision=("care_9",)), ("programs.csv", 3, "provision")),
    (changed("programs", 3, since=Day("2024")), ("programs.csv", 5, "since")),
    (changed("programs", 0, name=""), ("programs.csv", 2, "name")),
    (changed("eligibility", 0, program="nothing"), ("eligibility.csv", 2, "program")),
    (changed("eligibility", 0, limits={"age": UPSIDE_DOWN}), ("eligibility.csv", 2, "min_age")),
    (changed("agencies", 1, parent="nobody"), ("agencies.csv", 3, "parent")),
    (changed("agencies", 1, succeeds=("nobody",)), ("agencies.csv", 3, "succeeds")),
    (changed("agencies", 3, reason=""), ("agencies.csv", 5, "")),
    (changed("agencies", 3, status=Status.UNVERIFIED, id="npo2"), ("members.csv", 3, "agency")),
    (changed("bodies", 0, convener=("nobody",)), ("bodies.csv", 2, "convener")),
    (changed("bodies", 0, secretariat=("nobody",)), ("bodies.csv", 2, "secretariat")),
    (changed("bodies", 1, reports_to=("nobody",)), ("bodies.csv", 3, "reports_to")),
    (changed("bodies", 0, basis=("care_9",)), ("bodies.csv", 2, "basis")),
    (changed("bodies", 0, theme=("t9",)), ("bodies.csv", 2, "theme")),
    (changed("members", 0, body="nobody"), ("members.csv", 2, "body")),
    (changed("provisions", 0, law="no_law"), ("provisions.csv", 2, "law")),
    (changed("provisions", 1, cites=("care_9",)), ("provisions.csv", 3, "cites")),
    (changed("provisions", 0, modality="nothing"), ("provisions.csv", 2, "modality")),
    (changed("laws", 0, name=""), ("laws.csv", 2, "name")),
    (changed("themes", 0, name=""), ("themes.csv", 2, "name")),
    (changed("challenges", 0, statement="", statement_en=""), ("challenges.csv", 2, "statement")),
    (changed("challenges", 0, theme=("t9",)), ("challenges.csv", 2, "theme")),
    (changed("challenges", 0, partners=("nobody",)), ("challenges.csv", 2, "partners")),
    (changed("demand", 0, people=-1), ("demand.csv", 2, "people")),
    (changed("demand", 1, share=1.5), ("demand.csv", 3, "share")),
    (changed("demand", 0, district="nowhere"), ("demand.csv", 2, "district")),
    (changed("links", 0, subject="nobody"), ("links.csv", 2, "subject")),
    (changed("links", 0, object="nobody"), ("links.csv", 2, "object")),
    (changed("links", 0, predicate="nothing"), ("links.csv", 2, "predicate")),
]


@pytest.mark.parametrize(
    ("town", "place"), PLANTED, ids=[f"{file}-{row}-{column}" for _, (file, row, column) in PLANTED]
)
def test_a_planted_error_is_found_in_its_cell(town: Callable[[], Municipality], place: tuple[str, int, str]) -> None:
    found = validate(town())
    assert place in [(violation.file, violation.row, violation.column) for violation in found]


def test_a_violation_reads_as_a_sentence_in_both_languages() -> None:
    (violation,) = validate(changed("programs", 0, operators=("nobody",))())
    assert isinstance(violation, Violation)
    assert sentence(violation) == ("programs.csv 2行目「実施主体」: 実施主体に書かれた機関が機関の表にありません。")
    assert "not in the table of agencies" in sentence(violation, "en")
    assert dict(violation.values)["found"] == "nobody"


def test_every_shape_that_can_fail_says_so_in_both_languages() -> None:
    shapes = Graph().parse(data=text("ontology/shapes.ttl"), format="turtle")
    said = set(shapes.subjects(SH.message))
    assert len(said) > 40
    for shape in said:
        languages = sorted(str(message.language) for message in shapes.objects(shape, SH.message))  # type: ignore[attr-defined]
        assert languages == ["en", "ja"]
