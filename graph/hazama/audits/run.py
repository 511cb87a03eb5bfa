"""Asking all audits, or some, of one town."""

from collections.abc import Collection, Sequence

from hazama.audits.audited import audited
from hazama.audits.registry import AUDITS, GROUPS
from hazama.model.errors import UsageError
from hazama.model.findings import GRAVITIES, Finding
from hazama.model.names import suggestions
from hazama.model.town import Municipality
from hazama.model.view import Scope
from hazama.resources import phrase


def audit(town: Municipality, scope: Scope, only: Collection[str] = ()) -> list[Finding]:
    """The findings of *town* within *scope*, by group, then severity, then audit and id.

    *only* names groups (``law``) or audits (``law:duty``); empty asks them all. An unknown name
    raises UsageError.
    """
    chosen = [one for one in AUDITS if not only or {one.group, f"{one.group}:{one.name}"} & set(_known(only))]
    subject = audited(town, scope)
    findings = [finding for one in chosen for finding in one.run(subject)]
    return sorted(findings, key=_order)


def over_threshold(findings: Sequence[Finding], thresholds: Collection[str]) -> list[Finding]:
    """The findings that one of *thresholds* names: a group, ``group:audit``, or a severity and what is worse."""
    named = set(_known(thresholds))
    worst = max((GRAVITIES.index(one) for one in GRAVITIES if one in named), default=-1)
    return [
        one
        for one in findings
        if {one.group, f"{one.group}:{one.audit}"} & named or GRAVITIES.index(one.severity) <= worst
    ]


def _known(names: Collection[str]) -> Collection[str]:
    known = {*GROUPS, *GRAVITIES, *(f"{one.group}:{one.name}" for one in AUDITS)}
    for name in names:
        if name not in known:
            near = "、".join(suggestions(name, known)) or ", ".join(GROUPS)
            raise UsageError(*phrase("audits", "unknown_audit", name=name, near=near))
    return names


def _order(finding: Finding) -> tuple[int, int, int, str]:
    place = next(n for n, one in enumerate(AUDITS) if (one.group, one.name) == (finding.group, finding.audit))
    return GROUPS.index(finding.group), GRAVITIES.index(finding.severity), place, finding.id
