"""What a town lacks, as findings; what was decided about them; what changed, and what others do."""

from hazama.audits.compare import Difference, compare
from hazama.audits.diff import Change, diff
from hazama.audits.ledger import Entry, ledger
from hazama.audits.projects import Cell, projects
from hazama.audits.register import REGISTER, Record, counts, decide, read_register, solved, state
from hazama.audits.report import finding_record, finding_triples, report
from hazama.audits.run import audit, audits, over_threshold
from hazama.audits.statute import Statute, law_record, provision_record, readings, statute
from hazama.model.findings import Finding

__all__ = [
    "REGISTER",
    "Cell",
    "Change",
    "Difference",
    "Entry",
    "Finding",
    "Record",
    "Statute",
    "audit",
    "audits",
    "compare",
    "counts",
    "decide",
    "diff",
    "finding_record",
    "finding_triples",
    "law_record",
    "ledger",
    "over_threshold",
    "projects",
    "provision_record",
    "read_register",
    "readings",
    "report",
    "solved",
    "state",
    "statute",
]
