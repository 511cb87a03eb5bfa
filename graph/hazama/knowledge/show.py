"""Everything about one row or concept of a town: its cells, what it names, and what names it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple, TypeAlias

from hazama.knowledge.labels import Directory, Entity, Key, Label, directory, evidence_words, place
from hazama.knowledge.limits import age_label, box_words
from hazama.model.boxes import boxes
from hazama.model.cells import NOT_RECORDED, Age, AgeRange, Unset
from hazama.model.concepts import Concept
from hazama.model.records import Link, Program, Row
from hazama.model.town import Municipality
from hazama.resources import phrase
from hazama.tables.columns import ANY, Column, declaration

State: TypeAlias = Literal["value", "no_limit", "not_recorded"]

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
    sources: tuple[Entity | Label, ...]
    evidence: Label
    layer: Label
    row: Label


class Mention(NamedTuple):
    """A cell that names something."""

    table: str
    row: Row
    column: Column
    key: Key


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
    entry, around = known.entries[key], [one for one in mentions(known) if one.key == key]
    relations = [(_is_subject(one), _relation(known, one)) for one in around]
    row = entry if isinstance(entry, Row) else None
    return Shown(
        entity=Entity(key, known.label(*key)),
        kind=_kind(key[0]),
        facts=tuple(_facts(known, key[0], row) if row else _definition(entry)),
        boxes=tuple(box_words(known, box) for box in boxes(town).get(row.id, (row,)))
        if isinstance(row, Program)
        else (),
        outgoing=tuple(relation for is_subject, relation in relations if is_subject),
        incoming=tuple(relation for is_subject, relation in relations if not is_subject),
        sources=tuple(_source(known, source) for source in row.source) if row else (),
        evidence=evidence_words(known, row) if row else _NOTHING,
        layer=_layer(town, row.layer) if row else _NOTHING,
        row=place(row) if row else _NOTHING,
    )


def show_records(shown: Shown, lang: str) -> list[dict[str, object]]:
    """The same as lines in one language, for tables and JSON: section, field, value, id; relations say where from."""
    lines = [
        _line("facts", one.heading, value, lang) | _caution(one, lang)
        for one in shown.facts
        for value in one.values or (_state(one),)
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


def mentions(known: Directory) -> Iterator[Mention]:
    """Every cell of a town that names a row or a concept, in the order of the tables."""
    for table, rows in known.town.tables():
        columns = [one for one in declaration()[table].columns if one.references or one.scheme or one.kind == "source"]
        for row in rows:
            for column in columns:
                for value in named(row, column):
                    yield Mention(table, row, column, end(known, column, value))


def named(row: Row, column: Column) -> tuple[str, ...]:
    """The ids in a cell that names something; a limit without values has none."""
    held = getattr(row, "limits", {}).get(column.name) if column.kind == "limit" else getattr(row, column.name)
    if isinstance(held, tuple):
        return held
    return (str(getattr(held, "value", held)),) if held and not isinstance(held, Unset) else ()


def end(known: Directory, column: Column, value: str) -> Key:
    """What a value of a column names: ``id``, ``table/id``, ``list/id``, or an address for a source."""
    if column.kind == "source":
        return "sources", value
    kind, slash, id = value.rpartition("/")
    if slash:
        return kind, id
    tables = [table for table, _ in known.town.tables()] if column.references == (ANY,) else column.references
    homes = [table for table in tables if (table, id) in known.entries or (table, id) in known.town.beyond]
    return (homes[0] if homes else column.scheme or tables[0]), id


def _is_subject(mention: Mention) -> bool:
    """Whether a link names the thing first; every other row names it from outside."""
    return isinstance(mention.row, Link) and mention.column.name == "subject"


def _relation(known: Directory, mention: Mention) -> Relation:
    row, other = mention.row, _other(known, mention)
    heading = known.label("predicates", row.predicate) if isinstance(row, Link) else _heading(mention)
    label = known.label(*other) if hasattr(row, "id") or other[0] != mention.table else place(row)
    return Relation(heading, Entity(other, label), evidence_words(known, row), place(row))


def _heading(mention: Mention) -> Label:
    """The column that names, or the table where the row itself is the relation."""
    column, table = mention.column, declaration()[mention.table]
    if table.has_ids:
        return Label(column.title("ja"), column.title("en"))
    return Label(table.ja, table.en)


def _other(known: Directory, mention: Mention) -> Key:
    """The row that names something, or the other end where the row itself is the relation (a seat, a link)."""
    if hasattr(mention.row, "id"):
        return mention.table, str(mention.row.id)
    for column in declaration()[mention.table].columns:
        if column.references and column.required and column.name != mention.column.name:
            return end(known, column, named(mention.row, column)[0])
    return mention.table, str(mention.row.origin.row)


def _facts(known: Directory, table: str, row: Row) -> Iterator[Fact]:
    for column in declaration()[table].columns:
        if column.name in EVIDENCE:
            continue
        values, state = _held(known, row, column)
        if values or state != "value":
            heading = Label(column.title("ja"), column.title("en"))
            yield Fact(column.name, heading, values, state, column.name in row.inferred, column.name in row.classified)


def _held(known: Directory, row: Row, column: Column) -> tuple[tuple[Entity | Label, ...], State]:
    if column.kind == "age":
        ages = getattr(row, "limits", {}).get("age", AgeRange())
        value: object = ages.least if column.name == "min_age" else ages.most
    elif column.kind == "limit":
        value = getattr(row, "limits", {}).get(column.name, NOT_RECORDED)
    else:
        value = getattr(row, column.name)
    if isinstance(value, Unset):
        return (), value.value
    if isinstance(value, Age):
        return (age_label(value),), "value"
    if column.references or column.scheme:
        keys = [end(known, column, one) for one in named(row, column)]
        return tuple(Entity(key, known.label(*key)) for key in keys), "value"
    texts = value if isinstance(value, tuple) else () if value in ("", None) else (value,)
    return tuple(Label(str(text), str(text)) for text in texts), "value"


def _definition(concept: object) -> Iterator[Fact]:
    if not isinstance(concept, Concept):
        return
    for id, ja, en in (
        ("definition", concept.definition_ja, concept.definition_en),
        ("alt", "、".join(concept.alt), ""),
        ("reading", concept.reading, ""),
    ):
        if ja:
            yield Fact(id, _words(f"show_{id}"), (Label(ja, en),))


def _kind(kind: str) -> Label:
    table = declaration().get(kind)
    return Label(table.ja, table.en) if table else Label(*phrase("graph", f"scheme_{kind}"))


def _source(known: Directory, source: str) -> Entity | Label:
    key = ("sources", source)
    return Entity(key, known.label(*key)) if key in known.entries else Label(source, source)


def _layer(town: Municipality, key: str) -> Label:
    layer = next(one for one in town.layers if one.key == key)
    return Label(layer.name, layer.name_en)


def _words(id: str) -> Label:
    return Label(*phrase("knowledge", id))


def _state(fact: Fact) -> Label:
    return _words("term_noLimit" if fact.state == "no_limit" else "term_notRecorded")


def _caution(fact: Fact, lang: str) -> dict[str, object]:
    """How a cell is known, where it is less sure than its row."""
    marks = [id for id, marked in (("inferred", fact.is_inferred), ("classified", fact.is_classified)) if marked]
    return {"evidence": "・".join(_words(f"show_{id}").label(lang) for id in marks)} if marks else {}


def _line(section: str, heading: Label, value: Entity | Label, lang: str) -> dict[str, object]:
    label = value.label if isinstance(value, Entity) else value
    line: dict[str, object] = {"section": section, "field": heading.label(lang), "value": label.label(lang)}
    return line | ({"id": "/".join(value.key)} if isinstance(value, Entity) else {})
