"""Asking a question of a town: values bound as terms, the answer in names.

Values never become text of the query: each is resolved to a row, a concept, a number, a day or a
literal, and written as one RDF term.
"""

import re
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import NamedTuple, TypeAlias

from hazama.knowledge.addresses import Addresses, row_id, scheme_term
from hazama.knowledge.entities import OWNER_NOT_RECORDED
from hazama.knowledge.labels import Directory, Entity, Key, Label, directory, place
from hazama.knowledge.limits import condition_lists
from hazama.knowledge.questions import TABLES, Parameter, Question, question
from hazama.knowledge.store import Store, load
from hazama.knowledge.strangers import admitted
from hazama.knowledge.terms import XSD, calendar_day, integer, iri, is_literal, literal, parts
from hazama.knowledge.vocabulary import term
from hazama.model.errors import UsageError
from hazama.model.town import Municipality
from hazama.resources import phrase, words
from hazama.tables.columns import declaration

NAMED = ("hz:admits", "hz:noLimit", "hz:notRecorded", "org:member")
"""Terms that answers hold beside rows, concepts and columns; their words are ``term_<local name>``."""
UNDEFINED = "UNDEF"
"""What SPARQL calls a value left open."""
_NUMBERS: Mapping[str, type[int | float]] = {"integer": int, "decimal": float, "double": float}
_MARK = re.compile(r"\$(\w+)")
_OPEN = re.compile(rf"VALUES \?\w+ {{ {UNDEFINED} }}")
"""Says nothing, by SPARQL 1.1; Virtuoso 7 takes it for a value."""

Cell: TypeAlias = Entity | str | int | float


class Answer(NamedTuple):
    """What a question found."""

    columns: Mapping[str, Label]
    rows: list[tuple[Cell, ...]]


def ask(
    town: Municipality, asked: str | Question, values: Mapping[str, str] | None = None, store: Store | None = None
) -> Answer:
    """The answer of a town to a question, with *values* for its parameters by name.

    Rows stand in the order that the question asks for, else in the order of the tables. A value that
    names nothing raises UsageError. *store* may hold the same town already; otherwise it is loaded.
    """
    return Asked(town, store).answer(question(asked) if isinstance(asked, str) else asked, values)


class Asked:
    """A town that many questions are asked of: what they all need is worked out once."""

    def __init__(self, town: Municipality, store: Store | None = None) -> None:
        self._known, self._addresses = directory(town), Addresses(town)
        self._store = store or load(town)

    def answer(self, asked: Question, values: Mapping[str, str] | None = None) -> Answer:
        """The answer to one question; see :func:`ask`."""
        text = bound(asked, values or {}, self._known, self._addresses)
        found = self._store.select(admitted(text) if asked.is_own else text)
        rows = [tuple(_cell(cell, self._entities) for cell in row) for row in found.rows]
        if "ORDER BY" not in asked.text:
            rows.sort(key=lambda row: [_rank(cell, self._ranks) for cell in row])
        return Answer({name: asked.columns.get(name) or _words(f"column_{name}", name) for name in found.columns}, rows)

    @cached_property
    def _entities(self) -> dict[str, Entity]:
        return _entities(self._known, self._addresses)

    @cached_property
    def _ranks(self) -> dict[Key, int]:
        return {entity.key: rank for rank, entity in enumerate(self._entities.values())}


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
    filled = {one.name: _filling(one, values.get(one.name), known, addresses) for one in asked.parameters}
    return _OPEN.sub("", _MARK.sub(lambda mark: filled.get(mark[1], mark[0]), asked.text))


def _filling(parameter: Parameter, text: str | None, known: Directory, addresses: Addresses) -> str:
    """A value, or the default, as terms; a default that this town does not know asks for all."""
    asked = [part.strip() for part in (parameter.default if text is None else text).split(";") if part.strip()]
    try:
        found = [term for part in asked for term in _term(parameter, part, known, addresses)]
    except UsageError:
        if text is None:
            return UNDEFINED
        raise
    return " ".join(found) if asked else UNDEFINED


def _term(parameter: Parameter, text: str, known: Directory, addresses: Addresses) -> list[str]:
    kind, _, scheme = parameter.type.partition(":")
    if kind in (*TABLES, "concept", "condition"):
        kinds = (TABLES[kind],) if kind in TABLES else (scheme,) if scheme else condition_lists(known.town)
        home, ids = known.meant(kinds, text)
        if home in known.town.schemes:
            return [addresses.concept(home, id) for id in sorted(ids)]
        return [addresses.reference((home,), id, "") for id in sorted(ids)]
    try:
        return [_literal(kind, text, known.town)]
    except ValueError as error:
        raise UsageError(*phrase("knowledge", f"bad_{kind}", name=parameter.name, text=text)) from error


def _literal(kind: str, text: str, town: Municipality) -> str:
    if kind == "integer":
        return integer(int(text))
    if kind == "date":
        return calendar_day((town.layer.as_of or date.max) if text == "as_of" else date.fromisoformat(text))
    return literal(text)


def _entities(known: Directory, addresses: Addresses) -> dict[str, Entity]:
    """Everything that a term can name, in the order in which answers list it."""
    town, entities = known.town, {**_properties(), **_layers(known.town, addresses)}
    for table, rows in town.tables():
        for row in rows:
            key = (table, row_id(row))
            entities[addresses.row(table, row)] = Entity(key, known.label(*key) if hasattr(row, "id") else place(row))
    entities |= {addresses.row(key[0], row): Entity(key, known.label(*key)) for key, row in town.beyond.items()}
    keys = {scheme_term(one.id): ("space", one.id) for one in town.space}
    for scheme, concepts in town.schemes.items():
        keys |= {addresses.concept(scheme, id): (scheme, id) for id in concepts}
    return entities | {address: Entity(key, known.label(*key)) for address, key in keys.items()}


def _properties() -> dict[str, Entity]:
    """The properties that columns state, and the few terms beside them, by what people call them."""
    found = {term(name): Entity(("terms", name), _words(f"term_{name.partition(':')[2]}")) for name in NAMED}
    for column in (column for table in declaration().values() for column in table.columns):
        label = Label(column.title("ja"), column.title("en"))
        found.setdefault(iri(column.states), Entity(("columns", column.name), label))
    return found


def _layers(town: Municipality, addresses: Addresses) -> dict[str, Entity]:
    unowned = Entity(("terms", OWNER_NOT_RECORDED), _words("no_owner"))
    layers = {addresses.within(one.key, "dataset"): one for one in town.layers}
    found = {address: Entity(("layers", one.key), Label(one.name, one.name_en)) for address, one in layers.items()}
    return found | {addresses.within(one.key, OWNER_NOT_RECORDED): unowned for one in town.layers}


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
