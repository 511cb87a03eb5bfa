"""The whole graph of a town as one page: places from networkx, levels of detail above 500 nodes.

Communities found by NetworkX with a fixed seed become islands, laid out by its spring layout; inside an island nodes
stand in sunflower order, the best tied in the middle, so that 2,000 programmes need no physics in the browser.
"""

import math
from typing import TYPE_CHECKING, Any

from hazama.figures.interactive.nodes import FACE
from hazama.figures.interactive.page import Parts, parts, standalone
from hazama.figures.style import COLOUR, TEXT
from hazama.model.records import Theme
from hazama.model.town import Municipality
from hazama.resources import words
from hazama.tables.columns import declaration

if TYPE_CHECKING:
    from hazama.knowledge.network import Network

HUBS = frozenset({"themes", "agencies", "bodies", "laws", "needs", "functions", "fields", "districts"})
LEFT_OUT = frozenset({"sources", "not_applicable", "bearers", "demand"})
NEAR = 34.0
MOST_NAMED = 24
ALONE = 3
IN_A_ROW = 16
GOLDEN = math.pi * (3 - math.sqrt(5))
LOOKS = {"programs": "program", "provisions": "provision", "laws": "provision", "bodies": "body", "agencies": "unit"}
BIGGER = {"themes": 26, "functions": 18, "needs": 16, "fields": 16, "bodies": 14, "laws": 14, "agencies": 12}


def explore(town: Municipality, lang: str = "ja") -> str:
    """Return the page of a town's whole graph; take a view of the town first to choose what counts."""
    return standalone(explore_parts(town, lang))


def explore_parts(town: Municipality, lang: str = "ja") -> Parts:
    """Return the parts of that page, for a site that keeps library, script and style in files of their own."""
    from hazama.knowledge.network import network

    graph = network(town)
    graph.remove_nodes_from([node for node, said in graph.nodes(data=True) if said.get("kind") in (None, *LEFT_OUT)])
    title = words("figures")["explore_title"][lang].format(town=_town_name(town, lang))
    return parts(_collected(town, graph, lang), (), title, lang)


def _town_name(town: Municipality, lang: str) -> str:
    return town.layer.name_en if lang == "en" and town.layer.name_en else town.name


def _theme_name(theme: Theme, lang: str) -> str:
    return theme.name_en if lang == "en" and theme.name_en else theme.name


def _collected(town: Municipality, graph: "Network", lang: str) -> dict[str, Any]:
    from pyvis.network import Network as Drawing

    drawing = Drawing(directed=True, cdn_resources="local")
    islands = _islands(graph)
    places = _places(graph, islands)
    named = {island[0] for island in islands[:MOST_NAMED] if len(island) > 2 * ALONE}
    for node, said in graph.nodes(data=True):
        themes = _themes(town, graph, node)
        drawing.add_node(
            node,
            **_node(said, places[node], graph.degree(node), themes, lang),
            **({"hub": True} if node in named else {}),
        )
    for number, (one, other, key, said) in enumerate(graph.edges(keys=True, data=True)):
        drawing.add_edge(one, other, **_edge(town, number, key, said, lang))
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
        "themes": {str(theme.no or theme.id): _theme_name(theme, lang) for theme in town.themes},
        "colours": {"line": COLOUR.line, "text": TEXT, "face": FACE},
        "routed": False,
    }


def _group(kind: str) -> dict[str, Any]:
    """Return how all nodes of one kind look, said once."""
    look = COLOUR.look(LOOKS.get(kind, "place" if kind == "districts" else "concept"))
    size = 15 if kind in HUBS else 10
    chosen = {"background": "#FFE9DA", "border": "#D55E00"}
    return {
        "color": {"background": look.fill, "border": look.stroke, "highlight": chosen},
        "font": {"size": size, "face": FACE, "color": TEXT, "strokeWidth": 3, "strokeColor": "#FFFFFF"},
    }


def _kind(kind: str, lang: str) -> str:
    """Return what the rows of a table or the concepts of a list are called."""
    both = words("figures").get(f"kind_{kind}")
    if both:
        return both[lang]
    return declaration()[kind].title(lang) if kind in declaration() else kind


def _node(
    said: dict[str, Any], place: tuple[float, float], degree: int, themes: list[str], lang: str
) -> dict[str, Any]:
    """Return what differs from node to node; the page's script knows the rest from the kind."""
    kind = str(said["kind"])
    name = str(said.get("label_en") or said["label"]) if lang == "en" else str(said["label"])
    node: dict[str, Any] = {
        "label": name if len(name) <= 24 else name[:23] + "…",
        "x": round(place[0]),
        "y": round(place[1]),
        "size": BIGGER.get(kind, 6) if kind in HUBS else 5 + min(6, degree // 3),
        "group": kind,
        "name": name,
    }
    status = str(said.get("status", "stated"))
    more = {"status": "" if status == "stated" else status, "themes": themes}
    more |= {time: str(said.get(time) or "") for time in ("since", "until")}
    return node | {key: value for key, value in more.items() if value}


def _themes(town: Municipality, graph: "Network", node: str) -> list[str]:
    """Return the numbers of the themes that a node refers to."""
    numbers = {f"themes/{theme.id}": str(theme.no or theme.id) for theme in town.themes}
    return sorted({numbers[other] for other in (node, *graph.successors(node)) if other in numbers})


def _edge(town: Municipality, number: int, key: object, said: dict[str, Any], lang: str) -> dict[str, Any]:
    kind = str(said.get("kind", key))
    concept = town.concept("predicates", kind)
    column = str(said.get("label", kind)) if lang == "ja" else kind.replace("_", " ")
    status = str(said.get("status", "stated"))
    inferred = {} if status == "stated" else {"status": status, "dashes": True}
    return {"id": number, "title": concept.label(lang) if concept else column, **inferred}


def _places(graph: "Network", islands: list[list[str]]) -> dict[str, tuple[float, float]]:
    """Return a place for every node, the same every time: an island for every community, its hubs in the middle."""
    large = [island for island in islands if len(island) > ALONE]
    alone = [island for island in islands if len(island) <= ALONE]
    middles = _apart(_middles(graph, large), [_radius(len(island)) for island in large])
    below = max((y + _radius(len(island)) for island, (_, y) in zip(large, middles, strict=True)), default=0.0)
    middles += [_seat(number, below) for number in range(len(alone))]
    islands = large + alone
    places: dict[str, tuple[float, float]] = {}
    for island, (x, y) in zip(islands, middles, strict=True):
        for step, node in enumerate(island):
            reach = NEAR * math.sqrt(step)
            places[node] = (x + reach * math.cos(step * GOLDEN), y + reach * math.sin(step * GOLDEN))
    return places


def _seat(number: int, below: float) -> tuple[float, float]:
    """Return a place in the rows under everything else, for what is tied to next to nothing."""
    row, column = divmod(number, IN_A_ROW)
    return ((column - IN_A_ROW / 2) * 4 * NEAR, below + 4 * NEAR * (row + 1))


def _islands(graph: "Network") -> list[list[str]]:
    """Return communities (Blondel et al., 2008), the largest first, each with its best tied nodes first."""
    import networkx as nx

    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(sorted(graph))
    plain.add_edges_from(sorted({(min(one, other), max(one, other)) for one, other in graph.edges() if one != other}))
    found = nx.community.louvain_communities(plain, seed=1, resolution=1.3)
    islands = [sorted(island, key=lambda node: (-graph.degree(node), node)) for island in found]
    return sorted(islands, key=lambda island: (-len(island), island[0]))


def _radius(count: int) -> float:
    return NEAR * math.sqrt(count) + NEAR


def _middles(graph: "Network", islands: list[list[str]]) -> list[tuple[float, float]]:
    import networkx as nx

    home = {node: number for number, island in enumerate(islands) for node in island}
    joined = ((home[one], home[other]) for one, other in graph.edges() if one in home and other in home)
    quotient: nx.Graph[int] = nx.Graph()
    quotient.add_nodes_from(range(len(islands)))
    for one, other in sorted(joined):
        if one != other:
            before = quotient.get_edge_data(one, other, {"weight": 0})["weight"]
            quotient.add_edge(one, other, weight=before + 1)
    if len(islands) < 2:
        return [(0.0, 0.0)] * len(islands)
    reach = 1.1 * math.sqrt(sum(_radius(len(island)) ** 2 for island in islands))
    found = nx.spring_layout(quotient, seed=1, k=1.6 / math.sqrt(len(islands)), iterations=80)
    return [(float(found[number][0]) * reach * 1.5, float(found[number][1]) * reach) for number in range(len(islands))]


def _apart(middles: list[tuple[float, float]], radii: list[float]) -> list[tuple[float, float]]:
    """Push islands apart until none lies on another, and lone ones near the rest."""
    places = [list(middle) for middle in middles]
    for _ in range(200):
        moved = False
        for one in range(len(places)):
            places[one][0] *= 0.985
            places[one][1] *= 0.985
            for other in range(one):
                moved |= _push(places[one], places[other], radii[one] + radii[other])
        if not moved:
            break
    return [(x, y) for x, y in places]


def _push(one: list[float], other: list[float], least: float) -> bool:
    dx, dy = one[0] - other[0], one[1] - other[1]
    distance = math.hypot(dx, dy)
    if distance >= least:
        return False
    share = (least - distance) / 2 / (distance or 1.0)
    dx, dy = (dx, dy) if distance else (1.0, 0.0)
    one[0], one[1] = one[0] + dx * share, one[1] + dy * share
    other[0], other[1] = other[0] - dx * share, other[1] - dy * share
    return True
