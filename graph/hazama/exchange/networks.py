"""The network in the files of network tools: GraphML (yEd, Cytoscape), GEXF (Gephi), node-link JSON (D3).

Nodes and edges are sorted by key. GraphML and GEXF know no sets: their values are joined by ``; ``.
"""

import io
import json
import re
from typing import TYPE_CHECKING, Any

from hazama.exchange import xml_text
from hazama.knowledge.network import network
from hazama.model.town import Municipality

if TYPE_CHECKING:
    from hazama.knowledge.network import Network

_MADE_ON = re.compile(r' lastmodifieddate="[^"]*"')


def graphml(town: Municipality) -> bytes:
    """GraphML (http://graphml.graphdrawing.org/)."""
    import networkx as nx

    return xml_text.allowed("\n".join(nx.generate_graphml(_flat(town), named_key_ids=True)) + "\n")


def gexf(town: Municipality) -> bytes:
    """GEXF 1.2 (https://gexf.net/), without the day on which the file was made."""
    import networkx as nx

    stream = io.BytesIO()
    nx.write_gexf(_flat(town), stream)
    return xml_text.allowed(_MADE_ON.sub("", stream.getvalue().decode(), count=1))


def node_link(town: Municipality) -> bytes:
    """Node-link JSON as :func:`networkx.node_link_graph` reads it with ``edges="edges"``; sets are lists."""
    import networkx as nx

    data = nx.node_link_data(_sorted(network(town)), edges="edges")
    return (json.dumps(data, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _sorted(found: "Network") -> "Network":
    """The same network with nodes and edges in the order of their keys."""
    import networkx as nx

    made: Network = nx.MultiDiGraph(**found.graph)
    made.add_nodes_from((node, found.nodes[node]) for node in sorted(found))
    for start, end, key in sorted(found.edges(keys=True)):
        made.add_edge(start, end, key, **found.edges[start, end, key])
    return made


def _flat(town: Municipality) -> "Network":
    """The sorted network with plain values only, and only signs that XML can hold."""
    made = _sorted(network(town))
    for data in [made.graph, *dict(made.nodes).values(), *(data for _, _, data in made.edges(data=True))]:
        data |= {name: _plain(value) for name, value in data.items()}
    return made


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        value = "; ".join(value)
    return xml_text.allowed(value).decode() if isinstance(value, str) else value
