"""Coverage: per need, whom nothing reaches, what hangs on one programme, what only the general counter takes.

A planner owns a need, so there is one finding a need: its heaviest gap stands for the others, and
its id stays when gaps beside it open or close. All gaps one by one are in ``hazama gaps``.
"""

from collections.abc import Iterator

from hazama.audits.audited import Audited, Lack, keys, lack, listed, told
from hazama.audits.rows import own
from hazama.coverage.boxes import bits
from hazama.coverage.listing import TownGap, absent, explained, slices
from hazama.coverage.rank import top
from hazama.coverage.research import research_list
from hazama.coverage.space import Reading, unclassified
from hazama.coverage.totals import reached, sole_demand
from hazama.coverage.words import Speech, speech
from hazama.knowledge.labels import Label
from hazama.model.cells import NO_LIMIT
from hazama.tables.columns import declaration

FRAGILE = 10
"""Programmes to name of those that alone serve the most."""

BLANKS = 10
"""Blank rows to name of those that decide the most."""


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
            yield lack([], key=one.need, need=("needs", one.need))


def absorbed(audited: Audited) -> Iterator[Lack]:
    """Needs that only programmes open to all take: nobody is there for these people in particular."""
    there = [one for one in audited.town.programs if one.reach != "indirect"]
    general = [one for one in there if one.needs is NO_LIMIT]
    for need in audited.town.schemes.get("needs", {}):
        particular = [one for one in there if isinstance(one.needs, tuple) and need in one.needs]
        takers = particular or general
        if takers and all(one.reach in ("open", "") for one in takers):
            yield lack(keys("programs", (one.id for one in takers)), key=need, need=("needs", need))


def fragile(audited: Audited) -> Iterator[Lack]:
    """Programmes of the town that alone serve the most: what opens if they end."""
    known = audited.space("certain")
    every = reached(known.space)
    alone = {id: demand for id, demand in sole_demand(known.space).items() if demand and not known.programs[id].layer}
    for id in sorted(alone, key=lambda one: (-alone[one], one))[:FRAGILE]:
        unit = Label(*told("unit_people" if known.people else "unit_cells"))
        yield lack([("programs", id)], share=f"{100 * alone[id] / every:.1f}", unit=unit)


def blank(audited: Audited) -> Iterator[Lack]:
    """Rows whose blank limits, once looked up, decide the most about whom nothing reaches."""
    known = audited.space("certain")
    for cells in research_list(known, BLANKS, audited.space("possible")):
        columns = listed(map(_heading, cells.columns), 12)
        wording = "_law" if known.programs[cells.program].layer else ""
        yield lack([("programs", cells.program)], key=cells.program, wording=wording, columns=columns)


def unclassified_programs(audited: Audited) -> Iterator[Lack]:
    """Programmes that cover nothing because nobody has said for which need or function: one finding for all."""
    if rows := own(unclassified(audited.town)):
        yield lack(keys("programs", (one.id for one in rows)), key="all")


def _gaps(audited: Audited, reading: Reading) -> Iterator[Lack]:
    known = audited.space(reading)
    words, need = speech(known), known.axis("needs")
    for within in slices(known):
        for gap in top(known.space, 1, within=within).gaps:
            id = known.axes[need].ids[next(bits(within[need]))]
            yield _gap(id, explained(words, gap), words)


def _gap(need: str, gap: TownGap, words: Speech) -> Lack:
    """The heaviest gap for a need; its next step depends on whether something is near, and who sets its limit."""
    if not gap.misses:
        return lack([], key=need, wording="_alone", people=gap.people, sentence=gap.sentence)
    nearest = gap.misses[0].box
    program = ("programs", nearest.program)
    return lack(
        [program],
        key=need,
        wording="_law" if words.town.programs[nearest.program].layer else "",
        provisions=words.provisions(words.town.rows[nearest.key]),
        people=gap.people,
        sentence=gap.sentence,
        program=program,
    )


def _heading(name: str) -> Label:
    column = declaration()["programs"].column(name)
    return Label(column.title("ja"), column.title("en")) if column else Label(name, name)
