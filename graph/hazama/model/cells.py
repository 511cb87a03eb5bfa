"""What one cell can say: a value, "no limit", or that nobody has looked.

The three states are the ground on which every answer of hazama stands: a blank cell is never
read as "no limit" (制限なし), and a count never mixes the two.
"""

from dataclasses import dataclass
from enum import Enum
from functools import total_ordering
from typing import Literal, TypeAlias


class Unset(Enum):
    """A limit cell that holds no value."""

    NOT_RECORDED = "not_recorded"
    """未確認: nobody has looked, or the source does not say."""
    NO_LIMIT = "no_limit"
    """制限なし: somebody looked, and there is no limit."""


NOT_RECORDED = Unset.NOT_RECORDED
NO_LIMIT = Unset.NO_LIMIT

Values: TypeAlias = tuple[str, ...]
"""Concept or district ids, each once, in the order of the cell."""

Limit: TypeAlias = Values | Unset
"""Which values of one dimension a programme admits."""


@total_ordering
@dataclass(frozen=True, slots=True)
class Age:
    """An age as an office writes it: ``Age(65)``, ``Age(4, "month")``, ``Age(65, approximate=True)``."""

    number: int
    unit: Literal["year", "month"] = "year"
    approximate: bool = False

    @property
    def months(self) -> int:
        """Completed months at which this age begins."""
        return self.number * 12 if self.unit == "year" else self.number

    @property
    def after(self) -> int:
        """Completed months at which this age is over: a limit "up to 39" ends where 40 begins."""
        return self.months + (12 if self.unit == "year" else 1)

    def __lt__(self, other: "Age") -> bool:
        return (self.months, self.after) < (other.months, other.after)


@dataclass(frozen=True, slots=True)
class AgeRange:
    """From *least* to *most*, both included; each end has its own state."""

    least: Age | Unset = NOT_RECORDED
    most: Age | Unset = NOT_RECORDED

    @property
    def is_recorded(self) -> bool:
        """Whether at least one end says something."""
        return not (self.least is NOT_RECORDED and self.most is NOT_RECORDED)

    @property
    def is_empty(self) -> bool:
        """Whether the two ends contradict each other (min > max): bad input."""
        return isinstance(self.least, Age) and isinstance(self.most, Age) and self.least.months >= self.most.after
