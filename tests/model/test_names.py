"""One spelling for look-up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazama.model.names import normalised, suggestions


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ＡＢＣ", "abc"),
        ("カタカナ", "かたかな"),
        ("ｶﾀｶﾅ", "カタカナ"),
        ("障がい者 相談", "障害者・相談"),
        ("障碍", "障害"),
        ("子供", "子ども"),
        ("髙﨑", "高崎"),
        ("（仮称）支援会議", "仮称 支援会議"),
        ("0～5", "０〜５"),
    ],
)
def test_spellings_that_are_one(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


@given(st.text())
def test_normalising_twice_changes_nothing_more_for_plain_text(text: str) -> None:
    plain = "".join(sign for sign in text if sign.isascii() or "ぁ" <= sign <= "ヶ")
    assert normalised(normalised(plain)) == normalised(plain)


def test_what_contains_the_text_comes_before_what_only_looks_like_it() -> None:
    names = ["地域包括支援センター", "包括支援", "地区福祉窓口"]
    assert suggestions("包括", names) == ["包括支援", "地域包括支援センター"]
    assert suggestions("地域包括支援センタ", names)[0] == "地域包括支援センター"


def test_at_most_as_many_as_asked_for_and_nothing_for_nothing() -> None:
    assert len(suggestions("あ", [f"あ{n}" for n in range(9)], 2)) == 2
    assert suggestions("", ["あ"]) == []
    assert suggestions("火星", ["福祉課"]) == []
    assert suggestions("No.", ["note", "notes"]) == []
