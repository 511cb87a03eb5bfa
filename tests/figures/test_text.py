import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazama.figures.text import clean, lines, width


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("庁内検討委員会", 6.0, ("庁内検討", "委員会")),
        ("情報共有・意見交換", 6.0, ("情報共有・", "意見交換")),
        ("地域共生社会推進プロジェクト組織", 9.0, ("地域共生社会推進", "プロジェクト組織")),
        ("障がい者総合支援協議会", 7.0, ("障がい者総合", "支援協議会")),
        ("Community Care", 6.0, ("Community", "Care")),
        ("会議", 10.0, ("会議",)),
        ("", 10.0, ("",)),
    ],
)
def test_a_name_breaks_at_its_joints(text: str, room: float, expected: tuple[str, ...]) -> None:
    assert lines(text, room) == expected


@pytest.mark.parametrize("sign", ["、", "。", "」", "）", "ー", "っ", "ョ"])
def test_no_line_begins_with_a_sign_that_may_not_begin_one(sign: str) -> None:
    broken = lines(f"あいうえおか{sign}きくけこさしすせそ", 6.0)
    assert not any(line.startswith(sign) for line in broken)


@pytest.mark.parametrize(
    ("text", "room", "expected"),
    [
        ("バックアップふじさわ社協", 8.0, ("バックアップ", "ふじさわ社協")),
        ("バックアップふじさわ", 8.0, ("バックアップ", "ふじさわ")),
        ("いきいきサポートセンター", 7.0, ("いきいき", "サポート", "センター")),
    ],
)
def test_a_run_of_kana_breaks_only_at_the_borders_of_its_words(
    text: str, room: float, expected: tuple[str, ...]
) -> None:
    assert lines(text, room) == expected


def test_no_line_ends_with_an_opening_bracket() -> None:
    assert not any(line.endswith(("（", "「")) for line in lines("みなと会議（仮の名）と「暮らし」の会議", 6.0))


@given(st.text("地域福祉の推進会議ケアabc (）ー、", min_size=1, max_size=60), st.floats(3.0, 20.0))
def test_no_character_is_lost_and_no_line_is_too_wide(text: str, room: float) -> None:
    broken = lines(text, room, most=99)
    assert "".join(broken).replace(" ", "") == clean(text).replace(" ", "")
    assert all(width(line) <= room or len(line) <= 4 for line in broken)


def test_what_does_not_fit_in_the_lines_allowed_ends_in_an_ellipsis() -> None:
    broken = lines("とても長い名前の会議" * 6, 8.0, most=2)
    assert len(broken) == 2
    assert broken[1].endswith("…")


def test_width_counts_full_half_and_nothing() -> None:
    assert width("会a", 10) == pytest.approx(15.6)
    assert width("か\u3099", 10) == 10.0
    assert width("𠮷", 10) == 10.0


def test_clean_drops_controls_and_bidi_overrides_and_keeps_letters() -> None:
    assert clean("会\u0000議\u202e\nﾊ مجلس 𠮷") == "会議 ﾊ مجلس 𠮷"
