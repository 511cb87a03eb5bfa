"""Coverage: per need, whom nothing reaches, what hangs on one programme, what only the general counter takes.

A planner owns a need, so there is one finding a need: its heaviest gap stands for the others, and
its id stays when gaps beside it open or close. All gaps one by one are in ``hazama gaps``.
"""

from collections.abc import Iterator

from hazama.audits.audited import Audited, found, listed, told
from hazama.audits.rows import own
from hazama.coverage.boxes import bits
from hazama.coverage.listing import TownGap, absent, explained, slices
from hazama.coverage.rank import top
from hazama.coverage.research import research_list
from hazama.coverage.space import Reading, TownSpace, space, unclassified
from hazama.coverage.totals import sole_demand, totals
from hazama.coverage.words import speech
from hazama.knowledge.labels import Key, Label
from hazama.model.cells import NO_LIMIT
from hazama.model.findings import Finding, Gravity
from hazama.tables.columns import declaration

FRAGILE = 10
"""Programmes to name of those that alone serve the most."""

BLANKS = 10
"""Blank rows to name of those that decide the most."""


def certain(audited: Audited) -> Iterator[Finding]:
    """Needs with people whom no programme reaches, even if every blank limit turns out to be none."""
    return _gaps(audited, "certain", "high")


def possible(audited: Audited) -> Iterator[Finding]:
    """Needs with people whom no programme is known to reach."""
    return _gaps(audited, "possible", "medium")


def nothing(audited: Audited) -> Iterator[Finding]:
    """Needs for which the town has no programme at all."""
    known = space(audited.town, "certain")
    every = len(known.axes[known.axis("functions")].ids)
    for one in absent(known):
        if len(one.functions) == every:
            need = audited.name("needs", one.need)
            yield found(audited, "coverage.nothing", "high", [], key=one.need, need=need)


def absorbed(audited: Audited) -> Iterator[Finding]:
    """Needs that only programmes open to all take: nobody is there for these people in particular."""
    there = [one for one in audited.town.programs if one.reach != "indirect"]
    general = [one for one in there if one.needs is NO_LIMIT]
    for need in audited.town.schemes.get("needs", {}):
        particular = [one for one in there if isinstance(one.needs, tuple) and need in one.needs]
        takers = particular or general
        if takers and all(one.reach in ("open", "") for one in takers):
            names = listed(audited.name("programs", one.id) for one in takers)
            subjects: list[Key] = [("programs", one.id) for one in takers]
            label = audited.name("needs", need)
            yield found(audited, "coverage.absorbed", "medium", subjects, key=need, need=label, names=names)


def fragile(audited: Audited) -> Iterator[Finding]:
    """Programmes of the town that alone serve the most: what opens if they end."""
    known = space(audited.town, "certain")
    split = totals(known.space).demand
    reached = split.one + split.more
    alone = {id: demand for id, demand in sole_demand(known.space).items() if demand and not known.programs[id].layer}
    for id in sorted(alone, key=lambda one: (-alone[one], one))[:FRAGILE]:
        yield found(
            audited,
            "coverage.fragile",
            "medium",
            [("programs", id)],
            name=audited.name("programs", id),
            share=Label(*(2 * (f"{100 * alone[id] / reached:.1f}",))),
            unit=_unit(known),
        )


def blank(audited: Audited) -> Iterator[Finding]:
    """Rows whose blank limits, once looked up, decide the most about whom nothing reaches."""
    for cells in research_list(space(audited.town, "certain"), BLANKS):
        program = cells.program
        names = listed(map(_heading, cells.columns), 12)
        yield found(
            audited,
            "evidence.blank",
            "medium",
            [("programs", program)],
            key=program,
            name=audited.name("programs", program),
            columns=names,
            id=program,
        )


def unclassified_programs(audited: Audited) -> Iterator[Finding]:
    """Programmes that cover nothing because nobody has said for which need or function: one finding for all."""
    blank_ones = own(unclassified(audited.town))
    if blank_ones:
        subjects: list[Key] = [("programs", one.id) for one in blank_ones]
        names = listed(audited.name("programs", one.id) for one in blank_ones)
        yield found(audited, "coverage.unclassified", "low", subjects, key="all", count=len(blank_ones), names=names)


def _gaps(audited: Audited, reading: Reading, severity: Gravity) -> Iterator[Finding]:
    known = space(audited.town, reading)
    words, need = speech(known), known.axis("needs")
    for within in slices(known):
        answer = top(known.space, 1, within=within)
        for gap in answer.gaps:
            id = known.axes[need].ids[next(bits(within[need]))]
            yield _gap(audited, f"coverage.{reading}", severity, id, explained(words, gap), known)


def _gap(audited: Audited, audit: str, severity: Gravity, need: str, gap: TownGap, known: TownSpace) -> Finding:
    nearest = gap.misses[0] if gap.misses else None
    row = known.rows[nearest.box.key] if nearest else None
    program = nearest.box.program if nearest else ""
    subjects: list[Key] = [("programs", program)] if program else []
    return found(
        audited,
        audit,
        severity,
        subjects,
        provisions=row.provision if row else (),
        people=gap.people,
        key=need,
        wording=audit.replace(".", "_") + _kind(known, program),
        sentence=gap.sentence,
        program=audited.name("programs", program) if program else Label("", ""),
    )


def _kind(known: TownSpace, program: str) -> str:
    """Which next step fits: nothing is near, the nearest is the town's own, or the law sets its limit."""
    if not program:
        return "_alone"
    return "_law" if known.programs[program].layer else ""


def _heading(name: str) -> Label:
    column = declaration()["programs"].column(name)
    return Label(column.title("ja"), column.title("en")) if column else Label(name, name)


def _unit(known: TownSpace) -> Label:
    return Label(*told("unit_people" if known.people else "unit_cells"))
