"""What connects two programmes (the same agency, a hand-over, a meeting body), and ages at which support breaks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise, product

from hazama.coverage.boxes import bits
from hazama.coverage.space import TownSpace
from hazama.model.records import Agency, Program
from hazama.model.town import Municipality

__all__ = ["HAND_OVER", "Cliff", "Ties", "cliffs", "heirs", "successors", "ties"]

HAND_OVER = frozenset({"refers_to"})
"""The predicates of ``links`` that say that a desk passes people on."""


@dataclass(frozen=True, slots=True)
class Ties:
    """The governance of a town as far as handing people on goes.

    An agency sits in a body when it, or the department it belongs to, is a member of it, convenes it
    or runs its secretariat.
    """

    agencies: Mapping[str, frozenset[str]]
    bodies: Mapping[str, frozenset[str]]
    hand_overs: frozenset[tuple[str, str]]

    def of(self, programs: Iterable[str]) -> frozenset[str]:
        """The agencies that own or run these programmes."""
        return frozenset(agency for program in programs for agency in self.agencies.get(program, ()))

    def shared_bodies(self, one: Iterable[str], other: Iterable[str]) -> frozenset[str]:
        """The bodies where an agency of each side sits."""
        return self.sat(one) & self.sat(other)

    def handed_over(self, one: Collection[str], other: Collection[str]) -> bool:
        """Whether a hand-over is recorded between the two sides, of agencies or programmes."""
        return any((a, b) in self.hand_overs or (b, a) in self.hand_overs for a in one for b in other)

    def work_together(self, one: str, other: str) -> bool:
        """Whether two agencies hand people over or sit in a body together."""
        return self.handed_over([one], [other]) or bool(self.shared_bodies([one], [other]))

    def seen_together(self, one: frozenset[str], other: frozenset[str]) -> bool:
        """Whether anything connects two sets of programmes: one in both, an agency, a body, a hand-over."""
        ours, theirs = self.of(one), self.of(other)
        if one & other or ours & theirs or self.shared_bodies(ours, theirs):
            return True
        return self.handed_over(ours | one, theirs | other)

    def sat(self, agencies: Iterable[str]) -> frozenset[str]:
        """The bodies where one of these agencies sits."""
        return frozenset(body for agency in agencies for body in self.bodies.get(agency, ()))


def ties(town: Municipality) -> Ties:
    """The ties of a viewed town; what a unit did that is gone is with those that succeeded it."""
    named = {agency for program in town.programs for agency in (*program.owner, *program.operators)}
    now = successors(town.agencies, named)
    programs = {program.id: _agencies(program, now) for program in town.programs}
    pairs = {(_id(link.subject), _id(link.object)) for link in town.links if link.predicate in HAND_OVER}
    return Ties(programs, _bodies(town), frozenset(pairs))


def heirs(agencies: tuple[Agency, ...], id: str) -> tuple[str, ...]:
    """Who answers for an agency now: itself, or where it is gone the units that succeeded it, else still itself."""
    return successors(agencies, (id,))[id]


def successors(agencies: tuple[Agency, ...], ids: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The :func:`heirs` of several agencies."""
    there = {one.id for one in agencies}
    units = [one for one in agencies if one.succeeds]
    return {id: (id,) if id in there else _heirs(there, units, id) for id in ids}


def _heirs(there: Collection[str], units: Iterable[Agency], id: str) -> tuple[str, ...]:
    found, waiting = [], [id]
    for one in waiting:
        if one in there:
            found.append(one)
        else:
            waiting += [unit.id for unit in units if one in unit.succeeds and unit.id not in waiting]
    return tuple(found) or (id,)


def _agencies(program: Program, now: Mapping[str, tuple[str, ...]]) -> frozenset[str]:
    return frozenset(heir for agency in (*program.owner, *program.operators) for heir in now[agency])


def _id(reference: str) -> str:
    return reference.rpartition("/")[2]


def _bodies(town: Municipality) -> dict[str, frozenset[str]]:
    """The bodies every agency sits in, by itself or by what it belongs to."""
    seats: dict[str, set[str]] = {}
    for member in town.members:
        seats.setdefault(member.agency, set()).add(member.body)
    for body in town.bodies:
        for agency in (*body.convener, *body.secretariat):
            seats.setdefault(agency, set()).add(body.id)
    parents = {agency.id: agency for agency in town.agencies}
    return {id: frozenset(b for one in _line(parents, id) for b in seats.get(one, ())) for id in parents}


def _line(agencies: Mapping[str, Agency], id: str) -> list[str]:
    """An agency and what it belongs to, the town itself and the state left out: everything belongs to them."""
    found: list[str] = []
    while id in agencies and id not in found and (not found or agencies[id].kind not in ("municipality", "state")):
        found.append(id)
        id = agencies[id].parent
    return found


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
