"""Ages as an office writes them: ``65``, ``概ね65歳``, ``4か月``; who is meant by ``18歳未満`` or ``中学生まで``."""

import re
from unicodedata import normalize

from hazama.model.cells import NO_LIMIT, Age, AgeRange, Unset

OLDEST = 130
"""Years; a larger number in an age cell is a slip of the keyboard."""

_AGE = r"(?P<about{0}>概ね|おおむね|およそ|約|about\s*)?\s*(?:満|生後)?(?P<number{0}>\d{{1,4}})\s*(?P<unit{0}>{1})?"
_UNITS = r"歳|才|years?|[かカケヶヵヶ箇ヵ]?月|months?"
_ONE = re.compile(_AGE.format("", _UNITS), re.IGNORECASE)
_FROM = r"\s*(?P<from>以上|から|より|~|〜|-|‐|–|—|―|ー|to)\s*"
_TO = r"\s*(?P<to>以下|まで|未満)?"
_AT_LEAST = re.compile(_AGE.format("", _UNITS) + r"\s*(?:以上|から|より|~|〜|-|ー|–|—|―|and over)", re.IGNORECASE)
_AT_MOST = re.compile(
    r"(?P<up>[~〜])?\s*" + _AGE.format("", _UNITS) + r"\s*(?P<to>以下|まで|未満|and under)?", re.IGNORECASE
)
_BETWEEN = re.compile(_AGE.format("1", _UNITS) + _FROM + _AGE.format("2", _UNITS) + _TO, re.IGNORECASE)

SCHOOL = {
    "乳児": (0, 0),
    "未就学児": (0, 6),
    "就学前": (0, 6),
    "小学生": (6, 12),
    "中学生": (12, 15),
    "高校生": (15, 18),
}
"""Youngest and oldest completed years. Pupils enter after their 6th birthday (学校教育法17条) and a school year ends
on 31 March, so these limits are approximate; an infant is under one year (児童福祉法4条)."""
_SCHOOL = re.compile(rf"(?P<stage>{'|'.join(SCHOOL)})(?:の?児童)?(?P<side>以上|以下|まで|から)?")


def age(text: str) -> Age | None:
    """The age that *text* states, or None when it states none."""
    match = _ONE.fullmatch(normalize("NFKC", text).strip())
    return _age(match.groupdict()) if match else None


def ages(text: str) -> AgeRange | None:
    """The ages that a phrase admits, or None when it is no such phrase; an end that it leaves open is no limit.

    >>> ages("18歳未満")
    AgeRange(least=<Unset.NO_LIMIT: 'no_limit'>, most=Age(number=17, unit='year', approximate=False))
    """
    plain = re.sub(r"[()（）]|の(?:者|人|方|児童|市民|高齢者)$", "", normalize("NFKC", text)).strip()
    if match := _SCHOOL.fullmatch(plain):
        return _school(match["stage"], match["side"])
    if match := _AT_LEAST.fullmatch(plain):
        return _range(_age(match.groupdict()), NO_LIMIT)
    if (match := _AT_MOST.fullmatch(plain)) and (match["up"] or match["to"]):
        return _range(NO_LIMIT, _upper(_age(match.groupdict()), match["to"]))
    if match := _BETWEEN.fullmatch(plain):
        parts = match.groupdict()
        upper = _age(parts, "2")
        lower = _age({**parts, "unit1": parts["unit1"] or parts["unit2"]}, "1")
        return _range(lower, _upper(upper, parts["to"]))
    return None


def _age(parts: dict[str, str], which: str = "") -> Age | None:
    unit = parts["unit" + which] or ""
    in_months = unit.endswith("月") or unit.lower().startswith("month")
    found = Age(int(parts["number" + which]), "month" if in_months else "year", bool(parts["about" + which]))
    return found if found.months <= OLDEST * 12 else None


def _upper(limit: Age | None, word: str | None) -> Age | None:
    """The oldest age that is still admitted: under 18 is 17."""
    if limit is None or word != "未満":
        return limit
    return Age(limit.number - 1, limit.unit, limit.approximate) if limit.number else None


def _range(least: Age | Unset | None, most: Age | Unset | None) -> AgeRange | None:
    return None if least is None or most is None else AgeRange(least, most)


def _school(stage: str, side: str | None) -> AgeRange:
    youngest, oldest = (Age(years, approximate=stage != "乳児") for years in SCHOOL[stage])
    if side in ("以下", "まで"):
        return AgeRange(NO_LIMIT, oldest)
    return AgeRange(youngest, NO_LIMIT if side else oldest)


def one_end(text: str, column: str) -> Age | None:
    """The age that a phrase gives for ``min_age`` or ``max_age``, or None where it speaks of the other end too."""
    found = ages(text)
    if found is None:
        return None
    wanted, other = (found.least, found.most) if column == "min_age" else (found.most, found.least)
    return wanted if isinstance(wanted, Age) and not isinstance(other, Age) else None


def age_text(value: Age) -> str:
    """The spelling of an age in a table; :func:`age` reads it back."""
    unit = "か月" if value.unit == "month" else ""
    return f"{'概ね' if value.approximate else ''}{value.number}{unit}"
