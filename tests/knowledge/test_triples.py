from collections import Counter

import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF

from hazama.knowledge.triples import graph, n_triples, triples
from hazama.knowledge.vocabulary import PREFIXES
from hazama.model.dates import Day
from hazama.model.view import Scope, view
from tests.towns import BASE, LAW_BASE, small_town

CONCEPTS = "https://w3id.org/hazama/concepts/"


@pytest.fixture(scope="module")
def town() -> Graph:
    return graph(small_town())


def asked(town: Graph, pattern: str) -> bool:
    """Whether the small town holds a pattern; ``town:`` and ``law:`` are its layers."""
    return bool(town.query(f"ASK {{ {pattern} }}").askAnswer)


@pytest.mark.parametrize(
    "pattern",
    [
        # programmes
        f"<{BASE}programs/visit> a cpsv:PublicService ; cv:hasCompetentAuthority <{BASE}agencies/welfare>",
        f"<{BASE}programs/visit> hz:implements <{LAW_BASE}programs/national_visit>",
        f"<{BASE}programs/desk> cpsv:follows/cpsv:implements <{LAW_BASE}provisions/care_1>",
        f"<{BASE}programs/desk> cv:hasLegalResource <{LAW_BASE}provisions/care_1>",
        f'<{BASE}programs/desk> skos:prefLabel "なんでも相談"@ja, "Open desk"@en',
        f"<{BASE}programs/visit> hz:need <{CONCEPTS}needs/withdrawal>",
        f'<{BASE}programs/visit> hz:classifiedColumn "needs", "functions", "reach"',
        # three states
        f"<{BASE}programs/desk> hz:noLimit <{CONCEPTS}needs>",
        f"<{BASE}programs/meals> hz:notRecorded <{CONCEPTS}functions>",
        f"<{BASE}programs/meals/box> hz:noLimit <{CONCEPTS}income>, hz:maxAge",
        f"<{BASE}programs/meals/box> hz:notRecorded <{CONCEPTS}care>",
        f"<{BASE}programs/visit/box> hz:admits <{CONCEPTS}residence/resident>",
        f"<{BASE}programs/meals/box> hz:admits <{BASE}districts/north>",
        # ages
        f"<{BASE}programs/visit/box> hz:minAge 15 ; hz:maxAge 39 ; hz:minAgeMonths 180 ; hz:maxAgeMonths 479",
        f"<{BASE}programs/baby/box> hz:maxAgeMonths 4",
        f'<{BASE}programs/meals/box> hz:approximateColumn "min_age"',
        f"<{LAW_BASE}eligibility/2> hz:minAgeMonths 12 ; hz:maxAgeMonths 227",
        # bodies, law, links
        f"<{BASE}bodies/subcommittee> a org:OrganizationalCollaboration ; org:reportsTo <{BASE}bodies/council>",
        f"?seat a org:Membership ; org:organization <{BASE}bodies/council> ; org:member <{BASE}agencies/npo>",
        f"<{LAW_BASE}provisions/care_1_2> eli:is_part_of <{LAW_BASE}provisions/care_1>, <{LAW_BASE}laws/care_act>",
        f"<{BASE}agencies/npo> <{CONCEPTS}predicates/cooperates_with> <{BASE}agencies/welfare>",
        f"<{BASE}programs/visit> <{BASE}concepts/predicates/minato_serves> <{CONCEPTS}needs/withdrawal>",
        # evidence, time, provenance
        f"<{BASE}agencies/npo> hz:evidenceStatus <{CONCEPTS}statuses/inferred>",
        f'<{BASE}programs/desk> hz:since "2020-04"^^xsd:gYearMonth ; hz:firstDay "2020-04-01"^^xsd:date',
        f'<{BASE}programs/baby> hz:until "2023"^^xsd:gYear ; hz:lastDay "2023-12-31"^^xsd:date',
        f"<{BASE}programs/visit> prov:wasDerivedFrom <{BASE}programs.csv#row=3>",
        f"<{BASE}programs/desk> dct:source <{BASE}sources/plan>, <https://example.org/desk>",
        "<https://example.org/desk> a foaf:Document",
        f'<{BASE}agencies/welfare> hz:reading "ふくしか"@ja-Hrkt ; hz:alias "ふくし"@ja',
        # the data set
        f"<{BASE}dataset> a dcat:Dataset, void:Dataset ; dct:requires <{LAW_BASE}dataset>",
        f'<{BASE}town> a cv:PublicOrganisation ; dct:identifier "999997"',
        f"<{CONCEPTS}needs/withdrawal> a skos:Concept ; skos:inScheme <{CONCEPTS}needs>",
    ],
)
def test_the_small_town_states(town: Graph, pattern: str) -> None:
    assert asked(town, pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        # blank is never "no limit", and "no limit" never blank
        "?box hz:noLimit ?dimension ; hz:notRecorded ?dimension",
        "?box hz:admits/skos:inScheme ?dimension ; hz:notRecorded ?dimension",
        # an owner is never guessed
        f"<{LAW_BASE}programs/national_visit> cv:hasCompetentAuthority <{BASE}agencies/welfare>",
        # an organisation outside the office that owns nothing is not called public
        f"<{BASE}agencies/npo> a cv:PublicOrganisation",
        # a programme with further boxes only has no box of its own
        f"<{LAW_BASE}programs/national_visit> cv:holdsRequirement <{LAW_BASE}programs/national_visit/box>",
        # no English text is made of a Japanese name
        f"<{BASE}programs/meals/box> dct:title ?title FILTER(lang(?title) = 'en')",
    ],
)
def test_the_small_town_never_states(town: Graph, pattern: str) -> None:
    assert not asked(town, pattern)


def test_an_owner_that_is_not_recorded_is_a_typed_node_of_its_layer(town: Graph) -> None:
    (owner,) = town.objects(
        URIRef(f"{LAW_BASE}programs/national_visit"), URIRef(PREFIXES["cv"] + "hasCompetentAuthority")
    )
    assert asked(town, f'<{owner}> a hz:OwnerNotRecorded, cv:PublicOrganisation ; skos:prefLabel "担当未確認"@ja')
    assert str(owner).startswith(LAW_BASE)


def test_every_row_has_its_row_of_the_file() -> None:
    town = small_town()
    derived = Counter(subject for subject, predicate, _ in triples(town) if predicate.endswith("prov#wasDerivedFrom>"))
    assert sum(derived.values()) == len(derived) == sum(len(rows) for _, rows in town.tables())


def test_a_view_leaves_out_what_it_does_not_admit() -> None:
    seen = graph(view(small_town(), Scope(as_of=Day("2024-04-01").first)))
    assert not asked(seen, f"<{BASE}programs/baby> ?any ?thing")
    assert not asked(seen, f"<{BASE}programs/meals> cv:hasCompetentAuthority <{BASE}agencies/city>")
    assert asked(seen, f"<{BASE}programs/meals> cv:hasCompetentAuthority [ a hz:OwnerNotRecorded ]")


def test_a_row_left_out_is_mentioned_and_marked() -> None:
    seen = graph(view(small_town(), Scope(as_of=Day("2024-04-01").first)))
    old = f"<{BASE}agencies/old_welfare>"
    assert asked(seen, f'{old} a hz:LeftOut, org:Organization ; skos:prefLabel "健康福祉課"@ja')
    assert not asked(seen, f"{old} org:subOrganizationOf ?parent")
    assert "LeftOut" not in n_triples(triples(view(small_town(), Scope(as_of=Day("2024-04-01").first))))


def test_every_prefix_is_bound(town: Graph) -> None:
    bound = {prefix: str(namespace) for prefix, namespace in town.namespaces()}
    assert bound.items() >= PREFIXES.items()
    assert bound["town"] == BASE


def test_the_same_town_gives_the_same_text() -> None:
    assert n_triples(triples(small_town())) == n_triples(triples(small_town()))


def test_the_text_has_one_triple_a_line() -> None:
    stated = set(triples(small_town()))
    assert len(Graph().parse(data=n_triples(stated), format="nt")) == len(stated) > 2000


def test_nothing_is_named_without_a_type(town: Graph) -> None:
    typed = set(town.subjects(RDF.type))
    assert {subject for subject in town.subjects() if subject not in typed} == set()
