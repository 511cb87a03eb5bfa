"""A household and what the town is to it: the same on the page of cases and on the desk of a server."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeAlias

from hazama.coverage.household import Answer, Served
from hazama.coverage.words import Speech
from hazama.site.desk import Desk
from hazama.site.pages.gaps import basis
from hazama.site.values import Link, Text

MOST_ENTRIES = 20
"""Programmes, bodies or pairs that one cell of a case lists."""


@dataclass(frozen=True, slots=True)
class MetEntry:
    """A programme that reaches a person, and the conditions that remain to be looked up."""

    program: Link
    reach: Text
    open: tuple[Text, ...]


Silent: TypeAlias = tuple[Link, tuple[MetEntry, ...]]
"""A need with the programmes for it that record no limit at all."""


@dataclass(frozen=True, slots=True)
class AwayEntry:
    """A programme that one limit keeps away: what the limit says, and what sets it."""

    program: Link
    limit: Text
    basis: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ServedEntry:
    """One person's need: programmes that reach it for certain, as far as recorded, or with nothing recorded."""

    person: Text
    need: Link
    certain: tuple[MetEntry, ...]
    possible: tuple[MetEntry, ...]
    silent: tuple[MetEntry, ...]
    away: tuple[AwayEntry, ...]


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """A household as a case, and what the town is to it."""

    name: Text
    shows: Text
    served: tuple[ServedEntry, ...]
    agencies: tuple[Link, ...]
    """The fewest that carry every need together."""
    desks: tuple[Link, ...]
    """Programmes that take every need."""
    bodies: tuple[tuple[Link, int], ...]
    """Bodies that could take the household, with how many of its needs a carrier sits there for."""
    unseen: tuple[tuple[Link, ...], ...]
    """Needs that are both met, and nobody sees both."""
    loose: tuple[tuple[Link, ...], ...]
    """Agencies between which nothing is stated that ties them."""
    mismatch: bool


def case_entry(desk: Desk, words: Speech, answer: Answer) -> CaseEntry:
    """What the town is to a household."""

    def links(kind: str, ids: Iterable[str]) -> tuple[Link, ...]:
        return tuple(desk.link((kind, id)) for id in ids)

    home = answer.household
    return CaseEntry(
        desk.names.text(home.name),
        desk.names.text(home.shows),
        tuple(_served(desk, words, one) for one in answer.served),
        links("agencies", answer.agencies),
        links("programs", answer.desks),
        tuple((desk.link(("bodies", id)), count) for id, count in answer.bodies),
        tuple(links("needs", pair) for pair in answer.unseen),
        tuple(links("agencies", pair) for pair in answer.loose),
        answer.mismatch,
    )


def silent_places(cases: Iterable[CaseEntry]) -> dict[Silent, str]:
    """Where a page tells the programmes that record no limit: once a need, as whoever has it meets the same ones."""
    places: dict[Silent, str] = {}
    for one in (one for case in cases for one in case.served if one.silent):
        again = sum(need == one.need for need, _ in places)
        name = f"silent-{PurePosixPath(one.need.page).stem}" + (f"-{again + 1}" if again else "")
        places.setdefault((one.need, one.silent), name)
    return places


def _served(desk: Desk, words: Speech, one: Served) -> ServedEntry:
    certain, possible, silent = list[MetEntry](), list[MetEntry](), list[MetEntry]()
    for found in one.reached:
        kind = certain if found.sureness == "certain" else silent if found.silent else possible
        open = tuple(desk.names.text(words.names.label("space", dimension)) for dimension in found.open)
        reach = desk.names.of(("reach", words.town.programs[found.program].reach))
        kind.append(MetEntry(desk.link(("programs", found.program)), reach, open))
    away = tuple(
        AwayEntry(
            desk.link(("programs", barred.program)),
            desk.names.text(words.limit(barred.row, words.town.axis(barred.dimension))),
            tuple(basis(desk, words, barred.row)),
        )
        for barred in one.barred
    )
    return ServedEntry(
        desk.names.text(one.person),
        desk.link(("needs", one.need)),
        tuple(certain),
        tuple(possible),
        tuple(silent),
        away,
    )
