"""A row as a network sees it: attributes and references. From values here, from triples in ``reading``.

A cell with several values is a set, so it is kept sorted; a blank cell is absent; "no limit" is the
word ``no_limit``. References to rows, and lists of concepts (needs, functions, field), are edges; a
single concept (kind, zone, role, status) and a limit are attributes that hold ids.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from hazama.knowledge import terms
from hazama.knowledge.addresses import ANY, Addresses
from hazama.knowledge.mapping import EMPTY, concept_id, is_address
from hazama.knowledge.mentions import TOLD
from hazama.model.cells import NO_LIMIT, NOT_RECORDED, Age, AgeRange
from hazama.model.concepts import Concept
from hazama.model.dates import Day
from hazama.model.records import Limits, Row
from hazama.model.town import Municipality
from hazama.tables.ages import age_text
from hazama.tables.columns import Column, declaration

Attribute: TypeAlias = str | int | float | tuple[str, ...]
"""What a node or edge may carry; a tuple is a set in sorted order."""

LEFT_OUT = "left_out"
"""Attribute of a node that the view leaves out and another row names."""

PAGES = "pages"
"""Attribute that holds the sources of a row that are addresses."""

OPEN = "no_limit"
"""The value of an attribute where somebody looked and there is no limit."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One row, or one concept that a row refers to."""

    term: str
    table: str
    """Name of the table, or of the concept list."""
    layer: str
    attributes: Mapping[str, Attribute]
    references: tuple[tuple[str, str], ...] = ()
    """Column and term of the target, each pair once, sorted."""


def entries(town: Municipality) -> Iterator[Entry]:
    """Every row of a town, then every concept that it may refer to."""
    addresses = Addresses(town)
    for table, rows in town.tables():
        for row in rows:
            yield _entry(table, row, addresses)
    for (table, _), row in town.beyond.items():
        yield _mention(table, row, addresses)
    for scheme in town.schemes.values():
        for concept in scheme.values():
            yield _concept(concept, addresses)


def is_edge(column: Column) -> bool:
    """Whether the values of a column are nodes of their own."""
    listed = bool(column.scheme and column.separator) and column.kind != "limit"
    return bool(column.references) or column.kind == "source" or listed


def several(values: Iterable[str]) -> tuple[str, ...]:
    """A set of values in the one order that every reading of it has."""
    return tuple(sorted(set(values)))


def concept_attributes(concept: Concept) -> dict[str, Attribute]:
    """What a concept says about itself, blanks left out."""
    said: dict[str, Attribute] = {
        "id": concept.id,
        "ja": concept.ja,
        "en": concept.en,
        "reading": concept.reading,
        "alt": several(concept.alt),
        "definition_ja": concept.definition_ja,
        "definition_en": concept.definition_en,
    }
    return {name: value for name, value in said.items() if value not in EMPTY}


def _concept(concept: Concept, addresses: Addresses) -> Entry:
    term = addresses.concept(concept.scheme, concept.id)
    return Entry(term, concept.scheme, concept.layer or "", concept_attributes(concept))


def _mention(table: str, row: Row, addresses: Addresses) -> Entry:
    """A row that a view leaves out: what it is called, its evidence and its time."""
    whole = _entry(table, row, addresses)
    told = {name: value for name, value in whole.attributes.items() if name in (*TOLD, "file", "row", "sheet")}
    return Entry(whole.term, table, row.layer, {**told, LEFT_OUT: True})


def _entry(table: str, row: Row, addresses: Addresses) -> Entry:
    attributes: dict[str, Attribute] = {"file": row.origin.file, "row": row.origin.row}
    if row.origin.sheet:
        attributes["sheet"] = row.origin.sheet
    references: set[tuple[str, str]] = set()
    for column in declaration()[table].columns:
        value = _value(row, column)
        if value is NO_LIMIT:
            attributes[column.name] = OPEN
        elif is_edge(column) and column.kind != "source":
            references |= {(column.name, target) for target in _targets(column, value, row.layer, addresses)}
        elif column.kind == "source":
            references |= {(column.name, target) for target in _sources(value, row.layer, addresses)}
            attributes |= _pages(value)
        elif value not in EMPTY:
            attributes[column.name] = terms.address(terms.iri(value)) if column.kind == "url" else _attribute(value)
    attributes |= {f"extra:{name}": value for name, value in row.extra.items()}
    return Entry(addresses.row(table, row), table, row.layer, attributes, tuple(sorted(references)))


def _value(row: Row, column: Column) -> Any:
    """The value of a cell; None where it is blank or not recorded."""
    if column.kind == "age":
        ages: Any = _limits(row).get("age", AgeRange())
        value: Any = ages.least if column.name == "min_age" else ages.most
    elif column.kind == "limit":
        value = _limits(row).get(column.name)
    else:
        value = getattr(row, column.name)
    return None if value is NOT_RECORDED else value


def _limits(row: Row) -> Limits:
    limits: Limits = getattr(row, "limits", {})
    return limits


def _attribute(value: Any) -> Attribute:
    match value:
        case Age():
            return age_text(value)
        case Day():
            return value.text
        case tuple():
            return several(value)
        case int() | float():
            return value
    return concept_id(value)


def _targets(column: Column, value: Any, layer: str, addresses: Addresses) -> Iterator[str]:
    for id in value if isinstance(value, tuple) else (value,):
        if id in EMPTY:
            continue
        if column.references == (ANY,):
            yield addresses.end(id, layer)
        elif column.references:
            yield addresses.reference(column.references, id, layer)
        else:
            yield addresses.concept(column.scheme, id)


def _sources(value: tuple[str, ...], layer: str, addresses: Addresses) -> Iterator[str]:
    return (addresses.reference(("sources",), id, layer) for id in value if not is_address(id))


def _pages(value: tuple[str, ...]) -> dict[str, Attribute]:
    found = several(terms.address(terms.iri(address)) for address in value if is_address(address))
    return {PAGES: found} if found else {}
