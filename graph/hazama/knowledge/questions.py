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
filled with terms, never with text: one for each value, ``UNDEF`` when nothing was asked. See
Grüninger & Fox, "Methodology for the design and evaluation of ontologies" (1995).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources.abc import Traversable
from itertools import takewhile
from pathlib import Path
from typing import NamedTuple, TypeAlias

from hazama.knowledge.addresses import Addresses, row_id, scheme_term
from hazama.knowledge.entities import OWNER_NOT_RECORDED
from hazama.knowledge.labels import Directory, Entity, Key, Label, directory, place
from hazama.knowledge.limits import condition_lists
from hazama.knowledge.store import Store, load
from hazama.knowledge.strangers import admitted
from hazama.knowledge.terms import XSD, calendar_day, integer, iri, is_literal, literal, parts
from hazama.knowledge.vocabulary import term
from hazama.model.errors import UsageError
from hazama.model.names import suggestions
from hazama.model.records import Status
from hazama.model.town import Municipality
from hazama.model.view import Scope
from hazama.resources import folder, phrase, words
from hazama.tables.columns import declaration

AUDIT = "audit-"
"""Start of the names of files that find faults instead of answering; they belong to the audits."""
TABLES = {
    "agency": "agencies",
    "body": "bodies",
    "challenge": "challenges",
    "district": "districts",
    "law": "laws",
    "program": "programs",
    "theme": "themes",
}
"""The table whose rows a parameter of this type names."""
UNDEFINED = "UNDEF"
"""What SPARQL calls a value left open."""
NAMED = ("hz:admits", "hz:noLimit", "hz:notRecorded", "org:member")
"""Terms that answers hold beside rows, concepts and columns; their words are ``term_<local name>``."""
_NUMBERS: Mapping[str, Callable[[str], int | float]] = {"integer": int, "decimal": float, "double": float}
_MARK = re.compile(r"\$(\w+)")


class Parameter(NamedTuple):
    """One thing that can be set when asking."""

    name: str
    type: str
    """``agency`` and the other keys of :data:`TABLES`, ``provision``, ``concept:<list>``, ``condition``,
    ``integer``, ``date`` or ``text``; several values are separated by ``;``. An agency stands for its
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
    """Whether it comes from a town's folder; then its text must pass the gate for strangers."""

    def scoped(self, scope: Scope) -> Scope:
        """The scope that the question needs: one about changes looks at all dates."""
        asked = self.header.get("scope", "")
        dates = replace(scope, as_of=None) if "all dates" in asked else scope
        return replace(dates, include=frozenset(Status)) if "all evidence" in asked else dates


Cell: TypeAlias = Entity | str | int | float


class Answer(NamedTuple):
    """What a question found."""

    columns: Mapping[str, Label]
    rows: list[tuple[Cell, ...]]


def questions(town: Path | None = None) -> list[Question]:
    """The questions that come with hazama and those of the town's folder, group by group; the town's own win."""
    homes: list[Traversable] = [folder("ontology") / "questions", *([town / "questions"] if town else [])]
    files = {
        file.name.removesuffix(".rq"): (file, home is not homes[0])
        for home in homes
        for file in (home.iterdir() if home.is_dir() else ())
        if file.name.endswith(".rq") and not file.name.startswith(AUDIT)
    }
    read = [replace(parsed(id, file.read_text(encoding="utf-8-sig")), is_own=own) for id, (file, own) in files.items()]
    return sorted(read, key=lambda one: (one.group, one.id))


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
    try:
        return Question(
            id,
            title=_label(header["title"]),
            group=_label(header.get("group", "")),
            advice=_label(header.get("advice", "")),
            parameters=tuple(_parameter(*value.split(";")) for key, value in pairs if key == "parameter"),
            columns=dict(_headed(*value.split(";")) for key, value in pairs if key == "column"),
            header=header,
            text=text,
        )
    except (KeyError, TypeError) as error:
        raise UsageError(*phrase("knowledge", "bad_question", name=id)) from error


def _parameter(name: str, type_: str, default: str, label: str) -> Parameter:
    return Parameter(name.strip(), type_.strip(), default.strip(), _label(label))


def _headed(name: str, label: str) -> tuple[str, Label]:
    return name.strip(), _label(label)


def ask(
    town: Municipality, asked: str | Question, values: Mapping[str, str] | None = None, store: Store | None = None
) -> Answer:
    """The answer of a town to a question, with *values* for its parameters by name.

    Rows stand in the order that the question asks for, else in the order of the tables. A value that
    names nothing raises UsageError. *store* may hold the same town already; otherwise it is loaded.
    """
    asked = question(asked) if isinstance(asked, str) else asked
    known, addresses = directory(town), Addresses(town)
    text = bound(asked, values or {}, known, addresses)
    found = (store or load(town)).select(admitted(text) if asked.is_own else text)
    entities = _entities(known, addresses)
    rows = [tuple(_cell(cell, entities) for cell in row) for row in found.rows]
    if "ORDER BY" not in asked.text:
        ranks = {entity.key: rank for rank, entity in enumerate(entities.values())}
        rows.sort(key=lambda row: [_rank(cell, ranks) for cell in row])
    return Answer({name: asked.columns.get(name) or _words(f"column_{name}", name) for name in found.columns}, rows)


def answer_records(answer: Answer, lang: str) -> list[dict[str, object]]:
    """The rows as dictionaries in one language; beside a cell that names an entity, ``<column>_id`` says which."""
    records: list[dict[str, object]] = []
    for row in answer.rows:
        cells = dict(zip(answer.columns, row, strict=True))
        record = {name: cell.label.label(lang) if isinstance(cell, Entity) else cell for name, cell in cells.items()}
        ids = {f"{name}_id": "/".join(cell.key) for name, cell in cells.items() if isinstance(cell, Entity)}
        records.append({**record, **ids})
    return records


def bound(asked: Question, values: Mapping[str, str], known: Directory, addresses: Addresses) -> str:
    """The SPARQL of a question, its parameters filled with terms."""
    names = [parameter.name for parameter in asked.parameters]
    if unknown := [name for name in values if name not in names]:
        raise UsageError(*phrase("knowledge", "unknown_parameter", name=unknown[0], near="、".join(names) or "-"))
    filled = {
        one.name: _terms(one, values[one.name], known, addresses)
        if one.name in values
        else _default(one, known, addresses)
        for one in asked.parameters
    }
    return _MARK.sub(lambda mark: filled.get(mark[1], mark[0]), asked.text)


def _default(parameter: Parameter, known: Directory, addresses: Addresses) -> str:
    """The default as terms; one that this town does not know asks for all."""
    try:
        return _terms(parameter, parameter.default, known, addresses)
    except UsageError:
        return UNDEFINED


def _terms(parameter: Parameter, text: str, known: Directory, addresses: Addresses) -> str:
    asked = [part.strip() for part in text.split(";") if part.strip()]
    return " ".join(found for part in asked for found in _term(parameter, part, known, addresses)) or UNDEFINED


def _term(parameter: Parameter, text: str, known: Directory, addresses: Addresses) -> list[str]:
    kind, _, scheme = parameter.type.partition(":")
    if kind in TABLES:
        table, id = known.resolve(text, (TABLES[kind],))
        ids = sorted(known.beneath(table, id)) if kind == "agency" else [id]
        return [addresses.reference((table,), one, "") for one in ids]
    if kind == "provision":
        return [addresses.reference(("provisions",), id, "") for id in sorted(known.provisions(text))]
    if kind in ("concept", "condition"):
        scheme, id = known.resolve(text, (scheme,) if scheme else condition_lists(known.town))
        return [addresses.concept(scheme, one) for one in sorted(known.family(scheme, id))]
    try:
        return [_literal(kind, text, known.town)]
    except ValueError as error:
        raise UsageError(*phrase("knowledge", f"bad_{kind}", name=parameter.name, text=text)) from error


def _literal(kind: str, text: str, town: Municipality) -> str:
    if kind == "integer":
        return integer(int(text))
    if kind == "date":
        as_of = town.layer.as_of or date.today()
        return calendar_day(as_of if text == "as_of" else date.fromisoformat(text))
    return literal(text)


def _entities(known: Directory, addresses: Addresses) -> dict[str, Entity]:
    """Everything that a term can name, properties first, then in the order of the tables and lists."""
    town = known.town
    found = {term(name): Entity(("terms", name), _words(f"term_{name.partition(':')[2]}")) for name in NAMED}
    for declared in declaration().values():
        for column in declared.columns:
            label = Label(column.title("ja"), column.title("en"))
            found.setdefault(iri(column.states), Entity(("columns", column.name), label))
    for table, rows in town.tables():
        for row in rows:
            id = row_id(row)
            label = known.label(table, id) if hasattr(row, "id") else place(row)
            found[addresses.row(table, row)] = Entity((table, id), label)
    keys = {addresses.row(key[0], row): key for key, row in town.beyond.items()}
    keys |= {scheme_term(one.id): ("space", one.id) for one in town.space}
    for scheme, concepts in town.schemes.items():
        keys |= {addresses.concept(scheme, id): (scheme, id) for id in concepts}
    for layer in town.layers:
        found[addresses.within(layer.key, "dataset")] = Entity(("layers", layer.key), Label(layer.name, layer.name_en))
        found[addresses.within(layer.key, OWNER_NOT_RECORDED)] = Entity(
            ("terms", OWNER_NOT_RECORDED), _words("no_owner")
        )
    return found | {address: Entity(key, known.label(*key)) for address, key in keys.items()}


def _cell(found: str, entities: Mapping[str, Entity]) -> Cell:
    if found in entities:
        return entities[found]
    if not is_literal(found):
        return found.strip("<>")
    text, _, datatype = parts(found)
    kind = datatype.removeprefix(XSD)
    return _NUMBERS[kind](text) if kind in _NUMBERS else text


def _rank(cell: Cell, ranks: Mapping[Key, int]) -> tuple[int, float, str]:
    if isinstance(cell, Entity):
        return 0, ranks[cell.key], ""
    return (2, 0, cell) if isinstance(cell, str) else (1, cell, "")


def _words(id: str, missing: str = "") -> Label:
    both = words("knowledge").get(id)
    return Label(both["ja"], both["en"]) if both else Label(missing, missing)


def _label(text: str) -> Label:
    ja, _, en = (part.strip() for part in text.partition("|"))
    return Label(ja, en)
