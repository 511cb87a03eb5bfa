"""What the town lacks, found once for the pages of both languages."""

from dataclasses import dataclass

from hazama.audits.audited import audited
from hazama.audits.run import findings
from hazama.coverage.household import Answer
from hazama.coverage.listing import Listing, listing
from hazama.coverage.research import BlankCells, research_list
from hazama.coverage.space import Reading, TownSpace, space
from hazama.coverage.totals import Split, totals
from hazama.model.findings import Finding
from hazama.site.ground import Ground

MOST_GAPS = 20
"""Gaps that a page lists for each reading; the command ``hazama gaps --all`` gives every one."""
MOST_SECONDS = 10.0
SUBJECTS = {
    "fragile": ("coverage:nothing", "coverage:absorbed", "coverage:fragile", "coverage:unclassified"),
    "duties": ("law",),
    "governance": ("governance",),
    "cases": ("continuity",),
    "open": ("challenges", "evidence"),
}
"""What findings are shown together: the name of a page with its groups or audits. Gaps have a page of their own."""
_GAPS = {"coverage:certain", "coverage:possible"}
"""Audits that say in one line a need what the page of gaps says gap by gap."""


@dataclass(frozen=True, slots=True)
class Read:
    """The gaps of the town in one reading of what is not recorded."""

    town: TownSpace
    listing: Listing
    cells: Split


@dataclass(frozen=True, slots=True)
class Lacks:
    """Gaps in both readings, what to look up first, findings, household cases."""

    certain: Read
    possible: Read
    research: tuple[BlankCells, ...]
    findings: tuple[Finding, ...]
    cases: tuple[Answer, ...]

    def about(self, subject: str) -> list[Finding]:
        """The findings of one of :data:`SUBJECTS`; what is of none stands under what is open."""
        places = [(one, {one.group, f"{one.group}:{one.audit}"}) for one in self.findings]
        every = _GAPS.union(*SUBJECTS.values())
        return [
            one for one, names in places if names & set(SUBJECTS[subject]) or (subject == "open" and not names & every)
        ]


def lacks(ground: Ground) -> Lacks:
    """Everything that the floors below find in the part of the town that counts."""
    certain, possible = read(ground, "certain"), read(ground, "possible")
    subject = audited(ground.whole, ground.scope)
    return Lacks(
        certain,
        possible,
        tuple(research_list(possible.town)),
        tuple(findings(subject, folder=ground.own)),
        tuple(subject.cases.values()),
    )


def read(ground: Ground, reading: Reading) -> Read:
    """The heaviest gaps of one reading, with the split of all cells."""
    town = space(ground.town, reading)
    return Read(town, listing(town, MOST_GAPS, MOST_SECONDS), totals(town.space).cells)
