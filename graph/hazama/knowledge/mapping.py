"""How a declared column becomes triples: its property from the declaration, its values as terms.

The declaration (``ontology/tables.csvw.json``) says property, kind, language and references of every
column; this module turns that into one :class:`Writer` a column, so that a new column of a kind that
exists needs no Python.
"""

from collections.abc import Callable, Container, Iterable, Iterator
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

from hazama.knowledge import terms
from hazama.knowledge.addresses import ANY, Addresses
from hazama.knowledge.vocabulary import LABEL, A, term
from hazama.model.records import Row, Status
from hazama.tables.columns import Column, declaration

Triple: TypeAlias = tuple[str, str, str]
"""Subject, predicate and object in the syntax of N-Triples."""

Objects: TypeAlias = Callable[[Any, str], Iterable[str]]
"""The terms of a cell's value; the second argument is the key of the row's layer."""

EMPTY: tuple[object, ...] = ("", (), None)
ELSEWHERE = frozenset({"limit", "class", "age"})
"""Kinds of cell with three states; see :mod:`hazama.knowledge.boxes`."""
OF_THE_BOX = frozenset({("programs", "other_limits"), ("programs", "provision")})
"""Columns of a programme that speak of its eligibility box."""

_FIRST_DAY, _LAST_DAY = term("hz:firstDay"), term("hz:lastDay")
_DOCUMENT = term("foaf:Document")


class Writer(NamedTuple):
    """One column's way into the graph."""

    predicate: str
    value: Callable[[Row], Any]
    objects: Objects


def writers(table: str, addresses: Addresses, only: Container[str] | None = None) -> list[Writer]:
    """The writers of a table's columns, in the order of the declaration; of some of them by name."""
    return [
        Writer(predicate(column), attrgetter(column.name), _objects(column, addresses))
        for column in declaration()[table].columns
        if column.kind not in ELSEWHERE and (table, column.name) not in OF_THE_BOX
        if only is None or column.name in only
    ]


def predicate(column: Column) -> str:
    """The property of a column as a term."""
    return terms.iri(column.states)


def cells(subject: str, row: Row, table: list[Writer]) -> list[Triple]:
    """What the cells of a row state of the subject."""
    layer = row.layer
    stated: list[Triple] = []
    for predicate, value_of, objects in table:
        value = value_of(row)
        if value or value == 0:
            stated += [(subject, predicate, term_) for term_ in objects(value, layer)]
    return stated


def bounds(subject: str, row: Row) -> Iterator[Triple]:
    """The first and last day of a row as calendar days, so that SPARQL can compare them."""
    if row.since:
        yield subject, _FIRST_DAY, terms.calendar_day(row.since.first)
    if row.until:
        yield subject, _LAST_DAY, terms.calendar_day(row.until.last)


def extras(subject: str, row: Row, addresses: Addresses) -> Iterator[Triple]:
    """Columns that hazama does not know, as properties of the layer's own."""
    for name, value in sorted(row.extra.items()):
        column = addresses.extra_column(name, row.layer)
        yield subject, column, terms.literal(value)
        yield column, A, term("rdf:Property")
        yield column, LABEL, terms.text(name, "ja")


def page_columns(table: str) -> tuple[str, ...]:
    """The names of the columns that may hold addresses."""
    return tuple(column.name for column in declaration()[table].columns if column.kind in ("url", "source"))


def pages(row: Row, columns: tuple[str, ...]) -> Iterator[Triple]:
    """The type of every page that a row points to."""
    for column in columns:
        for address in _listed(getattr(row, column)):
            if is_address(address):
                yield terms.iri(address), A, _DOCUMENT


def is_address(text: str) -> bool:
    """Whether a source is an address instead of an id."""
    return "://" in text


def _listed(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,)


def _objects(column: Column, addresses: Addresses) -> Objects:
    single = _single(column, addresses)
    if column.separator:
        return lambda values, layer: [single(value, layer) for value in values]
    return lambda value, layer: (single(value, layer),)


def _single(column: Column, addresses: Addresses) -> Callable[[Any, str], str]:
    match column.kind:
        case "reference" if column.references == (ANY,):
            return lambda value, layer: addresses.end(value, layer)
        case "reference":
            return lambda value, layer: addresses.reference(column.references, value, layer)
        case "concept":
            return lambda value, layer: addresses.concept(column.scheme, concept_id(value))
        case "source":
            return lambda value, layer: _source(value, layer, addresses)
        case "day":
            return lambda value, layer: terms.day(value)
        case "url":
            return lambda value, layer: terms.iri(value)
        case "integer":
            return lambda value, layer: terms.integer(value)
        case "decimal":
            return lambda value, layer: terms.decimal(value)
    if column.lang:
        return lambda value, layer: terms.text(value, column.lang)
    return lambda value, layer: terms.literal(value)


def concept_id(value: str | Status) -> str:
    """The concept that a cell names; a status is one of them."""
    return value.value if isinstance(value, Status) else value


def _source(value: str, layer: str, addresses: Addresses) -> str:
    return terms.iri(value) if is_address(value) else addresses.reference(("sources",), value, layer)
