"""Reading a cell that is not written as declared: strictly first, then in the few ways that leave no doubt.

Every other reading is a repair, listed for a person to confirm; what none of them reads stays an error.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from hazama.model.cells import Age, AgeRange
from hazama.tables.ages import age_text, one_end
from hazama.tables.cells import CellError, Reader
from hazama.tables.columns import Column
from hazama.tables.lookup import Lookup
from hazama.tables.spellings import DASHES, LIST_SIGNS, NONE, UNKNOWN, folded, mended

BLANK = object()
"""The reading of a cell that says nothing."""
_LIMITS = ("limit", "class", "age", "ages")

Change = Callable[[str, Column, Lookup], str]


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
    except CellError as error:
        found = _repaired(text, column, read, lookup)
        if found is None:
            raise error
        return found


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


def _repaired(text: str, column: Column, read: Reader, lookup: Lookup) -> Reading | None:
    if column.kind == "id":
        return _tried(text, column, read, lookup, REPAIRS[:1])
    if column.kind in _LIMITS and text in NONE:
        raise CellError("none_or_no_limit", found=text)
    if DASHES.fullmatch(text) or text in UNKNOWN or text in NONE:
        return Reading(BLANK, "nothing_there")
    return _tried(text, column, read, lookup, REPAIRS)


def _tried(
    text: str, column: Column, read: Reader, lookup: Lookup, ways: Sequence[tuple[str, Change]]
) -> Reading | None:
    for code, change in ways:
        changed = change(text, column, lookup)
        if changed and changed != text:
            try:
                return Reading(read(changed), code, changed)
            except CellError:
                continue
    return None


def _listed(text: str, column: Column, _lookup: Lookup) -> str:
    return LIST_SIGNS.sub(";", folded(text)) if column.separator else ""


def _zeros(text: str, column: Column, lookup: Lookup) -> str:
    return lookup.names.with_zeros(text, column.references) if column.references else ""


def _age(text: str, column: Column, _lookup: Lookup) -> str:
    end = one_end(text, column.name) if column.kind == "age" else None
    return age_text(end) if isinstance(end, Age) else ""


REPAIRS: tuple[tuple[str, Change], ...] = (
    ("folded", lambda text, _column, _lookup: folded(text)),
    ("zeros_added", _zeros),
    ("age_read", _age),
    ("items_parted", _listed),
)
"""How a cell is tried again, and the words that say so; an id only in the first way."""
