"""Every folder of tests/cases/tables: the tables that are given and everything that is found in them."""

import csv
from pathlib import Path

import pytest

from hazama.model.errors import InputError
from hazama.resources import words
from hazama.tables import check, read, sentence

CASES = sorted((Path(__file__).parents[1] / "cases" / "tables").iterdir())


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_exactly_what_is_expected_is_found(case: Path) -> None:
    with (case / "expected.csv").open(encoding="utf-8", newline="") as stream:
        expected = [tuple(row.values()) for row in csv.DictReader(stream)]
    found = check(case / "given").violations
    assert sorted((v.severity, v.file, str(v.row), v.column, v.code) for v in found) == sorted(expected)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_violation_is_a_sentence_with_its_file(case: Path, lang: str) -> None:
    for violation in check(case / "given").violations:
        text = sentence(violation, lang)
        assert text.startswith(violation.file)
        assert "{" not in text
        assert len(text) < 250


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_town_with_an_error_is_not_read(case: Path) -> None:
    checked = check(case / "given")
    errors = [violation for violation in checked.violations if violation.severity == "error"]
    assert (checked.town is None) == bool(errors)
    if errors:
        with pytest.raises(InputError) as caught:
            read(case / "given")
        assert list(caught.value.violations) == errors


def test_every_sentence_is_said_by_the_code_and_both_languages_have_the_same_places() -> None:
    code_folder = Path(__file__).parents[2] / "graph" / "hazama"
    source = "".join(path.read_text(encoding="utf-8") for path in code_folder.rglob("*.py"))
    for code, texts in words("tables").items():
        stem = code.removesuffix("_near").removeprefix("spelling_")
        assert f'"{stem}"' in source or stem in ("no_limit", "not_recorded"), code
        assert _places(texts["ja"]) == _places(texts["en"]), code


def _places(text: str) -> set[str]:
    return {part.split("}")[0] for part in text.split("{")[1:]} - {"ja", "en"}
