import json
from io import BytesIO
from typing import Any

import networkx as nx
from hypothesis import HealthCheck, given, settings

from hazama.exchange import exported
from hazama.knowledge.network import network, town_from_network
from hazama.model.town import Municipality
from tests.knowledge.strategies import towns
from tests.towns import small_town


def edges(found: Any) -> list[tuple[str, str, str]]:
    """Start, end and key of every edge."""
    return sorted(found.edges(keys=True))


def test_node_link_json_reads_back_as_the_same_network() -> None:
    read = nx.node_link_graph(json.loads(exported(small_town(), ".json")), edges="edges")
    made = network(small_town())
    assert sorted(read) == sorted(made)
    assert edges(read) == edges(made)
    lists = {
        name: list(value) if isinstance(value, tuple) else value for name, value in made.nodes["programs/visit"].items()
    }
    assert read.nodes["programs/visit"] == lists


def test_graphml_keeps_nodes_edges_and_plain_values() -> None:
    read = nx.read_graphml(BytesIO(exported(small_town(), ".graphml")), force_multigraph=True)
    made = network(small_town())
    assert sorted(read) == sorted(made)
    assert edges(read) == edges(made)
    assert read.nodes["programs/visit"]["alt"] == "アウトリーチ; 訪問支援"
    assert read.nodes["programs/visit"]["row"] == 3


def test_graphml_and_json_lead_back_to_the_town() -> None:
    town = small_town()
    graphml: Any = nx.read_graphml(BytesIO(exported(town, ".graphml")), force_multigraph=True)
    node_link: Any = nx.node_link_graph(json.loads(exported(town, ".json")), edges="edges")
    for found in (graphml, node_link):
        again = network(town_from_network(found))
        made = network(town)
        assert dict(again.graph) == dict(made.graph)
        assert dict(again.nodes) == dict(made.nodes)
        assert sorted(again.edges(keys=True, data=True)) == sorted(made.edges(keys=True, data=True))


def test_gexf_keeps_nodes_and_edges() -> None:
    read = nx.read_gexf(BytesIO(exported(small_town(), ".gexf")))
    made = network(small_town())
    assert sorted(read) == sorted(made)
    assert read.number_of_edges() == made.number_of_edges()
    assert read.nodes["agencies/welfare"]["label"] == "福祉課"


def test_gexf_names_no_day() -> None:
    assert b"lastmodifieddate" not in exported(small_town(), ".gexf")


def test_no_attribute_hides_what_a_network_file_needs() -> None:
    made = network(small_town())
    assert not [node for node in made if "id" in made.nodes[node]]
    assert not [data for _, _, data in made.edges(data=True) if {"source", "target", "key", "id"} & data.keys()]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(towns())
def test_any_text_makes_files_that_read(town: Municipality) -> None:
    made = network(town)
    assert len(nx.read_graphml(BytesIO(exported(town, ".graphml")), force_multigraph=True)) == len(made)
    assert len(nx.read_gexf(BytesIO(exported(town, ".gexf")))) == len(made)
    assert len(json.loads(exported(town, ".json"))["nodes"]) == len(made)
