"""A town as RDF: one iterator of triples in the syntax of N-Triples.

CPSV-AP 3.2 for services, CPOV 2.1 and ORG for organisations and bodies, CCCEV 2.1 for eligibility,
ELI for law, SKOS for concepts, PROV for the row that a node comes from, DCAT and VoID for the data
set. The graph conforms to the published shapes of the first three when loaded with nothing else.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from hazama.knowledge import datasets, terms
from hazama.knowledge.addresses import Addresses
from hazama.knowledge.entities import TYPES, Entities, is_of_box, provision_label
from hazama.knowledge.mapping import recorded, writers, written
from hazama.knowledge.terms import Triple
from hazama.knowledge.vocabulary import PREFIXES, about, term
from hazama.model.records import Agency, Provision, Row
from hazama.model.town import Municipality
from hazama.tables.columns import declaration

if TYPE_CHECKING:
    from rdflib import Graph

LEFT_OUT = term("hz:LeftOut")
TOLD = frozenset(
    ("id", "name", "name_en", "reading", "heading", "statement", "title", "zone", "status", "reason", "since", "until")
)
"""The columns that a row which is only named still tells."""

_DERIVED, _PART = term("prov:wasDerivedFrom"), term("dct:isPartOf")
_OPEN = frozenset({"demand", "not_applicable"})
"""Tables where a blank limit stands for all values instead of one that nobody has recorded."""
_DEMANDING = frozenset(map(term, ("cpsv:PublicService", "hz:Challenge", "eli:LegalResourceSubdivision")))
"""Types of which the published shapes ask more than a row that is only named tells."""


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


def everything(town: Municipality) -> Iterator[Triple]:
    """The triples of a town, and what is known of the rows that a view leaves out but its rows still name.

    Questions count over the graph without them. A graph that leaves the house has each as a ``hz:LeftOut``
    with its name, evidence and time, so that no reference ends in nothing.
    """
    named: set[str] = set()
    for triple in triples(town):
        named.update(triple)
        yield triple
    addresses = Addresses(town)
    entities = Entities(town, addresses)
    for (table, _), row in town.beyond.items():
        subject = addresses.row(table, row)
        if subject in named:
            yield from _mention(subject, table, row, addresses)
            if isinstance(row, Agency):
                yield from entities.public(subject, row)


def document(town: Municipality) -> bytes:
    """Everything that is known about a town as N-Triples."""
    return n_triples(triples(town)).encode()


def n_triples(stated: Iterable[Triple]) -> str:
    """The text of an N-Triples document, one statement a line."""
    return "".join([f"{subject} {predicate} {object_} .\n" for subject, predicate, object_ in stated])


def statements(document: str) -> Iterator[Triple]:
    """The triples of an N-Triples document without blank nodes."""
    for line in document.splitlines():
        if line.endswith(" ."):
            subject, predicate, object_ = line[:-2].split(" ", 2)
            yield subject, predicate, object_


def graph(town: Municipality) -> "Graph":
    """The town with what it mentions as an rdflib Graph, every prefix bound; it conforms when loaded alone."""
    from rdflib import Graph

    made = Graph(bind_namespaces="none")
    for prefix, namespace in prefixes(town).items():
        made.bind(prefix, namespace)
    return made.parse(data=n_triples(everything(town)), format="nt")


def prefixes(town: Municipality) -> dict[str, str]:
    """The prefixes of every export: the vocabularies, and one for the base of each layer."""
    return PREFIXES | {layer.key or "town": layer.base for layer in town.layers}


def _table(table: str, rows: tuple[Row, ...], addresses: Addresses, entities: Entities) -> Iterator[Triple]:
    writes = writers((one for one in declaration()[table].columns if not is_of_box(table, one)), addresses)
    home = {layer: addresses.within(layer, "dataset") for layer in {row.layer for row in rows}}
    for row in rows:
        subject = addresses.row(table, row)
        yield from entities.beyond_cells(table, subject, row)
        cells = written(subject, row, writes)
        yield from recorded(cells) if table in _OPEN else cells
        yield subject, _DERIVED, addresses.origin(row)
        yield subject, _PART, home[row.layer]
        if row.extra:
            yield from _extras(subject, row, addresses)


def _extras(subject: str, row: Row, addresses: Addresses) -> Iterator[Triple]:
    """Columns that hazama does not know, as properties of the layer's own."""
    for name, value in sorted(row.extra.items()):
        column = addresses.extra_column(name, row.layer)
        yield subject, column, terms.literal(value)
        yield from about(column, {"rdf:type": term("rdf:Property"), "skos:prefLabel": terms.text(name, "ja")})


def _mention(subject: str, table: str, row: Row, addresses: Addresses) -> Iterator[Triple]:
    types = [type_ for type_ in TYPES[table] if type_ not in _DEMANDING]
    yield from about(
        subject,
        {
            "rdf:type": [LEFT_OUT, *types],
            "skos:inScheme": addresses.within(row.layer, "themes") if table == "themes" else "",
            "skos:prefLabel": provision_label(row) if isinstance(row, Provision) else "",
            "prov:wasDerivedFrom": addresses.origin(row),
            "dct:isPartOf": addresses.within(row.layer, "dataset"),
        },
    )
    told = writers((column for column in declaration()[table].columns if column.name in TOLD), addresses)
    yield from written(subject, row, told)
