"""Every RDF format says the same, as readers that hazama did not write understand it."""

import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from pyoxigraph import RdfFormat, parse
from rdflib import Graph

from hazama.exchange import exported
from hazama.knowledge.triples import everything, graph, prefixes
from hazama.knowledge.vocabulary import PREFIXES
from hazama.model.errors import UsageError
from hazama.model.records import Link
from hazama.model.town import Municipality
from hazama.model.view import Scope, view
from hazama.resources import text
from tests.knowledge.strategies import towns
from tests.towns import BASE, LAW_BASE, small_town

READERS = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".nq": RdfFormat.N_QUADS,
    ".trig": RdfFormat.TRIG,
    ".rdf": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
}


def understood(data: bytes, extension: str) -> set[tuple[str, str, str]]:
    """The triples that pyoxigraph reads, graphs apart."""
    read = parse(data, READERS[extension])
    return {(str(one.subject), str(one.predicate), str(one.object)) for one in read}


def said(town: Municipality) -> set[tuple[str, str, str]]:
    return understood("".join(f"{' '.join(triple)} .\n" for triple in everything(town)).encode(), ".nt")


@pytest.mark.parametrize("extension", READERS)
def test_an_independent_reader_finds_every_triple(extension: str) -> None:
    town = small_town()
    assert understood(exported(town, extension), extension) == said(town)


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")  # rdflib's own reader of JSON-LD
@pytest.mark.parametrize(("extension", "format"), [(".ttl", "turtle"), (".rdf", "xml"), (".jsonld", "json-ld")])
def test_rdflib_reads_the_same_graph(extension: str, format: str) -> None:
    town = small_town()
    assert set(Graph().parse(data=exported(town, extension), format=format)) == set(graph(town))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(towns())
def test_any_text_survives_every_format_but_xml(town: Municipality) -> None:
    for extension in READERS.keys() - {".rdf"}:
        assert understood(exported(town, extension), extension) == said(town), extension


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(towns())
def test_any_town_is_well_formed_xml_with_as_many_subjects(town: Municipality) -> None:
    subjects = {subject for subject, _, _ in understood(exported(town, ".rdf"), ".rdf")}
    assert subjects == {subject for subject, _, _ in said(town)}


def test_every_layer_is_a_graph_of_its_own() -> None:
    for extension in (".nq", ".trig"):
        names = {str(one.graph_name) for one in parse(exported(small_town(), extension), READERS[extension])}
        assert names == {f"<{BASE}dataset>", f"<{LAW_BASE}dataset>", "<https://w3id.org/hazama/concepts/>"}


def test_short_names_are_used() -> None:
    turtle = exported(small_town(), ".ttl").decode()
    assert f"<{BASE}programs/visit> a cpsv:PublicService ;" in turtle
    assert "town:dataset a " in turtle


def test_the_context_is_inside_and_is_the_published_one() -> None:
    context = json.loads(exported(small_town(), ".jsonld"))["@context"]
    published = json.loads(text("ontology/context.jsonld"))["@context"]
    assert published == {"@version": 1.1, **PREFIXES}
    assert context == {**published, **prefixes(small_town())}


def test_a_view_is_exported_with_what_it_mentions() -> None:
    seen = view(small_town(), Scope(as_of=date(2024, 4, 1)))
    turtle = exported(seen, ".ttl").decode()
    assert "hz:LeftOut" in turtle
    assert "赤ちゃん訪問" not in turtle


def test_a_relation_without_an_xml_name_is_refused_with_its_name() -> None:
    town = small_town()
    concept = town.schemes["predicates"]["minato_serves"]
    numbered = {**town.schemes["predicates"], "123": type(concept)("123", "predicates", "数", "number", layer="")}
    link = Link(origin=town.links[0].origin, subject="npo", predicate="123", object="welfare")
    odd = type(town)(
        layers=town.layers, agencies=town.agencies, links=(link,), schemes={**town.schemes, "predicates": numbered}
    )
    with pytest.raises(UsageError, match="predicates/123"):
        exported(odd, ".rdf")
