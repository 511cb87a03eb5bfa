"""The shape of the network of bodies: reporting in circles, and what hangs on one agency, body or seat.

Articulation points and bridges after Hopcroft and Tarjan (CACM 16, 1973), cycles after Tarjan's
strongly connected components, as NetworkX gives them; linear in the network.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias, cast

from hazama.audits.audited import Audited, Lack, keys, lack
from hazama.knowledge.labels import Key

if TYPE_CHECKING:
    import networkx as nx

    Ties: TypeAlias = "nx.Graph[Key]"


def ties(audited: Audited) -> "Ties":
    """Agencies and bodies, tied by seats, by reporting and by being part of a body."""
    import networkx as nx

    graph: Ties = nx.Graph()
    for body, agencies in audited.meetings.seats.items():
        graph.add_edges_from((("agencies", agency), ("bodies", body)) for agency in sorted(agencies))
    for one in audited.town.bodies:
        above = [to for to in (*one.reports_to, one.parent) if to]
        graph.add_edges_from((("bodies", one.id), ("bodies", to)) for to in above if to != one.id)
    return graph


def cycles(audited: Audited) -> Iterator[Lack]:
    """Bodies that report, in the end, to themselves."""
    import networkx as nx

    reporting: nx.DiGraph[str] = nx.DiGraph()
    for body in audited.town.bodies:
        reporting.add_edges_from((body.id, to) for to in (*body.reports_to, body.parent) if to)
    for circle in sorted(map(sorted, nx.strongly_connected_components(reporting))):
        if len(circle) > 1 or reporting.has_edge(circle[0], circle[0]):
            yield lack(keys("bodies", circle))


def cut_points(audited: Audited) -> Iterator[Lack]:
    """Agencies and bodies without which others could no longer reach each other."""
    import networkx as nx

    graph = ties(audited)
    for key in sorted(nx.articulation_points(graph)):
        beside = list(graph[key])
        graph.remove_node(key)
        parts = sorted(_components(graph, beside), key=lambda part: (-len(part), min(part)))
        graph.add_edges_from((key, one) for one in beside)
        cut = sorted(one for part in parts[1:] for one in part)
        # A single body or agency that hangs on it is no news: somebody has to be its only tie.
        if len(cut) > 1:
            yield lack([key], parts=len(parts), count=len(cut), names=cut)


def bridges(audited: Audited) -> Iterator[Lack]:
    """Single ties that alone hold two parts of the network together."""
    import networkx as nx

    graph = ties(audited)
    single = cast("list[tuple[Key, Key]]", list(nx.bridges(graph)))  # the stubs say nodes where edges come
    for one, other in sorted((min(edge), max(edge)) for edge in single):
        graph.remove_edge(one, other)
        sides = map(sorted, _components(graph, (one, other)))
        smaller = min(sides, key=lambda side: (len(side), side[0]))
        graph.add_edge(one, other)
        if len(smaller) > 1:
            yield lack([one, other], one=one, other=other, count=len(smaller), names=smaller)


def _components(graph: "Ties", nodes: Iterable[Key]) -> list[set[Key]]:
    """The connected components that hold any of *nodes*, each once."""
    import networkx as nx

    found: list[set[Key]] = []
    for node in nodes:
        if not any(node in one for one in found):
            found.append(nx.node_connected_component(graph, node))
    return found
