"""Every audit there is. To add one in Python, write the function and name it here and in the words.

One that is a pattern in the graph needs no Python: see :mod:`hazama.audits.patterns`.
"""

from dataclasses import dataclass

from hazama.audits import continuity, coverage, evidence, governance, households, law, structure
from hazama.audits.audited import Audit
from hazama.resources import words

GROUPS = ("coverage", "law", "governance", "continuity", "challenges", "evidence")


@dataclass(frozen=True, slots=True)
class Registered:
    """An audit with its place."""

    group: str
    name: str
    run: Audit

    def title(self, lang: str) -> str:
        """What the audit finds, in ``ja`` or ``en``."""
        return words("audits")[f"title_{self.group}_{self.name}"][lang]


AUDITS = (
    Registered("coverage", "certain", coverage.certain),
    Registered("coverage", "nothing", coverage.nothing),
    Registered("coverage", "possible", coverage.possible),
    Registered("coverage", "absorbed", coverage.absorbed),
    Registered("coverage", "fragile", coverage.fragile),
    Registered("coverage", "unclassified", coverage.unclassified_programs),
    Registered("law", "duty", law.duty),
    Registered("law", "best_effort", law.best_effort),
    Registered("law", "optional", law.optional),
    Registered("law", "not_in_force", law.not_in_force),
    Registered("law", "amended", law.amended),
    Registered("law", "upcoming", law.upcoming),
    Registered("law", "bearer_unknown", law.bearer_unknown),
    Registered("law", "projects", law.project_cells),
    Registered("governance", "never_meet", governance.never_meet),
    Registered("governance", "silo", governance.silo),
    Registered("governance", "seat", governance.seat),
    Registered("governance", "new_body", governance.new_body),
    Registered("governance", "no_hand_over", governance.no_hand_over),
    Registered("governance", "gone_owner", governance.gone_owner),
    Registered("governance", "no_programme", governance.no_programme),
    Registered("governance", "twins", governance.twins),
    Registered("governance", "cycles", structure.cycles),
    Registered("governance", "cut_points", structure.cut_points),
    Registered("governance", "bridges", structure.bridges),
    Registered("continuity", "unmet", households.unmet),
    Registered("continuity", "cliff", continuity.cliff),
    Registered("continuity", "hand_offs", households.hand_offs),
    Registered("evidence", "blank", coverage.blank),
    Registered("evidence", "no_source", evidence.no_source),
    Registered("evidence", "old_source", evidence.old_source),
    Registered("evidence", "inferred", evidence.inferred),
    Registered("evidence", "undated_law", evidence.undated_law),
)
