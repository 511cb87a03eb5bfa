"""Errors and violations."""

import pytest

from hazama.model.errors import HazamaError, InputError, UsageError, Violation


def test_an_error_speaks_both_languages() -> None:
    error = UsageError("だめです", "No")
    assert (str(error), error.sentence("ja"), error.sentence("en")) == ("だめです", "だめです", "No")
    assert HazamaError("だめです").sentence("en") == "だめです"


@pytest.mark.parametrize(("error", "code"), [(HazamaError("x"), 1), (UsageError("x"), 2), (InputError("x"), 3)])
def test_exit_codes(error: HazamaError, code: int) -> None:
    assert error.exit_code == code


def test_an_input_error_carries_what_is_wrong() -> None:
    violation = Violation("programs.csv", 7, "min_age", "bad_age")
    assert InputError("x", violations=[violation]).violations == (violation,)


def test_violations_sort_by_file_row_and_column() -> None:
    places = [Violation("b.csv", 1), Violation("a.csv", 10, "x"), Violation("a.csv", 2), Violation("a.csv", 10, "a")]
    assert [(v.file, v.row, v.column) for v in sorted(places)] == [
        ("a.csv", 2, ""),
        ("a.csv", 10, "a"),
        ("a.csv", 10, "x"),
        ("b.csv", 1, ""),
    ]
