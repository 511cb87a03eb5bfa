"""A town as a space: who there can be, and whom each programme reaches.

Dimensions come from ``ontology/concepts/space.csv``. Ages become classes cut at every
limit any row sets, so 17|18, 39|40 and 64|65 appear by themselves. Every row that states
a box keeps its place: the key of a box is ``table/id#row``.

How many people stand behind a cell is in the ``demand`` table: rows with ``people`` count those of a district and
band of ages, rows with ``share`` the share of people with a need. Without rows every cell weighs one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, product
from typing import Literal

from hazama.coverage.boxes import Box, Dimension, Joint, Number, Space, bits, mask_of, runs
from hazama.model import concepts
from hazama.model.boxes import boxes
from hazama.model.cells import NO_LIMIT, NOT_RECORDED, Age, AgeRange, Limit, Unset
from hazama.model.records import Demand, Eligibility, NotApplicable, Program, Row
from hazama.model.town import Municipality

__all__ = ["REACHES", "Axis", "Reach", "Reading", "TownSpace", "space", "unclassified"]

Reading = Literal["certain", "possible"]
"""How a blank limit is read: as 制限なし (what is open even so is open), or as covering nothing."""

Reach = Literal["dedicated", "included", "open"]
"""The weakest reach that still counts as covered."""

REACHES: tuple[Reach, ...] = ("dedicated", "included", "open")

MOST_YEARS = 119
MONTHS_IN_LIFE = (MOST_YEARS + 1) * 12
OLDEST = 100 * 12
"""Where an open last age band ends when it is spread: 100歳以上 itself is never cut."""


@dataclass(frozen=True, slots=True)
class Axis:
    """One dimension of the town: the concept or district behind each value, or the months of each age class."""

    dimension: concepts.Dimension
    ids: tuple[str, ...]
    starts: tuple[int, ...] = ()

    @property
    def full(self) -> int:
        """All values."""
        return (1 << len(self.ids)) - 1

    def mask(self, limit: Limit | AgeRange, blank: int) -> int:
        """The values a limit admits; ``blank`` stands for what is not recorded."""
        if isinstance(limit, AgeRange):
            return self._ages(limit, blank)
        if isinstance(limit, Unset):
            return self.full if limit is NO_LIMIT else blank
        places = {id: place for place, id in enumerate(self.ids)}
        return mask_of((places[id] for id in limit if id in places), len(self.ids))

    def _ages(self, limit: AgeRange, blank: int) -> int:
        if NOT_RECORDED in (limit.least, limit.most) and not blank:
            return 0
        first = limit.least.months if isinstance(limit.least, Age) else 0
        past = limit.most.after if isinstance(limit.most, Age) else MONTHS_IN_LIFE
        return mask_of((place for place, start in enumerate(self.starts) if first <= start < past), len(self.ids))


@dataclass(frozen=True, slots=True)
class TownSpace:
    """The space of a town in one reading and at one level of reach, with the rows behind its boxes."""

    town: Municipality
    space: Space
    axes: tuple[Axis, ...]
    reading: Reading
    reach: Reach
    rows: Mapping[str, Program | Eligibility]
    programs: Mapping[str, Program]

    @property
    def people(self) -> bool:
        """Whether demand counts people; otherwise it counts cells."""
        return self.space.joint is not None

    def axis(self, dimension: str) -> int:
        """The place of a dimension."""
        return next(place for place, axis in enumerate(self.axes) if axis.dimension.id == dimension)

    @property
    def starts(self) -> tuple[int, ...]:
        """The months at which age classes begin."""
        return self.axes[self.axis("age")].starts

    def like(
        self, town: Municipality | None = None, reading: Reading | None = None, cuts: Iterable[int] = ()
    ) -> TownSpace:
        """The same needs, functions and reach for other rows, in another reading, with ages cut at *cuts* too."""
        needs, functions = (self.axes[self.axis(name)].ids for name in ("needs", "functions"))
        return space(town or self.town, reading or self.reading, self.reach, needs, functions, cuts)

    def spans(self, mask: int) -> list[tuple[int, int]]:
        """A set of age classes as runs of months, from and up to but without."""
        starts = (*self.starts, MONTHS_IN_LIFE)
        return [(starts[first], starts[last + 1]) for first, last in runs(mask)]

    def ids(self, place: int, mask: int) -> tuple[str, ...]:
        """The concepts, districts or age classes of a set."""
        return tuple(self.axes[place].ids[value] for value in bits(mask))


def space(
    town: Municipality,
    reading: Reading = "certain",
    reach: Reach = "open",
    needs: Iterable[str] = (),
    functions: Iterable[str] = (),
    cuts: Iterable[int] = (),
) -> TownSpace:
    """The space of a viewed town; of some needs or functions only, if they are named.

    Ages are cut at ``cuts`` (months) too, for limits that no row of the town sets.
    """
    counted = {program.id: program for program in town.programs if _counts(program, reach)}
    chosen = {"needs": tuple(needs), "functions": tuple(functions)}
    starts = _age_starts(town, cuts)
    every = (_axis(town, dimension, chosen.get(dimension.id, ()), starts) for dimension in town.space)
    axes = tuple(axis for axis in every if axis.ids)  # a town without districts has no such dimension
    stating = boxes(town)
    rows = {_key(row): row for id in counted for row in stating[id]}
    masks = [cache(axis.mask) for axis in axes]  # most rows share their limits with others
    made = [_box(axes, masks, key, counted[_program(row)], row, reading) for key, row in rows.items()]
    exclusions = tuple(_box(axes, masks, f"not_applicable#{row.origin.row}", row, row) for row in town.not_applicable)
    joint = _people(town, axes)
    weights = _shares(town, axes) if joint else {}
    dims = tuple(
        Dimension(axis.dimension.id, axis.ids, weights.get(axis.dimension.id, ()), (), bool(axis.starts))
        for axis in axes
    )
    return TownSpace(town, Space(dims, tuple(made), exclusions, joint), axes, reading, reach, rows, counted)


def unclassified(town: Municipality) -> tuple[Program, ...]:
    """The programmes that cover nothing in either reading because nobody has said for which need or function."""
    return tuple(
        program
        for program in town.programs
        if program.reach != "indirect" and NOT_RECORDED in (program.needs, program.functions)
    )


def _counts(program: Program, reach: Reach) -> bool:
    """Whether a programme reaches people strongly enough; a reach nobody recorded counts as the weakest."""
    held = program.reach or "open"
    return held in REACHES[: REACHES.index(reach) + 1]


def _program(row: Program | Eligibility) -> str:
    return row.program if isinstance(row, Eligibility) else row.id


def _key(row: Program | Eligibility) -> str:
    table = "eligibility" if isinstance(row, Eligibility) else "programs"
    return f"{table}/{_program(row)}#{row.origin.row}"


def _axis(town: Municipality, dimension: concepts.Dimension, chosen: tuple[str, ...], starts: tuple[int, ...]) -> Axis:
    if dimension.kind == "interval":
        ends = (*starts[1:], MONTHS_IN_LIFE)
        return Axis(dimension, tuple(f"{a}-{b}" for a, b in zip(starts, ends, strict=True)), starts)
    if dimension.kind == "districts":
        return Axis(dimension, tuple(district.id for district in town.districts))
    listed = tuple(town.schemes.get(dimension.id, {}))
    return Axis(dimension, tuple(id for id in listed if not chosen or id in chosen))


def _age_starts(town: Municipality, cuts: Iterable[int]) -> tuple[int, ...]:
    """The months at which an age class begins: 0, every limit of the town's rows, and ``cuts``."""
    tables: tuple[tuple[Row, ...], ...] = (town.programs, town.eligibility, town.not_applicable, town.demand)
    found = {0, *cuts}
    for row in chain.from_iterable(tables):
        ages = getattr(row, "limits", {}).get("age")
        if isinstance(ages, AgeRange):
            found |= {ages.least.months} if isinstance(ages.least, Age) else set()
            found |= {ages.most.after} if isinstance(ages.most, Age) else set()
    return tuple(sorted(cut for cut in found if cut < MONTHS_IN_LIFE))


def _box(
    axes: tuple[Axis, ...],
    masks: Sequence[Callable[[Limit | AgeRange, int], int]],
    key: str,
    kinds: Program | NotApplicable,
    row: Program | Eligibility | NotApplicable,
    reading: Reading | None = None,
) -> Box:
    """What a row covers, with what its programme is for; in no *reading* a blank is everything."""
    unknown = reading == "possible"
    made = (
        mask(getattr(kinds, axis.dimension.id), 0 if reading else axis.full)
        if axis.dimension.role == "classification"
        else mask(row.limits.get(axis.dimension.id, NOT_RECORDED), 0 if unknown else axis.full)
        for axis, mask in zip(axes, masks, strict=True)
    )
    return Box(tuple(made), kinds.id if isinstance(kinds, Program) else "", key)


def _shares(town: Municipality, axes: Sequence[Axis]) -> dict[str, tuple[Number, ...]]:
    """The weight of each need: the share of people who have it; all of them where no share is recorded."""
    shares = {row.need: row.share for row in town.demand if row.need and row.share is not None}
    needs = next(axis.ids for axis in axes if axis.dimension.id == "needs")
    return {"needs": tuple(shares.get(need, 1) for need in needs)} if shares else {}


def _people(town: Municipality, axes: Sequence[Axis]) -> Joint | None:
    """People by district and age class; None without rows that count people, so that every cell weighs one.

    A band of ages that a limit cuts is spread evenly over its months, people of no district over all districts.
    """
    places = {axis.dimension.kind: place for place, axis in enumerate(axes)}
    counted = [row for row in town.demand if row.people is not None]
    if not counted or not {"districts", "interval"} <= places.keys():
        return None
    districts, starts = axes[places["districts"]].ids, axes[places["interval"]].starts
    table: list[list[Number]] = [[0] * len(starts) for _ in districts]
    for row in counted:
        at = [districts.index(row.district)] if row.district in districts else range(len(districts))
        for place, (age, share) in product(at, _spread(row, starts)):
            table[place][age] += (row.people or 0) * share / len(at)
    return Joint(places["districts"], places["interval"], tuple(map(tuple, table)))


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
