"""The text of one cell → its value, by the kind of its column; a bad cell says why.

A cell is read as it is declared, else in the few ways that leave no doubt: every such way is a repair, listed for a
person to confirm. What none of them reads stays an error.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, partial, wraps
from typing import NoReturn, TypeVar
from unicodedata import normalize
from urllib.parse import urlsplit

from hazama.model.cells import NO_LIMIT, NOT_RECORDED, Age, AgeRange, Limit, Unset
from hazama.model.dates import Day
from hazama.model.names import normalised, suggestions
from hazama.resources import words
from hazama.tables import days
from hazama.tables.ages import age, age_text, ages, one_end
from hazama.tables.columns import ANY, Column, Table, by_heading
from hazama.tables.lookup import Labels, Lookup
from hazama.tables.spellings import DASHES, LIST_SIGNS, NONE, UNKNOWN, folded, mended

Reader = Callable[[str], object]
"""Text, not blank and trimmed → value; raises :class:`CellError`."""
BLANK = object()
"""The reading of a cell that says nothing."""
FISCAL = {"since": "first", "until": "last"}
"""Columns in which a fiscal year is a day, and which of its months."""

_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/:?#]|$))\S*", re.IGNORECASE)
_BETWEEN = re.compile(r"[;；\r\n]")
_LIMITS = ("limit", "class", "age", "ages")
T = TypeVar("T")


class CellError(Exception):
    """The text cannot be read: *code* names the sentence, *values* fill its places."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell says; *code* and *taken* tell how it was repaired, if it was."""

    value: object
    code: str = ""
    taken: str = ""


def reading(text: str, column: Column, read: Reader, lookup: Lookup) -> Reading:
    """The value of a trimmed cell; raises the :class:`CellError` of the strict reading when nothing reads it."""
    if column.kind == "text":
        plain = mended(text)
        return Reading(read(plain), "signs_mended" if plain != text else "", plain)
    try:
        return _noticed(text, read(text), column)
    except CellError:
        if column.kind in _LIMITS and text in NONE:
            raise CellError("none_or_no_limit", found=text) from None
        if column.kind != "id" and (DASHES.fullmatch(text) or text in UNKNOWN or text in NONE):
            return Reading(BLANK, "nothing_there")
        for code, changed in _other_spellings(text, column, lookup):
            if changed != text:
                with suppress(CellError):
                    return Reading(read(changed), code, changed)
        raise


def _noticed(text: str, value: object, column: Column) -> Reading:
    """A value that was read at once, though perhaps not as it is written."""
    if column.kind == "day" and str(value) != text:
        return Reading(value, "day_read", str(value))
    if isinstance(value, AgeRange):
        least, most = (age_text(end) if isinstance(end, Age) else "" for end in (value.least, value.most))
        return Reading(value, "ages_read", f"{least}～{most}")
    plain = folded(text)
    is_folded = column.kind in ("age", "integer", "decimal") and plain != text
    return Reading(value, "folded" if is_folded else "", plain)


def _other_spellings(text: str, column: Column, lookup: Lookup) -> Iterator[tuple[str, str]]:
    """How a cell is tried again, and the words that say so; an id only with ordinary signs."""
    yield "folded", folded(text)
    if column.references and (longer := lookup.names.with_zeros(text, column.references)):
        yield "zeros_added", longer
    if column.kind == "age" and (end := one_end(text, column.name)):
        yield "age_read", age_text(end)
    if column.separator:
        yield "items_parted", LIST_SIGNS.sub(";", folded(text))


def reader(column: Column, table: Table, lookup: Lookup) -> Reader:
    """How the cells of *column* are read as they are declared."""
    one = _reader_of_one(column, table, lookup)
    if column.kind in ("limit", "class"):
        return lambda text: limit(text, one, everything=column.kind == "class")
    return (lambda text: items(text, one)) if column.separator else one


def _reader_of_one(column: Column, table: Table, lookup: Lookup) -> Reader:
    if column.references:
        return partial(reference, tables=column.references, lookup=lookup)
    if column.scheme:
        return partial(concept, labels=lookup.labels.get(column.scheme) or Labels({}))
    named: dict[str, Reader] = {
        "columns": partial(column_name, table=table),
        "source": partial(source, lookup=lookup),
        "day": partial(day, fiscal=FISCAL.get(column.name, "")),
    }
    return (named | _PLAIN)[column.kind]


def items(text: str, one: Reader) -> tuple[object, ...]:
    """The items of a list cell, each once, in the order of the cell."""
    return tuple(dict.fromkeys(map(one, _parts(text))))


def limit(text: str, one: Reader, everything: bool = False) -> Limit:
    """The three states of a limit: not recorded, no limit, or the values that are admitted.

    With *everything*, すべて means no limit too: a programme for all needs.
    """
    state = _state(text)
    if state is not None:
        return state
    if everything and normalised(text) in _spellings("all"):
        return NO_LIMIT
    if any(_state(part) is not None for part in _parts(text)):
        raise CellError("mixed_limit", found=text)
    return tuple(map(str, items(text, one))) or NOT_RECORDED


def _parts(text: str) -> list[str]:
    return [part for part in map(str.strip, _BETWEEN.split(text)) if part]


def _state(text: str) -> Unset | None:
    form = normalised(text)
    return NO_LIMIT if form in _spellings("no_limit") else NOT_RECORDED if form in _spellings("not_recorded") else None


@cache
def _spellings(state: str) -> frozenset[str]:
    both = words("tables")[f"spelling_{state}"]
    return frozenset(normalised(word) for text in both.values() for word in text.split(";"))


def _or(code: str) -> Callable[[Callable[[str], T | None]], Callable[[str], T]]:
    """What gives no value is a :class:`CellError` of that code."""

    def strict(read: Callable[[str], T | None]) -> Callable[[str], T]:
        @wraps(read)
        def value(text: str) -> T:
            found = read(text)
            if found is None:
                raise CellError(code, found=text)
            return found

        return value

    return strict


@_or("bad_age")
def age_limit(text: str) -> Age | Unset | None:
    """One end of an age range."""
    return _state(text) or age(text)


@_or("bad_ages")
def age_range(text: str) -> AgeRange | None:
    """Both ends of an age range from one cell."""
    state = _state(text)
    return AgeRange(state, state) if state else ages(text)


@_or("bad_id")
def identifier(text: str) -> str | None:
    """An id that can stand in an IRI and in a file name as it is."""
    return text if _ID.fullmatch(text) else None


def day(text: str, fiscal: str = "") -> Day:
    """A year, a month or a day, in any spelling of :mod:`~hazama.tables.days`."""
    try:
        found = days.day(text, fiscal)
    except days.ImpossibleDayError:
        raise CellError("impossible_day", found=text) from None
    if found is None:
        raise CellError("bad_day", found=text)
    return found


@_or("bad_integer")
def whole_number(text: str) -> int | None:
    """A whole number, zero or more; thousands may be separated."""
    digits = normalize("NFKC", text).replace(",", "")
    return int(digits) if re.fullmatch("[0-9]{1,9}", digits) else None


@_or("bad_share")
def share(text: str) -> float | None:
    """A share between 0 and 1; ``15%`` is 0.15."""
    match = re.fullmatch(r"(\d{1,3}(?:\.\d{1,12})?)(%?)", normalize("NFKC", text))
    value = float(match[1]) / (100 if match[2] else 1) if match else -1.0
    return value if 0 <= value <= 1 else None


@_or("bad_url")
def address(text: str) -> str | None:
    """A web address (http or https)."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return None
    is_whole = parts.scheme in ("http", "https") and parts.netloc and not re.search(r"[\s<>\"{}|\\^`]", text)
    return text if is_whole else None


@_or("bad_corporate_number")
def corporate_number(text: str) -> str | None:
    """A 法人番号: a check digit and twelve digits (法人番号の指定等に関する省令2条).

    The check digit is 9 − (Σ digit × weight) mod 9; the weights are 1 and 2 in turn from the last digit on.
    """
    digits = [int(sign) for sign in text] if re.fullmatch(r"[0-9]{13}", text) else []
    return text if digits and digits[0] == 9 - sum(digits[:0:-1][::2] + 2 * digits[:0:-1][1::2]) % 9 else None


def concept(text: str, labels: Labels) -> str:
    """The id of the concept that *text* names."""
    ids = labels.ids(text)
    if len(ids) > 1:
        raise CellError("ambiguous_concept", found=text, several=" / ".join(ids))
    return ids[0] if ids else _unknown("unknown_concept", text, labels.speller.near(text))


def reference(text: str, tables: tuple[str, ...], lookup: Lookup) -> str:
    """The row that *text* names: its id, or ``table/id`` where several of the tables have that id.

    Where any table may be meant, a concept may be too, as ``scheme/id``.
    """
    targets = lookup.names.targets(text, tables)
    if len(targets) == 1:
        return lookup.names.shortest(targets[0], tables)
    if (tables == (ANY,) and lookup.is_concept(text)) or not (targets or lookup.names.is_whole(tables)):
        return text
    if targets:
        raise CellError("ambiguous_reference", found=text, several=" / ".join(map("/".join, targets[:4])))
    code = "unknown_reference_anywhere" if tables == (ANY,) else "unknown_reference"
    where = " / ".join(f"{table}.csv" for table in tables)
    return _unknown(code, text, lookup.names.near(text, tables), where=where)


def source(text: str, lookup: Lookup) -> str:
    """The id of a source, or an address as it stands."""
    tables = ("sources",)
    targets = lookup.names.targets(text, tables)
    if len(targets) == 1:
        return targets[0].id
    if _ADDRESS.fullmatch(text) or not lookup.names.is_whole(tables):
        return text
    return _unknown("unknown_source", text, lookup.names.near(text, tables))


def column_name(text: str, table: Table) -> str:
    """The name of a column of the same table, from its name or a heading."""
    column = by_heading(table).get(normalised(text))
    if column is not None and column in table.columns:
        return column.name
    titles = [column.title("ja") for column in table.columns]
    return _unknown("unknown_column_name", text, suggestions(text, titles))


def _unknown(code: str, text: str, near: list[str], **values: str) -> NoReturn:
    """Nothing has that name; say what it may have meant."""
    if near:
        raise CellError(f"{code}_near", found=text, near=" / ".join(near), **values)
    raise CellError(code, found=text, **values)


_PLAIN: dict[str, Reader] = {
    "id": identifier,
    "text": str,
    "age": age_limit,
    "ages": age_range,
    "url": address,
    "corporate_number": corporate_number,
    "integer": whole_number,
    "decimal": share,
}
