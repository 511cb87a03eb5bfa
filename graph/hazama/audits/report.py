"""The findings as a report in Markdown, fit for a committee, and as records for JSON, CSV and the pages."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from hazama.audits.audited import Value, audited, told
from hazama.audits.register import Record, State, solved, state
from hazama.audits.run import audits
from hazama.knowledge.labels import Directory, place
from hazama.model.findings import Finding
from hazama.model.records import Row
from hazama.model.town import Municipality
from hazama.model.view import Scope
from hazama.resources import words


def report(
    town: Municipality,
    scope: Scope,
    findings: Sequence[Finding],
    records: Mapping[str, Record],
    lang: str,
    folder: Path | None = None,
) -> str:
    """The report of *findings*, in their order; it says what date and which evidence it speaks of."""
    names = audited(town, scope).names
    titles = {(one.group, one.name): one.title(lang) for one in audits(folder)}
    lines = list(_head(town, scope, findings, records, lang))
    for (group, name), some in _by_audit(findings).items():
        lines += ["", f"## {group_title(group, lang)}: {titles[group, name]}", ""]
        for finding in some:
            lines += _entry(finding, state(finding, records, scope.as_of), names, lang)
    return "\n".join([*lines, *_closed(solved(findings, records), lang)]) + "\n"


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


def _by_audit(findings: Sequence[Finding]) -> dict[tuple[str, str], list[Finding]]:
    groups: dict[tuple[str, str], list[Finding]] = {}
    for finding in findings:
        groups.setdefault((finding.group, finding.audit), []).append(finding)
    return groups


def group_title(group: str, lang: str) -> str:
    """The name of a group of audits; its id where a town's own audit made it up."""
    entry = words("audits").get(f"group_{group}")
    return entry[lang] if entry else group


def _head(
    town: Municipality, scope: Scope, findings: Sequence[Finding], records: Mapping[str, Record], lang: str
) -> Iterator[str]:
    states = [state(one, records, scope.as_of) for one in findings]
    yield _say("report_title", lang, town=town.layer.name if lang == "ja" else town.layer.name_en or town.layer.name)
    yield ""
    yield _say("report_scope", lang, date=str(scope.as_of) if scope.as_of else _say("report_all_times", lang))
    yield ""
    yield _say(
        "report_counts",
        lang,
        count=len(findings),
        new=sum(one in ("new", "returned", "reopened") for one in states),
        known=sum(one in ("accepted", "planned") for one in states),
        closed=len(solved(findings, records)),
    )


def _entry(finding: Finding, where: State, names: Directory, lang: str) -> Iterator[str]:
    severity, status = _say(f"severity_{finding.severity}", lang), _say(f"state_{where}", lang)
    yield f"- **{_flat(finding.sentence(lang))}** ({severity}, {status})"
    between = ", " if lang == "en" else "、"
    if finding.provisions:
        laws = between.join(names.label("provisions", one).label(lang) for one in finding.provisions)
        yield "  - " + _say("report_law", lang, law=laws)
    if finding.people is not None:
        yield "  - " + _say("report_people", lang, people=f"{finding.people:,.0f}")
    if finding.rows:
        rows = between.join(place(row).label(lang) for row in finding.rows[:8])
        yield "  - " + _say("report_rows", lang, rows=rows)
    yield "  - " + _say("report_next", lang, step=_flat(finding.next_step(lang)))
    yield f"  - `{finding.id}`"


def _closed(records: Sequence[Record], lang: str) -> Iterator[str]:
    if records:
        yield from ("", "## " + _say("report_closed", lang), "")
        yield from (f"- `{one.finding}` {_flat(one.reason)}".rstrip() for one in records)


def _flat(text: str) -> str:
    """One line that Markdown leaves as it is."""
    return " ".join(text.split()).replace("<", "&lt;").replace("*", "\\*").replace("|", "\\|")


def _say(id: str, lang: str, **values: Value) -> str:
    return told(id, **values)[lang == "en"]
