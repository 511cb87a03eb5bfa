"""Findings as triples, with what they came from (PROV): which audit, which data, as of when."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from hazama.audits.run import Audit, audits
from hazama.knowledge import terms
from hazama.knowledge.addresses import Addresses
from hazama.knowledge.terms import Triple
from hazama.knowledge.vocabulary import about, both, term
from hazama.knowledge.vocabulary import terms as terms_of
from hazama.model.findings import Finding
from hazama.model.town import Municipality
from hazama.model.view import Scope


def finding_triples(
    town: Municipality, scope: Scope, findings: Iterable[Finding], folder: Path | None = None
) -> Iterator[Triple]:
    """Each finding as ``hz:Finding``; the audit that made it is a ``prov:Activity`` that used the town's data.

    Asking the same on another day is another activity. *folder* is the town's, for its own audits.
    """
    addresses = Addresses(town)
    asked = {(one.group, one.name): one for one in audits(folder)}
    day = f"/{scope.as_of}" if scope.as_of else ""
    told_of: set[str] = set()
    for finding in findings:
        activity = addresses.within("", f"audits/{finding.group}.{finding.audit}{day}")
        if activity not in told_of:
            told_of.add(activity)
            yield from _activity(activity, asked[finding.group, finding.audit], scope, addresses)
        yield from _finding(addresses.within("", f"findings/{finding.id}"), finding, activity, addresses)


def _activity(activity: str, audit: Audit, scope: Scope, addresses: Addresses) -> Iterator[Triple]:
    return about(
        activity,
        {
            "rdf:type": terms_of("hz:Audit", "prov:Activity"),
            "dct:identifier": terms.literal(f"{audit.group}.{audit.name}"),
            "dct:title": both(audit.title("ja"), audit.title("en")),
            "prov:used": addresses.within("", "dataset"),
            "dct:date": terms.calendar_day(scope.as_of) if scope.as_of else "",
        },
    )


def _finding(node: str, finding: Finding, activity: str, addresses: Addresses) -> Iterator[Triple]:
    return about(
        node,
        {
            "rdf:type": term("hz:Finding"),
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
