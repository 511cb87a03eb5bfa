"""What a graph says about itself: the layers as data sets, their places, publishers and concept lists.

DCAT 3 and VoID; everything is typed here so that the graph conforms when loaded with nothing else.
"""

from collections import Counter
from collections.abc import Iterator

from hazama.knowledge.addresses import Addresses, scheme_term
from hazama.knowledge.entities import OWNER_NOT_RECORDED
from hazama.knowledge.mapping import is_address
from hazama.knowledge.terms import Triple, calendar_day, integer, iri, literal, text
from hazama.knowledge.vocabulary import HZ, about, both, labels, term, terms
from hazama.model.concepts import Concept
from hazama.model.town import Layer, Municipality
from hazama.resources import words

_DESCRIPTION = words("graph")["dataset_description"]


def layers(town: Municipality, addresses: Addresses) -> Iterator[Triple]:
    """Every layer as a data set with its place, its publisher and the node for owners not recorded."""
    counts = Counter(row.layer for _, rows in town.tables() for row in rows)
    unowned = {row.layer for row in town.programs if not row.owner}
    for layer in town.layers:
        yield from _dataset(layer, counts[layer.key], addresses)
        yield from _place(layer, addresses)
        if layer.key in unowned:
            yield from _unrecorded_owner(layer, addresses)


def schemes(town: Municipality, addresses: Addresses) -> Iterator[Triple]:
    """Every concept list, every concept, and the dimensions of the space."""
    for scheme, concepts in town.schemes.items():
        named = {"rdf:type": term("skos:ConceptScheme"), "skos:prefLabel": labels(f"scheme_{scheme}")}
        yield from about(scheme_term(scheme), named)
        for concept in concepts.values():
            yield from _concept(concept, addresses)
    for dimension in town.space:
        yield from about(
            scheme_term(dimension.id),
            {
                "rdf:type": term("hz:Dimension"),
                "hz:dimensionKind": literal(dimension.kind),
                "hz:dimensionRole": literal(dimension.role),
                "skos:prefLabel": both(dimension.ja, dimension.en),
            },
        )


def _dataset(layer: Layer, rows: int, addresses: Addresses) -> Iterator[Triple]:
    dataset, publisher, place = (addresses.within(layer.key, name) for name in ("dataset", "publisher", "place"))
    names = {"ja": layer.name, "en": layer.name_en or layer.name}
    is_page = is_address(layer.licence)
    yield from about(
        dataset,
        {
            "rdf:type": terms("dcat:Dataset", "void:Dataset"),
            "hz:layer": literal(layer.key),
            "dct:identifier": literal(layer.key or layer.code or "town"),
            "dct:title": both(layer.name, layer.name_en),
            "dct:description": [text(said.format(name=names[lang]), lang) for lang, said in _DESCRIPTION.items()],
            "dct:publisher": publisher,
            "dct:spatial": place,
            "void:uriSpace": literal(layer.base),
            "void:entities": integer(rows),
            "void:vocabulary": iri(HZ),
            "hz:asOf": calendar_day(layer.as_of) if layer.as_of else "",
            "dct:license": iri(layer.licence) if is_page else "",
            "dc:rights": text(layer.licence, "ja") if layer.licence and not is_page else "",
            "dct:requires": [addresses.within(below, "dataset") for below in layer.stands_on],
        },
    )
    name = text(layer.publisher or layer.name, "ja")
    agent = {"rdf:type": term("foaf:Agent"), "dct:identifier": literal("publisher"), "dct:title": name}
    yield from about(publisher, agent)


def _place(layer: Layer, addresses: Addresses) -> Iterator[Triple]:
    place, names = addresses.within(layer.key, "place"), both(layer.name, layer.name_en)
    code = literal(layer.code) if layer.code else ""
    yield from about(place, {"rdf:type": term("dct:Location"), "skos:prefLabel": names, "dct:identifier": code})
    if code:
        town = {"rdf:type": term("cv:PublicOrganisation"), "dct:identifier": code}
        yield from about(addresses.within(layer.key, "town"), {**town, "dct:spatial": place, "skos:prefLabel": names})


def _unrecorded_owner(layer: Layer, addresses: Addresses) -> Iterator[Triple]:
    return about(
        addresses.within(layer.key, OWNER_NOT_RECORDED),
        {
            "rdf:type": terms("hz:OwnerNotRecorded", "cv:PublicOrganisation", "org:Organization"),
            "dct:identifier": literal(OWNER_NOT_RECORDED),
            "dct:spatial": addresses.within(layer.key, "place"),
            "skos:prefLabel": labels("owner_not_recorded"),
        },
    )


def _concept(concept: Concept, addresses: Addresses) -> Iterator[Triple]:
    return about(
        addresses.concept(concept.scheme, concept.id),
        {
            "rdf:type": terms("skos:Concept", *(["rdf:Property"] if concept.scheme == "predicates" else [])),
            "skos:inScheme": scheme_term(concept.scheme),
            "skos:notation": literal(concept.id),
            "skos:prefLabel": both(concept.ja, concept.en),
            "skos:definition": both(concept.definition_ja, concept.definition_en),
            "hz:reading": text(concept.reading, "ja-Hrkt") if concept.reading else "",
            "skos:altLabel": [text(other, "ja") for other in concept.alt],
            "skos:broader": addresses.concept(concept.scheme, concept.broader) if concept.broader else "",
            "skos:exactMatch": [_matched(match, addresses) for match in concept.exact_match],
            "skos:closeMatch": [_matched(match, addresses) for match in concept.close_match],
        },
    )


def _matched(match: str, addresses: Addresses) -> str:
    """A concept elsewhere by its address, or one of hazama's other lists as ``scheme/id``."""
    if is_address(match):
        return iri(match)
    scheme, _, id = match.partition("/")
    return addresses.concept(scheme, id)
