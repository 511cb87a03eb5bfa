"""Rows that a view leaves out but that its rows still name: an ended section, an inferred provision.

The graph that questions count over (:func:`~hazama.knowledge.triples.triples`) does not hold them. A graph that
leaves the house does, each as a ``hz:LeftOut`` with its name, evidence and time, so that no reference
ends in nothing and the published shapes find every target typed.
"""

from collections.abc import Iterator

from hazama.knowledge import mapping, terms
from hazama.knowledge.addresses import Addresses
from hazama.knowledge.entities import Entities
from hazama.knowledge.mapping import Triple
from hazama.knowledge.triples import triples
from hazama.knowledge.vocabulary import LABEL, A, term
from hazama.knowledge.vocabulary import terms as several
from hazama.model.records import Agency, Provision, Row
from hazama.model.town import Municipality

TOLD = ("id", "name", "name_en", "reading", "heading", "statement", "title", "status", "reason", "since", "until")
"""The columns that a row which is only named still tells."""

LEFT_OUT = term("hz:LeftOut")
_TYPES = {
    "agencies": several("org:Organization"),
    "bodies": several("org:Organization", "org:OrganizationalCollaboration"),
    "laws": several("eli:LegalResource"),
    "provisions": several("eli:LegalResource"),
    "themes": several("hz:Theme", "skos:Concept"),
    "districts": several("dct:Location"),
    "sources": several("dct:BibliographicResource", "foaf:Document"),
}
_DERIVED, _PART = several("prov:wasDerivedFrom", "dct:isPartOf")
_SCHEME = term("skos:inScheme")


def everything(town: Municipality) -> Iterator[Triple]:
    """The triples of a town, and what is known of the rows that they name but do not hold."""
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
                yield from entities.agency(subject, row)


def _mention(subject: str, table: str, row: Row, addresses: Addresses) -> Iterator[Triple]:
    yield subject, A, LEFT_OUT
    for type_ in _TYPES.get(table, ()):
        yield subject, A, type_
    if table == "themes":
        yield subject, _SCHEME, addresses.within(row.layer, "themes")
    if isinstance(row, Provision):
        yield subject, LABEL, terms.text(row.heading, "ja") if row.heading else terms.literal(row.id)
    yield from mapping.cells(subject, row, mapping.writers(table, addresses, TOLD))
    yield from mapping.bounds(subject, row)
    yield subject, _DERIVED, addresses.origin(row)
    yield subject, _PART, addresses.within(row.layer, "dataset")
