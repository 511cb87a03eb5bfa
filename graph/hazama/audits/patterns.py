"""Audits that are a pattern in the graph: one SPARQL file ``audit-<group>-<name>.rq`` one audit, no Python.

Beside the header of a question (:mod:`hazama.knowledge.questions`) an audit says in its header::

    # severity: low
    # sentence: 会議体「{body}」の事務局が記録されていません。 | No secretariat is recorded for {body}.
    # advice: bodies.csv の「{body_id}」の secretariat を埋める。 | Fill secretariat of '{body_id}'.

A place ``{x}`` is the column ``?x``, ``{x_id}`` the id of what it names. The rows that a
solution names are what the finding is about; that in the first column must be the town's own;
``?provision`` is the law it rests on. Several solutions about the same rows are one finding each.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hazama.audits.audited import Audited, Value, filled
from hazama.knowledge.answers import Answer, Cell
from hazama.knowledge.labels import Entity, Key, Label
from hazama.knowledge.questions import AUDIT, Question, in_files
from hazama.model.errors import UsageError
from hazama.model.findings import GRAVITIES, Finding, Gravity
from hazama.model.records import Row
from hazama.resources import phrase


@dataclass(frozen=True, slots=True)
class Pattern:
    """One audit written as a question."""

    group: str
    name: str
    severity: Gravity
    sentence: Label
    question: Question

    def title(self, lang: str) -> str:
        """What the audit finds, in ``ja`` or ``en``."""
        return self.question.title.label(lang)

    def findings(self, audited: Audited) -> Iterator[Finding]:
        """One finding for each solution that is about a row of the town itself."""
        answer: Answer = audited.asked.answer(self.question)
        for row in answer.rows:
            cells = dict(zip(answer.columns, row, strict=True))
            first = next((cell.key for cell in row if isinstance(cell, Entity)), None)
            if first is None or _is_own(audited, first):
                yield self._finding(audited, cells)

    def _finding(self, audited: Audited, cells: Mapping[str, Cell]) -> Finding:
        places = {place: value for name, cell in cells.items() for place, value in _places(name, cell)}
        named = sorted({cell.key for cell in cells.values() if isinstance(cell, Entity)})
        about = {key: row for key in named if (row := audited.row(key))}
        provision = cells.get("provision")
        return Finding(
            group=self.group,
            audit=self.name,
            severity=self.severity,
            subjects=tuple("/".join(key) for key in about),
            sentences=filled(self.sentence, places),
            next_steps=filled(self.question.advice, places),
            provisions=(provision.key[1],) if isinstance(provision, Entity) else (),
            rows=tuple(about.values()),
        )


def patterns(town: Path | None = None) -> list[Pattern]:
    """The audits in files: those that come with hazama, and those in ``questions`` of the town's folder."""
    return [pattern(one) for one in in_files(town, are_audits=True)]


def pattern(question: Question) -> Pattern:
    """An audit file; one without group, severity or sentence raises UsageError."""
    group, _, name = question.id.removeprefix(AUDIT).partition("-")
    severity = next((one for one in GRAVITIES if one == question.header.get("severity")), None)
    ja, _, en = question.header.get("sentence", "").partition("|")
    if not (group and name and severity and ja):
        raise UsageError(*phrase("audits", "pattern_incomplete", name=question.id))
    return Pattern(group, name, severity, Label(ja.strip(), en.strip()), question)


def _is_own(audited: Audited, key: Key) -> bool:
    row = audited.names.entries.get(key)
    return not row.layer if isinstance(row, Row) else True


def _places(name: str, cell: Cell) -> Iterator[tuple[str, Value]]:
    if isinstance(cell, Entity):
        yield name, cell.label
        yield f"{name}_id", cell.key[1]
    else:
        yield name, cell if isinstance(cell, int) else str(cell)
