"""Findings as triples, with what they came from (PROV): which audit, which data, as of when."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from hazama.audits.run import AnyAudit, audits
from hazama.knowledge import terms
from hazama.knowledge.addresses import Addresses
from hazama.knowledge.terms import Triple
from hazama.knowledge.vocabulary import IDENTIFIER, A
from hazama.knowledge.vocabulary import terms as terms_of
from hazama.model.findings import Finding
from hazama.model.town import Municipality
from hazama.model.view import Scope

_FINDING, _AUDIT, _ACTIVITY = terms_of("hz:Finding", "hz:Audit", "prov:Activity")
_SENTENCE, _NEXT, _SEVERITY = terms_of("dct:description", "hz:nextStep", "hz:severity")
_ABOUT, _LAW, _PEOPLE = terms_of("hz:about", "hz:underProvision", "hz:peopleAffected")
_GENERATED, _DERIVED, _USED, _DATE = terms_of("prov:wasGeneratedBy", "prov:wasDerivedFrom", "prov:used", "dct:date")
(_TITLE,) = terms_of("dct:title")


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


def _activity(activity: str, audit: AnyAudit, scope: Scope, addresses: Addresses) -> Iterator[Triple]:
    yield activity, A, _AUDIT
    yield activity, A, _ACTIVITY
    yield activity, IDENTIFIER, terms.literal(f"{audit.group}.{audit.name}")
    for lang in ("ja", "en"):
        yield activity, _TITLE, terms.text(audit.title(lang), lang)
    yield activity, _USED, addresses.within("", "dataset")
    if scope.as_of:
        yield activity, _DATE, terms.calendar_day(scope.as_of)


def _finding(node: str, finding: Finding, activity: str, addresses: Addresses) -> Iterator[Triple]:
    yield node, A, _FINDING
    yield node, IDENTIFIER, terms.literal(finding.id)
    yield node, _SEVERITY, terms.literal(finding.severity)
    yield node, _GENERATED, activity
    for lang in ("ja", "en"):
        yield node, _SENTENCE, terms.text(finding.sentence(lang), lang)
        yield node, _NEXT, terms.text(finding.next_step(lang), lang)
    if finding.people is not None:
        yield node, _PEOPLE, terms.decimal(finding.people)
    for id in finding.provisions:
        yield node, _LAW, addresses.reference(("provisions",), id, "")
    for subject in finding.subjects:
        yield node, _ABOUT, addresses.end(subject, "")
    for row in finding.rows:
        yield node, _DERIVED, addresses.origin(row)
