"""What a person is told."""

import pytest

from hazama.model.errors import Violation
from hazama.tables import sentence


@pytest.mark.parametrize(
    ("violation", "ja", "en"),
    [
        (
            Violation("programs.csv", 7, "min_age", "bad_age", (("found", "65際"),)),
            "programs.csv 7行目「年齢下限」: 「65際」は年齢として読めません。"
            "65、概ね65、4か月、制限なし のように書いてください。",
            "programs.csv, row 7, Minimum age: '65際' is no age. "
            "Write it like 65, 概ね65 (about 65), 4か月 (4 months) or no_limit.",
        ),
        (
            Violation("national/laws.csv", 3, "id", "missing_value"),
            "national/laws.csv 3行目「ID」: ここは必ず書く欄です。値を入れてください。",
            "national/laws.csv, row 3, ID: This cell must not be blank. Please fill it.",
        ),
        (
            Violation("town.toml", 0, "name", "missing_key", (("key", "name"),)),
            "town.toml の「name」: 「name」がありません。値を書いてください。",
            "town.toml, name: 'name' is missing. Please give it a value.",
        ),
        (
            Violation("book.xlsx", 2, "", "sum_set_aside", sheet="人口"),
            "book.xlsx［人口］ 2行目: 地区の合計の行なので、数えません。",
            "book.xlsx [人口], row 2: This row sums up the areas and is not counted.",
        ),
        (
            Violation("a.csv", 0, "", "sum_set_aside"),
            "a.csv: 地区の合計の行なので、数えません。",
            "a.csv: This row sums up the areas and is not counted.",
        ),
        (
            Violation("book.xlsx", 3, "owner", "missing_value", sheet="福祉の事業"),
            "book.xlsx［福祉の事業］ 3行目「所管」: ここは必ず書く欄です。値を入れてください。",
            "book.xlsx [福祉の事業], row 3, Owner: This cell must not be blank. Please fill it.",
        ),
    ],
)
def test_sentences(violation: Violation, ja: str, en: str) -> None:
    assert sentence(violation) == ja
    assert sentence(violation, "en") == en


def test_braces_in_a_cell_are_quoted_as_they_are() -> None:
    assert "「{x}」" in sentence(Violation("a.csv", 2, "since", "bad_day", (("found", "{x}"),)))
