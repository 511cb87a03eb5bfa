"""How the cells of a row become triples, column by column as ``ontology/tables.csvw.json`` declares them.

Property, kind, language and references of a column make one :class:`Writer`, so that a new column of a
kind that exists needs no Python; :mod:`~hazama.knowledge.reading` is the inverse.

A cell with three states says ``hz:admits <concept>``, ``hz:noLimit <dimension>`` or ``hz:notRecorded
<dimension>``; the node of a dimension is the concept list that its values stand in. An age has two ends,
each with a state of its own: ``hz:minAgeMonths`` and ``hz:maxAgeMonths`` count completed months, both
included, so that one comparison answers for years and months; ``hz:minAge`` is there where the limit is
written in years.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from operator import attrgetter
from typing import Any, NamedTuple, TypeAlias

from hazama.knowledge import terms
from hazama.knowledge.addresses import Addresses, scheme_term
from hazama.knowledge.terms import Triple
from hazama.knowledge.vocabulary import NO_LIMIT, NOT_RECORDED, A, term
from hazama.model import cells
from hazama.model.cells import Age, Unset, Values
from hazama.model.dates import Day
from hazama.model.records import Row, Status
from hazama.tables.columns import ANY, Column
from hazama.tables.writing import cell_value

Said: TypeAlias = Callable[[str, Any, str], Iterable[Triple]]
"""What a value states of a subject; the last argument is the key of the row's layer."""
Named: TypeAlias = Callable[[Any, str], str]
"""The term of a value, by the key of the row's layer."""

YEARS = {"min_age": term("hz:minAge"), "max_age": term("hz:maxAge")}
MONTHS = {"min_age": term("hz:minAgeMonths"), "max_age": term("hz:maxAgeMonths")}
APPROXIMATE = term("hz:approximateColumn")
_STATES = {cells.NO_LIMIT: NO_LIMIT, cells.NOT_RECORDED: NOT_RECORDED}
_DOCUMENT = term("foaf:Document")
_LITERALS: Mapping[str, Callable[[Any], str]] = {
    "day": terms.day,
    "url": terms.iri,
    "integer": terms.integer,
    "decimal": terms.decimal,
}
"""The terms of kinds that name nothing of the town; all others are text."""


class Writer(NamedTuple):
    """One column's way into the graph."""

    value: Callable[[Row], Any]
    said: Said


def writers(columns: Iterable[Column], addresses: Addresses) -> list[Writer]:
    """The writers of these columns."""
    return [Writer(_value(column), _said(column, addresses)) for column in columns]


def written(subject: str, row: Row, table: Iterable[Writer]) -> list[Triple]:
    """What the cells of a row state of the subject."""
    layer = row.layer
    stated: list[Triple] = []
    for value_of, said in table:
        value = value_of(row)
        if value or value == 0:
            stated += said(subject, value, layer)
    return stated


def recorded(triples: Iterable[Triple]) -> list[Triple]:
    """Only what is recorded, for rows where a blank cell leaves a dimension open."""
    return [triple for triple in triples if triple[1] != NOT_RECORDED]


def predicate(column: Column) -> str:
    """The property of a column as a term."""
    return terms.iri(column.states)


def dimension(column: Column) -> str:
    """The node of what a cell with three states limits or classifies."""
    return scheme_term(column.scheme if column.kind == "class" else column.name)


def is_address(text: str) -> bool:
    """Whether a source is an address instead of an id."""
    return "://" in text


def _value(column: Column) -> Callable[[Any], Any]:
    """How the value of a cell is found; limits are most of the cells of a town, and looked up at once."""
    if column.kind == "limit":
        return lambda row: row.limits.get(column.name, cells.NOT_RECORDED)
    return partial(cell_value, column=column) if column.kind == "age" else attrgetter(column.name)


def _said(column: Column, addresses: Addresses) -> Said:
    stated, named = predicate(column), value_term(column, addresses)
    match column.kind:
        case "age":
            return partial(_age, column.name)
        case "limit" | "class":
            return partial(_three_states, stated, dimension(column), named)
        case "source" | "url":
            return partial(_pages, stated, named)
        case "day" if column.name in ("since", "until"):
            return partial(_bound, stated, column.name)
    if column.separator:
        return lambda subject, values, layer: [(subject, stated, named(value, layer)) for value in values]
    return lambda subject, value, layer: ((subject, stated, named(value, layer)),)


def value_term(column: Column, addresses: Addresses) -> Named:
    """The term of one value in a column, by the value and its layer."""
    if column.references == (ANY,):
        return addresses.end
    if column.references:
        return lambda value, layer: addresses.reference(column.references, value, layer)
    if column.kind == "source":
        return lambda value, layer: (
            terms.iri(value) if is_address(value) else addresses.reference(("sources",), value, layer)
        )
    if column.scheme:
        return lambda value, layer: addresses.concept(
            column.scheme, value.value if isinstance(value, Status) else value
        )
    if column.lang:
        return lambda value, layer: terms.text(value, column.lang)
    made = _LITERALS.get(column.kind, terms.literal)
    return lambda value, layer: made(value)


def _three_states(
    stated: str, limits: str, named: Named, subject: str, value: Values | Unset, layer: str
) -> list[Triple]:
    if isinstance(value, Unset):
        return [(subject, _STATES[value], limits)]
    return [(subject, stated, named(one, layer)) for one in value]


def _age(column: str, subject: str, age: Age | Unset, layer: str) -> list[Triple]:
    if isinstance(age, Unset):
        return [(subject, _STATES[age], YEARS[column])]
    months = age.months if column == "min_age" else age.after - 1
    stated = [(subject, MONTHS[column], terms.integer(months))]
    if age.unit == "year":
        stated.append((subject, YEARS[column], terms.integer(age.number)))
    if age.approximate:
        stated.append((subject, APPROXIMATE, terms.literal(column)))
    return stated


def _bound(stated: str, column: str, subject: str, day: Day, layer: str) -> list[Triple]:
    """A day as it was written, and as a calendar day that SPARQL can compare."""
    name, bound = ("hz:firstDay", day.first) if column == "since" else ("hz:lastDay", day.last)
    return [(subject, stated, terms.day(day)), (subject, term(name), terms.calendar_day(bound))]


def _pages(stated: str, named: Named, subject: str, value: str | tuple[str, ...], layer: str) -> list[Triple]:
    """What a row points to; every page is typed, so that nothing is named without a type."""
    found = [(one, named(one, layer)) for one in ((value,) if isinstance(value, str) else value)]
    typed = [(page, A, _DOCUMENT) for address, page in found if is_address(address)]
    return [(subject, stated, page) for _, page in found] + typed
