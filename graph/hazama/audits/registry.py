"""Every audit there is. To add one in Python, write the function and name it here and in the words.

One that is a pattern in the graph needs no Python: see :mod:`hazama.audits.patterns`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from hazama.audits import continuity, coverage, evidence, governance, law, structure
from hazama.audits.audited import Audit, Audited
from hazama.model.findings import Finding, Gravity
from hazama.resources import words

GROUPS = ("coverage", "law", "governance", "continuity", "challenges", "evidence")


@dataclass(frozen=True, slots=True)
class Registered:
    """An audit with its place, and how much what it finds weighs."""

    group: str
    name: str
    severity: Gravity
    lacks: Audit

    def title(self, lang: str) -> str:
        """What the audit finds, in ``ja`` or ``en``."""
        return words("audits")[f"title_{self.group}_{self.name}"][lang]

    def findings(self, audited: Audited) -> Iterator[Finding]:
        """What the town lacks, in words."""
        return (audited.finding(self.group, self.name, self.severity, one) for one in self.lacks(audited))


AUDITS = (
    Registered("coverage", "certain", "high", coverage.certain),
    Registered("coverage", "nothing", "high", coverage.nothing),
    Registered("coverage", "possible", "medium", coverage.possible),
    Registered("coverage", "absorbed", "medium", coverage.absorbed),
    Registered("coverage", "fragile", "medium", coverage.fragile),
    Registered("coverage", "unclassified", "low", coverage.unclassified_programs),
    Registered("law", "duty", "high", law.orphans("duty")),
    Registered("law", "best_effort", "medium", law.orphans("best_effort")),
    Registered("law", "optional", "low", law.orphans("optional")),
    Registered("law", "not_in_force", "high", law.not_in_force),
    Registered("law", "amended", "medium", law.amended),
    Registered("law", "upcoming", "low", law.upcoming),
    Registered("law", "bearer_unknown", "low", law.bearer_unknown),
    Registered("law", "projects", "medium", law.project_cells),
    Registered("governance", "never_meet", "medium", governance.never_meet),
    Registered("governance", "silo", "medium", governance.silo),
    Registered("governance", "seat", "low", governance.seat),
    Registered("governance", "new_body", "low", governance.new_body),
    Registered("governance", "no_hand_over", "medium", governance.no_hand_over),
    Registered("governance", "gone_owner", "medium", governance.gone_owner),
    Registered("governance", "no_programme", "low", governance.no_programme),
    Registered("governance", "twins", "low", governance.twins),
    Registered("governance", "cycles", "high", structure.cycles),
    Registered("governance", "cut_points", "medium", structure.cut_points),
    Registered("governance", "bridges", "medium", structure.bridges),
    Registered("continuity", "unmet", "high", continuity.unmet),
    Registered("continuity", "cliff", "medium", continuity.cliff),
    Registered("continuity", "hand_offs", "medium", continuity.hand_offs),
    Registered("evidence", "blank", "medium", coverage.blank),
    Registered("evidence", "no_source", "low", evidence.no_source),
    Registered("evidence", "old_source", "low", evidence.old_source),
    Registered("evidence", "inferred", "low", evidence.inferred),
    Registered("evidence", "undated_law", "low", evidence.undated_law),
)
