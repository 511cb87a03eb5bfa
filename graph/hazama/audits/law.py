"""Law: what nobody carries out, what rests on nothing, and what the law has changed beneath."""

import re
from collections.abc import Iterator
from datetime import date

from hazama.audits.audited import Audited, found, listed, told
from hazama.audits.ledger import Carriers, Entry, ledger
from hazama.audits.projects import Cell, projects
from hazama.audits.rows import own
from hazama.knowledge.labels import Label
from hazama.model.dates import Day
from hazama.model.findings import Finding, Gravity
from hazama.model.records import Body, Law, Program, Provision

_SEVERITY: dict[str, Gravity] = {"duty": "high", "best_effort": "medium", "optional": "low"}
_DAY = re.compile(r"\d{4}(?:-\d{2}){0,2}")


def duty(audited: Audited) -> Iterator[Finding]:
    """Duties (義務) of the town that nothing carries out."""
    return _orphans(audited, "duty")


def best_effort(audited: Audited) -> Iterator[Finding]:
    """Duties of effort (努力義務) that nothing carries out."""
    return _orphans(audited, "best_effort")


def optional(audited: Audited) -> Iterator[Finding]:
    """What the town may do (任意) and does not."""
    return _orphans(audited, "optional")


def _orphans(audited: Audited, modality: str) -> Iterator[Finding]:
    orphans = {one.provision.id: one for one in ledger(audited.town) if one.is_orphan and one.bearers}
    for entry in orphans.values():
        if entry.provision.modality == modality and entry.provision.parent not in orphans:
            yield _orphan(audited, entry)


def _orphan(audited: Audited, entry: Entry) -> Finding:
    provision = entry.provision
    return found(
        audited,
        f"law.{provision.modality}",
        _SEVERITY[provision.modality],
        [("provisions", provision.id)],
        provisions=[provision.id],
        law=audited.name("provisions", provision.id),
        heading=Label(provision.heading, provision.summary_en.rstrip(".") or provision.heading),
        id=provision.id,
    )


def bearer_unknown(audited: Audited) -> Iterator[Finding]:
    """Duties that do not say whom they bind, as far as the table knows: one finding for all of them."""
    nobodys = [one.provision for one in ledger(audited.town) if not one.bearers]
    duties = [one for one in nobodys if one.modality != "optional"]
    if duties:
        names = listed(audited.name("provisions", one.id) for one in duties)
        subjects = [("provisions", one.id) for one in duties]
        yield found(audited, "law.bearer_unknown", "low", subjects, key="all", count=len(duties), names=names)


def not_in_force(audited: Audited) -> Iterator[Finding]:
    """Programmes and bodies whose basis does not hold on the date that is asked about."""
    day = audited.scope.as_of
    if day is None:
        return
    provisions = {one.id: one for one in audited.whole.provisions}
    laws = {one.id: one for one in audited.whole.laws}
    for table, row in _resting(audited):
        for basis in row.basis:
            provision = provisions.get(basis)
            if provision and not _holds(provision, laws.get(provision.law), day):
                yield found(
                    audited,
                    "law.not_in_force",
                    "high",
                    [(table, row.id), ("provisions", basis)],
                    provisions=[basis],
                    name=audited.name(table, row.id),
                    law=audited.name("provisions", basis),
                    date=day.isoformat(),
                    since=_span(provision),
                )


def amended(audited: Audited) -> Iterator[Finding]:
    """Programmes whose law changed after they were last checked: 再確認."""
    day = audited.scope.as_of or date.max
    provisions = {one.id: one for one in audited.whole.provisions}
    laws = {one.id: one for one in audited.whole.laws}
    for program in own(audited.town.programs):
        for basis in program.basis if program.checked else ():
            provision = provisions.get(basis)
            change = provision and _changed(provision, laws.get(provision.law), program.checked, day)
            if change:
                yield found(
                    audited,
                    "law.amended",
                    "medium",
                    [("programs", program.id), ("provisions", basis)],
                    provisions=[basis],
                    name=audited.name("programs", program.id),
                    law=audited.name("provisions", basis),
                    change=str(change),
                    checked=str(program.checked),
                    id=program.id,
                )


def upcoming(audited: Audited) -> Iterator[Finding]:
    """Acts with an amendment ahead that programmes or bodies of the town rest on; one finding an act."""
    carriers = Carriers(audited.town)
    for law in audited.town.laws:
        change = next_change(law)
        provisions = [one.id for one in audited.town.provisions if one.law == law.id]
        resting = [*carriers.programs(provisions), *carriers.bodies(provisions)]
        if change and resting and (audited.scope.as_of is None or change.first > audited.scope.as_of):
            names = listed(Label(one.name, one.name_en) for one in resting)
            yield found(
                audited,
                "law.upcoming",
                "low",
                [("laws", law.id)],
                law=audited.name("laws", law.id),
                change=Label(law.next_change, str(change)),
                count=len(resting),
                names=names,
            )


def project_cells(audited: Audited) -> Iterator[Finding]:
    """Cells of the multi-layered support project where the law lists a programme and the town has none, or neither."""
    for cell in projects(audited):
        if cell.answer in ("listed_only", "neither"):
            yield _cell_finding(audited, cell)


def _cell_finding(audited: Audited, cell: Cell) -> Finding:
    place = cell.listed or cell.items
    return found(
        audited,
        "law.projects",
        "medium" if cell.answer == "listed_only" else "low",
        [("provisions", one.id) for one in place],
        provisions=[one.id for one in place],
        key=f"{cell.project}.{cell.field}",
        wording=f"law_projects_{cell.answer}",
        project=audited.name("functions", cell.project),
        field=audited.name("fields", cell.field),
        law=listed(audited.name("provisions", one.id) for one in place),
        unchecked=Label("", "") if cell.is_checked else Label(*told("unchecked_law")),
    )


def next_change(law: Law) -> Day | None:
    """The day at the head of ``next_change``: 2027-04-01 of 「2027-04-01 令和8年法律第51号」."""
    match = _DAY.match(law.next_change)
    return Day(match[0]) if match else None


def _resting(audited: Audited) -> Iterator[tuple[str, Program | Body]]:
    yield from (("programs", one) for one in own(audited.town.programs))
    yield from (("bodies", one) for one in own(audited.town.bodies))


def _holds(provision: Provision, law: Law | None, day: date) -> bool:
    return provision.in_force(day) and (law is None or law.in_force(day))


def _span(provision: Provision) -> str:
    return f"{provision.since or ''}〜{provision.until or ''}"


def _changed(provision: Provision, law: Law | None, checked: Day | None, day: date) -> Day | None:
    ahead = next_change(law) if law else None
    changes = [one for one in (provision.since, ahead) if one and checked and checked.last < one.first <= day]
    return max(changes, default=None)
