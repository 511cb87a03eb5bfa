"""What a town lacks, as findings; what was decided about them; what changed, and what others do."""

from hazama.audits.compare import Difference, compare
from hazama.audits.diff import Change, diff
from hazama.audits.ledger import Entry, ledger
from hazama.audits.projects import Cell, projects
from hazama.audits.rdf import finding_triples
from hazama.audits.register import REGISTER, Record, decide, read_register, solved, state
from hazama.audits.report import finding_record, report
from hazama.audits.run import audit, audits, over_threshold
from hazama.audits.statute import Statute, statute
from hazama.audits.statute_rows import law_record, provision_record, readings
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
