"""Asking all audits, or some, of one town."""

from collections.abc import Collection, Sequence
from functools import cache
from pathlib import Path
from typing import TypeAlias

from hazama.audits.audited import Audited, audited
from hazama.audits.patterns import Pattern, patterns
from hazama.audits.registry import AUDITS, GROUPS, Registered
from hazama.model.errors import UsageError
from hazama.model.findings import GRAVITIES, Finding, Gravity
from hazama.model.names import suggestions
from hazama.model.town import Municipality
from hazama.model.view import Scope
from hazama.resources import phrase

AnyAudit: TypeAlias = Registered | Pattern


def audits(folder: Path | None = None) -> list[AnyAudit]:
    """Every audit that can be asked, those written as questions last; *folder* is the town's, for its own."""
    return [*AUDITS, *patterns(folder)]


def audit(town: Municipality, scope: Scope, only: Collection[str] = (), folder: Path | None = None) -> list[Finding]:
    """The findings of *town* within *scope*; see :func:`findings`."""
    return findings(audited(town, scope), only, folder)


def findings(subject: Audited, only: Collection[str] = (), folder: Path | None = None) -> list[Finding]:
    """The findings about *subject*, by group, then severity, then audit and id.

    *only* names groups (``law``) or audits (``law:duty``); empty asks them all. An unknown name
    raises UsageError.
    """
    known = audits(folder)
    named = set(_known(only, known))
    chosen = [one for one in known if not only or {one.group, f"{one.group}:{one.name}"} & named]
    found = {finding.id: finding for one in chosen for finding in one.findings(subject)}
    places = {(one.group, one.name): place for place, one in enumerate(known)}

    @cache
    def rank(group: str, severity: Gravity, audit: str) -> tuple[int, int, int]:
        place = GROUPS.index(group) if group in GROUPS else len(GROUPS)
        return place, GRAVITIES.index(severity), places[group, audit]

    def order(entry: tuple[str, Finding]) -> tuple[tuple[int, int, int], str]:
        id, one = entry
        return rank(one.group, one.severity, one.audit), id

    return [finding for _, finding in sorted(found.items(), key=order)]


def over_threshold(
    findings: Sequence[Finding], thresholds: Collection[str], folder: Path | None = None
) -> list[Finding]:
    """The findings that one of *thresholds* names: a group, ``group:audit``, or a severity and what is worse."""
    named = set(_known(thresholds, audits(folder)))
    worst = max((place for place, one in enumerate(GRAVITIES) if one in named), default=-1)
    return [
        one
        for one in findings
        if {one.group, f"{one.group}:{one.audit}"} & named or GRAVITIES.index(one.severity) <= worst
    ]


def _known(names: Collection[str], known: Sequence[AnyAudit]) -> Collection[str]:
    allowed = {*GROUPS, *GRAVITIES, *(one.group for one in known), *(f"{one.group}:{one.name}" for one in known)}
    for name in names:
        if name not in allowed:
            near = "、".join(suggestions(name, sorted(allowed))) or ", ".join(GROUPS)
            raise UsageError(*phrase("audits", "unknown_audit", name=name, near=near))
    return names
