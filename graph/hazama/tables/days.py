"""Dates as offices write them: ISO, 2022/4/1, 令和4年4月1日, R4.4.1, 令和4年度, or the number Excel makes of one."""

import re
from datetime import date, timedelta
from functools import partial
from unicodedata import normalize

from hazama.model.dates import Day

ERAS = (
    ("令和", "R", date(2019, 5, 1)),
    ("平成", "H", date(1989, 1, 8)),
    ("昭和", "S", date(1926, 12, 25)),
    ("大正", "T", date(1912, 7, 30)),
    ("明治", "M", date(1868, 1, 25)),
)
"""Name, letter and first day (元号法及び改元の政令・詔書). A plan made before a change of era counts on in the old one
(平成31年5月1日, 平成35年度), so an era has no last day here; a day before its first is no day of it."""
EXCEL_ZERO = date(1899, 12, 30)
"""The day that Excel counts as 0 (1900 date system, from March 1900 on)."""
_SERIALS = range(20_000, 80_000)
"""1954 to 2119: numbers that a date cell without a date format shows."""

_YEAR = r"(?:(?P<era>令和|平成|昭和|大正|明治|[RHSTM])\s*\.?\s*)?(?P<year>\d{1,4}|元)"
_SPELLINGS = tuple(
    re.compile(_YEAR + rest, re.IGNORECASE)
    for rest in (
        r"",
        r"-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?",
        r"/(?P<month>\d{1,2})(?:/(?P<day>\d{1,2}))?",
        r"\.(?P<month>\d{1,2})(?:\.(?P<day>\d{1,2}))?",
        r"\s*年\s*(?:(?P<month>\d{1,2})\s*月\s*(?:(?P<day>\d{1,2})\s*日\s*)?)?",
        r"\s*年?(?P<fiscal>度)",
    )
)
_MIDNIGHT = re.compile(r"[ T]0?0:00(?::00(?:\.0+)?)?$")
"""What a spreadsheet puts behind a day when it saves it as text."""
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")


class ImpossibleDayError(ValueError):
    """The text has the form of a date, and there is no such day."""


def day(text: str, fiscal: str = "") -> Day | None:
    """The year, month or day that *text* states, or None; :class:`ImpossibleDayError` where there is none.

    A fiscal year (令和4年度: April to March) is a span: it is its first month where *fiscal* is
    ``"first"``, its last where it is ``"last"``, and no date otherwise.

    >>> day("令和元年5月1日"), day("令和4年度", fiscal="last"), day("44652")
    (Day(text='2019-05-01'), Day(text='2023-03'), Day(text='2022-04-01'))
    """
    plain = _MIDNIGHT.sub("", normalize("NFKC", text).strip())
    if plain.isdigit() and len(plain) > 4:
        return _counted(plain)
    for spelling in _SPELLINGS:
        if match := spelling.fullmatch(plain):
            return _of(match.groupdict(), fiscal)
    return None


def _counted(digits: str) -> Day | None:
    """20220401, or the number of days that Excel counts."""
    if match := _DIGITS.fullmatch(digits):
        return _day(*match.groups())
    number = int(digits[:6])
    return Day(str(EXCEL_ZERO + timedelta(number))) if len(digits) == 5 and number in _SERIALS else None


def _of(parts: dict[str, str], fiscal: str) -> Day | None:
    year = 1 if parts["year"] == "元" else int(parts["year"])
    era = next((start for name, letter, start in ERAS if (parts["era"] or "").upper() in (name, letter)), None)
    if era is None and (len(parts["year"]) != 4 or parts["year"] == "元"):
        return None
    western = str(era.year + year - 1 if era else year).zfill(4)
    if parts.get("fiscal"):
        ends = {"first": partial(_day, western, "4"), "last": partial(_day, str(int(western) + 1), "3")}
        return ends[fiscal]() if fiscal else None
    found = _day(western, parts.get("month"), parts.get("day"))
    if era and (found.last < era or year == 0):
        raise ImpossibleDayError(found.text)
    return found


def _day(year: str, month: str | None = None, day_of_month: str | None = None) -> Day:
    try:
        return Day("-".join(part.zfill(2) for part in (year, month, day_of_month) if part))
    except ValueError as error:
        raise ImpossibleDayError(year) from error
