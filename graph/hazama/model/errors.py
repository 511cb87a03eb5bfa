"""Errors (cannot go on) and violations (bad data). A finding, a lack in the town, is neither.

HazamaError
 ├─ UsageError     the question was put wrongly          exit code 2
 └─ InputError     a table or file cannot be used        exit code 3; carries the violations
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

Severity: TypeAlias = Literal["error", "warning", "repair"]


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One bad cell, row or file: what was found there, as values; the words are looked up by *code*."""

    file: str
    row: int = 0
    """Row as a spreadsheet counts it, the heading is 1; 0 speaks of the whole file."""
    column: str = ""
    code: str = ""
    """Id of the text in ``ontology/words/tables.csv``: what was found, what was expected, what to do."""
    values: tuple[tuple[str, str], ...] = ()
    """What the text quotes, by name: ``(("found", "2022-02-31"),)``."""
    severity: Severity = field(default="error")
    sheet: str = ""


class HazamaError(Exception):
    """hazama cannot go on: a sentence for the person who asked, in Japanese and, when given, English.

    ``raise UsageError(*phrase("knowledge", "unknown_need", name=name))`` takes both from the words.
    """

    exit_code = 1

    def __init__(self, ja: str, en: str = "") -> None:
        super().__init__(ja)
        self._sentences = {"ja": ja, "en": en or ja}

    def sentence(self, lang: str) -> str:
        """What to tell the person, in ``ja`` or ``en``."""
        return self._sentences[lang]


class UsageError(HazamaError):
    """The question was put wrongly: an unknown name, an option that does not fit."""

    exit_code = 2


class InputError(HazamaError):
    """A table or file cannot be used; *violations* name every bad cell at once."""

    exit_code = 3

    def __init__(self, ja: str, en: str = "", violations: Sequence[Violation] = ()) -> None:
        super().__init__(ja, en)
        self.violations = tuple(violations)
