"""Coverage: per need, whom nothing reaches, what hangs on one programme, what only the general counter takes.

A planner owns a need, so there is one finding a need: its heaviest gap stands for the others, and
its id stays when gaps beside it open or close. All gaps one by one are in ``hazama gaps``.
"""

from collections.abc import Iterator

from hazama.audits.audited import Audited, Lack, keys, text
from hazama.coverage import space
from hazama.coverage.boxes import bits
from hazama.coverage.listing import absent, explained, slices
from hazama.coverage.rank import top
from hazama.coverage.totals import reached, sole_demand
from hazama.coverage.words import speech
from hazama.model.cells import NO_LIMIT
from hazama.model.town import own

FRAGILE = 10
"""Programmes to name of those that alone serve the most."""


def certain(audited: Audited) -> Iterator[Lack]:
    """Needs with people whom no programme reaches, even if every blank limit turns out to be none."""
    return _gaps(audited, "certain")


def possible(audited: Audited) -> Iterator[Lack]:
    """Needs with people whom no programme is known to reach."""
    return _gaps(audited, "possible")


def nothing(audited: Audited) -> Iterator[Lack]:
    """Needs for which the town has no programme at all."""
    known = audited.space("certain")
    every = len(known.axes[known.axis("functions")].ids)
    for one in absent(known):
        if len(one.functions) == every:
            yield Lack([], {"need": ("needs", one.need)}, key=one.need)


def absorbed(audited: Audited) -> Iterator[Lack]:
    """Needs that only programmes open to all take: nobody is there for these people in particular."""
    there = [one for one in audited.town.programs if one.reach != "indirect"]
    general = [one for one in there if one.needs is NO_LIMIT]
    for need in audited.town.schemes.get("needs", {}):
        takers = [one for one in there if isinstance(one.needs, tuple) and need in one.needs] or general
        if takers and all(one.reach in ("open", "") for one in takers):
            yield Lack(keys("programs", (one.id for one in takers)), {"need": ("needs", need)}, key=need)


def fragile(audited: Audited) -> Iterator[Lack]:
    """Programmes of the town that alone serve the most: what opens if they end."""
    known = audited.space("certain")
    every, unit = reached(known.space), text("unit_people" if known.people else "unit_cells")
    alone = {id: demand for id, demand in sole_demand(known.space).items() if demand and not known.programs[id].layer}
    for id in sorted(alone, key=lambda one: (-alone[one], one))[:FRAGILE]:
        yield Lack([("programs", id)], {"share": f"{100 * alone[id] / every:.1f}", "unit": unit})


def unclassified(audited: Audited) -> Iterator[Lack]:
    """Programmes that cover nothing because nobody has said for which need or function: one finding for all."""
    if rows := own(space.unclassified(audited.town)):
        yield Lack(keys("programs", (one.id for one in rows)), key="all")


def _gaps(audited: Audited, reading: space.Reading) -> Iterator[Lack]:
    """The heaviest gap of each need; its next step depends on whether something is near, and who sets its limit."""
    known = audited.space(reading)
    words, need = speech(known), known.axis("needs")
    for within in slices(known):
        for found in top(known.space, 1, within=within).gaps:
            gap, id = explained(words, found), known.axes[need].ids[next(bits(within[need]))]
            if not gap.misses:
                yield Lack([], {"sentence": gap.sentence}, id, "_alone", people=gap.people)
                continue
            nearest = gap.misses[0].box
            about = [("programs", nearest.program)]
            wording = "_law" if known.programs[nearest.program].layer else ""
            law = words.provisions(known.rows[nearest.key])
            places = {"sentence": gap.sentence, "program": about[0]}
            yield Lack(about, places, id, wording, provisions=law, people=gap.people)
