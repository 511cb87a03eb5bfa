"""The shape of the network of bodies: reporting in circles, and what hangs on one agency, body or seat.

Articulation points and bridges after Hopcroft and Tarjan (CACM 16, 1973), cycles after Tarjan's
strongly connected components, as NetworkX gives them; linear in the network.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, TypeAlias, cast

from hazama.audits.audited import Audited, found, listed
from hazama.knowledge.labels import Key
from hazama.model.findings import Finding

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


def cycles(audited: Audited) -> Iterator[Finding]:
    """Bodies that report, in the end, to themselves."""
    import networkx as nx

    reporting: nx.DiGraph[str] = nx.DiGraph()
    for body in audited.town.bodies:
        reporting.add_edges_from((body.id, to) for to in (*body.reports_to, body.parent) if to)
    for circle in sorted(map(sorted, nx.strongly_connected_components(reporting))):
        if len(circle) > 1 or reporting.has_edge(circle[0], circle[0]):
            names = listed(audited.name("bodies", one) for one in circle)
            yield found(audited, "governance.cycles", "high", [("bodies", one) for one in circle], names=names)


def cut_points(audited: Audited) -> Iterator[Finding]:
    """Agencies and bodies without which others could no longer reach each other."""
    import networkx as nx

    graph = ties(audited)
    for key in sorted(nx.articulation_points(graph)):
        parts = _parts_without(graph, key)
        cut = [one for part in parts[1:] for one in part]
        # A single body or agency that hangs on it is no news: somebody has to be its only tie.
        if len(cut) > 1:
            yield found(
                audited,
                "governance.cut_points",
                "medium",
                [key],
                name=audited.name(*key),
                parts=len(parts),
                count=len(cut),
                names=listed(audited.name(*one) for one in sorted(cut)),
            )


def bridges(audited: Audited) -> Iterator[Finding]:
    """Single ties that alone hold two parts of the network together."""
    import networkx as nx

    graph = ties(audited)
    single = cast("list[tuple[Key, Key]]", list(nx.bridges(graph)))  # the stubs say nodes where edges come
    for one, other in sorted((min(edge), max(edge)) for edge in single):
        smaller = _smaller_side(graph, one, other)
        if len(smaller) > 1:
            yield found(
                audited,
                "governance.bridges",
                "medium",
                [one, other],
                one=audited.name(*one),
                other=audited.name(*other),
                count=len(smaller),
                names=listed(audited.name(*key) for key in sorted(smaller)),
            )


def _parts_without(graph: "Ties", key: Key) -> list[set[Key]]:
    """What the part of the network around *key* falls into without it, largest first."""
    import networkx as nx

    around = nx.node_connected_component(graph, key) - {key}
    parts = nx.connected_components(graph.subgraph(around))
    return sorted(parts, key=lambda part: (-len(part), min(part)))


def _smaller_side(graph: "Ties", one: Key, other: Key) -> set[Key]:
    """The smaller of the two parts that a bridge joins."""
    import networkx as nx

    without = graph.copy()
    without.remove_edge(one, other)
    sides = (set(nx.node_connected_component(without, end)) for end in (one, other))
    return min(sides, key=lambda side: (len(side), min(side)))
