"""Intervals with open and closed ends, cut into the classes that a set of limits tells apart.

An interval lies between two *cuts*: a number and a side of it, 0 just before and 1
just after. ``[12,15)`` runs from (12, 0) to (15, 0); 以下 and 未満 differ in the side.
Written as PostgreSQL writes ranges: ``[65,)`` has no upper end, whole numbers come
back as ``[40,65)``.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, floor, inf

from hazama.coverage.boxes import Number

__all__ = ["Cut", "Line", "parsed", "span", "written"]

Cut = tuple[Number, int]

_NUMBER = r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?"
_INTERVAL = re.compile(rf"\s*([\[(])\s*({_NUMBER}|-?inf|-?∞|)\s*,\s*({_NUMBER}|\+?inf|\+?∞|)\s*([\])])\s*")


def parsed(value: object) -> tuple[Cut, Cut]:
    """The cuts of ``"[12,15)"``, or of the single number 12; ``ValueError`` if it is neither.

    >>> parsed("[12,15)"), parsed("(12,15]"), parsed(12)
    (((12, 0), (15, 0)), ((12, 1), (15, 1)), ((12, 0), (12, 1)))
    """
    if isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < inf:
        return (value, 0), (value, 1)
    text = str(value)
    if re.fullmatch(rf"\s*{_NUMBER}\s*", text):
        return (_number(text), 0), (_number(text), 1)
    found = _INTERVAL.fullmatch(text)
    if found is None:
        raise ValueError(text)
    left, low, high, right = found.groups()
    first, last = _number(low, -inf), _number(high, inf)
    return (first, int(left == "(" and first != -inf)), (last, int(right == "]" or last == inf))


def _number(text: str, default: Number = 0) -> Number:
    """A number as typed; whole ones stay whole; nothing or ∞ is ``default``; ``ValueError`` beyond 10^308."""
    text = text.strip()
    if not text or text.lstrip("+-") in ("inf", "∞"):
        return default
    number = float(text)
    if abs(number) == inf:
        raise ValueError(text)
    return int(text) if re.fullmatch(r"[+-]?\d+", text) else int(number) if number.is_integer() else number


def written(low: Cut, high: Cut) -> str:
    """The interval between two cuts.

    >>> written((40, 0), (65, 0)), written((65, 0), (inf, 1)), written((1, 1), (2.5, 1))
    ('[40,65)', '[65,)', '(1,2.5]')
    """
    left = "(" if low[0] == -inf else f"{'(' if low[1] else '['}{low[0]}"
    right = ")" if high[0] == inf else f"{high[0]}{']' if high[1] else ')'}"
    return f"{left},{right}"


@dataclass(frozen=True, slots=True)
class Line:
    """A range of numbers from ``low`` to ``high``, of whole numbers or of all."""

    low: Cut
    high: Cut
    whole: bool

    def cuts(self, value: object) -> tuple[Cut, Cut]:
        """The cuts of an interval on this line, not yet kept to its ends."""
        low, high = parsed(value)
        return (self._whole(low), self._whole(high)) if self.whole else (low, high)

    def kept(self, low: Cut, high: Cut) -> tuple[Cut, Cut]:
        """The part of an interval that lies on the line; empty if its low end is not below its high end."""
        return max(low, self.low), min(high, self.high)

    def ends(self, limits: Iterable[tuple[Cut, Cut]]) -> list[Cut]:
        """The line's ends and every limit between them, in order: class *c* runs from end *c* to end *c* + 1."""
        inside = {cut for pair in limits for cut in pair if self.low < cut < self.high}
        return sorted({self.low, self.high, *inside}) if self.low < self.high else []

    def length(self, low: Cut, high: Cut) -> Number | None:
        """Whole numbers in an interval, or its length on a line of all numbers; None if it is endless."""
        if -inf in low or inf in high:
            return None
        return high[0] - low[0]

    @staticmethod
    def _whole(cut: Cut) -> Cut:
        """The same cut between whole numbers, always just before one."""
        number, side = cut
        if number in (inf, -inf):
            return cut
        return (floor(number) + 1 if side else ceil(number)), 0


def span(ends: list[Cut], low: Cut, high: Cut) -> range:
    """The classes between two cuts."""
    return range(bisect_left(ends, low), max(bisect_left(ends, low), bisect_left(ends, high)))
