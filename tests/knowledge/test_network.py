import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from networkx import MultiDiGraph, node_link_data, node_link_graph

from hazama.knowledge.network import network, network_from_graph, network_from_triples, town_from_network
from hazama.knowledge.terms import Triple
from hazama.knowledge.triples import everything as stated
from hazama.knowledge.triples import graph
from hazama.model.town import Municipality
from hazama.model.view import Scope, view
from hazama.tables import read, sample
from hazama.tables.columns import declaration
from tests.knowledge.strategies import towns
from tests.towns import small_town


def everything(found: "MultiDiGraph[str]") -> tuple[object, ...]:
    """All that a network holds, in a form that ``==`` compares."""
    edges = {(start, end, key): data for start, end, key, data in found.edges(keys=True, data=True)}
    return dict(found.graph), {node: found.nodes[node] for node in found}, edges


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(towns())
def test_rdf_keeps_everything_of_any_town(town: Municipality) -> None:
    assert everything(network_from_triples(stated(town))) == everything(network(town))


def about_rows(triples: Iterable[Triple]) -> set[Triple]:
    """The triples whose subject is a row, its eligibility box or its rule."""
    found = set(triples)
    rows = {subject for subject, predicate, _ in found if predicate.endswith("prov#wasDerivedFrom>")}
    return {triple for triple in found if {triple[0], triple[0].rpartition("/")[0] + ">"} & rows}


def as_a_file_has_it(found: "MultiDiGraph[str]") -> "MultiDiGraph[str]":
    """The network as node-link JSON reads back: without tuples, in another order."""
    text = json.dumps(node_link_data(found, edges="edges"), sort_keys=True)
    read: Any = node_link_graph(json.loads(text), edges="edges")
    return cast("MultiDiGraph[str]", read)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(towns(), st.none() | st.just(date(2021, 1, 1)))
def test_a_bare_network_of_any_town_keeps_everything_in_rdf(town: Municipality, day: date | None) -> None:
    """Network → triples → network, and triples → network → triples, both of which say what the rows say."""
    seen = view(town, Scope(as_of=day)) if day else town
    made = network(seen)
    back = list(stated(town_from_network(as_a_file_has_it(made))))
    assert everything(network_from_triples(back)) == everything(made)
    assert about_rows(back) == about_rows(stated(seen))


@pytest.mark.parametrize("town", [small_town(), view(small_town(), Scope(as_of=date(2024, 4, 1))), read(sample())])
def test_a_bare_network_of_a_whole_town_keeps_everything_in_rdf(town: Municipality) -> None:
    made = network(town)
    back = list(stated(town_from_network(as_a_file_has_it(made))))
    assert everything(network_from_triples(back)) == everything(made)
    assert about_rows(back) == about_rows(stated(town)) != set()


def test_rows_of_two_layers_between_the_same_ends_are_two_edges() -> None:
    town = small_town()
    (first, *_) = town.links
    both = replace(town, links=(first, replace(first, layer="law", note="another")))
    keys = [key for _, _, key in network(both).edges("agencies/npo", keys=True)]
    assert sorted(keys) == ["law:links/2", "links/2"]
    assert about_rows(stated(town_from_network(network(both)))) == about_rows(stated(both))


def test_rdflib_keeps_everything_of_the_small_town() -> None:
    town = small_town()
    assert everything(network_from_graph(graph(town))) == everything(network(town))


@given(towns())
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_rdf_keeps_everything_of_any_view(town: Municipality) -> None:
    seen = view(town, Scope(as_of=date(2021, 1, 1)))
    assert everything(network_from_triples(stated(seen))) == everything(network(seen))


def test_rdflib_keeps_everything_of_the_sample_as_it_is_exported() -> None:
    town = read(sample())
    seen = view(town, Scope(as_of=town.layer.as_of))
    assert everything(network_from_graph(graph(seen))) == everything(network(seen))


def test_a_row_left_out_is_a_marked_node_without_edges_of_its_own() -> None:
    found = network(view(small_town(), Scope(as_of=date(2024, 4, 1))))
    assert found.nodes["agencies/old_welfare"]["left_out"] is True
    assert found.nodes["agencies/old_welfare"]["until"] == "2021-03-31"
    assert list(found.out_edges("agencies/old_welfare")) == []
    assert "programs/baby" not in found


def test_every_row_is_a_node_or_an_edge() -> None:
    town, found = small_town(), network(small_town())
    rows = sum(len(rows) for _, rows in town.tables())
    nodes = [node for node in found if found.nodes[node].get("kind") in declaration()]
    row_edges = [key for _, _, key in found.edges(keys=True) if "/" in key]
    assert len(nodes) + len(row_edges) == rows


def test_a_node_says_what_its_row_says() -> None:
    node = network(small_town()).nodes["programs/meals"]
    assert node["kind"] == "programs"
    assert node["label"] == "配食"
    assert (node["min_age"], node["max_age"], node["income"]) == ("概ね65", "no_limit", "no_limit")
    assert "certificate" not in node
    assert (node["file"], node["row"]) == ("programs.csv", 4)


def test_an_edge_of_an_inferred_column_is_inferred() -> None:
    found = network(small_town())
    assert found.edges["programs/meals", "agencies/city", "owner"]["status"] == "inferred"
    assert found.edges["programs/visit", "agencies/welfare", "owner"]["status"] == "stated"


def test_a_member_row_is_one_edge_with_its_role_and_time() -> None:
    edge = network(small_town()).edges["bodies/council", "agencies/welfare", "members/2"]
    assert (edge["kind"], edge["role"], edge["since"], edge["row"]) == ("member", "secretariat", "2021-04", 2)


def test_a_row_with_an_address_for_source_keeps_it_beside_its_sources() -> None:
    found = network(small_town())
    assert found.nodes["programs/desk"]["pages"] == ("https://example.org/desk",)
    assert found.has_edge("programs/desk", "sources/plan", "source")


def test_a_link_may_end_in_a_concept() -> None:
    edge = network(small_town()).edges["programs/visit", "needs/withdrawal", "links/3"]
    assert (edge["kind"], edge["label"], edge["status"]) == ("minato_serves", "支える", "inferred")


def test_two_layers_with_the_same_row_number_stay_apart() -> None:
    nodes = network(small_town()).nodes
    assert nodes["eligibility/2"]["layer"] == ""
    assert nodes["law:eligibility/2"]["layer"] == "law"


def test_an_owner_nobody_recorded_is_no_node() -> None:
    found = network(small_town())
    assert not [node for node in found if "owner-not-recorded" in node]
    assert "owner" not in {key for _, _, key in found.out_edges("programs/national_visit", keys=True)}
