"""Ages as an office writes them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazama.model.cells import Age
from hazama.tables.ages import age, age_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("65", Age(65)),
        ("６５歳", Age(65)),
        ("満65才", Age(65)),
        ("概ね65", Age(65, approximate=True)),
        ("おおむね65歳", Age(65, approximate=True)),
        ("約 65 歳", Age(65, approximate=True)),
        ("about 65 years", Age(65, approximate=True)),
        ("4か月", Age(4, "month")),
        ("18ヶ月", Age(18, "month")),
        ("18カ月", Age(18, "month")),
        ("6 months", Age(6, "month")),
        ("0", Age(0)),
    ],
)
def test_spellings(text: str, expected: Age) -> None:
    assert age(text) == expected


@pytest.mark.parametrize("text", ["65際", "", "-1", "65.5", "六十五", "131", "9999か月", "65歳以上", "65-70", "概ね"])
def test_what_is_no_age_is_never_guessed(text: str) -> None:
    assert age(text) is None


@given(st.integers(0, 130), st.sampled_from(["year", "month"]), st.booleans())
def test_an_age_is_read_back(number: int, unit: str, approximate: bool) -> None:
    value = Age(number, unit, approximate)  # type: ignore[arg-type]
    assert age(age_text(value)) == value
