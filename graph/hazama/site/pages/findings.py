"""Findings (所見): all of them, and by subject: fragile support, law, governance, households, what is still open."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from hazama.audits import audits
from hazama.audits.audited import told
from hazama.audits.register import Record, read_register, state
from hazama.audits.report import group_title
from hazama.coverage.words import speech
from hazama.model.findings import Finding, Gravity
from hazama.model.records import Eligibility, Row
from hazama.site.desk import Desk
from hazama.site.lacks import SUBJECTS, Lacks
from hazama.site.pages.cases import CaseEntry, case_entry
from hazama.site.values import Link, Page, Text
from hazama.tables.writing import csv_bytes

EVERY = "findings"
"""The page of all findings."""
MOST_FINDINGS = 80
"""Findings of one audit that a page lists, the gravest first; ``hazama audit`` gives every one."""


@dataclass(frozen=True, slots=True)
class FindingEntry:
    """One lack, with the law, the rows and the next step."""

    id: str
    severity: Gravity
    state: Text
    """What the register says of it; nothing for a new one."""
    sentence: Text
    people: str
    """How many people, where the town has a population table and as many as may be told."""
    next_step: Text
    provisions: tuple[Link, ...]
    rows: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class AuditPart:
    """The findings of one audit."""

    id: str
    group: str
    title: str
    findings: tuple[FindingEntry, ...]
    count: int
    """All of them, listed or not."""
    grave: int
    """Those that weigh most."""
    decided: int
    """Those that the register accepts or plans for."""
    page: str = ""
    """The page that lists them, where it is another one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingsPage(Page):
    """The findings of one subject, the gravest first; household cases where the subject is households."""

    template: str = "findings.html"
    parts: tuple[AuditPart, ...]
    count: int
    cases: tuple[CaseEntry, ...] = ()


def findings_pages(desk: Desk, found: Lacks) -> Iterator[FindingsPage]:
    """The pages of :data:`~hazama.site.lacks.SUBJECTS`, and the page of all, which leads to them: said once."""
    auditor, told, words = _Auditor(desk), dict[str, AuditPart](), speech(found.certain.town)
    for name in SUBJECTS:
        chosen = found.about(name)
        page = desk.page(FindingsPage, name, parts=tuple(auditor.parts(chosen)), count=len(chosen))
        if name == "cases":
            page = replace(page, cases=tuple(case_entry(desk, words, answer) for answer in found.cases))
        told |= {part.id: replace(part, findings=(), page=page.address) for part in page.parts}
        yield page
    every = (told.get(part.id, part) for part in auditor.parts(found.findings))
    yield desk.page(FindingsPage, EVERY, parts=tuple(every), count=len(found.findings))


def need_findings(desk: Desk, found: Lacks) -> Mapping[str, Sequence[FindingEntry]]:
    """What the audits of coverage say of each need, its certain gap first."""
    auditor, said = _Auditor(desk), dict[str, list[FindingEntry]]()
    for one in found.findings:
        if one.group == "coverage" and one.key in desk.ground.whole.schemes.get("needs", {}):
            said.setdefault(one.key, []).append(auditor.entry(one))
    return said


def findings_csv(desk: Desk, found: Lacks) -> bytes:
    """Every finding as a line of a spreadsheet, with the same words as on the page."""
    names = ("severity", "group", "sentence", "people", "next_step", "law", "places", "state", "id")
    headings = [told(f"heading_{name}")[desk.lang == "en"] for name in names]
    return csv_bytes(headings, map(_Auditor(desk).line, found.findings))


class _Auditor:
    """Lays out findings, with what the town's register says of each."""

    def __init__(self, desk: Desk) -> None:
        ground = desk.ground
        self._desk = desk
        self._titles = {(one.group, one.name): one.title(desk.lang) for one in audits(ground.own)}
        self._pages = _pages_by_origin(desk)
        self._records: dict[str, Record] = read_register(ground.own) if ground.own else {}

    def parts(self, chosen: Sequence[Finding]) -> Iterator[AuditPart]:
        """The findings audit by audit, at most :data:`MOST_FINDINGS` of each."""
        for group, name in dict.fromkeys((one.group, one.audit) for one in chosen):
            some = [one for one in chosen if (one.group, one.audit) == (group, name)]
            yield AuditPart(
                f"{group}-{name}",
                group_title(group, self._desk.lang),
                self._titles[group, name],
                tuple(map(self.entry, some[:MOST_FINDINGS])),
                len(some),
                sum(one.severity == "high" for one in some),
                sum(self._state(one) in ("accepted", "planned") for one in some),
            )

    def line(self, finding: Finding) -> list[str]:
        """The cells of one finding."""
        entry, desk = self.entry(finding), self._desk
        return [
            desk.words(f"severity_{entry.severity}"),
            group_title(finding.group, desk.lang),
            entry.sentence.text,
            entry.people,
            entry.next_step.text,
            desk.words("comma").join(one.text.text for one in entry.provisions),
            desk.words("comma").join(one.text.text for one in entry.rows),
            told(f"state_{self._state(finding)}")[desk.lang == "en"],
            finding.id,
        ]

    def _state(self, finding: Finding) -> str:
        return state(finding, self._records, self._desk.ground.scope.as_of)

    def entry(self, finding: Finding) -> FindingEntry:
        """One finding as a line of a page."""
        desk, where = self._desk, self._state(finding)
        people = finding.people is not None and finding.people >= desk.ground.few
        return FindingEntry(
            finding.id,
            finding.severity,
            Text("" if where == "new" else told(f"state_{where}")[desk.lang == "en"], desk.lang),
            Text(finding.sentence(desk.lang), desk.lang),
            f"{finding.people:,.0f}" if people else "",
            Text(finding.next_step(desk.lang), desk.lang),
            tuple(desk.link(("provisions", id)) for id in finding.provisions),
            tuple(Link(Text(desk.row_name(one), desk.lang), self._pages.get(_place(one), "")) for one in finding.rows),
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
