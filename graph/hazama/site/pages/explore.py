"""探索: the whole graph of the town, to be dragged, searched and filtered."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from hazama.figures.interactive import Parts
from hazama.figures.interactive.page import json_text
from hazama.site.desk import Desk
from hazama.site.values import Lang, Page

_SHARED = frozenset({"nodes", "edges"})
_NODE = ("status", "themes", "since", "until", "hub")


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplorePage(Page):
    """The graph with its controls; the lists of the site say the same as tables."""

    template: str = "explore.html"
    content: str
    """Controls, drawing place and words as markup of the figures floor, every text in it escaped there."""


def explore_page(desk: Desk, graph: Parts) -> ExplorePage:
    """The page of the graph; every node leads to its row's page."""
    said = {name: value for name, value in json.loads(graph.data).items() if name not in _SHARED}
    return desk.page(
        ExplorePage,
        "explore",
        styles=("explore.css",),
        scripts=("data.js", "graph.js", "vis-network.js", "explore.js"),
        content=replace(graph, data=json_text(said)).content,
    )


def graph_script(
    pages: Mapping[tuple[str, str], str], graphs: Mapping[Lang, Parts], takes: Callable[[str], bool]
) -> str:
    """The graph for both languages as one classic script; nodes with a page take their names from ``data.js``.

    A node is [page or id, x, y, size, kind, what else is said], an edge [node, node, word, status].
    """
    ja, en = (json.loads(graphs[lang].data) for lang in ("ja", "en"))
    kinds = [kind["id"] for kind in ja["kinds"]]
    places = {node["id"]: n for n, node in enumerate(ja["nodes"])}
    words = {pair: n for n, pair in enumerate(dict.fromkeys(_titles(ja, en)))}
    nodes = []
    for node, english in zip(ja["nodes"], en["nodes"], strict=True):
        table, _, id = node["id"].partition("/")
        page = pages.get((table, id), "")
        more: dict[str, Any] = {name: node[name] for name in _NODE if name in node}
        if not page or not takes(page):
            more["names"] = [node["name"], english["name"]]
        kind = kinds.index(node["group"])
        nodes.append([page or node["id"], node["x"], node["y"], node["size"], kind, *([more] if more else [])])
    edges = [
        [places[edge["from"]], places[edge["to"]], words[pair], *([edge["status"]] if "status" in edge else [])]
        for edge, pair in zip(ja["edges"], _titles(ja, en), strict=True)
    ]
    return f"var hazamaGraph = {json_text({'nodes': nodes, 'edges': edges, 'words': list(words)})};\n"


def _titles(ja: Mapping[str, Any], en: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [(one["title"], other["title"]) for one, other in zip(ja["edges"], en["edges"], strict=True)]


@cache
def explore_assets() -> dict[str, str]:
    """Library, script and style by file name."""
    from hazama.figures.interactive import page

    return {
        "explore.css": page.own("explore.css"),
        "vis-network.js": page.library(),
        "explore.js": page.own("explore.js"),
    }
