"""Governance: who never meets, which bodies hang in the air, which desk hands nobody on."""

from collections import defaultdict
from collections.abc import Iterator

from hazama.audits.audited import Audited, Lack, keys, lack
from hazama.audits.ledger import Carriers, Code
from hazama.audits.meetings import NOBODY, Meetings, Pair
from hazama.audits.rows import own
from hazama.coverage.ties import heirs
from hazama.knowledge.labels import Key
from hazama.model.findings import Gravity
from hazama.model.records import Program

HAND_OVER = ("refers_to", "links_residents_to")
"""Relations by which a desk passes a case on; a town's own count when they are narrower than one of these."""

DESKS_ARTICLE = ("106_2", "1")
"""社会福祉法106条の2第1項 lists the desks that must see to it that a case goes on."""


def never_meet(audited: Audited) -> Iterator[Lack]:
    """Agencies with programmes for the same people that are heard in no common body."""
    who = audited.meetings
    for pair, common in audited.common_work.items():
        if not who.meet(pair):
            one, other = agencies = keys("agencies", pair)
            yield lack(
                agencies,
                severity="high" if len(common.needs) >= 3 else "medium",
                one=one,
                other=other,
                needs=keys("needs", common.needs),
                programs=audited.some(keys("programs", common.programs), 2),
            )


def gone_owner(audited: Audited) -> Iterator[Lack]:
    """Programmes in the charge of a unit that is gone on the date that is asked about."""
    gone = {one.id for one in audited.whole.agencies} - {one.id for one in audited.town.agencies}
    for program in own(audited.town.programs):
        for owner in program.owner:
            if owner in gone:
                now = [one for one in heirs(audited.town.agencies, owner) if one != owner]
                yield lack(
                    [("programs", program.id), ("agencies", owner)],
                    wording="" if now else "_without_heir",
                    owner=("agencies", owner),
                    heirs=keys("agencies", now),
                )


def no_programme(audited: Audited) -> Iterator[Lack]:
    """Bodies without any programme: by a relation, by a theme, or by an agency that sits there."""
    who = audited.meetings
    owners = {owner for program in own(audited.town.programs) for owner in (*program.owner, *program.operators)}
    themes = {theme for program in own(audited.town.programs) for theme in program.themes}
    tied = _bodies_tied_to(audited, "programs")
    for body in own(audited.town.bodies):
        if not (who.seats.get(body.id, NOBODY) & owners or themes & set(body.theme) or body.id in tied):
            yield lack([("bodies", body.id)], provisions=body.basis)


def twins(audited: Audited) -> Iterator[Lack]:
    """Bodies with the same members and the same theme."""
    alike: dict[tuple[frozenset[str], tuple[str, ...]], list[str]] = defaultdict(list)
    for body in own(audited.town.bodies):
        seats = audited.meetings.seats.get(body.id, NOBODY)
        alike[seats, tuple(sorted(body.theme))].append(body.id)
    for (seats, _), bodies in alike.items():
        if len(bodies) > 1 and len(seats) > 1:
            yield lack(keys("bodies", sorted(bodies)), members=keys("agencies", sorted(seats)))


def no_hand_over(audited: Audited) -> Iterator[Lack]:
    """Consultation desks that 社会福祉法106条の2 names and from which no relation leads on."""
    passing = _handing_over(audited)
    article, desks = _desks(audited)
    law = audited.some(keys("provisions", article), 1)
    for program in desks:
        behind: list[Key] = [("programs", program.id), *keys("agencies", program.operators)]
        if passing.isdisjoint(behind):
            yield lack([("programs", program.id)], provisions=article, law=law)


def silo(audited: Audited) -> Iterator[Lack]:
    """How many of the pairs that serve the same people ever meet: one number a town can watch over years."""
    if pairs := len(audited.common_work):
        met = sum(map(audited.meetings.meet, audited.common_work))
        severity: Gravity = "low" if met == pairs else "medium"
        yield lack([], key="index", severity=severity, pairs=pairs, met=met, share=round(100 * met / pairs))


def seat(audited: Audited) -> Iterator[Lack]:
    """The one seat in a body that there is which would bring the most agencies together."""
    who = audited.meetings
    apart = [pair for pair in audited.common_work if not who.meet(pair)]
    best = max(_gains(apart, who).items(), key=lambda gain: (len(gain[1]), *map(_reversed, gain[0])), default=None)
    if best:
        (agency, body), partners = best
        yield lack(
            [("agencies", agency), ("bodies", body)],
            key="best",
            agency=("agencies", agency),
            body=("bodies", body),
            count=len(partners),
            total=len(apart),
            partners=keys("agencies", sorted(partners)),
        )


def new_body(audited: Audited) -> Iterator[Lack]:
    """The one new body, around one need, that would bring the most pairs together for each seat."""
    circles: dict[str, list[Pair]] = defaultdict(list)
    for pair, common in audited.common_work.items():
        for need in common.needs if not audited.meetings.meet(pair) else ():
            circles[need].append(pair)
    best = max(circles, key=lambda need: (_per_seat(circles[need]), _reversed(need)), default=None)
    if best:
        pairs = circles[best]
        members = keys("agencies", sorted({one for pair in pairs for one in pair}))
        yield lack(members, key="best", need=("needs", best), seats=len(members), count=len(pairs), members=members)


def _gains(apart: list[Pair], who: Meetings) -> dict[tuple[str, str], set[str]]:
    """For each agency and body: the partners it would meet there and meets nowhere now."""
    gains: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one, other in apart:
        for agency, partner in ((one, other), (other, one)):
            for body in who.bodies.get(partner, NOBODY):
                gains[agency, body].add(partner)
    return gains


def _per_seat(pairs: list[Pair]) -> tuple[float, int]:
    seats = {one for pair in pairs for one in pair}
    return len(pairs) / len(seats), len(pairs)


def _reversed(id: str) -> tuple[int, ...]:
    """Sorts ids backwards, so that the largest of several equal gains is the first by id."""
    return tuple(-ord(sign) for sign in id)


def _desks(audited: Audited) -> tuple[list[str], list[Program]]:
    """The paragraph that lists the desks, and the town's programmes that rest on what its items cite."""
    code, carriers = Code(audited.town.provisions), Carriers(audited.town)
    items = [
        one
        for one in audited.town.provisions
        if (one.article, one.paragraph) == DESKS_ARTICLE and one.item and one.cites
    ]
    served = {id for item in items for cited in item.cites for id in code.beneath(cited)}
    return sorted({item.parent for item in items if item.parent}), list(carriers.programs(served))


def _handing_over(audited: Audited) -> set[Key]:
    passing = frozenset().union(*(audited.names.family("predicates", one) for one in HAND_OVER))
    return {audited.end(link.subject) for link in audited.town.links if link.predicate in passing}


def _bodies_tied_to(audited: Audited, table: str) -> set[str]:
    """Bodies with a relation to a row of *table*."""
    ties = [(audited.end(link.subject), audited.end(link.object)) for link in audited.town.links]
    both_ways = [*ties, *(tie[::-1] for tie in ties)]
    return {id for (kind, id), (other, _) in both_ways if (kind, other) == ("bodies", table)}
