"""Who meets whom: the seats of agencies in bodies, and which agencies serve the same people."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from operator import and_
from typing import NamedTuple

from hazama.coverage.ties import successors
from hazama.model.boxes import boxes
from hazama.model.cells import NO_LIMIT, Age, AgeRange, Limit
from hazama.model.records import Agency, Eligibility, Limits, Program
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
        return bool(self.shared(pair))

    def shared(self, pair: Pair) -> frozenset[str]:
        """The bodies in which both are heard."""
        return self.bodies.get(pair[0], NOBODY) & self.bodies.get(pair[1], NOBODY)


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


@dataclass(frozen=True, slots=True)
class Common:
    """What two agencies do for the same people."""

    needs: tuple[str, ...]
    programs: tuple[str, ...]


def common_work(town: Municipality) -> dict[Pair, Common]:
    """The pairs of owners with programmes for the same people: a need in common, and limits that overlap.

    Walks an index by need, then by owner; two owners are compared until one pair of their
    programmes meets, so the cost grows with the owners of a need and not with pairs of programmes.
    """
    rows = boxes(town)
    admitted = dict(zip(rows, _admissions(rows.values()), strict=True))
    needs: dict[Pair, list[str]] = defaultdict(list)
    programs: dict[Pair, set[str]] = defaultdict(set)
    for need, owners in _by_need(town).items():
        for pair in combinations(sorted(owners), 2):
            both = _first_meeting(owners[pair[0]], owners[pair[1]], admitted)
            if both:
                needs[pair].append(need)
                programs[pair] |= both
    return {pair: Common(tuple(needs[pair]), tuple(sorted(programs[pair]))) for pair in sorted(needs)}


def _by_need(town: Municipality) -> dict[str, dict[str, list[str]]]:
    """Programmes by need and owner; one for all needs stands under each need that another one names."""
    named_owners = {owner for one in own(town.programs) for owner in one.owner}
    now = successors(town.agencies, named_owners)
    named: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    general: list[Program] = []
    for program in own(town.programs):
        if program.needs is NO_LIMIT:
            general.append(program)
        elif isinstance(program.needs, tuple):
            for need in program.needs:
                _put(named[need], program, now)
    for need in sorted(named):
        for program in general:
            _put(named[need], program, now)
    return {need: named[need] for need in sorted(named)}


def _put(owners: dict[str, list[str]], program: Program, now: Mapping[str, tuple[str, ...]]) -> None:
    for owner in {heir for one in program.owner for heir in now[one]}:
        owners[owner].append(program.id)


def _first_meeting(ours: list[str], theirs: list[str], admitted: Mapping[str, list["Admission"]]) -> set[str]:
    """The first two programmes that admit the same person; one programme that both own counts for both."""
    for one in ours:
        for other in theirs:
            if one == other:
                return {one}
            for a in admitted[one]:
                for b in admitted[other]:
                    if a.meets(b):
                        return {one, other}
    return set()


class Admission(NamedTuple):
    """Whom a box admits, ready to be compared: ages in months, and one set of bits for each other dimension."""

    begins: float
    ends: float
    masks: tuple[int, ...]

    def meets(self, other: "Admission") -> bool:
        """Whether the same person may be admitted by both."""
        return self.begins < other.ends and other.begins < self.ends and all(map(and_, self.masks, other.masks))


def overlap(one: Limits, other: Limits) -> bool:
    """Whether the same person may be admitted by both; what is not recorded admits everybody."""
    first, second = _admissions_of([one, other])
    return first.meets(second)


def _admissions(programs: Iterable[Iterable[Program | Eligibility]]) -> Iterator[list[Admission]]:
    groups = [[row.limits for row in rows] for rows in programs]
    every = iter(_admissions_of([limits for group in groups for limits in group]))
    return ([next(every) for _ in group] for group in groups)


def _admissions_of(boxes: Sequence[Limits]) -> list[Admission]:
    """Each box as sets of bits over the values that any of them names; all bits where it names none."""
    places: dict[str, dict[str, int]] = {}
    for limits in boxes:
        for dimension, limit in limits.items():
            if isinstance(limit, tuple):
                values = places.setdefault(dimension, {})
                for id in limit:
                    values.setdefault(id, 1 << len(values))

    def mask(values: Mapping[str, int], limit: Limit | AgeRange | None) -> int:
        return sum({values[id] for id in limit}) if isinstance(limit, tuple) else -1

    found = []
    for limits in boxes:
        ages = limits.get("age")
        begins, ends = (_begins(ages), _ends(ages)) if isinstance(ages, AgeRange) else (0, float("inf"))
        masks = tuple(mask(values, limits.get(one)) for one, values in places.items())
        found.append(Admission(begins, ends, masks))
    return found


def _begins(ages: AgeRange) -> float:
    return ages.least.months if isinstance(ages.least, Age) else 0


def _ends(ages: AgeRange) -> float:
    return ages.most.after if isinstance(ages.most, Age) else float("inf")
