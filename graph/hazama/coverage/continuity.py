"""Ages at which support breaks although both sides are covered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise, product

from hazama.coverage.boxes import bits
from hazama.coverage.space import TownSpace
from hazama.coverage.ties import ties

__all__ = ["Cliff", "cliffs"]


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


def cliffs(town: TownSpace) -> Iterator[Cliff]:
    """The cliffs of a town, need by need, function by function, age by age."""
    need, function, age = town.axis("needs"), town.axis("functions"), town.axis("age")
    known = ties(town.town)
    by_cell = _programs_by_age(town, need, function, age)
    for (n, need_id), (f, function_id) in product(enumerate(town.axes[need].ids), enumerate(town.axes[function].ids)):
        for place, (before, after) in enumerate(pairwise(by_cell[n, f]), start=1):
            if before and after and not before & after:
                ending, starting = tuple(sorted(before)), tuple(sorted(after))
                tied = tuple(
                    (a, b) for a, b in product(ending, starting) if known.seen_together(frozenset([a]), frozenset([b]))
                )
                yield Cliff(need_id, function_id, town.axes[age].starts[place], ending, starting, tied)


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
