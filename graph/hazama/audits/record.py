"""A finding as a record for JSON, CSV and the pages."""

from collections.abc import Iterable

from hazama.audits.register import Record, State
from hazama.knowledge.labels import place
from hazama.model.findings import Finding
from hazama.model.records import Row


def finding_record(finding: Finding, state: State, decided: Record | None, lang: str) -> dict[str, object]:
    """The finding in one language, with where it stands and what was decided about it."""
    return {
        "id": finding.id,
        "group": finding.group,
        "audit": finding.audit,
        "severity": finding.severity,
        "state": state,
        "subjects": list(finding.subjects),
        "sentence": finding.sentence(lang),
        "provision": list(finding.provisions),
        "people": finding.people,
        "sources": sources(finding.rows, lang),
        "next_step": finding.next_step(lang),
        "reason": decided.reason if decided else "",
        "until": decided.until if decided else "",
    }


def sources(rows: Iterable[Row], lang: str) -> list[dict[str, object]]:
    """Each row behind a finding: where it stands, how it is known, and what it rests on."""
    return [
        {
            "file": row.origin.file,
            "row": row.origin.row,
            "place": place(row).label(lang),
            "layer": row.layer,
            "status": row.status.value,
            "source": list(row.source),
            "locator": row.locator,
        }
        for row in rows
    ]
