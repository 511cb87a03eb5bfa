"""The whole graph of a town as one page: places from networkx, levels of detail above 500 nodes.

Communities found by NetworkX with a fixed seed become islands, laid out by its spring layout; inside an island nodes
stand in sunflower order, the best tied in the middle, so that 2,000 programmes need no physics in the browser. Places
are complex numbers.
"""

import cmath
import math
from collections import Counter
from typing import TYPE_CHECKING, Any

from hazama.figures.interactive.page import FACE, Parts, json_text, standalone
from hazama.figures.style import COLOUR, PAPER, TEXT
from hazama.knowledge.labels import Label
from hazama.model.town import Municipality
from hazama.resources import words
from hazama.tables.columns import declaration

if TYPE_CHECKING:
    from hazama.knowledge.network import Network

LEFT_OUT = (None, "sources", "not_applicable", "bearers", "demand")
NEAR = 34.0
MOST_NAMED = 24
ALONE = 3
IN_A_ROW = 16
LONGEST = 24
GOLDEN = math.pi * (3 - math.sqrt(5))
LOOKS = {
    **{"programs": "program", "provisions": "provision", "laws": "provision", "bodies": "body", "agencies": "unit"},
    "districts": "place",
}
BIGGER = {"themes": 26, "functions": 18, "needs": 16, "fields": 16, "bodies": 14, "laws": 14, "agencies": 12}
HUBS = (*BIGGER, "districts")


def explore(town: Municipality, lang: str = "ja") -> str:
    """Return the page of a town's whole graph; take a view of the town first to choose what counts."""
    return standalone(explore_parts(town, lang))


def explore_parts(town: Municipality, lang: str = "ja") -> Parts:
    """Return the parts of that page, for a site that keeps library, script and style in files of their own."""
    from hazama.knowledge.network import network

    graph = network(town)
    graph.remove_nodes_from([node for node, said in graph.nodes(data=True) if said.get("kind") in LEFT_OUT])
    title = words("figures")["explore_title"][lang].format(town=Label(town.name, town.layer.name_en).label(lang))
    return Parts(title, lang, json_text(_data(town, graph, lang)))


def _data(town: Municipality, graph: "Network", lang: str) -> dict[str, Any]:
    from pyvis.network import Network as Drawing

    drawing = Drawing(directed=True, cdn_resources="local")
    islands = _islands(graph)
    places = _places(graph, islands)
    named = {island[0] for island in islands[:MOST_NAMED] if len(island) > 2 * ALONE}
    numbers = {f"themes/{theme.id}": str(theme.no or theme.id) for theme in town.themes}
    for node, said in graph.nodes(data=True):
        themes = sorted({numbers[other] for other in (node, *graph.successors(node)) if other in numbers})
        more: dict[str, Any] = {"themes": themes} if themes else {}
        more |= {"hub": True} if node in named else {}
        drawing.add_node(node, **_node(said, places[node], graph.degree(node), lang), **more)
    for number, (one, other, key, said) in enumerate(graph.edges(keys=True, data=True)):
        drawing.add_edge(one, other, id=number, **_edge(town, str(said.get("kind", key)), said, lang))
    nodes, edges, *_ = drawing.get_network_data()
    kinds = sorted({str(kind) for _, kind in graph.nodes(data="kind")}, key=lambda kind: (-BIGGER.get(kind, 0), kind))
    return {
        "nodes": nodes,
        "edges": edges,
        "grounds": [],
        "ways": {},
        "kinds": [{"id": kind, "words": _kind(kind, lang)} for kind in kinds],
        "groups": {kind: _group(kind) for kind in kinds},
        "edge": {"arrows": "to", "color": {"color": "#B4BFCA", "highlight": "#D55E00"}, "width": 0.7},
        "themes": {str(theme.no or theme.id): Label(theme.name, theme.name_en).label(lang) for theme in town.themes},
        "colours": {"line": COLOUR.line, "text": TEXT, "face": FACE},
        "routed": False,
    }


def _group(kind: str) -> dict[str, Any]:
    """Return how all nodes of one kind look, said once."""
    look, chosen = COLOUR.look(LOOKS.get(kind, "concept")), {"background": "#FFE9DA", "border": "#D55E00"}
    font = {"size": 15 if kind in HUBS else 10, "face": FACE, "color": TEXT, "strokeWidth": 3, "strokeColor": PAPER}
    return {"color": {"background": look.fill, "border": look.stroke, "highlight": chosen}, "font": font}


def _kind(kind: str, lang: str) -> str:
    """Return what the rows of a table or the concepts of a list are called."""
    both = words("figures").get(f"kind_{kind}")
    if both:
        return both[lang]
    return declaration()[kind].title(lang) if kind in declaration() else kind


def _node(said: dict[str, Any], place: complex, degree: int, lang: str) -> dict[str, Any]:
    """Return what differs from node to node; the page's script knows the rest from the kind."""
    kind = str(said["kind"])
    name = str(said.get("label_en") or said["label"]) if lang == "en" else str(said["label"])
    status = str(said.get("status", "stated"))
    times = {time: str(said.get(time) or "") for time in ("since", "until")}
    return {
        "label": name if len(name) <= LONGEST else name[: LONGEST - 1] + "…",
        "x": round(place.real),
        "y": round(place.imag),
        "size": BIGGER.get(kind, 6) if kind in HUBS else 5 + min(6, degree // 3),
        "group": kind,
        "name": name,
        **({} if status == "stated" else {"status": status}),
        **{time: day for time, day in times.items() if day},
    }


def _edge(town: Municipality, kind: str, said: dict[str, Any], lang: str) -> dict[str, Any]:
    concept = town.concept("predicates", kind)
    column = str(said.get("label", kind)) if lang == "ja" else kind.replace("_", " ")
    status = str(said.get("status", "stated"))
    inferred = {} if status == "stated" else {"status": status, "dashes": True}
    return {"title": concept.label(lang) if concept else column, **inferred}


def _islands(graph: "Network") -> list[list[str]]:
    """Return communities (Blondel et al., 2008), the largest first, each with its best tied nodes first."""
    import networkx as nx

    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(sorted(graph))
    plain.add_edges_from(sorted({(min(one, other), max(one, other)) for one, other in graph.edges() if one != other}))
    found = nx.community.louvain_communities(plain, seed=1, resolution=1.3)
    islands = [sorted(island, key=lambda node: (-graph.degree(node), node)) for island in found]
    return sorted(islands, key=lambda island: (-len(island), island[0]))


def _places(graph: "Network", islands: list[list[str]]) -> dict[str, complex]:
    """Return a place for every node, the same every time: an island for every community, its hubs in the middle.

    What is tied to next to nothing stands in rows under everything else.
    """
    large = [island for island in islands if len(island) > ALONE]
    radii = [_radius(island) for island in large]
    middles = _apart(_middles(graph, large, radii), radii)
    below = max((middle.imag + radius for middle, radius in zip(middles, radii, strict=True)), default=0.0)
    for number in range(len(islands) - len(large)):
        row, column = divmod(number, IN_A_ROW)
        middles.append(complex((column - IN_A_ROW / 2) * 4 * NEAR, below + 4 * NEAR * (row + 1)))
    return {
        node: middle + cmath.rect(NEAR * math.sqrt(step), step * GOLDEN)
        for island, middle in zip(islands, middles, strict=True)
        for step, node in enumerate(island)
    }


def _radius(island: list[str]) -> float:
    return NEAR * math.sqrt(len(island)) + NEAR


def _middles(graph: "Network", islands: list[list[str]], radii: list[float]) -> list[complex]:
    """Return where islands would like to be: near those they are tied to."""
    import networkx as nx

    if len(islands) < 2:
        return [0j] * len(islands)
    home = {node: number for number, island in enumerate(islands) for node in island}
    pairs = ((home[one], home[other]) for one, other in graph.edges() if one in home and other in home)
    joined = Counter((min(pair), max(pair)) for pair in pairs if pair[0] != pair[1])
    quotient: nx.Graph[int] = nx.Graph()
    quotient.add_nodes_from(range(len(islands)))
    quotient.add_weighted_edges_from((one, other, count) for (one, other), count in sorted(joined.items()))
    reach = 1.1 * math.hypot(*radii)
    found = nx.spring_layout(quotient, seed=1, k=1.6 / math.sqrt(len(islands)), iterations=80)
    return [complex(found[number][0] * reach * 1.5, found[number][1] * reach) for number in range(len(islands))]


def _apart(middles: list[complex], radii: list[float]) -> list[complex]:
    """Push islands apart until none lies on another, and lone ones near the rest."""
    places = list(middles)
    for _ in range(200):
        moved = False
        for one in range(len(places)):
            places[one] *= 0.985
            for other in range(one):
                gap, least = places[one] - places[other], radii[one] + radii[other]
                if abs(gap) < least:
                    push = (gap / abs(gap) if gap else 1) * (least - abs(gap)) / 2
                    places[one], places[other], moved = places[one] + push, places[other] - push, True
        if not moved:
            break
    return places
