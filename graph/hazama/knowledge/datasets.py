"""What a graph says about itself: the layers as data sets, their places, publishers and concept lists.

DCAT 3 and VoID; everything is typed here so that the graph conforms when loaded with nothing else.
"""

from collections import Counter
from collections.abc import Iterator

from hazama.knowledge import terms
from hazama.knowledge.addresses import Addresses, scheme_term
from hazama.knowledge.entities import OWNER_NOT_RECORDED
from hazama.knowledge.mapping import Triple, is_address
from hazama.knowledge.vocabulary import HZ, IDENTIFIER, LABEL, TITLE, A
from hazama.knowledge.vocabulary import terms as several
from hazama.model.concepts import Concept
from hazama.model.town import Layer, Municipality
from hazama.resources import words

_DATASET = several("dcat:Dataset", "void:Dataset")
_NOT_RECORDED_OWNER = several("hz:OwnerNotRecorded", "cv:PublicOrganisation", "org:Organization")
_AGENT, _LOCATION, _PUBLIC = several("foaf:Agent", "dct:Location", "cv:PublicOrganisation")
_CONCEPT, _SCHEME, _DIMENSION, _PROPERTY = several("skos:Concept", "skos:ConceptScheme", "hz:Dimension", "rdf:Property")
_IN_SCHEME, _NOTATION, _ALT, _READING = several("skos:inScheme", "skos:notation", "skos:altLabel", "hz:reading")
_BROADER, _DEFINITION = several("skos:broader", "skos:definition")
_EXACT, _CLOSE = several("skos:exactMatch", "skos:closeMatch")
_PLACE, _PUBLISHER, _DESCRIPTION = several("dct:spatial", "dct:publisher", "dct:description")
_LICENCE, _RIGHTS, _REQUIRES = several("dct:license", "dc:rights", "dct:requires")
_LAYER, _AS_OF, _KIND, _ROLE = several("hz:layer", "hz:asOf", "hz:dimensionKind", "hz:dimensionRole")
_URI_SPACE, _ENTITIES, _VOCABULARY = several("void:uriSpace", "void:entities", "void:vocabulary")
_WORDS = words("graph")


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
        subject = scheme_term(scheme)
        yield subject, A, _SCHEME
        yield from _labels(subject, f"scheme_{scheme}")
        for concept in concepts.values():
            yield from _concept(concept, addresses)
    for dimension in town.space:
        subject = scheme_term(dimension.id)
        yield subject, A, _DIMENSION
        yield subject, _KIND, terms.literal(dimension.kind)
        yield subject, _ROLE, terms.literal(dimension.role)
        yield from _both(subject, LABEL, dimension.ja, dimension.en)


def _dataset(layer: Layer, rows: int, addresses: Addresses) -> Iterator[Triple]:
    dataset, publisher, place = (addresses.within(layer.key, name) for name in ("dataset", "publisher", "place"))
    for type_ in _DATASET:
        yield dataset, A, type_
    yield dataset, _LAYER, terms.literal(layer.key)
    yield dataset, IDENTIFIER, terms.literal(layer.key or layer.code or "town")
    yield from _both(dataset, TITLE, layer.name, layer.name_en)
    yield from _described(dataset, layer)
    yield dataset, _PUBLISHER, publisher
    yield dataset, _PLACE, place
    yield dataset, _URI_SPACE, terms.literal(layer.base)
    yield dataset, _ENTITIES, terms.integer(rows)
    yield dataset, _VOCABULARY, terms.iri(HZ)
    if layer.as_of:
        yield dataset, _AS_OF, terms.calendar_day(layer.as_of)
    if layer.licence:
        address = is_address(layer.licence)
        yield (
            dataset,
            *((_LICENCE, terms.iri(layer.licence)) if address else (_RIGHTS, terms.text(layer.licence, "ja"))),
        )
    for below in layer.stands_on:
        yield dataset, _REQUIRES, addresses.within(below, "dataset")
    yield publisher, A, _AGENT
    yield publisher, IDENTIFIER, terms.literal("publisher")
    yield publisher, TITLE, terms.text(layer.publisher or layer.name, "ja")


def _described(dataset: str, layer: Layer) -> Iterator[Triple]:
    names = {"ja": layer.name, "en": layer.name_en or layer.name}
    for lang, sentence in _WORDS["dataset_description"].items():
        yield dataset, _DESCRIPTION, terms.text(sentence.format(name=names[lang]), lang)


def _place(layer: Layer, addresses: Addresses) -> Iterator[Triple]:
    place = addresses.within(layer.key, "place")
    yield place, A, _LOCATION
    yield from _both(place, LABEL, layer.name, layer.name_en)
    if layer.code:
        town = addresses.within(layer.key, "town")
        yield place, IDENTIFIER, terms.literal(layer.code)
        yield town, A, _PUBLIC
        yield town, IDENTIFIER, terms.literal(layer.code)
        yield town, _PLACE, place
        yield from _both(town, LABEL, layer.name, layer.name_en)


def _unrecorded_owner(layer: Layer, addresses: Addresses) -> Iterator[Triple]:
    owner = addresses.within(layer.key, OWNER_NOT_RECORDED)
    for type_ in _NOT_RECORDED_OWNER:
        yield owner, A, type_
    yield owner, IDENTIFIER, terms.literal(OWNER_NOT_RECORDED)
    yield owner, _PLACE, addresses.within(layer.key, "place")
    yield from _labels(owner, "owner_not_recorded")


def _concept(concept: Concept, addresses: Addresses) -> Iterator[Triple]:
    subject = addresses.concept(concept.scheme, concept.id)
    yield subject, A, _CONCEPT
    if concept.scheme == "predicates":
        yield subject, A, _PROPERTY
    yield subject, _IN_SCHEME, scheme_term(concept.scheme)
    yield subject, _NOTATION, terms.literal(concept.id)
    yield from _both(subject, LABEL, concept.ja, concept.en)
    yield from _both(subject, _DEFINITION, concept.definition_ja, concept.definition_en)
    if concept.reading:
        yield subject, _READING, terms.text(concept.reading, "ja-Hrkt")
    for other in concept.alt:
        yield subject, _ALT, terms.text(other, "ja")
    if concept.broader:
        yield subject, _BROADER, addresses.concept(concept.scheme, concept.broader)
    for predicate, matches in ((_EXACT, concept.exact_match), (_CLOSE, concept.close_match)):
        for match in matches:
            yield subject, predicate, _matched(match, addresses)


def _matched(match: str, addresses: Addresses) -> str:
    """A concept elsewhere by its address, or one of hazama's other lists as ``scheme/id``."""
    if is_address(match):
        return terms.iri(match)
    scheme, _, id = match.partition("/")
    return addresses.concept(scheme, id)


def _both(subject: str, predicate: str, ja: str, en: str) -> Iterator[Triple]:
    if ja:
        yield subject, predicate, terms.text(ja, "ja")
    if en:
        yield subject, predicate, terms.text(en, "en")


def _labels(subject: str, id: str) -> Iterator[Triple]:
    for lang, label in _WORDS.get(id, {}).items():
        yield subject, LABEL, terms.text(label, lang)
