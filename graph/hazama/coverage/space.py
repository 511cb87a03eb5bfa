"""A town as a space: who there can be, and whom each programme reaches.

Dimensions come from ``ontology/concepts/space.csv``. Ages become classes cut at every
limit any row sets, so 17|18, 39|40 and 64|65 appear by themselves. Every row that states
a box keeps its place: the key of a box is ``table/id#row``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import Literal

from hazama.coverage.boxes import Box, Dimension, Masks, Space, bits, mask_of
from hazama.coverage.people import Demands, demands
from hazama.model import concepts
from hazama.model.boxes import boxes
from hazama.model.cells import NO_LIMIT, NOT_RECORDED, Age, AgeRange, Limit, Unset
from hazama.model.records import Eligibility, Limits, NotApplicable, Program, Row
from hazama.model.town import Municipality

__all__ = ["REACHES", "Axis", "Reach", "Reading", "TownSpace", "space", "unclassified"]

Reading = Literal["certain", "possible"]
"""How a blank limit is read: as 制限なし (what is open even so is open), or as covering nothing."""

Reach = Literal["dedicated", "included", "open"]
"""The weakest reach that still counts as covered."""

REACHES: tuple[Reach, ...] = ("dedicated", "included", "open")

MONTHS_IN_LIFE = 120 * 12


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
    """The space of a town in one reading and at one level of reach, with the rows behind its boxes.

    ``people`` says whether demand counts people; otherwise it counts cells.
    """

    town: Municipality
    space: Space
    axes: tuple[Axis, ...]
    reading: Reading
    reach: Reach
    rows: Mapping[str, Program | Eligibility]
    programs: Mapping[str, Program]
    people: bool

    def axis(self, dimension: str) -> int:
        """The place of a dimension."""
        return next(place for place, axis in enumerate(self.axes) if axis.dimension.id == dimension)

    def cut(self, months: Iterable[int]) -> TownSpace:
        """The same space with ages cut at these months too."""
        needs, functions = (self.axes[self.axis(name)].ids for name in ("needs", "functions"))
        return space(self.town, self.reading, self.reach, needs, functions, months)

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
    counted = [program for program in town.programs if _counts(program, reach)]
    chosen = {"needs": tuple(needs), "functions": tuple(functions)}
    starts = _age_starts(town, cuts)
    every = (_axis(town, dimension, chosen.get(dimension.id, ()), starts) for dimension in town.space)
    axes = tuple(axis for axis in every if axis.ids)  # a town without districts has no such dimension
    by_program = boxes(town)
    rows = {_key(row): (program, row) for program in counted for row in by_program[program.id]}
    masks = [cache(axis.mask) for axis in axes]  # most rows share their limits with others
    made = tuple(_box(axes, masks, key, program, row, reading) for key, (program, row) in rows.items())
    exclusions = tuple(_exclusion(axes, row) for row in town.not_applicable)
    weights = demands(town, axes)
    bare = Space(tuple(_dimension(axis, weights) for axis in axes), made, exclusions, weights.joint)
    return TownSpace(
        town, bare, axes, reading, reach,
        {key: row for key, (_, row) in rows.items()},
        {program.id: program for program in counted},
        weights.people,
    )  # fmt: skip


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


def _key(row: Program | Eligibility) -> str:
    table = "programs" if isinstance(row, Program) else "eligibility"
    id = row.id if isinstance(row, Program) else row.program
    return f"{table}/{id}#{row.origin.row}"


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
            found |= ends(ages)
    return tuple(sorted(cut for cut in found if cut < MONTHS_IN_LIFE))


def ends(ages: AgeRange) -> set[int]:
    """The months at which a range of ages cuts life: where it begins and where it is over."""
    least = {ages.least.months} if isinstance(ages.least, Age) else set()
    return least | ({ages.most.after} if isinstance(ages.most, Age) else set())


def _dimension(axis: Axis, weights: Demands) -> Dimension:
    name = axis.dimension.id
    return Dimension(name, axis.ids, weights.single.get(name, ()), (), axis.dimension.kind == "interval")


def _box(
    axes: tuple[Axis, ...],
    masks: Sequence[Callable[[Limit | AgeRange, int], int]],
    key: str,
    program: Program,
    row: Program | Eligibility,
    reading: Reading,
) -> Box:
    made = (
        mask(getattr(program, axis.dimension.id), 0)
        if axis.dimension.role == "classification"
        else mask(row.limits.get(axis.dimension.id, NOT_RECORDED), axis.full if reading == "certain" else 0)
        for axis, mask in zip(axes, masks, strict=True)
    )
    return Box(tuple(made), program.id, key)


def _limited(axis: Axis, limits: Limits, blank: int) -> int:
    return axis.mask(limits.get(axis.dimension.id, NOT_RECORDED), blank)


def _exclusion(axes: tuple[Axis, ...], row: NotApplicable) -> Box:
    masks: Masks = tuple(
        axis.mask(getattr(row, axis.dimension.id), axis.full)
        if axis.dimension.role == "classification"
        else _limited(axis, row.limits, axis.full)
        for axis in axes
    )
    return Box(masks, "", f"not_applicable#{row.origin.row}")
