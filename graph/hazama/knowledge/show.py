"""Everything about one row or concept of a town: its cells, what it names, and what names it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from hazama.knowledge.cells import Cell, Mention, State, cells, mentions
from hazama.knowledge.labels import Directory, Entity, Label, directory, evidence_words, place
from hazama.knowledge.limits import age_label, box_words
from hazama.model.boxes import boxes
from hazama.model.cells import Age
from hazama.model.concepts import Concept
from hazama.model.records import Link, Program, Row
from hazama.model.town import Municipality
from hazama.resources import phrase
from hazama.tables.columns import declaration

EVIDENCE = frozenset({"id", "status", "reason", "inferred", "classified", "source", "locator"})
"""Columns that say how a row is known; they are no facts of their own."""
_NOTHING = Label("", "")


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
    facts: tuple[Fact, ...]
    boxes: tuple[Label, ...]
    """The eligibility of a programme, one text for each box."""
    outgoing: tuple[Relation, ...]
    """Links and seats that name it first."""
    incoming: tuple[Relation, ...]
    """Everything that names it."""
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
    entry = known.entries[key]
    shown = _around(known, Entity(key, known.label(*key)))
    if isinstance(entry, Row):
        return _row(known, entry, shown)
    return replace(shown, facts=tuple(_definition(entry))) if isinstance(entry, Concept) else shown


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


def _around(known: Directory, entity: Entity) -> Shown:
    """The thing with all that names it; a link that names it first goes out."""
    found = [one for one in mentions(known) if one.key == entity.key]
    going = [isinstance(one.row, Link) and one.column.name == "subject" for one in found]
    relations = [_relation(known, one) for one in found]
    outgoing = tuple(one for one, out in zip(relations, going, strict=True) if out)
    incoming = tuple(one for one, out in zip(relations, going, strict=True) if not out)
    table = declaration().get(entity.key[0])
    kind = Label(table.ja, table.en) if table else Label(*phrase("graph", f"scheme_{entity.key[0]}"))
    return Shown(entity, kind, (), (), outgoing, incoming)


def _row(known: Directory, row: Row, shown: Shown) -> Shown:
    layer = next(one for one in known.town.layers if one.key == row.layer)
    homes = boxes(known.town).get(row.id, (row,)) if isinstance(row, Program) else ()
    return replace(
        shown,
        facts=tuple(_facts(known, shown.entity.key[0], row)),
        boxes=tuple(box_words(known, box) for box in homes),
        sources=tuple(_source(known, source) for source in row.source),
        evidence=evidence_words(known, row),
        layer=Label(layer.name, layer.name_en),
        row=place(row),
    )


def _source(known: Directory, source: str) -> Entity | Label:
    key = ("sources", source)
    return Entity(key, known.label(*key)) if key in known.entries else Label(source, source)


def _relation(known: Directory, mention: Mention) -> Relation:
    row, other = mention.row, _other(known, mention)
    heading = known.label("predicates", row.predicate) if isinstance(row, Link) else _heading(mention)
    label = known.label(*other) if hasattr(row, "id") or other[0] != mention.table else place(row)
    return Relation(heading, Entity(other, label), evidence_words(known, row), place(row))


def _heading(mention: Mention) -> Label:
    """The column that names, or the table where the row itself is the relation."""
    table = declaration()[mention.table]
    named = mention.column if table.has_ids else table
    return Label(named.title("ja"), named.title("en"))


def _other(known: Directory, mention: Mention) -> tuple[str, str]:
    """The row that names something, or the other end where the row itself is the relation (a seat, a link)."""
    if hasattr(mention.row, "id"):
        return mention.table, str(mention.row.id)
    for column, _, _, ends in cells(known, mention.table, mention.row):
        if column.references and column.required and column.name != mention.column.name:
            return ends[0]
    return mention.table, str(mention.row.origin.row)


def _facts(known: Directory, table: str, row: Row) -> Iterator[Fact]:
    for cell in cells(known, table, row):
        column = cell.column
        if column.name not in EVIDENCE and (cell.values or column.dimension or column.kind == "class"):
            heading = Label(column.title("ja"), column.title("en"))
            marks = column.name in row.inferred, column.name in row.classified
            yield Fact(column.name, heading, _values(known, cell), cell.state, *marks)


def _values(known: Directory, cell: Cell) -> tuple[Entity | Label, ...]:
    if cell.ends:
        return tuple(Entity(key, known.label(*key)) for key in cell.ends)
    return tuple(age_label(one) if isinstance(one, Age) else Label(str(one), str(one)) for one in cell.values)


def _definition(concept: Concept) -> Iterator[Fact]:
    for id, ja, en in (
        ("definition", concept.definition_ja, concept.definition_en),
        ("alt", "、".join(concept.alt), ""),
        ("reading", concept.reading, ""),
    ):
        if ja:
            yield Fact(id, _words(f"show_{id}"), (Label(ja, en),))


def _words(id: str) -> Label:
    return Label(*phrase("knowledge", id))


def _caution(fact: Fact, lang: str) -> dict[str, object]:
    """How a cell is known, where it is less sure than its row."""
    marks = [id for id, marked in (("inferred", fact.is_inferred), ("classified", fact.is_classified)) if marked]
    return {"evidence": "・".join(_words(f"show_{id}").label(lang) for id in marks)} if marks else {}


def _line(section: str, heading: Label, value: Entity | Label, lang: str) -> dict[str, object]:
    label = value.label if isinstance(value, Entity) else value
    line: dict[str, object] = {"section": section, "field": heading.label(lang), "value": label.label(lang)}
    return line | ({"id": "/".join(value.key)} if isinstance(value, Entity) else {})
