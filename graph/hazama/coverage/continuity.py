"""Where support breaks although both sides are covered: at an age, and between two needs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise, product

from hazama.coverage.boxes import bits
from hazama.coverage.space import TownSpace
from hazama.coverage.ties import ties

__all__ = ["Cliff", "Compound", "cliffs", "compound"]


@dataclass(frozen=True, slots=True)
class Cliff:
    """An age, in months, at which support of one function for a need goes from some programmes to others.

    No programme covers both sides. ``tied`` are the pairs of an ending and a starting programme that share
    an agency, a hand-over or a body; without any, nobody carries people across.
    """

    need: str
    function: str
    months: int
    ending: tuple[str, ...]
    starting: tuple[str, ...]
    tied: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Compound:
    """Two needs of one household: the agencies with programmes for both, the bodies where both sides sit.

    With neither, and no hand-over, nobody sees the household as a whole.
    """

    needs: tuple[str, str]
    programs: tuple[tuple[str, ...], tuple[str, ...]]
    agencies: tuple[str, ...]
    bodies: tuple[str, ...]
    handed_over: bool

    @property
    def seen(self) -> bool:
        """Whether anybody sees both needs."""
        return bool(self.agencies or self.bodies or self.handed_over)


def cliffs(town: TownSpace) -> Iterator[Cliff]:
    """The cliffs of a town, need by need, function by function, age by age."""
    need, function, age = town.axis("needs"), town.axis("functions"), town.axis("age")
    known = ties(town.town)
    by_cell = _programs_by_age(town, need, function, age)
    for (n, need_id), (f, function_id) in product(enumerate(town.axes[need].ids), enumerate(town.axes[function].ids)):
        for place, (before, after) in enumerate(pairwise(by_cell[n, f]), start=1):
            if before and after and not before & after:
                ending, starting = tuple(sorted(before)), tuple(sorted(after))
                tied = tuple((a, b) for a, b in product(ending, starting) if known.tied(a, b))
                yield Cliff(need_id, function_id, town.axes[age].starts[place], ending, starting, tied)


def compound(town: TownSpace, pairs: Iterable[tuple[str, str]]) -> Iterator[Compound]:
    """For each pair of needs that both have programmes: who sees the two together."""
    need = town.axis("needs")
    known = ties(town.town)
    places = {id: value for value, id in enumerate(town.axes[need].ids)}
    for one, other in pairs:
        sides = [_programs(town, {need: 1 << places[id]}) for id in (one, other)]
        if not all(sides):
            continue
        agencies = [frozenset(a for program in side for a in known.agencies.get(program, ())) for side in sides]
        yield Compound(
            (one, other),
            (tuple(sorted(sides[0])), tuple(sorted(sides[1]))),
            tuple(sorted(agencies[0] & agencies[1])),
            tuple(sorted(known.shared_bodies(*agencies))),
            known.handed_over(agencies[0] | sides[0], agencies[1] | sides[1]),
        )


def _programs_by_age(
    town: TownSpace, need: int, function: int, age: int
) -> defaultdict[tuple[int, int], list[set[str]]]:
    """The programmes at each age class for every need and function, from one walk over the boxes."""
    ages = range(len(town.axes[age].ids))
    found: defaultdict[tuple[int, int], list[set[str]]] = defaultdict(lambda: [set() for _ in ages])
    for masks, program in ((box.masks, box.program) for box in town.space.boxes if all(box.masks)):
        for cell in product(bits(masks[need]), bits(masks[function])):
            for place in bits(masks[age]):
                found[cell][place].add(program)
    return found


def _programs(town: TownSpace, limits: dict[int, int]) -> frozenset[str]:
    """The programmes with a box that meets these values."""
    return frozenset(
        box.program
        for box in town.space.boxes
        if all(box.masks) and all(box.masks[place] & mask for place, mask in limits.items())
    )
