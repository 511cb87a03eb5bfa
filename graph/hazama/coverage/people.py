"""How many people stand behind the cells of a town's space, from its ``demand`` table.

Rows with ``people`` give the people of a district and age band: they become a table of
districts by age classes, a band that a limit cuts spread evenly over its months. Rows
with ``share`` give the share of people with a need, a weight on the need. Without rows
every cell weighs one, and demand is size.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from hazama.coverage.boxes import Joint, Number
from hazama.model.cells import Age, AgeRange
from hazama.model.concepts import Dimension
from hazama.model.records import Demand
from hazama.model.town import Municipality

__all__ = ["Demands", "demands"]

OLDEST = 100 * 12
"""Where an open last age band ends when it is spread: 100歳以上 itself is never cut."""


class Axis(Protocol):
    """What is needed of an axis of the space."""

    @property
    def dimension(self) -> Dimension: ...
    @property
    def ids(self) -> tuple[str, ...]: ...
    @property
    def starts(self) -> tuple[int, ...]: ...


@dataclass(frozen=True, slots=True)
class Demands:
    """Weights of single dimensions by id, the joint table of districts and ages, and whether people are counted."""

    single: Mapping[str, tuple[Number, ...]]
    joint: Joint | None
    people: bool


def demands(town: Municipality, axes: Sequence[Axis]) -> Demands:
    """The weights of a town's space."""
    places = {axis.dimension.kind: place for place, axis in enumerate(axes)}
    counted = [row for row in town.demand if row.people is not None]
    shares = {row.need: row.share for row in town.demand if row.need and row.share is not None}
    if not counted or "districts" not in places or "interval" not in places:
        return Demands({}, None, False)
    single: dict[str, tuple[Number, ...]] = {}
    if shares:
        needs = next(axis.ids for axis in axes if axis.dimension.id == "needs")
        single["needs"] = tuple(shares.get(need) or 0 for need in needs)
    districts, ages = axes[places["districts"]], axes[places["interval"]]
    table = tuple(tuple(row) for row in _table(counted, districts.ids, ages.starts))
    return Demands(single, Joint(places["districts"], places["interval"], table), True)


def _table(rows: list[Demand], districts: tuple[str, ...], starts: tuple[int, ...]) -> list[list[Number]]:
    """People by district and age class."""
    found: list[list[Number]] = [[0] * len(starts) for _ in districts]
    for row in rows:
        places = [districts.index(row.district)] if row.district in districts else range(len(districts))
        for place in places:
            for age, share in _spread(row, starts):
                found[place][age] += (row.people or 0) * share / len(places)
    return found


def _spread(row: Demand, starts: tuple[int, ...]) -> list[tuple[int, float]]:
    """The age classes of a row's band with the part of the band's months in each."""
    ages = row.limits.get("age")
    first = ages.least.months if isinstance(ages, AgeRange) and isinstance(ages.least, Age) else 0
    past = ages.most.after if isinstance(ages, AgeRange) and isinstance(ages.most, Age) else max(OLDEST, first + 1)
    ends = (*starts[1:], max(past, starts[-1] + 1))
    inside = [
        (place, min(past, end) - max(first, start)) for place, (start, end) in enumerate(zip(starts, ends, strict=True))
    ]
    return [(place, months / (past - first)) for place, months in inside if months > 0]
