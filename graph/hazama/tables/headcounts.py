"""The standard table 地域・年齢別人口 (自治体標準オープンデータセット) as rows of the demand table.

Wide form, one row an area and a day, as published by e.g. 昭島市
(https://catalog.data.metro.tokyo.lg.jp/dataset/t132071d0000000006), 目黒区 (data.bodik.jp, 131105)
and 浦添市: 都道府県コード又は市区町村コード (or 全国地方公共団体コード), 地域コード, 都道府県名, 市区町村名,
調査年月日, 地域名, 総人口, 男性, 女性, then 0-4歳の男性, 0-4歳の女性 … up to 85歳以上 or 100歳以上 and 不詳, 世帯数,
備考. Long form: one row an area, an age band and, if at all, a sex. Bands are found by their headings, so
both the 47-column file and longer ones are read as they are.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import TypeAlias, TypeVar
from unicodedata import normalize

from hazama.model.dates import Day
from hazama.tables.cells import CellError, day, whole_number
from hazama.tables.sheets import Line, Sheet

HEADINGS = ("district", "min_age", "max_age", "people", "locator")
"""The columns of the demand table that a population table fills."""

_BAND = re.compile(r"(?:(\d{1,3})[-~〜―–](\d{1,3})歳|(\d{1,3})歳(以上)?|(?:年齢)?不詳者?)(?:人口)?")
_SEX = re.compile(r"の?(男性?|女性?)$")
_NO_END = 1000
T = TypeVar("T")
_TOTALS = frozenset({"総数", "総計", "合計", "計", "全域", "全市", "全体", "市計", "町計", "村計"})
_PLACES = {
    "area": ("地域名", "地区名", "地区", "町丁名", "地域"),
    "date": ("調査年月日", "基準日", "年月日"),
    "age": ("年齢", "年齢階級", "年齢区分", "年齢層"),
    "people": ("人口", "人数", "総人口"),
    "sex": ("性別", "男女", "男女別"),
}
"""Headings of the columns of both forms, the preferred one first."""


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


_Cell: TypeAlias = tuple[Line, int, Band]
"""A row, the position in it where somebody is counted, and of which ages."""


@dataclass(frozen=True, slots=True)
class _Count:
    """People of one band in one area (``""``: all) on one day, from one row of the file."""

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
    match = _BAND.fullmatch(_plain(text))
    if not match:
        return None
    first, last, single, is_open = match.groups()
    ends = [int(end) if end else None for end in (first or single, None if is_open else last or single)]
    return Band(*ends)


def recast(sheet: Sheet) -> Sheet:
    """A population table with the headings of the demand table, row numbers kept; any other sheet as it is.

    Only the latest day counts, sums of the whole town beside its areas are set aside; both are reported.
    """
    names = [_plain(cell) for cell in sheet.lines[0].cells] if sheet.lines else []
    known = (
        (role, next((names.index(name) for name in wanted if name in names), None)) for role, wanted in _PLACES.items()
    )
    places = {role: at for role, at in known if at is not None}
    bands = {at: ages for at, name in enumerate(names) if (ages := band(_SEX.sub("", name)))}
    if len(bands) >= 3:
        by_sex = {at: ages for at, ages in bands.items() if _SEX.search(names[at])}
        cells: Iterable[_Cell] = (
            (line, at, ages) for line in sheet.lines[1:] for at, ages in (by_sex or bands).items()
        )
    elif {"age", "people"} <= places.keys():
        cells = _long_cells(sheet, places)
    else:
        return sheet
    counts = list(_counts(sheet, cells, places))
    for check in (_only_latest, _without_sums, _without_overlaps):
        counts = check(counts, sheet)
    lines = [Line(sheet.lines[0].number, HEADINGS), *_summed(counts)]
    return replace(sheet, lines=lines, merged=(), encoding="")


def _long_cells(sheet: Sheet, places: dict[str, int]) -> Iterator[_Cell]:
    """The cells of the long form that count somebody, with their age bands."""
    texts = [{role: _plain(line.text(at)) for role, at in places.items()} for line in sheet.lines[1:]]
    has_sexes = len({text.get("sex", "") for text in texts}) > 1
    for line, text in zip(sheet.lines[1:], texts, strict=True):
        if text["age"] in _TOTALS or (has_sexes and text.get("sex") in (*_TOTALS, "男女計", "")):
            continue
        if ages := band(text["age"]) or band(text["age"] + "歳"):
            yield line, places["people"], ages
        else:
            sheet.note(line.number, sheet.lines[0].text(places["age"]), "bad_age_band", found=text["age"])


def _counts(sheet: Sheet, cells: Iterable[_Cell], places: dict[str, int]) -> Iterator[_Count]:
    """What each cell counts, if anything."""
    days = {line.number: _value(sheet, line, places["date"], day) for line in sheet.lines[1:] if "date" in places}
    for line, at, ages in cells:
        people = _value(sheet, line, at, whole_number)
        area = _plain(line.text(places["area"])) if "area" in places else ""
        if people is not None:
            date = str(days.get(line.number) or "")
            yield _Count(line.number, "" if area in _TOTALS else area, date, ages, people)


def _value(sheet: Sheet, line: Line, at: int, read: Callable[[str], T]) -> T | None:
    """The value of a cell, None where it is blank or cannot be read, which is noted."""
    text = _plain(line.text(at))
    try:
        return read(text) if text else None
    except CellError as error:
        sheet.note(line.number, _plain(sheet.lines[0].text(at)), error.code, **error.values)
        return None


def _plain(text: str) -> str:
    return normalize("NFKC", text).strip()


def _only_latest(counts: list[_Count], sheet: Sheet) -> list[_Count]:
    days = {count.date for count in counts}
    if len(days) < 2:
        return counts
    latest = max(days - {""}, key=lambda text: Day(text).last)
    sheet.note(0, "", "earlier_days_set_aside", latest=latest, count=len(days) - 1)
    return [count for count in counts if count.date == latest]


def _without_sums(counts: list[_Count], sheet: Sheet) -> list[_Count]:
    """Without the rows that sum up the areas; where there are only such rows, they are the whole town."""
    areas = [count for count in counts if count.area]
    for row in sorted({count.row for count in counts if not count.area}) if areas else ():
        sheet.note(row, "", "sum_set_aside")
    return areas or counts


def _without_overlaps(counts: list[_Count], sheet: Sheet) -> list[_Count]:
    """Without bands that count the same people again, such as 65歳以上 beside 65-69歳 and the others."""
    bands = {count.band for count in counts}
    kept = disjoint(bands)
    for ages in sorted(bands - kept, key=str):
        sheet.note(0, "", "band_set_aside", found=ages)
    return [count for count in counts if count.band in kept]


def disjoint(bands: Iterable[Band]) -> set[Band]:
    """Bands that count nobody twice: a sum gives way to finer bands that make it up, other finer bands to it."""
    kept = set(bands)
    for outer in sorted(kept, key=lambda ages: (-len(ages.span), ages.span.start)):
        start, stop = outer.span.start, outer.span.stop
        finer = {ages for ages in kept - {outer} if ages.span}
        inside = {ages for ages in finer if start <= ages.span.start and ages.span.stop <= stop}
        if outer in kept and inside:
            kept -= {outer} if _make_up(inside, outer) else inside
    return kept


def _make_up(parts: Iterable[Band], whole: Band) -> bool:
    """Whether some of the parts, one after the other, are the whole."""
    reached = {whole.span.start}
    for part in sorted(parts, key=lambda ages: ages.span.start):
        if part.span.start in reached:
            reached.add(part.span.stop)
    return whole.span.stop in reached


def _summed(counts: Iterable[_Count]) -> Iterator[Line]:
    """Men and women together, by area and band, as rows of the demand table; the row is the first that counts them."""
    sums: dict[tuple[str, str, Band], tuple[int, int]] = {}
    for count in counts:
        row, people = sums.get(key := (count.area, count.date, count.band), (count.row, 0))
        sums[key] = row, people + count.people
    for (area, date, ages), (row, people) in sums.items():
        least = "" if ages.least is None else str(ages.least)
        most = "" if ages.least is None else "no_limit" if ages.most is None else str(ages.most)
        yield Line(row, (area, least, most, str(people), f"地域・年齢別人口 {date}".strip()))
