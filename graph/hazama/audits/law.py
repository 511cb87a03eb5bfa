"""Law: what nobody carries out, what rests on nothing, and what the law has changed beneath."""

import re
from collections.abc import Iterator
from datetime import date
from functools import partial

from hazama.audits.audited import Audited, Lack, Places, keys, text, told
from hazama.audits.ledger import Carriers, ledger
from hazama.audits.projects import projects as cells
from hazama.knowledge.labels import Key, Label
from hazama.model.dates import Day
from hazama.model.records import Body, Law, Program, Provision
from hazama.model.town import own

_DAY = re.compile(r"\d{4}(?:-\d{2}){0,2}")


def _orphans(audited: Audited, modality: str) -> Iterator[Lack]:
    """Provisions of one modality that nothing carries out; of a provision and its parts, the provision."""
    alone = {one.provision.id: one.provision for one in ledger(audited.town) if one.is_orphan and one.bearers}
    for id, provision in alone.items():
        if provision.modality == modality and provision.parent not in alone:
            yield Lack([("provisions", id)], {"law": _headed(audited, provision)}, provisions=[id])


duty = partial(_orphans, modality="duty")
"""Duties (義務) that nothing carries out."""
best_effort = partial(_orphans, modality="best_effort")
"""Duties of effort (努力義務)."""
optional = partial(_orphans, modality="optional")
"""Options (任意)."""


def bearer_unknown(audited: Audited) -> Iterator[Lack]:
    """Duties that do not say whom they bind, as far as the table knows: one finding for all of them."""
    nobodys = [one.provision for one in ledger(audited.town) if not one.bearers]
    if duties := [one.id for one in nobodys if one.modality != "optional"]:
        yield Lack(keys("provisions", duties), key="all")


def not_in_force(audited: Audited) -> Iterator[Lack]:
    """Programmes and bodies whose basis does not hold on the date that is asked about."""
    day = audited.scope.as_of
    for key, _, provision, law in _based(audited):
        if day and not (provision.in_force(day) and (law is None or law.in_force(day))):
            span = f"{provision.since or ''}〜{provision.until or ''}"
            yield _resting(key, provision, date=day.isoformat(), since=span)


def amended(audited: Audited) -> Iterator[Lack]:
    """Programmes whose law changed after they were last checked: 再確認."""
    day = audited.scope.as_of or date.max
    for key, row, provision, law in _based(audited):
        checked = row.checked if isinstance(row, Program) else None
        changes = [one for one in (provision.since, next_change(law) if law else None) if one]
        if checked and (late := [one for one in changes if checked.last < one.first <= day]):
            yield _resting(key, provision, change=str(max(late)), checked=str(checked))


def upcoming(audited: Audited) -> Iterator[Lack]:
    """Acts with an amendment ahead that programmes or bodies of the town rest on; one finding an act."""
    carriers, day = Carriers(audited.town), audited.scope.as_of
    for law in audited.town.laws:
        change = next_change(law)
        resting = carriers.resting([one.id for one in audited.town.provisions if one.law == law.id])
        if change and resting and (day is None or change.first > day):
            said = Label(law.next_change, str(change))
            places: Places = {"law": ("laws", law.id), "change": said, "count": len(resting), "names": resting}
            yield Lack([("laws", law.id)], places)


def projects(audited: Audited) -> Iterator[Lack]:
    """Cells of the multi-layered support project where the law lists a programme and the town has none, or neither."""
    for cell in cells(audited):
        if cell.answer in ("listed_only", "neither"):
            provisions = [one.id for one in cell.listed or cell.items]
            law = keys("provisions", provisions)
            yield Lack(
                law,
                {
                    "project": ("functions", cell.project),
                    "field": ("fields", cell.field),
                    "law": law,
                    "unchecked": "" if cell.is_checked else text("unchecked_law"),
                },
                key=f"{cell.project}.{cell.field}",
                wording=f"_{cell.answer}",
                severity="medium" if cell.answer == "listed_only" else "low",
                provisions=provisions,
            )


def next_change(law: Law) -> Day | None:
    """The day at the head of ``next_change``: 2027-04-01 of 「2027-04-01 令和8年法律第51号」."""
    match = _DAY.match(law.next_change)
    return Day(match[0]) if match else None


def _resting(key: Key, provision: Provision, **places: str) -> Lack:
    law = ("provisions", provision.id)
    return Lack([key, law], {"law": law, **places}, provisions=[provision.id])


def _headed(audited: Audited, provision: Provision) -> Label:
    """Where it stands in the law with its heading, unless the heading has to stand for an unchecked place."""
    law = audited.name("provisions", provision.id)
    heading = Label(provision.heading, provision.summary_en.rstrip(".") or provision.heading)
    return law if provision.heading in law.ja else Label(*told("headed", law=law, heading=heading))


def _based(audited: Audited) -> Iterator[tuple[Key, Program | Body, Provision, Law | None]]:
    """Each row of the town with each provision it names as its basis, and the act of that."""
    provisions = {one.id: one for one in audited.whole.provisions}
    laws = {one.id: one for one in audited.whole.laws}
    rows: dict[str, tuple[Program | Body, ...]] = {"programs": audited.town.programs, "bodies": audited.town.bodies}
    for table, some in rows.items():
        for row in own(some):
            for provision in (provisions[basis] for basis in row.basis if basis in provisions):
                yield (table, row.id), row, provision, laws.get(provision.law)
