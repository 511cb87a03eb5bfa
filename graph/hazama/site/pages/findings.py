"""Findings (所見) by subject: fragile support, law, governance, households, what is still open."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from hazama.audits import audits
from hazama.coverage.household import Answer, Served
from hazama.model.findings import Finding, Gravity
from hazama.model.records import Eligibility, Row
from hazama.site.desk import Desk
from hazama.site.lacks import SUBJECTS, Lacks
from hazama.site.values import Link, Page, Text

MOST_FINDINGS = 80
"""Findings of one audit that a page lists, the gravest first; ``hazama audit`` gives every one."""


@dataclass(frozen=True, slots=True)
class FindingEntry:
    """One lack, with the law, the rows and the next step."""

    id: str
    severity: Gravity
    sentence: Text
    next_step: Text
    provisions: tuple[Link, ...]
    rows: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class AuditPart:
    """The findings of one audit."""

    id: str
    title: str
    findings: tuple[FindingEntry, ...]
    count: int
    """All of them, listed or not."""


@dataclass(frozen=True, slots=True)
class ServedEntry:
    """One person's need and the programmes that reach it."""

    person: str
    need: Link
    programs: tuple[tuple[Link, Text, int], ...]
    """Programme, reach, and how many conditions remain to be looked up."""


@dataclass(frozen=True, slots=True)
class CaseEntry:
    """A household as a case, and what the town is to it."""

    name: Text
    shows: Text
    served: tuple[ServedEntry, ...]
    hand_offs: int
    loose: tuple[tuple[Link, Link], ...]
    """Agencies between which nothing is stated that ties them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsPage(Page):
    """The findings of one subject, the gravest first; household cases where the subject is households."""

    parts: tuple[AuditPart, ...]
    count: int
    cases: tuple[CaseEntry, ...] = ()


def findings_pages(desk: Desk, found: Lacks) -> Iterator[FindingsPage]:
    """The pages of :data:`~hazama.site.lacks.SUBJECTS`."""
    titles = {(one.group, one.name): one.title(desk.lang) for one in audits(desk.ground.own)}
    pages = _pages_by_origin(desk)
    for name in SUBJECTS:
        chosen = found.about(name)
        yield FindingsPage(
            address=f"{name}.html",
            title=desk.said(f"nav_{name}"),
            section=f"{name}.html",
            lead=desk.words(f"{name}_lead"),
            parts=tuple(_parts(desk, chosen, titles, pages)),
            count=len(chosen),
            cases=tuple(_case(desk, answer) for answer in found.cases) if name == "cases" else (),
        )


def _parts(
    desk: Desk, chosen: Sequence[Finding], titles: dict[tuple[str, str], str], pages: dict[object, str]
) -> Iterator[AuditPart]:
    for group, name in dict.fromkeys((one.group, one.audit) for one in chosen):
        some = [one for one in chosen if (one.group, one.audit) == (group, name)]
        listed = tuple(_entry(desk, one, pages) for one in some[:MOST_FINDINGS])
        yield AuditPart(f"{group}-{name}", titles[group, name], listed, len(some))


def _entry(desk: Desk, finding: Finding, pages: dict[object, str]) -> FindingEntry:
    return FindingEntry(
        finding.id,
        finding.severity,
        Text(finding.sentence(desk.lang), desk.lang),
        Text(finding.next_step(desk.lang), desk.lang),
        tuple(desk.link(("provisions", id)) for id in finding.provisions),
        tuple(Link(Text(desk.cells.row_name(row), desk.lang), pages.get(_place(row), "")) for row in finding.rows),
    )


def _pages_by_origin(desk: Desk) -> dict[object, str]:
    """The page that shows a row, by where the row stands."""
    ground = desk.ground
    found: dict[object, str] = {
        _place(row): ground.pages[key] for key, row in ground.rows.items() if key in ground.pages
    }
    for row in ground.whole.eligibility:
        found[_place(row)] = ground.pages.get(("programs", row.program), "")
    return found


def _place(row: Row | Eligibility) -> object:
    return row.layer, row.origin


def _case(desk: Desk, answer: Answer) -> CaseEntry:
    return CaseEntry(
        Text(answer.household.title(desk.lang), desk.lang),
        Text(answer.household.shows[desk.lang == "en"], desk.lang),
        tuple(_served(desk, answer.household.called(one.person, desk.lang), one) for one in answer.served),
        answer.hand_offs,
        tuple((desk.link(("agencies", one)), desk.link(("agencies", other))) for one, other in answer.loose),
    )


def _served(desk: Desk, person: str, one: Served) -> ServedEntry:
    programs = (
        (
            desk.link(("programs", found.program)),
            desk.names.of(("reach", desk.ground.rows["programs", found.program].reach)),  # type: ignore[attr-defined]
            len(found.open),
        )
        for found in one.reached
    )
    return ServedEntry(person, desk.link(("needs", one.need)), tuple(programs))
