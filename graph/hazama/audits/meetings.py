"""Who meets whom: the seats of agencies in bodies, and which agencies serve the same people."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

from hazama.audits.rows import own
from hazama.coverage.ties import heirs
from hazama.model.boxes import boxes
from hazama.model.cells import NO_LIMIT, Age, AgeRange, Limit
from hazama.model.records import Agency, Limits, Program
from hazama.model.town import Municipality

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
        return not self.shared(pair).isdisjoint(self.seats)

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
    limits = {id: [row.limits for row in rows] for id, rows in boxes(town).items()}
    needs: dict[Pair, list[str]] = defaultdict(list)
    programs: dict[Pair, set[str]] = defaultdict(set)
    for need, owners in _by_need(town).items():
        for pair in combinations(sorted(owners), 2):
            both = _first_meeting(owners[pair[0]], owners[pair[1]], limits)
            if both:
                needs[pair].append(need)
                programs[pair] |= both
    return {pair: Common(tuple(needs[pair]), tuple(sorted(programs[pair]))) for pair in sorted(needs)}


def _by_need(town: Municipality) -> dict[str, dict[str, list[str]]]:
    """Programmes by need and owner; one for all needs stands under each need that another one names."""
    named_owners = {owner for one in own(town.programs) for owner in one.owner}
    now = {owner: heirs(town.agencies, owner) for owner in named_owners}
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


def _first_meeting(ours: list[str], theirs: list[str], limits: Mapping[str, list[Limits]]) -> set[str]:
    """The first two programmes that admit the same person; one programme that both own counts for both."""
    for one in ours:
        for other in theirs:
            if one == other or any(overlap(a, b) for a in limits[one] for b in limits[other]):
                return {one, other}
    return set()


def overlap(one: Limits, other: Limits) -> bool:
    """Whether the same person may be admitted by both; what is not recorded admits everybody."""
    return all(_admit_both(one[dimension], other[dimension]) for dimension in one.keys() & other.keys())


def _admit_both(one: Limit | AgeRange, other: Limit | AgeRange) -> bool:
    if isinstance(one, AgeRange) and isinstance(other, AgeRange):
        return _begins(one) < _ends(other) and _begins(other) < _ends(one)
    if isinstance(one, tuple) and isinstance(other, tuple):
        return not set(one).isdisjoint(other)
    return True


def _begins(ages: AgeRange) -> float:
    return ages.least.months if isinstance(ages.least, Age) else 0


def _ends(ages: AgeRange) -> float:
    return ages.most.after if isinstance(ages.most, Age) else float("inf")
