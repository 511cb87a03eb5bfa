"""Limits in words."""

import pytest

from hazama.knowledge.labels import Label, directory
from hazama.knowledge.limits import age_words, box_words, worst
from hazama.model.cells import NO_LIMIT, NOT_RECORDED, Age, AgeRange
from hazama.model.records import Limits, Origin, Program
from tests.towns import small_town

KNOWN = directory(small_town())


@pytest.mark.parametrize(
    ("limit", "ja", "en"),
    [
        (AgeRange(Age(15), Age(39)), "15〜39歳", "15 to 39"),
        (AgeRange(Age(65), NO_LIMIT), "65歳以上", "65 or older"),
        (AgeRange(Age(65), NOT_RECORDED), "65歳以上（上限は未確認）", "65 or older (upper limit not recorded)"),
        (AgeRange(NO_LIMIT, Age(39)), "39歳以下", "39 or younger"),
        (AgeRange(NOT_RECORDED, Age(39)), "39歳以下（下限は未確認）", "39 or younger (lower limit not recorded)"),
        (AgeRange(NO_LIMIT, NO_LIMIT), "年齢制限なし", "any age"),
        (AgeRange(NO_LIMIT, NOT_RECORDED), "年齢の下限なし（上限は未確認）", "no lower age limit (upper not recorded)"),
        (AgeRange(NOT_RECORDED, NO_LIMIT), "年齢の上限なし（下限は未確認）", "no upper age limit (lower not recorded)"),
        (AgeRange(NOT_RECORDED, NOT_RECORDED), "年齢は未確認", "age not recorded"),
        (AgeRange(Age(4, "month"), Age(18, "month")), "4〜18か月", "4 months to 18 months"),
        (AgeRange(Age(4, "month"), Age(2)), "4か月〜2歳", "4 months to 2"),
        (AgeRange(Age(65, approximate=True), NO_LIMIT), "おおむね65歳以上", "about 65 or older"),
    ],
)
def test_age_words(limit: AgeRange, ja: str, en: str) -> None:
    assert age_words(limit) == Label(ja, en)


@pytest.mark.parametrize(
    ("limits", "other", "ja", "en"),
    [
        ({}, "", "要件は未確認", "limits not recorded"),
        ({"age": AgeRange()}, "", "要件は未確認", "limits not recorded"),
        ({"certificate": ("none", "mental")}, "", "障害者手帳: 手帳なし・精神障害者保健福祉手帳", ""),
        ({"income": NO_LIMIT}, "", "所得: 制限なし", "Income: no limit"),
        ({"district": ("north",), "income": NOT_RECORDED}, "", "地区: 北地区", "District: North"),
        ({"age": AgeRange(Age(65), NO_LIMIT)}, "家族も可", "65歳以上、家族も可", "65 or older; 家族も可"),
    ],
)
def test_box_words(limits: Limits, other: str, ja: str, en: str) -> None:
    row = Program(origin=Origin("programs.csv", 2), id="p", name="x", limits=limits, other_limits=other)
    words = box_words(KNOWN, row)
    assert words.ja == ja
    assert words.en == en or not en


def test_worst_of_states() -> None:
    assert worst(["covered", "not_recorded", "excluded"]) == "excluded"
    assert worst(["covered", "not_recorded"]) == "not_recorded"
    assert worst([]) == "covered"
