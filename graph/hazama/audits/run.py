"""Every audit there is, and asking all or some of them of one town.

``ontology/audits.csv`` names the audits that are algorithms, ``group:name``: each is the function ``name`` of the
module of its group, from a town to what it lacks, and its texts stand in the words. One that is a pattern in the
graph is a SPARQL file ``audit-<group>-<name>.rq`` and no Python. Beside the header of a question
(:mod:`hazama.knowledge.questions`) it says::

    # severity: low
    # sentence: 会議体「{body}」の事務局が記録されていません。 | No secretariat is recorded for {body}.
    # advice: bodies.csv の「{body_id}」の secretariat を埋める。 | Fill secretariat of '{body_id}'.

A place ``{x}`` is the column ``?x``, ``{x_id}`` the id of what it names. The rows that a
solution names are what the finding is about; that in the first column must be the town's own;
``?provision`` is the law it rests on. Several solutions about the same rows are one finding each.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib import import_module
from pathlib import Path

from hazama.audits.audited import Audited, Lack, Place, audited, text
from hazama.knowledge.labels import Entity, Label
from hazama.knowledge.questions import AUDIT, Question, in_files, label
from hazama.model.errors import UsageError
from hazama.model.findings import GRAVITIES, Finding, Gravity
from hazama.model.names import suggestions
from hazama.model.town import Municipality
from hazama.model.view import Scope
from hazama.resources import phrase, rows

GROUPS = ("coverage", "law", "governance", "continuity", "challenges", "evidence")


@dataclass(frozen=True, slots=True)
class Audit:
    """One audit with its place, how much what it finds weighs, and its texts."""

    group: str
    name: str
    severity: Gravity
    lacks: Callable[[Audited], Iterable[Lack]]
    text: Callable[[str], Label]
    """A sentence by its wording, and the next step by the wording and ``_next``."""
    titles: Label

    def title(self, lang: str) -> str:
        """What the audit finds, in ``ja`` or ``en``."""
        return self.titles.label(lang)

    def findings(self, audited: Audited) -> Iterator[Finding]:
        """What the town lacks, in words."""
        for lack in self.lacks(audited):
            about = sorted(set(lack.about))
            yield Finding(
                group=self.group,
                audit=self.name,
                severity=lack.severity or self.severity,
                subjects=tuple("/".join(key) for key in about),
                sentences=audited.told(self.text(lack.wording), lack),
                next_steps=audited.told(self.text(f"{lack.wording}_next"), lack),
                provisions=tuple(lack.provisions),
                people=lack.people,
                rows=tuple(row for key in about if (row := audited.row(key))),
                key=lack.key,
            )


def audits(folder: Path | None = None) -> list[Audit]:
    """Every audit that can be asked, those written as questions last; *folder* is the town's, for its own."""
    return [*_algorithms(), *map(pattern, in_files(folder, are_audits=True))]


@cache
def _algorithms() -> list[Audit]:
    found = []
    for row in rows("ontology/audits.csv"):
        group, _, name = row["audit"].partition(":")
        lacks = getattr(import_module(f"hazama.audits.{group}"), name)
        texts = partial(_text, f"{group}_{name}")
        found.append(Audit(group, name, _gravity(row["severity"]), lacks, texts, text(f"title_{group}_{name}")))
    return found


def _text(audit: str, wording: str) -> Label:
    return text(audit + wording)


def _gravity(text: str) -> Gravity:
    return next(one for one in GRAVITIES if one == text)


def pattern(question: Question) -> Audit:
    """The audit in a file; one without group, severity or sentence raises UsageError."""
    group, _, name = question.id.removeprefix(AUDIT).partition("-")
    texts = {"": label(question.header.get("sentence", "")), "_next": question.advice}
    severity = question.header.get("severity", "")
    if not (group and name and severity in GRAVITIES and texts[""].ja):
        raise UsageError(*phrase("audits", "pattern_incomplete", name=question.id))
    lacks = partial(_solutions, question)
    return Audit(group, name, _gravity(severity), lacks, texts.__getitem__, question.title)


def _solutions(question: Question, audited: Audited) -> Iterator[Lack]:
    """One lack for each solution that is about a row of the town itself."""
    answer = audited.asked.answer(question)
    for row in answer.rows:
        named = {name: cell for name, cell in zip(answer.columns, row, strict=True) if isinstance(cell, Entity)}
        about = [cell.key for cell in named.values() if audited.row(cell.key)]
        first = next((audited.row(cell.key) for cell in named.values()), None)
        if not (first and first.layer):
            places: dict[str, Place] = {
                name: cell if isinstance(cell, int) else cell.label if isinstance(cell, Entity) else str(cell)
                for name, cell in zip(answer.columns, row, strict=True)
            }
            places |= {f"{name}_id": cell.key[1] for name, cell in named.items()}
            provisions = [named["provision"].key[1]] if "provision" in named else []
            yield Lack(about, places, provisions=provisions)


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

    def order(entry: tuple[str, Finding]) -> tuple[int, int, int, str]:
        id, one = entry
        group = GROUPS.index(one.group) if one.group in GROUPS else len(GROUPS)
        return group, GRAVITIES.index(one.severity), places[one.group, one.audit], id

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


def _known(names: Collection[str], known: Sequence[Audit]) -> Collection[str]:
    allowed = {*GROUPS, *GRAVITIES, *(one.group for one in known), *(f"{one.group}:{one.name}" for one in known)}
    for name in names:
        if name not in allowed:
            near = "、".join(suggestions(name, sorted(allowed))) or ", ".join(GROUPS)
            raise UsageError(*phrase("audits", "unknown_audit", name=name, near=near))
    return names
