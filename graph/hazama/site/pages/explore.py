"""探索: the whole graph of the town, to be dragged, searched and filtered."""

import json
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, TypeAlias

from hazama.figures.interactive import Parts
from hazama.figures.interactive.explore import explore_parts
from hazama.site.desk import Desk
from hazama.site.scripts import json_text
from hazama.site.values import Page

Values: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplorePage(Page):
    """The graph with its controls; the lists of the site say the same as tables."""

    content: str
    """Controls, drawing place and data as markup of the figures floor, every text in it escaped there."""


def explore_page(desk: Desk) -> ExplorePage:
    """The page of the graph; every node leads to its row's page."""
    return ExplorePage(
        address="explore.html",
        title=desk.said("nav_explore"),
        section="explore.html",
        lead=desk.words("explore_lead"),
        styles=("explore.css",),
        scripts=("vis-network.js", "explore.js"),
        content=linked(desk, explore_parts(desk.ground.town, desk.lang)).content,
    )


def linked(desk: Desk, parts: Parts) -> Parts:
    """The parts with an address on every node that has a page."""
    data = json.loads(parts.data)
    for node in data["nodes"]:
        table, _, id = node["id"].partition("/")
        node["href"] = desk.ground.pages.get((table, id), "")
    return replace(parts, data=json_text(_compact(data)))


def _compact(data: dict[str, Any]) -> dict[str, Any]:
    """The data without what all nodes of a kind, or all edges, share; said once, for ``explore.js`` to put back."""
    kinds: dict[str, list[Values]] = {}
    for node in data["nodes"]:
        kinds.setdefault(node["kind"], []).append(node)
    common = {kind: _common(nodes) for kind, nodes in kinds.items()}
    edges = _common(data["edges"])
    return {
        **data,
        "shared": {"nodes": common, "edges": edges},
        "nodes": [_rest(node, common[node["kind"]], keep="kind") for node in data["nodes"]],
        "edges": [_rest(edge, edges) for edge in data["edges"]],
    }


def _common(items: list[Values]) -> Values:
    """For every key the value that most items have, as far as more than one has it."""
    found: Values = {}
    for key in items[0] if items else ():
        value, count = Counter(json.dumps(item.get(key), sort_keys=True) for item in items).most_common(1)[0]
        if count > 1:
            found[key] = json.loads(value)
    return found


def _rest(item: Values, common: Values, keep: str = "") -> Values:
    return {key: value for key, value in item.items() if key == keep or key not in common or value != common[key]}


@cache
def explore_assets() -> dict[str, str]:
    """Library, script and style by file name."""
    from hazama.figures.interactive import page

    return {
        "explore.css": page.own("explore.css"),
        "vis-network.js": page.library(),
        "explore.js": page.own("explore.js"),
    }
