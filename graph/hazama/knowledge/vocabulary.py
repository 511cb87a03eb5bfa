"""The vocabularies of the graph: one list of prefixes, short names turned into terms, and what is said with them."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from hazama.knowledge.terms import Triple, iri, text
from hazama.resources import words

HZ = "https://w3id.org/hazama/ns#"
"""Own terms, only where no standard has one; each is defined in ``ontology/hazama.ttl``."""

CONCEPTS = "https://w3id.org/hazama/concepts/"
"""The concept lists that come with hazama: ``<CONCEPTS><scheme>/<id>``."""

PREFIXES = {
    "hz": HZ,
    "cpsv": "http://purl.org/vocab/cpsv#",
    "cv": "http://data.europa.eu/m8g/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "eli": "http://data.europa.eu/eli/ontology#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "locn": "http://www.w3.org/ns/locn#",
    "org": "http://www.w3.org/ns/org#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
"""Bound in every export, and ready in every question."""


@cache
def term(name: str) -> str:
    """The term that a short name stands for.

    >>> term("cpsv:PublicService")
    '<http://purl.org/vocab/cpsv#PublicService>'
    """
    prefix, _, local = name.partition(":")
    return iri(PREFIXES[prefix] + local)


def terms(*names: str) -> tuple[str, ...]:
    """The terms of several short names."""
    return tuple(map(term, names))


def about(subject: str, said: Mapping[str, str | Iterable[str]]) -> Iterator[Triple]:
    """What is said of one subject: one term or several by the short name of the property; ``""`` says nothing."""
    for name, objects in said.items():
        predicate = term(name)
        for one in (objects,) if isinstance(objects, str) else objects:
            if one:
                yield subject, predicate, one


def both(ja: str, en: str) -> list[str]:
    """A text in Japanese and in English, as far as there is one."""
    return [text(said, lang) for said, lang in ((ja, "ja"), (en, "en")) if said]


def labels(id: str) -> list[str]:
    """What people call a node of hazama's own, from ``ontology/words/graph.csv``."""
    said = words("graph").get(id, {"ja": "", "en": ""})
    return both(said["ja"], said["en"])


A = term("rdf:type")
LABEL = term("skos:prefLabel")
TITLE = term("dct:title")
NO_LIMIT = term("hz:noLimit")
"""States that somebody looked and there is no limit in a dimension."""
NOT_RECORDED = term("hz:notRecorded")
"""States that a dimension or property of the subject is not recorded."""
