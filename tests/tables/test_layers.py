"""What town.toml says, and the layers beneath."""

from datetime import date
from pathlib import Path

import pytest

from hazama.model.errors import Violation
from hazama.model.town import Layer
from hazama.tables.homes import Home, beneath, layers, of_folder
from hazama.tables.town_file import is_base, is_code
from tests.tables.conftest import TOWN, Make


def told(homes: tuple[Home, ...]) -> list[Violation]:
    return [entry for home in homes for entry in home.found]


def only(folder: Path) -> tuple[Home, Violation]:
    """The one layer that there is, and the one thing that is wrong with it."""
    (home,) = layers(of_folder(folder))
    (entry,) = home.found
    return home, entry


@pytest.mark.parametrize("code", ["142051", "010006", "131016", "472018", "011002"])
def test_codes_of_municipalities(code: str) -> None:
    assert is_code(code)


@pytest.mark.parametrize("code", ["142050", "14205", "1420511", "１４２０５１", "14205X", ""])
def test_what_is_no_code(code: str) -> None:
    assert not is_code(code)


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("https://example.org/t/", True),
        ("http://example.org/", True),
        ("https://example.org/t", False),
        ("https://example.org/t/#", False),
        ("https://example.org/a b/", False),
        ("https://example.org/<x>/", False),
        ("file:///etc/", False),
        ("https:///", False),
        ("https://[x/", False),
        ("https://例え.jp/", False),
    ],
)
def test_bases(text: str, good: bool) -> None:
    assert is_base(text) is good


def test_everything_that_town_toml_says(make: Make) -> None:
    text = (
        'name = "藤沢市"\nname_en = "Fujisawa"\ncode = "142051"\nbase = "https://example.org/f/"\n'
        'licence = "CC0"\nas_of = 2022-02-28\npublisher = "市"\nstands_on = ["national"]\n'
    )
    folders = layers(of_folder(make({"town.toml": text})))
    assert told(folders) == []
    assert [home.layer.key for home in folders] == ["", "national"]
    assert folders[0].layer == Layer(
        "", "藤沢市", "Fujisawa", "https://example.org/f/", "142051", "CC0", date(2022, 2, 28), "市", ("national",)
    )
    assert [home.file for home in folders] == ["town.toml", "national/town.toml"]
    assert {sheet.file.rpartition("/")[0] for sheet in folders[1].sheets} == {"national"}


def test_a_zero_that_a_spreadsheet_dropped_from_a_code_is_put_back_and_said(make: Make) -> None:
    home, entry = only(make({"town.toml": TOWN + 'code = "11002"\n'}))
    assert home.layer.code == "011002"
    assert (entry.severity, entry.code, entry.column) == ("repair", "zeros_added", "code")
    assert dict(entry.values) == {"found": "11002", "taken": "011002"}


def test_a_short_code_whose_check_digit_does_not_fit_stays_an_error(make: Make) -> None:
    home, entry = only(make({"town.toml": TOWN + 'code = "11003"\n'}))
    assert home.layer.code == "11003"
    assert (entry.severity, entry.code) == ("error", "bad_code")


def test_a_byte_order_mark_and_a_date_in_quotes_are_taken(make: Make) -> None:
    (home,) = layers(of_folder(make({"town.toml": "\ufeff" + TOWN + 'as_of = "2022-02-28"\n'})))
    assert home.found == []
    assert home.layer.as_of == date(2022, 2, 28)


def test_a_folder_beside_the_town_comes_before_the_packaged_one(tmp_path: Path) -> None:
    for name, stands_on in (("town", '["national", "pref"]'), ("national", '["pref"]'), ("pref", '["national"]')):
        (tmp_path / name).mkdir()
        (tmp_path / name / "town.toml").write_text(f'name = "{name}"\nbase = "https://e.org/"\nstands_on = {stands_on}')
    folders = layers(of_folder(tmp_path / "town"))
    assert told(folders) == []
    assert [home.layer.name for home in folders] == ["town", "national", "pref"]


def test_each_layer_stands_on_what_is_beneath_it_also_in_a_circle() -> None:
    known = {
        key: Layer(key, key, "", "", stands_on=below) for key, below in {"": ("a",), "a": ("b",), "b": ("a",)}.items()
    }
    assert beneath("", known) == ("a", "b")
    assert beneath("b", known) == ("a",)


def test_a_folder_in_place_of_town_toml_is_said(tmp_path: Path) -> None:
    (tmp_path / "town.toml").mkdir()
    home, violation = only(tmp_path)
    assert (home.settings, home.sheets) == (None, ())
    assert violation.code == "unreadable_file"


def test_a_town_toml_without_end_is_refused(make: Make) -> None:
    _, violation = only(make({"town.toml": "#" * 2**21}))
    assert violation.code == "bad_toml"
