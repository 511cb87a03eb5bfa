"""Competency questions: one SPARQL file one question, its header says what it asks and with which values.

``ontology/questions/*.rq`` and a town's own ``questions/*.rq``. The comment lines at the top hold
``key: value``; texts are written ``ja | en``::

    # title: テーマの事業 | Programmes of a theme
    # group: 事業 | Programmes
    # advice: 何に使い、どう読むか | what it is for and how to read it
    # parameter: theme; theme; ; 重点テーマ | Theme
    # scope: all dates, all evidence
    # column: n; 件数 | Count

A parameter (name; type; default; label) stands in the text as ``VALUES ?theme { $theme }`` and is
filled with terms, never with text: one for each value, ``UNDEF`` when nothing was asked. The idea is
of Grüninger & Fox, "Methodology for the design and evaluation of ontologies" (1995).
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from importlib.resources.abc import Traversable
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple

from hazama.knowledge.labels import Label
from hazama.model.errors import UsageError
from hazama.model.names import suggestions
from hazama.model.records import Status
from hazama.model.view import Scope
from hazama.resources import folder, phrase

AUDIT = "audit-"
"""Start of the names of files that find faults instead of answering; they belong to the audits."""
TABLES = {
    "agency": "agencies",
    "body": "bodies",
    "challenge": "challenges",
    "district": "districts",
    "law": "laws",
    "program": "programs",
    "provision": "provisions",
    "theme": "themes",
}
"""The table whose rows a parameter of this type names."""


class Parameter(NamedTuple):
    """One thing that can be set when asking."""

    name: str
    type: str
    """``agency`` and the other keys of :data:`TABLES`, ``concept:<list>``, ``condition``, ``integer``,
    ``date`` or ``text``; several values are separated by ``;``. An agency stands for its
    sections too, a provision for its parts, a concept for those above and below it."""
    default: str
    """``as_of`` is the town's own date; blank, or a name that the town does not know, asks for all."""
    label: Label


@dataclass(frozen=True, slots=True)
class Question:
    """One question with its header."""

    id: str
    title: Label
    group: Label
    advice: Label
    parameters: tuple[Parameter, ...]
    columns: Mapping[str, Label]
    header: Mapping[str, str]
    """The lines of the header that occur once, as written; an audit has more than a question."""
    text: str
    is_own: bool = False
    """Whether it comes from a town's folder; then its text has to pass the gate for strangers."""

    def scoped(self, scope: Scope) -> Scope:
        """The scope that the question needs: one about changes looks at all dates."""
        asked = self.header.get("scope", "")
        dates = replace(scope, as_of=None) if "all dates" in asked else scope
        return replace(dates, include=frozenset(Status)) if "all evidence" in asked else dates


def questions(town: Path | None = None) -> list[Question]:
    """The questions that come with hazama and those of the town's folder, group by group; the town's own win."""
    return sorted(in_files(town, are_audits=False), key=lambda one: (one.group, one.id))


def in_files(town: Path | None, are_audits: bool) -> Iterator[Question]:
    """The questions, or the audits, that come with hazama and those of the town's folder, which win; by id."""
    homes: list[Traversable] = [folder("ontology") / "questions", *([town / "questions"] if town else [])]
    files = {file.name: (file, home) for home in homes if home.is_dir() for file in home.iterdir()}
    for name in sorted(files):
        if name.endswith(".rq") and name.startswith(AUDIT) is are_audits:
            file, home = files[name]
            asked = parsed(name.removesuffix(".rq"), file.read_text(encoding="utf-8-sig"))
            yield replace(asked, is_own=home is not homes[0])


def question(id: str, town: Path | None = None) -> Question:
    """The question of that id; an unknown one raises UsageError with the nearest."""
    known = {one.id: one for one in questions(town)}
    if id not in known:
        near = suggestions(id, known) or list(known)[:3]
        raise UsageError(*phrase("knowledge", "unknown_question", name=id, near="、".join(near)))
    return known[id]


def parsed(id: str, text: str) -> Question:
    """A question file; a header without a title, or with a line that cannot be read, raises UsageError."""
    head = takewhile(lambda line: line.startswith("#"), text.split("\n"))
    pairs = [(key.strip(), value.strip()) for key, _, value in (line.lstrip("# ").partition(":") for line in head)]
    header = dict(pairs)

    def of(line: str) -> Iterator[list[str]]:
        return ([part.strip() for part in value.split(";")] for key, value in pairs if key == line)

    try:
        return Question(
            id,
            title=label(header["title"]),
            group=label(header.get("group", "")),
            advice=label(header.get("advice", "")),
            parameters=tuple(
                Parameter(name, kind, unset, label(words)) for name, kind, unset, words in of("parameter")
            ),
            columns={name: label(words) for name, words in of("column")},
            header=header,
            text=text,
        )
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(*phrase("knowledge", "bad_question", name=id)) from error


def label(text: str) -> Label:
    """Both languages of a text of the header, written ``ja | en``."""
    ja, _, en = (part.strip() for part in text.partition("|"))
    return Label(ja, en)
