"""A household and what a town's programmes are to it: who is reached, by whom, and who must hand on to whom.

Nothing about a household is stored. Conditions it does not tell are open: a programme
that limits them is possible, not certain.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from typing import Literal, TypeVar

from hazama.coverage.space import REACHES, TownSpace
from hazama.coverage.ties import Ties, ties
from hazama.knowledge.labels import Label
from hazama.knowledge.limits import admits, admits_age
from hazama.model.boxes import boxes, is_limited
from hazama.model.cells import NO_LIMIT, NOT_RECORDED, AgeRange, Limit, Unset
from hazama.model.concepts import Dimension
from hazama.model.records import Eligibility, Program

__all__ = ["Answer", "Household", "Person", "Reached", "Served", "persona"]

Key = TypeVar("Key")
Sureness = Literal["certain", "possible"]


@dataclass(frozen=True, slots=True)
class Person:
    """One person: age in completed years, needs and conditions by the ids of the concept lists."""

    name: Label
    age: int
    needs: tuple[str, ...]
    conditions: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Household:
    """People who live together and, for a shipped case, what it shows."""

    name: Label
    persons: tuple[Person, ...]
    shows: Label


@dataclass(frozen=True, slots=True)
class Reached:
    """A programme for a person's need: certain, or possible with the dimensions still to be looked up."""

    program: str
    sureness: Sureness
    row: Program | Eligibility
    open: tuple[str, ...]

    @property
    def silent(self) -> bool:
        """Whether its row records no limit at all, so that it says nothing of anybody."""
        return not is_limited(self.row.limits)


@dataclass(frozen=True, slots=True)
class Barred:
    """A programme for the need that one limit keeps away from the person."""

    program: str
    row: Program | Eligibility
    dimension: str


@dataclass(frozen=True, slots=True)
class Served:
    """One need of one person. Without ``reached`` the need is unmet; ``barred`` says what is one limit away."""

    person: Label
    need: str
    reached: tuple[Reached, ...]
    barred: tuple[Barred, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a town is to a household.

    ``agencies`` are the fewest (greedily chosen) that together carry every need that is met, by programmes
    for these people where there are any (a desk that takes whoever comes listens, and then passes on), so
    ``hand_offs`` is one less. ``desks`` are the programmes that take every need of the household. ``loose``
    are pairs of carriers with no hand-over and no shared body; ``unseen`` are pairs of needs that are both met,
    but by nobody who sees the two: no agency, no body, no hand-over. ``bodies`` could take the household: with how
    many of its needs somebody who meets them sits there, two at least if two are met. ``mismatch``: several persons
    have needs, and no programme but such as take whoever comes serves two of them.
    """

    household: Household
    served: tuple[Served, ...]
    agencies: tuple[str, ...]
    desks: tuple[str, ...]
    loose: tuple[tuple[str, str], ...]
    unseen: tuple[tuple[str, str], ...]
    bodies: tuple[tuple[str, int], ...]
    mismatch: bool

    @property
    def unmet(self) -> tuple[Served, ...]:
        """The needs nobody meets, be it only possibly."""
        return tuple(one for one in self.served if not one.reached)

    @property
    def hand_offs(self) -> int:
        """How often the household is passed on if every agency does its part."""
        return max(0, len(self.agencies) - 1)


def persona(town: TownSpace, household: Household, known: Ties | None = None) -> Answer:
    """The programmes of a town, at the space's level of reach, for each need of a household; *known* are its ties."""
    known, rows = known or ties(town.town), boxes(town.town)
    served = tuple(_served(town, rows, person, need) for person in household.persons for need in person.needs)
    closer = [_closer(town, one) for one in served]
    able = [known.of(programs) for programs in closer]
    agencies = tuple(_carriers(able))
    by_need = _together((one.need for one in served), closer)
    by_person = _together((one.person for one in served), closer)
    reached = [frozenset(one.program for one in each.reached) for each in served]
    return Answer(
        household,
        served,
        agencies,
        tuple(sorted(frozenset.intersection(*reached) if reached else ())),
        tuple((one, other) for one, other in combinations(agencies, 2) if not known.work_together(one, other)),
        tuple(
            (one, other)
            for one, other in combinations(by_need, 2)
            if not known.seen_together(by_need[one], by_need[other])
        ),
        _tables(able, known),
        len(by_person) > 1 and not any(one & other for one, other in combinations(by_person.values(), 2)),
    )


def _served(
    town: TownSpace, rows: Mapping[str, tuple[Program | Eligibility, ...]], person: Person, need: str
) -> Served:
    reached: list[Reached] = []
    barred: list[Barred] = []
    for id, program in town.programs.items():
        if not _for(program.needs, need):
            continue
        found = [_met(town, person, id, row) for row in rows[id]]
        best = min((one for one in found if isinstance(one, Reached)), key=lambda one: len(one.open), default=None)
        if best is not None:
            reached.append(best)
        else:
            barred += [one for one in found if isinstance(one, Barred)][:1]
    reached.sort(key=lambda one: (one.sureness, one.silent, _closeness(town.programs[one.program]), one.program))
    return Served(person.name, need, tuple(reached), tuple(barred))


def _closeness(program: Program) -> int:
    """0 for programmes made for these people, higher for those that take whoever comes."""
    return next((place for place, reach in enumerate(REACHES) if reach == program.reach), len(REACHES))


def _for(needs: Limit, need: str) -> bool:
    return needs is NO_LIMIT or (not isinstance(needs, Unset) and need in needs)


def _met(town: TownSpace, person: Person, program: str, row: Program | Eligibility) -> Reached | Barred | None:
    """What one row says to a person; None if two limits or more keep it away."""
    said = {
        axis.dimension.id: _state(axis.dimension, row, person) for axis in town.axes if axis.dimension.role == "limit"
    }
    no = [dimension for dimension, state in said.items() if state == "excluded"]
    if no:
        return Barred(program, row, no[0]) if len(no) == 1 else None
    unclear = tuple(dimension for dimension, state in said.items() if state == "not_recorded")
    return Reached(program, "possible" if unclear else "certain", row, unclear)


def _state(dimension: Dimension, row: Program | Eligibility, person: Person) -> str:
    limit = row.limits.get(dimension.id, NOT_RECORDED)
    if dimension.kind == "interval":
        return admits_age(limit if isinstance(limit, AgeRange) else AgeRange(), person.age)
    assert not isinstance(limit, AgeRange)
    told = person.conditions.get(dimension.id, ())
    if not told:
        return "covered" if limit is NO_LIMIT else "not_recorded"
    return admits(limit, told)


def _closer(town: TownSpace, entry: Served) -> frozenset[str]:
    """The programmes for this need that are not open to all; all of them if there is none."""
    every = frozenset(one.program for one in entry.reached)
    return frozenset(id for id in every if town.programs[id].reach != "open") or every


def _carriers(able: Iterable[frozenset[str]]) -> Iterator[str]:
    """Greedy set cover: the agency that can carry most of the needs still without one."""
    waiting = [agencies for agencies in able if agencies]
    while waiting:
        counts = Counter(chain.from_iterable(waiting))
        best = min(counts, key=lambda agency: (-counts[agency], agency))
        yield best
        waiting = [agencies for agencies in waiting if best not in agencies]


def _tables(able: Sequence[frozenset[str]], known: Ties) -> tuple[tuple[str, int], ...]:
    """The bodies with the number of needs that somebody there can carry, the most first."""
    seats = Counter(body for agencies in able for body in known.sat(agencies))
    least = min(2, sum(map(bool, able)))
    found = [(body, count) for body, count in seats.items() if count >= least]
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))


def _together(keys: Iterable[Key], closer: Sequence[frozenset[str]]) -> dict[Key, frozenset[str]]:
    """The programmes of all entries with the same key, where there are any."""
    found: dict[Key, frozenset[str]] = {}
    for key, programs in zip(keys, closer, strict=True):
        if programs:
            found[key] = found.get(key, frozenset()) | programs
    return found
