"""Dates as sources give them: a day, a month or only a year."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@total_ordering
@dataclass(frozen=True, slots=True)
class Day:
    """A span of days written as ``2022``, ``2022-04`` or ``2022-04-01`` (ISO 8601 reduced accuracy)."""

    text: str

    def __post_init__(self) -> None:
        if not _ISO.fullmatch(self.text):
            raise ValueError(self.text)
        _ = self.first

    @property
    def first(self) -> date:
        """The first day of the span."""
        year, month, day = (int(part) for part in (self.text + "-01-01").split("-")[:3])
        return date(year, month, day)

    @property
    def last(self) -> date:
        """The last day of the span."""
        first = self.first
        if len(self.text) == 10:
            return first
        if len(self.text) == 7:
            return first.replace(day=monthrange(first.year, first.month)[1])
        return date(first.year, 12, 31)

    def __str__(self) -> str:
        return self.text

    def __lt__(self, other: "Day") -> bool:
        return (self.first, self.last) < (other.first, other.last)
