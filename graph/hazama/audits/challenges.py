"""Challenges: what the town itself named as still to do, and nobody takes up."""

from collections import defaultdict
from collections.abc import Iterator

from hazama.audits.audited import Audited, found, listed, own
from hazama.knowledge.labels import Key
from hazama.model.findings import Finding
from hazama.model.records import Challenge

TAKING_UP = ("addresses", "may_address")
"""Relations by which a programme, a body or an agency takes a challenge up."""


def untaken(audited: Audited) -> Iterator[Finding]:
    """Challenges that no programme, body or agency takes up."""
    taken = _taken(audited)
    for challenge in own(audited.town.challenges):
        if challenge.kind != "background" and ("challenges", challenge.id) not in taken:
            yield found(
                audited,
                "challenges.untaken",
                "medium",
                [("challenges", challenge.id)],
                statement=audited.name("challenges", challenge.id),
                themes=listed((audited.name("themes", one) for one in challenge.theme), 2),
                id=challenge.id,
            )


def theme_only(audited: Audited) -> Iterator[Finding]:
    """Themes under which the town has challenges and no programme."""
    served = {theme for program in own(audited.town.programs) for theme in program.themes}
    challenges: dict[str, list[Challenge]] = defaultdict(list)
    for challenge in own(audited.town.challenges):
        for theme in challenge.theme:
            challenges[theme].append(challenge)
    for theme in sorted(challenges.keys() - served):
        yield found(
            audited,
            "challenges.theme_only",
            "high",
            [("themes", theme)],
            theme=audited.name("themes", theme),
            count=len(challenges[theme]),
        )


def _taken(audited: Audited) -> set[Key]:
    taking = frozenset().union(*(audited.names.family("predicates", one) for one in TAKING_UP))
    doers = {"programs", "bodies", "agencies"}
    ends = (
        (audited.end(link.subject), audited.end(link.object)) for link in audited.town.links if link.predicate in taking
    )
    return {about for doer, about in ends if doer[0] in doers and about[0] == "challenges"}
