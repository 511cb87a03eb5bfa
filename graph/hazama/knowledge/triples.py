"""A town as RDF: one iterator of triples in the syntax of N-Triples.

CPSV-AP 3.2 for services, CPOV 2.1 and ORG for organisations and bodies, CCCEV 2.1 for eligibility,
ELI for law, SKOS for concepts, PROV for the row that a node comes from, DCAT and VoID for the data
set. The graph conforms to the published shapes of the first three when loaded with nothing else.
"""

from collections.abc import Iterable, Iterator

from hazama.knowledge import datasets
from hazama.knowledge.addresses import Addresses
from hazama.knowledge.entities import Entities
from hazama.knowledge.mapping import Triple, bounds, cells, extras, page_columns, pages, writers
from hazama.knowledge.vocabulary import term
from hazama.model.records import Row
from hazama.model.town import Municipality

_DERIVED, _PART = term("prov:wasDerivedFrom"), term("dct:isPartOf")


def triples(town: Municipality) -> Iterator[Triple]:
    """Everything that a town states, subject by subject in the order of the tables.

    A triple may come more than once (the type of a page that two rows name); a store keeps one.
    Rows are stated whatever their evidence: take a :func:`~hazama.model.view.view` first.
    """
    addresses = Addresses(town)
    entities = Entities(town, addresses)
    yield from datasets.layers(town, addresses)
    yield from datasets.schemes(town, addresses)
    for table, rows in town.tables():
        yield from _table(table, rows, addresses, entities)


def n_triples(statements: Iterable[Triple]) -> str:
    """The text of an N-Triples document, one statement a line."""
    return "".join([f"{subject} {predicate} {object_} .\n" for subject, predicate, object_ in statements])


def _table(table: str, rows: tuple[Row, ...], addresses: Addresses, entities: Entities) -> Iterator[Triple]:
    columns = page_columns(table)
    writes = writers(table, addresses)
    datasets_ = {layer: addresses.within(layer, "dataset") for layer in {row.layer for row in rows}}
    for row in rows:
        subject = addresses.row(table, row)
        yield from entities.beyond_cells(table, subject, row)
        yield from cells(subject, row, writes)
        yield subject, _DERIVED, addresses.origin(row)
        yield subject, _PART, datasets_[row.layer]
        yield from bounds(subject, row)
        yield from pages(row, columns)
        if row.extra:
            yield from extras(subject, row, addresses)
