"""Findings for others: a report in Markdown fit for a committee, records for JSON, CSV and the pages, triples."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path

from hazama.audits.audited import Value, audited, told
from hazama.audits.register import Record, State, counts, solved, state
from hazama.audits.run import audits
from hazama.knowledge import terms
from hazama.knowledge.addresses import Addresses
from hazama.knowledge.labels import Directory, place
from hazama.knowledge.terms import Triple
from hazama.knowledge.vocabulary import about, both
from hazama.knowledge.vocabulary import terms as terms_of
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
    name = town.layer.name if lang == "ja" else town.layer.name_en or town.layer.name
    date = str(scope.as_of) if scope.as_of else _say("report_all_times", lang)
    head = (_say("report_title", lang, town=name), _say("report_scope", lang, date=date))
    lines = [*head, _say("report_counts", lang, **counts(findings, records, scope.as_of))]
    lines = "\n\n".join(lines).split("\n")
    places = {audit: place for place, audit in enumerate(dict.fromkeys(map(_audit, findings)))}
    for audit, some in groupby(sorted(findings, key=lambda one: places[_audit(one)]), _audit):
        lines += ["", f"## {group_title(audit[0], lang)}: {titles[audit]}", ""]
        for finding in some:
            lines += _entry(finding, state(finding, records, scope.as_of), names, lang)
    if closed := solved(findings, records):
        lines += ["", f"## {_say('report_closed', lang)}", ""]
        lines += [f"- `{one.finding}` {_flat(one.reason)}".rstrip() for one in closed]
    return "\n".join(lines) + "\n"


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
        "sources": [_source(row, lang) for row in finding.rows],
        "next_step": finding.next_step(lang),
        "reason": decided.reason if decided else "",
        "until": decided.until if decided else "",
    }


def finding_triples(
    town: Municipality, scope: Scope, findings: Iterable[Finding], folder: Path | None = None
) -> Iterator[Triple]:
    """Each finding as ``hz:Finding``; the audit that made it is a ``prov:Activity`` that used the town's data.

    Asking the same on another day is another activity. *folder* is the town's, for its own audits.
    """
    addresses = Addresses(town)
    titles = {(one.group, one.name): one.titles for one in audits(folder)}
    day = f"/{scope.as_of}" if scope.as_of else ""
    told_of: set[str] = set()
    for finding in findings:
        audit = f"{finding.group}.{finding.audit}"
        activity = addresses.within("", f"audits/{audit}{day}")
        if activity not in told_of:
            told_of.add(activity)
            said = {
                "rdf:type": terms_of("hz:Audit", "prov:Activity"),
                "dct:identifier": terms.literal(audit),
                "dct:title": both(*titles[_audit(finding)]),
                "prov:used": addresses.within("", "dataset"),
                "dct:date": terms.calendar_day(scope.as_of) if scope.as_of else "",
            }
            yield from about(activity, said)
        yield from _finding(finding, activity, addresses)


def group_title(group: str, lang: str) -> str:
    """The name of a group of audits; its id where a town's own audit made it up."""
    entry = words("audits").get(f"group_{group}")
    return entry[lang] if entry else group


def _audit(finding: Finding) -> tuple[str, str]:
    return finding.group, finding.audit


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


def _source(row: Row, lang: str) -> dict[str, object]:
    """A row behind a finding: where it stands, how it is known, and what it rests on."""
    return {
        "file": row.origin.file,
        "row": row.origin.row,
        "place": place(row).label(lang),
        "layer": row.layer,
        "status": row.status.value,
        "source": list(row.source),
        "locator": row.locator,
    }


def _finding(finding: Finding, activity: str, addresses: Addresses) -> Iterator[Triple]:
    return about(
        addresses.within("", f"findings/{finding.id}"),
        {
            "rdf:type": terms_of("hz:Finding"),
            "dct:identifier": terms.literal(finding.id),
            "hz:severity": terms.literal(finding.severity),
            "prov:wasGeneratedBy": activity,
            "dct:description": both(*finding.sentences),
            "hz:nextStep": both(*finding.next_steps),
            "hz:peopleAffected": "" if finding.people is None else terms.decimal(finding.people),
            "hz:underProvision": [addresses.reference(("provisions",), id, "") for id in finding.provisions],
            "hz:about": [addresses.end(subject, "") for subject in finding.subjects],
            "prov:wasDerivedFrom": map(addresses.origin, finding.rows),
        },
    )


def _flat(text: str) -> str:
    """One line that Markdown leaves as it is."""
    return " ".join(text.split()).replace("<", "&lt;").replace("*", "\\*").replace("|", "\\|")


def _say(id: str, lang: str, **values: Value) -> str:
    return told(id, **values)[lang == "en"]
