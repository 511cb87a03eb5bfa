import json
import re
from html.parser import HTMLParser

import pytest

from hazama.figures import explore, rendered
from hazama.figures.compose import compose
from hazama.figures.interactive import figure_parts
from hazama.figures.scene import Area, Box, Sketch
from hazama.model.town import Municipality
from tests.figures.made import NASTY, bare_town, council
from tests.towns import small_town


class _Page(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.addresses: list[str] = []
        self.tags: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href", "action")]
        assert not any(name.startswith("on") or name == "style" for name, _ in attrs)


def _data(page: str) -> dict[str, list[dict[str, object]]]:
    found = re.search(r'<script type="application/json" id="hz-data">(.*?)</script>', page, re.S)
    assert found
    made: dict[str, list[dict[str, object]]] = json.loads(found[1])
    return made


def test_a_figures_page_asks_for_nothing_and_allows_nothing_else() -> None:
    page = rendered(compose(council()), ".html").decode()
    assert _Page(page).addresses == []
    policy = re.search(r'Content-Security-Policy" content="([^"]+)"', page)
    assert policy
    assert policy[1].startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy[1]


def test_nodes_stand_where_the_scene_has_them() -> None:
    scene = compose(council())
    nodes = {node["id"]: node for node in _data(rendered(scene, ".html").decode())["nodes"]}
    for box in scene.boxes:
        assert (nodes[box.id]["x"], nodes[box.id]["y"]) == (box.rect.centre.x, box.rect.centre.y)


def test_the_page_carries_the_equal_table() -> None:
    from hazama.figures import scene

    made = scene("governance", small_town())
    assert figure_parts(made).content.count("<tr>") == len(made.statements) + 1


def test_nasty_names_stay_text() -> None:
    items = tuple(Box(f"n{n}", name, zone="z") for n, name in enumerate(NASTY))
    page = rendered(compose(Sketch("nasty", NASTY[0], (Area("z", NASTY[6], 0),), items)), ".html").decode()
    assert _Page(page).tags.count("script") == 3
    assert "<script>alert" not in page
    assert {node["name"] for node in _data(page)["nodes"]} >= {NASTY[0], NASTY[2]}


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_whole_graph_has_every_row_and_a_place_for_each(lang: str) -> None:
    nodes = {node["id"]: node for node in _data(explore(small_town(), lang))["nodes"]}
    assert {f"programs/{program.id}" for program in small_town().programs} <= set(nodes)
    assert len({(node["x"], node["y"]) for node in nodes.values()}) == len(nodes)


@pytest.mark.parametrize("town", [bare_town(), small_town()], ids=["bare", "small"])
def test_the_whole_graph_is_the_same_every_time(town: Municipality) -> None:
    assert explore(town) == explore(town)
