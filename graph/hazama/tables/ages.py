"""Ages as an office writes them: ``65``, ``概ね65歳``, ``4か月``; who is meant by ``18歳未満`` or ``中学生まで``."""

import re
from collections.abc import Mapping
from unicodedata import normalize

from hazama.model.cells import NO_LIMIT, Age, AgeRange
from hazama.resources import words

OLDEST = 130
"""Years; a larger number in an age cell is a slip of the keyboard."""

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

_NUMBER = (
    r"(?P<about{0}>概ね|おおむね|およそ|約|about\s*)?\s*(?:満|生後)?"
    r"(?:(?P<years{0}>\d{{1,2}})\s*[歳才]\s*(?=\d{{1,2}}\s*[かカケヶヵヶ箇ヵ]月))?(?P<number{0}>\d{{1,4}})"
    r"\s*(?P<unit{0}>歳|才|years?|[かカケヶヵヶ箇ヵ]?月|months?)?"
)
_STAGE = rf"(?P<stage{{0}}>{'|'.join(SCHOOL)})(?:の?児童)?"
_LOWER, _UPPER = (rf"(?:{_NUMBER}|{_STAGE})\s*".format(end) for end in ("1", "2"))
_FROM = r"(?:以上|から|より|[-~〜‐–—―ー]|to)\s*"
_TO = r"(?P<to>以下|まで|未満|and under)"
_PHRASES = tuple(
    (re.compile(pattern, re.IGNORECASE), least, most)
    for pattern, least, most in (
        (rf"{_LOWER}{_FROM}{_UPPER}{_TO}?", "1", "2"),
        (rf"{_LOWER}(?:以上|から|より|[-~〜–—―ー]|and over)", "1", ""),
        (rf"[~〜]\s*{_UPPER}{_TO}?", "", "2"),
        (rf"{_UPPER}{_TO}", "", "2"),
        (_STAGE.format("1"), "1", "1"),
    )
)
"""How ages are put into words, and which age of the phrase is the youngest and the oldest: ``""`` for no limit."""
_ONE = re.compile(_NUMBER.format("1"), re.IGNORECASE)


def age(text: str) -> Age | None:
    """The age that *text* states, or None when it states none."""
    match = _ONE.fullmatch(normalize("NFKC", text).strip())
    return _age({"stage1": None, **match.groupdict()}, "1") if match else None


def ages(text: str) -> AgeRange | None:
    """The ages that a phrase admits, or None when it is no such phrase; an end that it leaves open is no limit.

    >>> ages("18歳未満")
    AgeRange(least=<Unset.NO_LIMIT: 'no_limit'>, most=Age(number=17, unit='year', approximate=False))
    """
    plain = re.sub(r"[()（）]|の(?:者|人|方|児童|市民|高齢者)$", "", normalize("NFKC", text)).strip()
    for phrase, least, most in _PHRASES:
        if match := phrase.fullmatch(plain):
            parts = {"unit1": None, "stage1": None, "to": None, **match.groupdict()}
            parts["unit1"] = parts["unit1"] or parts.get("unit2")
            youngest = _age(parts, least) if least else NO_LIMIT
            oldest = _age(parts, most, is_oldest=True) if most else NO_LIMIT
            return AgeRange(youngest, oldest) if youngest and oldest else None
    return None


def _age(parts: Mapping[str, str | None], end: str, is_oldest: bool = False) -> Age | None:
    """One age of a phrase: that of a number, or one end of a stage of school."""
    under = is_oldest and parts.get("to") == "未満"
    if stage := parts["stage" + end]:
        return None if under else Age(SCHOOL[stage][is_oldest], approximate=stage != "乳児")
    number = int(parts["years" + end] or 0) * 12 + int(parts["number" + end] or 0) - under
    unit = (parts["unit" + end] or "").lower()
    found = Age(number, "month" if unit.endswith(("月", "month", "months")) else "year", bool(parts["about" + end]))
    return found if 0 <= found.months <= OLDEST * 12 else None


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


def ages_text(value: AgeRange) -> str:
    """What a cell for both ends says of a range; ``""`` where nothing is recorded, or one end alone."""
    least, most = (
        age_text(end) + "歳" * (end.unit == "year") if isinstance(end, Age) else end
        for end in (value.least, value.most)
    )
    if isinstance(least, str):
        return f"{least}～{most}" if isinstance(most, str) else f"{least}以上" * (most is NO_LIMIT)
    if isinstance(most, str):
        return f"{most}まで" * (least is NO_LIMIT)
    no_limit = words("tables")["spelling_no_limit"]["ja"].split(";")[0]
    return no_limit if least is most is NO_LIMIT else ""
