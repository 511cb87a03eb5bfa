"""What the published SHACL of CPSV-AP 3.2.0, CPOV 2.1.2 and CCCEV 2.1.0 asks, asserted on every node.

The shapes themselves are not shipped; this is each of their rules that a town can meet or break.
"""

from collections.abc import Callable

import pytest
from rdflib import Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, ORG, RDF, SKOS
from rdflib.term import Node

from hazama.knowledge.triples import graph
from hazama.model.town import Municipality
from hazama.model.view import Scope, view
from hazama.tables import read, sample
from tests.towns import small_town

CPSV = Namespace("http://purl.org/vocab/cpsv#")
CV = Namespace("http://data.europa.eu/m8g/")
ELI = Namespace("http://data.europa.eu/eli/ontology#")

REQUIRED: list[tuple[URIRef, URIRef]] = [
    (CPSV.PublicService, DCTERMS.identifier),
    (CPSV.PublicService, DCTERMS.title),
    (CPSV.PublicService, DCTERMS.description),
    (CPSV.PublicService, CV.hasCompetentAuthority),
    (CPSV.Rule, DCTERMS.identifier),
    (CPSV.Rule, DCTERMS.title),
    (CPSV.Rule, DCTERMS.description),
    (CV.Requirement, DCTERMS.identifier),
    (CV.Requirement, DCTERMS.title),
    (CV.PublicOrganisation, SKOS.prefLabel),
    (CV.PublicOrganisation, DCTERMS.spatial),
    (FOAF.Agent, DCTERMS.identifier),
    (FOAF.Agent, DCTERMS.title),
    (DCAT.Dataset, DCTERMS.title),
    (DCAT.Dataset, DCTERMS.description),
    (DCAT.Dataset, DCTERMS.publisher),
]
ONCE = [
    (CPSV.PublicService, DCTERMS.identifier),
    (CV.Requirement, DCTERMS.identifier),
    (DCAT.Dataset, DCTERMS.publisher),
]
IN_A_LANGUAGE = [
    (CPSV.PublicService, DCTERMS.title),
    (CPSV.PublicService, DCTERMS.description),
    (CPSV.Rule, DCTERMS.title),
    (CPSV.Rule, DCTERMS.description),
    (CV.Requirement, DCTERMS.title),
    (CV.PublicOrganisation, SKOS.prefLabel),
    (FOAF.Agent, DCTERMS.title),
    (DCAT.Dataset, DCTERMS.title),
    (DCAT.Dataset, DCTERMS.description),
]
TYPED: list[tuple[URIRef, URIRef, URIRef]] = [
    (CPSV.PublicService, CV.hasCompetentAuthority, CV.PublicOrganisation),
    (CPSV.PublicService, CV.holdsRequirement, CV.Requirement),
    (CPSV.PublicService, CPSV.follows, CPSV.Rule),
    (CPSV.PublicService, CV.hasLegalResource, ELI.LegalResource),
    (CPSV.PublicService, CV.sector, SKOS.Concept),
    (CPSV.PublicService, CV.thematicArea, SKOS.Concept),
    (CPSV.PublicService, DCTERMS.isPartOf, DCAT.Dataset),
    (CPSV.Rule, CPSV.implements, ELI.LegalResource),
    (CV.PublicOrganisation, DCTERMS.spatial, DCTERMS.Location),
    (CV.PublicOrganisation, ORG.classification, SKOS.Concept),
    (ORG.Organization, ORG.subOrganizationOf, ORG.Organization),
    (DCAT.Dataset, DCTERMS.publisher, FOAF.Agent),
]
UNIQUE_LANGUAGE = [(CV.PublicOrganisation, SKOS.prefLabel), (CV.PublicOrganisation, SKOS.altLabel)]


def sample_town() -> Municipality:
    return read(sample())


def today() -> Municipality:
    """What a command exports by default: rows in force on the town's own date, stated ones only."""
    town = sample_town()
    return view(town, Scope(as_of=town.layer.as_of))


@pytest.fixture(scope="module", params=[small_town, sample_town, today], ids=["small", "sample", "view"])
def town(request: pytest.FixtureRequest) -> Graph:
    made: Callable[[], Municipality] = request.param
    return graph(made())


def of(town: Graph, kind: URIRef) -> list[Node]:
    """The nodes of a class; none of them would make every rule true of nothing."""
    found = list(town.subjects(RDF.type, kind))
    assert found, f"no {kind}"
    return found


def names(rules: list[tuple[URIRef, ...]]) -> list[str]:
    return ["-".join(str(term).rpartition("/")[2].rpartition("#")[2] for term in rule) for rule in rules]


@pytest.mark.parametrize(("kind", "property"), REQUIRED, ids=names([*REQUIRED]))
def test_required(town: Graph, kind: URIRef, property: URIRef) -> None:
    assert [node for node in of(town, kind) if not list(town.objects(node, property))] == []


@pytest.mark.parametrize(("kind", "property"), ONCE, ids=names([*ONCE]))
def test_at_most_once(town: Graph, kind: URIRef, property: URIRef) -> None:
    assert [node for node in of(town, kind) if len(list(town.objects(node, property))) != 1] == []


@pytest.mark.parametrize(("kind", "property"), IN_A_LANGUAGE, ids=names([*IN_A_LANGUAGE]))
def test_in_a_language(town: Graph, kind: URIRef, property: URIRef) -> None:
    texts = [text for node in of(town, kind) for text in town.objects(node, property)]
    assert [text for text in texts if not (isinstance(text, Literal) and text.language)] == []


@pytest.mark.parametrize(("kind", "property", "range"), TYPED, ids=names([*TYPED]))
def test_typed_in_the_graph_itself(town: Graph, kind: URIRef, property: URIRef, range: URIRef) -> None:
    targets = {target for node in of(town, kind) for target in town.objects(node, property)}
    assert targets
    assert {target for target in targets if (target, RDF.type, range) not in town} == set()


@pytest.mark.parametrize(("kind", "property"), UNIQUE_LANGUAGE, ids=names([*UNIQUE_LANGUAGE]))
def test_one_label_a_language(town: Graph, kind: URIRef, property: URIRef) -> None:
    for node in of(town, kind):
        languages = [text.language for text in town.objects(node, property) if isinstance(text, Literal)]
        assert len(languages) == len(set(languages)), node


def test_a_requirement_has_a_plain_label_and_no_description(town: Graph) -> None:
    for box in of(town, CV.Requirement):
        labels = list(town.objects(box, SKOS.prefLabel))
        assert labels
        assert [text for text in labels if not isinstance(text, Literal) or text.language] == []
        assert list(town.objects(box, DCTERMS.description)) == []


def test_every_page_is_a_document(town: Graph) -> None:
    pages = set(town.objects(None, FOAF.page))
    assert pages
    assert {page for page in pages if (page, RDF.type, FOAF.Document) not in town} == set()


def test_no_time_that_only_an_instant_could_meet(town: Graph) -> None:
    assert list(town.triples((None, CV.validityPeriod, None))) == []
