"""探索: the whole graph of the town, to be dragged, searched and filtered."""

import json
from dataclasses import dataclass, replace
from functools import cache

from hazama.figures.interactive import Parts
from hazama.site.desk import Desk
from hazama.site.scripts import json_text
from hazama.site.values import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplorePage(Page):
    """The graph with its controls; the lists of the site say the same as tables."""

    content: str
    """Controls, drawing place and data as markup of the figures floor, every text in it escaped there."""


def explore_page(desk: Desk, graph: Parts) -> ExplorePage:
    """The page of the graph; every node leads to its row's page."""
    return ExplorePage(
        address="explore.html",
        title=desk.said("nav_explore"),
        section="explore.html",
        lead=desk.words("explore_lead"),
        styles=("explore.css",),
        scripts=("vis-network.js", "explore.js"),
        content=linked(desk, graph).content,
    )


def linked(desk: Desk, parts: Parts) -> Parts:
    """The parts with an address on every node that has a page, each word said once; ``explore.js`` reads both."""
    data = json.loads(parts.data)
    places = {node["id"]: n for n, node in enumerate(data["nodes"])}
    words = {word: n for n, word in enumerate(dict.fromkeys(edge["title"] for edge in data["edges"]))}
    for node in data["nodes"]:
        table, _, id = node["id"].partition("/")
        if (table, id) in desk.ground.pages:
            node["href"] = desk.ground.pages[table, id]
        del node["shape"]
        if node["name"] == node["label"]:
            del node["name"]
    edges = [
        [
            places[edge["from"]],
            places[edge["to"]],
            words[edge["title"]],
            *([edge["status"]] if "status" in edge else []),
        ]
        for edge in data["edges"]
    ]
    return replace(parts, data=json_text({**data, "edges": edges, "words": list(words)}))


@cache
def explore_assets() -> dict[str, str]:
    """Library, script and style by file name."""
    from hazama.figures.interactive import page

    return {
        "explore.css": page.own("explore.css"),
        "vis-network.js": page.library(),
        "explore.js": page.own("explore.js"),
    }
