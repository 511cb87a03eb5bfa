"""The standard table 地域・年齢別人口 (自治体標準オープンデータセット) as rows of the demand table.

Wide form, one row an area and a day, as published by e.g. 昭島市
(https://catalog.data.metro.tokyo.lg.jp/dataset/t132071d0000000006), 目黒区 (data.bodik.jp, 131105)
and 浦添市: 都道府県コード又は市区町村コード (or 全国地方公共団体コード), 地域コード, 都道府県名, 市区町村名,
調査年月日, 地域名, 総人口, 男性, 女性, then 0-4歳の男性, 0-4歳の女性 … up to 85歳以上 or 100歳以上 and 不詳, 世帯数,
備考. Long form: one row an area, an age band and, if at all, a sex. Bands are found by their headings, so
both the 47-column file and longer ones are read as they are.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from unicodedata import normalize

from hazama.model.dates import Day
from hazama.model.errors import Violation
from hazama.tables.cells import CellError, day, whole_number
from hazama.tables.grids import Grid, Line, Sheet, violation, warning

HEADINGS = ("district", "min_age", "max_age", "people", "locator")
"""The columns of the demand table that a population table fills."""

_BAND = re.compile(r"(?:(\d{1,3})[-~〜―–](\d{1,3})歳|(\d{1,3})歳以上|(\d{1,3})歳|(?:年齢)?不詳者?)(?:人口)?")
_SEX = re.compile(r"の?(男性?|女性?)$")
_NO_END = 1000
_TOTALS = frozenset({"総数", "総計", "合計", "計", "全域", "全市", "全体", "市計", "町計", "村計"})
_AREA = ("地域名", "地区名", "地区", "町丁名", "地域")
_DATE = ("調査年月日", "基準日", "年月日")
_AGE = ("年齢", "年齢階級", "年齢区分", "年齢層")
_PEOPLE = ("人口", "人数", "総人口")
_SEX_NAMES = ("性別", "男女", "男女別")


@dataclass(frozen=True, slots=True)
class Band:
    """An age band in years, both ends included; ``None`` where it has no end or the age is not known."""

    least: int | None
    most: int | None

    @property
    def span(self) -> range:
        """The years of the band; none when the age is not known."""
        return range(0) if self.least is None else range(self.least, _NO_END if self.most is None else self.most + 1)

    def __str__(self) -> str:
        return f"{self.least}歳以上" if self.most is None else f"{self.least}-{self.most}歳"


@dataclass(frozen=True, slots=True)
class _Count:
    """People of one band in one area on one day, from one row of the file."""

    row: int
    area: str
    date: str
    band: Band
    people: int


def band(text: str) -> Band | None:
    """The age band that a heading or a cell names, or None.

    >>> band("85歳以上")
    Band(least=85, most=None)
    """
    match = _BAND.fullmatch(normalize("NFKC", text).strip())
    if not match:
        return None
    first, last, from_age, single = match.groups()
    if single:
        return Band(int(single), int(single))
    if from_age:
        return Band(int(from_age), None)
    return Band(int(first), int(last)) if first else Band(None, None)


def recast(given: Sheet, file: str) -> Sheet:
    """A population table with the headings of the demand table, row numbers kept; any other sheet as it is.

    Only the latest day counts, sums of the whole town beside its areas are set aside; both are reported.
    """
    grid = given.grid
    if grid is None:
        return given
    names = [normalize("NFKC", cell).strip() for cell in grid.headings.cells]
    found: list[Violation] = list(given.violations)
    if _is_wide(names):
        counts = list(_wide_counts(grid, names, file, found))
    elif _is_long(names):
        counts = list(_long_counts(grid, names, file, found))
    else:
        return given
    kept = _without_overlaps(_without_sums(_latest(counts, file, found), file, found), file, found)
    lines = [_line(row, area, when, ages, people) for (row, area, when, ages), people in _summed(kept).items()]
    return Sheet(Grid(Line(grid.headings.number, HEADINGS), lines, grid.sheet), tuple(found))


def _is_wide(names: list[str]) -> bool:
    return sum(band(_SEX.sub("", name)) is not None for name in names) >= 3


def _is_long(names: list[str]) -> bool:
    return _position(names, _AGE) is not None and _position(names, _PEOPLE) is not None


def _position(names: list[str], wanted: tuple[str, ...]) -> int | None:
    return next((names.index(name) for name in wanted if name in names), None)


def _wide_counts(grid: Grid, names: list[str], file: str, found: list[Violation]) -> Iterator[_Count]:
    bands = {at: ages for at, name in enumerate(names) if (ages := band(_SEX.sub("", name)))}
    by_sex = {at for at in bands if _SEX.search(names[at])}
    area, date = _position(names, _AREA), _position(names, _DATE)
    for line in grid.lines:
        for at in sorted(by_sex or bands):
            people = _people(line, at, names[at], file, found)
            if people is not None:
                yield _Count(line.number, _cell(line, area), _day(line, date, file, found), bands[at], people)


def _long_counts(grid: Grid, names: list[str], file: str, found: list[Violation]) -> Iterator[_Count]:
    area, date, sex = (_position(names, wanted) for wanted in (_AREA, _DATE, _SEX_NAMES))
    ages, number = _position(names, _AGE), _position(names, _PEOPLE)
    sexes = {_cell(line, sex) for line in grid.lines}
    for line in grid.lines:
        if _cell(line, ages) in _TOTALS or (len(sexes) > 1 and _cell(line, sex) in (*_TOTALS, "男女計", "")):
            continue
        of_age = band(_cell(line, ages)) or band(_cell(line, ages) + "歳")
        if of_age is None:
            found.append(violation(file, line.number, names[ages or 0], "bad_age_band", found=_cell(line, ages)))
            continue
        people = _people(line, number or 0, names[number or 0], file, found)
        if people is not None:
            yield _Count(line.number, _cell(line, area), _day(line, date, file, found), of_age, people)


def _cell(line: Line, position: int | None) -> str:
    inside = position is not None and position < len(line.cells)
    return normalize("NFKC", line.cells[position]).strip() if inside and position is not None else ""


def _people(line: Line, position: int, heading: str, file: str, found: list[Violation]) -> int | None:
    text = _cell(line, position)
    if not text:
        return None
    try:
        return whole_number(text)
    except CellError as error:
        found.append(violation(file, line.number, heading, error.code, **error.values))
        return None


def _day(line: Line, position: int | None, file: str, found: list[Violation]) -> str:
    text = _cell(line, position)
    try:
        return str(day(text)) if text else ""
    except CellError as error:
        wrong = violation(file, line.number, "調査年月日", error.code, **error.values)
        if wrong not in found:
            found.append(wrong)
        return ""


def _latest(counts: list[_Count], file: str, found: list[Violation]) -> list[_Count]:
    days = {count.date for count in counts}
    if len(days) < 2:
        return counts
    latest = max(days - {""}, key=lambda text: Day(text).last)
    found.append(warning(file, 0, "", "earlier_days_set_aside", latest=latest, count=len(days) - 1))
    return [count for count in counts if count.date == latest]


def _without_sums(counts: list[_Count], file: str, found: list[Violation]) -> list[_Count]:
    """Without the rows that sum up the areas; where there are only such rows, they are the whole town."""
    areas = [count for count in counts if not _is_sum(count.area)]
    if areas and len(areas) < len(counts):
        rows = sorted({count.row for count in counts if _is_sum(count.area)})
        found += [warning(file, row, "", "sum_set_aside") for row in rows]
    return areas or counts


def _is_sum(area: str) -> bool:
    return not area or area in _TOTALS


def _without_overlaps(counts: list[_Count], file: str, found: list[Violation]) -> list[_Count]:
    """Without bands that count the same people again, such as 65歳以上 beside 65-69歳 and the others."""
    bands = {count.band for count in counts}
    again = bands - disjoint(bands)
    found += [warning(file, 0, "", "band_set_aside", found=ages) for ages in sorted(again, key=str)]
    return [count for count in counts if count.band not in again]


def disjoint(bands: Iterable[Band]) -> set[Band]:
    """Bands that count nobody twice: a sum gives way to finer bands that make it up, other finer bands to it."""
    kept = set(bands)
    for outer in sorted(kept, key=lambda ages: (-len(ages.span), ages.span.start)):
        inside = {ages for ages in kept - {outer} if ages.span and _holds(outer, ages)}
        if outer in kept and inside:
            kept -= {outer} if _make_up(inside, outer) else inside
    return kept


def _holds(outer: Band, inner: Band) -> bool:
    return outer.span.start <= inner.span.start and inner.span.stop <= outer.span.stop


def _make_up(parts: Iterable[Band], whole: Band) -> bool:
    """Whether some of the parts, one after the other, are the whole."""
    reached = {whole.span.start}
    for part in sorted(parts, key=lambda ages: ages.span.start):
        if part.span.start in reached:
            reached.add(part.span.stop)
    return whole.span.stop in reached


def _summed(counts: Iterable[_Count]) -> dict[tuple[int, str, str, Band], int]:
    """Men and women together, by area and band; the row is the first that counts them."""
    first: dict[tuple[str, Band], int] = {}
    sums: dict[tuple[int, str, str, Band], int] = {}
    for count in counts:
        row = first.setdefault((count.area, count.band), count.row)
        key = (row, "" if _is_sum(count.area) else count.area, count.date, count.band)
        sums[key] = sums.get(key, 0) + count.people
    return sums


def _line(row: int, area: str, when: str, ages: Band, people: int) -> Line:
    known = ages.least is not None
    least = str(ages.least) if known else ""
    most = "" if not known else "no_limit" if ages.most is None else str(ages.most)
    return Line(row, (area, least, most, str(people), f"地域・年齢別人口 {when}".strip()))
