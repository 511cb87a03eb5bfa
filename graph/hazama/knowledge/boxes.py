"""Cells with three states as triples: a value, "no limit", or that nobody has looked.

``box hz:admits <concept>`` · ``box hz:noLimit <dimension>`` · ``box hz:notRecorded <dimension>``. The
node of a dimension is the concept list that its values stand in. An age has two ends, each with a
state of its own: ``hz:minAgeMonths`` and ``hz:maxAgeMonths`` count completed months, both included, so
that one comparison answers for years and months; ``hz:minAge`` is there where the limit is written in
years.
"""

from collections.abc import Iterable, Iterator
from functools import cache

from hazama.knowledge import terms
from hazama.knowledge.addresses import Addresses, scheme_term
from hazama.knowledge.mapping import Triple, predicate
from hazama.knowledge.vocabulary import NO_LIMIT, NOT_RECORDED, term
from hazama.model import cells
from hazama.model.cells import Age, AgeRange, Limit, Unset
from hazama.model.records import Limits, Row
from hazama.tables.columns import Column, declaration

ADMITS = term("hz:admits")
APPROXIMATE = term("hz:approximateColumn")
YEARS = {"min_age": term("hz:minAge"), "max_age": term("hz:maxAge")}
MONTHS = {"min_age": term("hz:minAgeMonths"), "max_age": term("hz:maxAgeMonths")}
STATES = {cells.NO_LIMIT: NO_LIMIT, cells.NOT_RECORDED: NOT_RECORDED}


@cache
def limit_columns(table: str) -> tuple[Column, ...]:
    """The columns of a table that limit whom a row reaches, ages apart."""
    return tuple(column for column in declaration()[table].columns if column.kind == "limit")


@cache
def class_columns(table: str) -> tuple[tuple[str, str, str], ...]:
    """Name, concept list and property of the columns of a table that classify and may say "all"."""
    columns = (column for column in declaration()[table].columns if column.kind == "class")
    return tuple((column.name, column.scheme, predicate(column)) for column in columns)


def limits(subject: str, table: str, of: Limits, layer: str, addresses: Addresses) -> list[Triple]:
    """One box: every dimension with its values or its state."""
    ages = of.get("age", AgeRange())
    stated = _ages(subject, ages) if isinstance(ages, AgeRange) else []
    for column in limit_columns(table):
        limit = of.get(column.name, cells.NOT_RECORDED)
        if isinstance(limit, Unset):
            stated.append((subject, STATES[limit], scheme_term(column.name)))
        elif not isinstance(limit, AgeRange):
            stated += [(subject, ADMITS, _value(column, value, layer, addresses)) for value in limit]
    return stated


def recorded(triples: Iterable[Triple]) -> Iterator[Triple]:
    """Only what is recorded, for rows where a blank cell leaves a dimension open."""
    return (triple for triple in triples if triple[1] != NOT_RECORDED)


def classes(subject: str, table: str, row: Row, addresses: Addresses) -> list[Triple]:
    """The needs and functions that a row serves, or their state."""
    stated: list[Triple] = []
    for name, scheme, served in class_columns(table):
        limit: Limit = getattr(row, name)
        if isinstance(limit, Unset):
            stated.append((subject, STATES[limit], scheme_term(scheme)))
        else:
            stated += [(subject, served, addresses.concept(scheme, value)) for value in limit]
    return stated


def _value(column: Column, value: str, layer: str, addresses: Addresses) -> str:
    if column.references:
        return addresses.reference(column.references, value, layer)
    return addresses.concept(column.scheme, value)


def _ages(subject: str, ages: AgeRange) -> list[Triple]:
    return [*_end(subject, "min_age", ages.least), *_end(subject, "max_age", ages.most)]


def _end(subject: str, column: str, age: Age | Unset) -> list[Triple]:
    if isinstance(age, Unset):
        return [(subject, STATES[age], YEARS[column])]
    months = age.months if column == "min_age" else age.after - 1
    stated = [(subject, MONTHS[column], terms.integer(months))]
    if age.unit == "year":
        stated.append((subject, YEARS[column], terms.integer(age.number)))
    if age.approximate:
        stated.append((subject, APPROXIMATE, terms.literal(column)))
    return stated
