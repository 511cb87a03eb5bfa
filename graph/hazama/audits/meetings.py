"""Who meets whom: the seats of agencies in bodies, and which agencies serve the same people."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations, product
from typing import NamedTuple

from hazama.coverage.ties import successors
from hazama.model.boxes import boxes
from hazama.model.cells import NO_LIMIT, Age, AgeRange
from hazama.model.records import Agency, Limits, Program
from hazama.model.town import Municipality, own

Pair = tuple[str, str]
"""Two agencies, by id, the smaller first."""

NOBODY: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Meetings:
    """Seats as two indexes."""

    seats: Mapping[str, frozenset[str]]
    """Agencies by body: members, secretariat and convener."""
    bodies: Mapping[str, frozenset[str]]
    """Bodies by agency, as far as it is heard there: by its own seat, or by one of its line."""

    def meet(self, pair: Pair) -> bool:
        """Whether both are heard in one body."""
        one, other = (self.bodies.get(agency, NOBODY) for agency in pair)
        return not one.isdisjoint(other)


def meetings(town: Municipality) -> Meetings:
    """The seats of a town; a section is heard where its department sits and the other way round.

    The town hall itself (an agency that others belong to and that belongs to none) speaks for
    nobody in particular, so its seats are its own.
    """
    seats: dict[str, set[str]] = {body.id: {*body.convener, *body.secretariat} for body in town.bodies}
    for member in town.members:
        seats.setdefault(member.body, set()).add(member.agency)
    line = _lines(town.agencies)
    bodies: dict[str, set[str]] = defaultdict(set)
    for body, agencies in seats.items():
        for agency in agencies:
            for heard in line.get(agency, {agency}):
                bodies[heard].add(body)
    return Meetings(_frozen(seats), _frozen(bodies))


def _lines(agencies: tuple[Agency, ...]) -> dict[str, set[str]]:
    """Each agency with those above it and beneath it, the top of the tree left out."""
    parents = {one.id: one.parent for one in agencies}
    lines: dict[str, set[str]] = {one: {one} for one in parents}
    for one in parents:
        above = parents[one]
        while parents.get(above) and above not in lines[one]:
            lines[one].add(above)
            lines[above].add(one)
            above = parents[above]
    return lines


def _frozen(index: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(index[key]) for key in sorted(index)}


class Common(NamedTuple):
    """What two agencies do for the same people."""

    needs: tuple[str, ...]
    programs: tuple[str, ...]


def common_work(town: Municipality) -> dict[Pair, Common]:
    """The pairs of owners with programmes for the same people: a need in common, and limits that overlap.

    Walks an index by need, then by owner; two owners are compared until one pair of their
    programmes meets, so the cost grows with the owners of a need and not with pairs of programmes.
    """
    admitted = {id: [admission(row.limits) for row in rows] for id, rows in boxes(town).items()}

    @cache
    def meet(one: str, other: str) -> bool:
        return one == other or any(a.meets(b) for a in admitted[one] for b in admitted[other])

    needs: dict[Pair, list[str]] = defaultdict(list)
    programs: dict[Pair, set[str]] = defaultdict(set)
    for need, owners in _by_need(town).items():
        for pair in combinations(sorted(owners), 2):
            meeting = (both for both in product(owners[pair[0]], owners[pair[1]]) if meet(*both))
            if both := next(meeting, None):
                needs[pair].append(need)
                programs[pair].update(both)
    return {pair: Common(tuple(needs[pair]), tuple(sorted(programs[pair]))) for pair in sorted(needs)}


def _by_need(town: Municipality) -> dict[str, dict[str, list[str]]]:
    """Programmes by need and owner; one for all needs stands under each need that another one names."""
    programs = own(town.programs)
    now = successors(town.agencies, {owner for one in programs for owner in one.owner})
    general = [one for one in programs if one.needs is NO_LIMIT]
    named: dict[str, list[Program]] = defaultdict(list)
    for program in programs:
        for need in program.needs if isinstance(program.needs, tuple) else ():
            named[need].append(program)
    found: dict[str, dict[str, list[str]]] = {need: defaultdict(list) for need in sorted(named)}
    for need, owners in found.items():
        for program in (*named[need], *general):
            for owner in {heir for one in program.owner for heir in now[one]}:
                owners[owner].append(program.id)
    return found


class Admission(NamedTuple):
    """Whom a box admits: ages in months, and the values of each list that limits it."""

    begins: float
    ends: float
    lists: dict[str, frozenset[str]]

    def meets(self, other: "Admission") -> bool:
        """Whether the same person may be admitted by both."""
        if self.begins >= other.ends or other.begins >= self.ends:
            return False
        return all(not ids.isdisjoint(other.lists.get(one, ids)) for one, ids in self.lists.items())


def admission(limits: Limits) -> Admission:
    """Whom the limits of a box admit; what is not recorded admits everybody."""
    ages = limits.get("age")
    least, most = (ages.least, ages.most) if isinstance(ages, AgeRange) else (None, None)
    return Admission(
        least.months if isinstance(least, Age) else 0,
        most.after if isinstance(most, Age) else float("inf"),
        {dimension: frozenset(limit) for dimension, limit in limits.items() if isinstance(limit, tuple)},
    )
