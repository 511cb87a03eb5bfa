"""Everything about one row or concept of a town: its cells, what it names, and what names it.

A cell has a state, values, and the rows or concepts that they name.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, TypeAlias

from hazama.knowledge.labels import Directory, Entity, Key, Label, directory, evidence_words, place
from hazama.knowledge.limits import age_label, box_words
from hazama.model.boxes import boxes
from hazama.model.cells import Age, Unset
from hazama.model.concepts import Concept
from hazama.model.records import Link, Program, Row, Status
from hazama.model.town import Municipality
from hazama.resources import phrase
from hazama.tables.columns import ANY, Column, declaration
from hazama.tables.writing import cell_value

State: TypeAlias = Literal["value", "no_limit", "not_recorded"]

EVIDENCE = frozenset({"id", "status", "reason", "inferred", "classified", "source", "locator"})
"""Columns that say how a row is known; they are no facts of their own."""
_NOTHING = Label("", "")


class Cell(NamedTuple):
    """One cell."""

    column: Column
    state: State
    values: tuple[object, ...]
    """Ids, texts, numbers, days or ages; none unless the state is ``value``."""
    ends: tuple[Key, ...]
    """What the values name, one for one, where the column names rows or concepts."""


class Mention(NamedTuple):
    """A cell that names something."""

    table: str
    row: Row
    column: Column
    key: Key


@dataclass(frozen=True, slots=True)
class Fact:
    """One cell: its heading and what it holds."""

    column: str
    heading: Label
    values: tuple[Entity | Label, ...]
    state: State = "value"
    is_inferred: bool = False
    is_classified: bool = False


class Relation(NamedTuple):
    """Another row or concept that this one stands in a relation with."""

    heading: Label
    """The column or predicate that says so."""
    other: Entity
    evidence: Label
    row: Label
    """Where it is written."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One row or concept with everything around it."""

    entity: Entity
    kind: Label
    """The table or list that it stands in."""
    outgoing: tuple[Relation, ...]
    """Links and seats that name it first."""
    incoming: tuple[Relation, ...]
    """Everything that names it."""
    facts: tuple[Fact, ...] = ()
    boxes: tuple[Label, ...] = ()
    """The eligibility of a programme, one text for each box."""
    sources: tuple[Entity | Label, ...] = ()
    evidence: Label = _NOTHING
    layer: Label = _NOTHING
    row: Label = _NOTHING


def show(town: Municipality, name: str) -> Shown:
    """Everything about the row or concept that *name* means: an id, ``table/id``, a name or another name.

    Rows come before concepts, rows of the view before those beyond it. An unknown or ambiguous name
    raises UsageError. Linear in the rows.
    """
    known = directory(town)
    tables = [table for table, _ in town.tables()]
    if not known.matches(name, [*tables, *town.schemes]):
        known = replace(known, entries={**town.beyond, **known.entries})
    key = known.resolve(name, tables if known.matches(name, tables) else [*tables, *town.schemes])
    entry, table = known.entries[key], declaration().get(key[0])
    kind = Label(table.ja, table.en) if table else _words(f"scheme_{key[0]}", "graph")
    ways: dict[bool, list[Relation]] = {True: [], False: []}
    for one in mentions(known):
        if one.key == key:
            ways[isinstance(one.row, Link) and one.column.name == "subject"].append(_relation(known, one))
    shown = Shown(Entity(key, known.label(*key)), kind, tuple(ways[True]), tuple(ways[False]))
    if isinstance(entry, Concept):
        return replace(shown, facts=tuple(_definition(entry)))
    if not isinstance(entry, Row):
        return shown
    layer = next(one for one in town.layers if one.key == entry.layer)
    homes = boxes(town).get(entry.id, (entry,)) if isinstance(entry, Program) else ()
    return replace(
        shown,
        facts=tuple(_facts(known, key[0], entry)),
        boxes=tuple(box_words(known, box) for box in homes),
        sources=tuple(_source(known, source) for source in entry.source),
        evidence=evidence_words(known, entry),
        layer=Label(layer.name, layer.name_en),
        row=place(entry),
    )


def show_records(shown: Shown, lang: str) -> list[dict[str, object]]:
    """The same as lines in one language, for tables and JSON: section, field, value, id; relations say where from."""
    lines = [
        _line("facts", one.heading, value, lang) | _caution(one, lang)
        for one in shown.facts
        for value in one.values or (_words("term_noLimit" if one.state == "no_limit" else "term_notRecorded"),)
    ]
    lines += [_line("boxes", _words("show_box"), box, lang) for box in shown.boxes]
    for section, relations in (("outgoing", shown.outgoing), ("incoming", shown.incoming)):
        for one in relations:
            stated = {"evidence": one.evidence.label(lang), "row": one.row.label(lang)}
            lines.append(_line(section, one.heading, one.other, lang) | stated)
    lines += [_line("sources", _words("show_source"), source, lang) for source in shown.sources]
    for id, value in (("evidence", shown.evidence), ("layer", shown.layer), ("row", shown.row)):
        lines += [_line(id, _words(f"show_{id}"), value, lang)] if value.ja else []
    return lines


def cells(known: Directory, table: str, row: Row) -> Iterator[Cell]:
    """Every cell of a row in the order of the declaration."""
    return _cells(known, row, declaration()[table].columns)


def mentions(known: Directory) -> Iterator[Mention]:
    """Every cell of a town that names a row or a concept, in the order of the tables."""
    for table, rows in known.town.tables():
        naming = [column for column in declaration()[table].columns if _names(column)]
        for row in rows:
            for cell in _cells(known, row, naming):
                yield from (Mention(table, row, cell.column, key) for key in cell.ends)


def _cells(known: Directory, row: Row, columns: Iterable[Column]) -> Iterator[Cell]:
    for column in columns:
        value = cell_value(row, column)
        if isinstance(value, Unset):
            yield Cell(column, value.value, (), ())
        elif value in ("", (), None):
            yield Cell(column, "not_recorded", (), ())
        else:
            held = tuple(value) if isinstance(value, tuple) else (value,)
            yield Cell(column, "value", held, tuple(_end(known, column, one) for one in held) if _names(column) else ())


def _names(column: Column) -> bool:
    return bool(column.references or column.scheme) or column.kind == "source"


def _end(known: Directory, column: Column, value: object) -> Key:
    """What a value of a column names: ``id``, ``table/id``, ``list/id``, or an address for a source."""
    text = value.value if isinstance(value, Status) else str(value)
    if column.kind == "source":
        return "sources", text
    kind, slash, id = text.rpartition("/")
    if slash:
        return kind, id
    tables = tuple(declaration()) if column.references == (ANY,) else column.references
    homes = (table for table in tables if (table, id) in known.entries or (table, id) in known.town.beyond)
    return next(homes, column.scheme or tables[0]), id


def _source(known: Directory, source: str) -> Entity | Label:
    key = ("sources", source)
    return Entity(key, known.label(*key)) if key in known.entries else Label(source, source)


def _relation(known: Directory, mention: Mention) -> Relation:
    """The row that names something, or its other end where the row itself is the relation (a seat, a link)."""
    table, row, column, _ = mention
    home, other = declaration()[table], (table, str(getattr(row, "id", row.origin.row)))
    if not home.has_ids:
        ends = [cell for cell in cells(known, table, row) if cell.column.references and cell.column.required]
        other = next((cell.ends[0] for cell in ends if cell.column.name != column.name), other)
    named = column if home.has_ids else home
    heading = Label(named.title("ja"), named.title("en"))
    if isinstance(row, Link):
        heading = known.label("predicates", row.predicate)
    label = known.label(*other) if home.has_ids or other[0] != table else place(row)
    return Relation(heading, Entity(other, label), evidence_words(known, row), place(row))


def _facts(known: Directory, table: str, row: Row) -> Iterator[Fact]:
    for column, state, values, ends in cells(known, table, row):
        if column.name not in EVIDENCE and (values or column.dimension or column.kind == "class"):
            heading = Label(column.title("ja"), column.title("en"))
            said: tuple[Entity | Label, ...] = tuple(Entity(key, known.label(*key)) for key in ends)
            said = said or tuple(
                age_label(one) if isinstance(one, Age) else Label(str(one), str(one)) for one in values
            )
            yield Fact(column.name, heading, said, state, column.name in row.inferred, column.name in row.classified)


def _definition(concept: Concept) -> Iterator[Fact]:
    for id, ja, en in (
        ("definition", concept.definition_ja, concept.definition_en),
        ("alt", "、".join(concept.alt), ""),
        ("reading", concept.reading, ""),
    ):
        if ja:
            yield Fact(id, _words(f"show_{id}"), (Label(ja, en),))


def _words(id: str, area: str = "knowledge") -> Label:
    return Label(*phrase(area, id))


def _caution(fact: Fact, lang: str) -> dict[str, object]:
    """How a cell is known, where it is less sure than its row."""
    marks = [id for id, marked in (("inferred", fact.is_inferred), ("classified", fact.is_classified)) if marked]
    return {"evidence": "・".join(_words(f"show_{id}").label(lang) for id in marks)} if marks else {}


def _line(section: str, heading: Label, value: Entity | Label, lang: str) -> dict[str, object]:
    label = value.label if isinstance(value, Entity) else value
    line: dict[str, object] = {"section": section, "field": heading.label(lang), "value": label.label(lang)}
    return line | ({"id": "/".join(value.key)} if isinstance(value, Entity) else {})
