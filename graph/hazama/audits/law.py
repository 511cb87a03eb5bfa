"""Law: what nobody carries out, what rests on nothing, and what the law has changed beneath."""

import re
from collections.abc import Iterator
from datetime import date

from hazama.audits.audited import Audit, Audited, Lack, keys, lack, told
from hazama.audits.ledger import Carriers, ledger
from hazama.audits.projects import projects
from hazama.audits.rows import own
from hazama.knowledge.labels import Label
from hazama.model.dates import Day
from hazama.model.records import Body, Law, Program, Provision

_DAY = re.compile(r"\d{4}(?:-\d{2}){0,2}")


def orphans(modality: str) -> Audit:
    """The audit for duties (義務), duties of effort (努力義務) or options (任意) that nothing carries out."""

    def lacks(audited: Audited) -> Iterator[Lack]:
        alone = {one.provision.id: one.provision for one in ledger(audited.town) if one.is_orphan and one.bearers}
        for id, provision in alone.items():
            if provision.modality == modality and provision.parent not in alone:
                yield lack([("provisions", id)], provisions=[id], law=_headed(audited, provision))

    return lacks


def bearer_unknown(audited: Audited) -> Iterator[Lack]:
    """Duties that do not say whom they bind, as far as the table knows: one finding for all of them."""
    nobodys = [one.provision for one in ledger(audited.town) if not one.bearers]
    if duties := [one.id for one in nobodys if one.modality != "optional"]:
        yield lack(keys("provisions", duties), key="all")


def not_in_force(audited: Audited) -> Iterator[Lack]:
    """Programmes and bodies whose basis does not hold on the date that is asked about."""
    day = audited.scope.as_of
    for table, row, provision, law in _based(audited):
        if day and not (provision.in_force(day) and (law is None or law.in_force(day))):
            yield lack(
                [(table, row.id), ("provisions", provision.id)],
                provisions=[provision.id],
                law=("provisions", provision.id),
                date=day.isoformat(),
                since=f"{provision.since or ''}〜{provision.until or ''}",
            )


def amended(audited: Audited) -> Iterator[Lack]:
    """Programmes whose law changed after they were last checked: 再確認."""
    day = audited.scope.as_of or date.max
    for table, row, provision, law in _based(audited):
        checked = row.checked if isinstance(row, Program) else None
        change = checked and _changed(provision, law, checked, day)
        if change:
            yield lack(
                [(table, row.id), ("provisions", provision.id)],
                provisions=[provision.id],
                law=("provisions", provision.id),
                change=str(change),
                checked=str(checked),
            )


def upcoming(audited: Audited) -> Iterator[Lack]:
    """Acts with an amendment ahead that programmes or bodies of the town rest on; one finding an act."""
    carriers, day = Carriers(audited.town), audited.scope.as_of
    for law in audited.town.laws:
        change = next_change(law)
        provisions = [one.id for one in audited.town.provisions if one.law == law.id]
        resting = carriers.resting(provisions)
        if change and resting and (day is None or change.first > day):
            said = Label(law.next_change, str(change))
            yield lack([("laws", law.id)], law=("laws", law.id), change=said, count=len(resting), names=resting)


def project_cells(audited: Audited) -> Iterator[Lack]:
    """Cells of the multi-layered support project where the law lists a programme and the town has none, or neither."""
    for cell in projects(audited):
        if cell.answer in ("listed_only", "neither"):
            place = [one.id for one in cell.listed or cell.items]
            yield lack(
                keys("provisions", place),
                key=f"{cell.project}.{cell.field}",
                wording=f"_{cell.answer}",
                severity="medium" if cell.answer == "listed_only" else "low",
                provisions=place,
                project=("functions", cell.project),
                field=("fields", cell.field),
                law=keys("provisions", place),
                unchecked="" if cell.is_checked else Label(*told("unchecked_law")),
            )


def _headed(audited: Audited, provision: Provision) -> Label:
    """Where it stands in the law with its heading, unless the heading has to stand for an unchecked place."""
    law = audited.name("provisions", provision.id)
    heading = Label(provision.heading, provision.summary_en.rstrip(".") or provision.heading)
    return law if provision.heading in law.ja else Label(*told("headed", law=law, heading=heading))


def next_change(law: Law) -> Day | None:
    """The day at the head of ``next_change``: 2027-04-01 of 「2027-04-01 令和8年法律第51号」."""
    match = _DAY.match(law.next_change)
    return Day(match[0]) if match else None


def _based(audited: Audited) -> Iterator[tuple[str, Program | Body, Provision, Law | None]]:
    """Each row of the town with each provision it names as its basis, and the act of that."""
    provisions = {one.id: one for one in audited.whole.provisions}
    laws = {one.id: one for one in audited.whole.laws}
    rows: list[tuple[str, Program | Body]] = [("programs", one) for one in own(audited.town.programs)]
    rows += [("bodies", one) for one in own(audited.town.bodies)]
    for table, row in rows:
        for basis in row.basis:
            if provision := provisions.get(basis):
                yield table, row, provision, laws.get(provision.law)


def _changed(provision: Provision, law: Law | None, checked: Day, day: date) -> Day | None:
    ahead = next_change(law) if law else None
    changes = [one for one in (provision.since, ahead) if one and checked.last < one.first <= day]
    return max(changes, default=None)
