"""The text of one cell → its value, by the kind of its column; a bad cell says why."""

import re
from collections.abc import Callable
from functools import cache
from unicodedata import normalize
from urllib.parse import urlsplit

from hazama.model.cells import NO_LIMIT, NOT_RECORDED, Age, AgeRange, Limit, Unset
from hazama.model.dates import Day
from hazama.model.names import normalised, suggestions
from hazama.resources import words
from hazama.tables import days
from hazama.tables.ages import age, ages
from hazama.tables.columns import ANY, Column, Table
from hazama.tables.headings import by_heading
from hazama.tables.lookup import Labels, Lookup

Reader = Callable[[str], object]
"""Text, not blank and trimmed → value; raises :class:`CellError`."""

_ID = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}")
_ADDRESS = re.compile(r"(?:[a-z][a-z0-9+.-]*://|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/:?#]|$))\S*", re.IGNORECASE)
FISCAL = {"since": "first", "until": "last"}
"""Columns in which a fiscal year is a day, and which of its months."""
_BETWEEN = re.compile(r"[;；\r\n]")


class CellError(Exception):
    """The text cannot be read: *code* names the sentence, *values* fill its places."""

    def __init__(self, code: str, **values: str) -> None:
        super().__init__(code)
        self.code = code
        self.values = values


def reader(column: Column, table: Table, lookup: Lookup) -> Reader:
    """How the cells of *column* are read."""
    one = _reader_of_one(column, table, lookup)
    if column.kind in ("limit", "class"):
        return lambda text: limit(text, one, everything=column.kind == "class")
    if column.separator:
        return lambda text: items(text, one)
    return one


def _reader_of_one(column: Column, table: Table, lookup: Lookup) -> Reader:
    if column.references:
        return lambda text: reference(text, column.references, lookup)
    if column.scheme:
        labels = lookup.labels.get(column.scheme) or Labels({})
        return lambda text: concept(text, labels)
    if column.kind == "columns":
        return lambda text: column_name(text, table)
    if column.kind == "source":
        return lambda text: source(text, lookup)
    if column.name in FISCAL:
        return lambda text: day(text, FISCAL[column.name])
    return _PLAIN[column.kind]


def items(text: str, one: Reader) -> tuple[object, ...]:
    """The items of a list cell, each once, in the order of the cell."""
    parts = (part.strip() for part in _BETWEEN.split(text))
    return tuple(dict.fromkeys(one(part) for part in parts if part))


def limit(text: str, one: Reader, everything: bool = False) -> Limit:
    """The three states of a limit: not recorded, no limit, or the values that are admitted.

    With *everything*, すべて means no limit too: a programme for all needs.
    """
    state = _state(text)
    if state is None and everything and _is("all", text):
        return NO_LIMIT
    if state is not None:
        return state
    parts = [part.strip() for part in _BETWEEN.split(text) if part.strip()]
    if any(_state(part) is not None for part in parts):
        raise CellError("mixed_limit", found=text)
    return tuple(dict.fromkeys(str(one(part)) for part in parts)) or NOT_RECORDED


def _state(text: str) -> Unset | None:
    if _is("no_limit", text):
        return NO_LIMIT
    return NOT_RECORDED if _is("not_recorded", text) else None


def _is(state: str, text: str) -> bool:
    return normalised(text) in _spellings(state)


@cache
def _spellings(state: str) -> frozenset[str]:
    both = words("tables")[f"spelling_{state}"]
    return frozenset(normalised(word) for text in both.values() for word in text.split(";"))


def age_limit(text: str) -> Age | Unset:
    """One end of an age range."""
    state = _state(text)
    if state is not None:
        return state
    found = age(text)
    if found is None:
        raise CellError("bad_age", found=text)
    return found


def age_range(text: str) -> AgeRange:
    """Both ends of an age range from one cell."""
    state = _state(text)
    found = ages(text) if state is None else AgeRange(state, state)
    if found is None:
        raise CellError("bad_ages", found=text)
    return found


def identifier(text: str) -> str:
    """An id that can stand in an IRI and in a file name as it is."""
    if not _ID.fullmatch(text):
        raise CellError("bad_id", found=text)
    return text


def day(text: str, fiscal: str = "") -> Day:
    """A year, a month or a day, in any spelling of :mod:`~hazama.tables.days`."""
    try:
        found = days.day(text, fiscal)
    except days.ImpossibleDayError:
        raise CellError("impossible_day", found=text) from None
    if found is None:
        raise CellError("bad_day", found=text)
    return found


def whole_number(text: str) -> int:
    """A whole number, zero or more; thousands may be separated."""
    digits = normalize("NFKC", text).replace(",", "")
    if not digits.isascii() or not digits.isdigit() or len(digits) > 9:
        raise CellError("bad_integer", found=text)
    return int(digits)


def share(text: str) -> float:
    """A share between 0 and 1; ``15%`` is 0.15."""
    match = re.fullmatch(r"(\d{1,3}(?:\.\d{1,12})?)(%?)", normalize("NFKC", text))
    value = float(match[1]) / (100 if match[2] else 1) if match else -1.0
    if not 0 <= value <= 1:
        raise CellError("bad_share", found=text)
    return value


def address(text: str) -> str:
    """A web address (http or https)."""
    try:
        parts = urlsplit(text)
    except ValueError:
        raise CellError("bad_url", found=text) from None
    if parts.scheme not in ("http", "https") or not parts.netloc or re.search(r"[\s<>\"{}|\\^`]", text):
        raise CellError("bad_url", found=text)
    return text


def corporate_number(text: str) -> str:
    """A 法人番号: a check digit and twelve digits (法人番号の指定等に関する省令2条).

    The check digit is 9 − (Σ digit × weight) mod 9; the weights are 1 and 2 in turn from the last digit on.
    """
    digits = [int(sign) for sign in text] if re.fullmatch(r"[0-9]{13}", text) else []
    if not digits or digits[0] != 9 - sum(digits[:0:-1][::2] + 2 * digits[:0:-1][1::2]) % 9:
        raise CellError("bad_corporate_number", found=text)
    return text


def concept(text: str, labels: Labels) -> str:
    """The id of the concept that *text* names."""
    ids = labels.ids(text)
    if len(ids) == 1:
        return ids[0]
    if ids:
        raise CellError("ambiguous_concept", found=text, several=" / ".join(ids))
    raise _unknown("unknown_concept", text, labels.speller.near(text))


def reference(text: str, tables: tuple[str, ...], lookup: Lookup) -> str:
    """The row that *text* names: its id, or ``table/id`` where several of the tables have that id.

    Where any table may be meant, a concept may be too, as ``scheme/id``.
    """
    targets = lookup.names.targets(text, tables)
    if len(targets) == 1:
        return lookup.names.shortest(targets[0], tables)
    if tables == (ANY,) and lookup.is_concept(text):
        return text
    if targets:
        several = " / ".join(f"{target.table}/{target.id}" for target in targets[:4])
        raise CellError("ambiguous_reference", found=text, several=several)
    if not lookup.names.is_whole(tables):
        return text
    where = "*.csv" if tables == (ANY,) else " / ".join(f"{table}.csv" for table in tables)
    raise _unknown("unknown_reference", text, lookup.names.near(text, tables), where=where)


def source(text: str, lookup: Lookup) -> str:
    """The id of a source, or an address as it stands."""
    targets = lookup.names.targets(text, ("sources",))
    if len(targets) == 1:
        return targets[0].id
    if _ADDRESS.fullmatch(text) or not lookup.names.is_whole(("sources",)):
        return text
    raise _unknown("unknown_source", text, lookup.names.near(text, ("sources",)))


def column_name(text: str, table: Table) -> str:
    """The name of a column of the same table, from its name or a heading."""
    column = by_heading(table).get(normalised(text))
    if column is not None and column in table.columns:
        return column.name
    raise _unknown("unknown_column_name", text, suggestions(text, [column.title("ja") for column in table.columns]))


def _unknown(code: str, text: str, near: list[str], **values: str) -> CellError:
    """A name that nothing has, with what it may have meant."""
    if near:
        return CellError(f"{code}_near", found=text, near=" / ".join(near), **values)
    return CellError(code, found=text, **values)


_PLAIN: dict[str, Reader] = {
    "id": identifier,
    "text": str,
    "age": age_limit,
    "ages": age_range,
    "day": day,
    "url": address,
    "corporate_number": corporate_number,
    "integer": whole_number,
    "decimal": share,
}
