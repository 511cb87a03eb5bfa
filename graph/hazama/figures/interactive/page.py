"""Pages to look around in: one HTML file with everything in it, and a figure's scene as the data of one.

Boxes are nodes of pyvis, each with its place; grounds and routed ways are drawn behind them by the page's script.
"""

import base64
import hashlib
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from hazama.figures.formats import filled
from hazama.figures.scene import Box, Line, Scene, Statement
from hazama.figures.style import COLOUR, FONTS, PAPER, TEXT, Palette
from hazama.resources import words

LIBRARY = "lib/vis-9.1.2/vis-network.min.js"
FACE = ", ".join(FONTS)


@dataclass(frozen=True, slots=True)
class Parts:
    """What differs from page to page: ``data`` is the JSON that the page's script reads."""

    title: str
    lang: str
    data: str
    statements: tuple[Statement, ...] = ()

    @property
    def content(self) -> str:
        """The controls, the drawing's place and the table, without a page around them."""
        said = {name: both[self.lang] for name, both in words("figures").items()}
        return filled("page", said=said, statements=self.statements, data=self.data)


def html(scene: Scene, palette: Palette = COLOUR) -> str:
    """Return a figure as one HTML file that opens by double click and asks the network for nothing."""
    return standalone(figure_parts(scene, palette))


def figure_parts(scene: Scene, palette: Palette = COLOUR) -> Parts:
    """Return the parts of a figure's interactive page."""
    return Parts(scene.title.text, scene.lang, json_text(_data(scene, palette)), scene.statements)


def standalone(made: Parts) -> str:
    """Return one file."""
    scripts = library(), own("explore.js")
    about = {"title": made.title, "lang": made.lang, "content": made.content}
    return filled("standalone", scripts=scripts, style=own("explore.css"), hash=_hash, **about)


@cache
def library() -> str:
    """Return vis-network as the pyvis package carries it."""
    text = (files("pyvis") / LIBRARY).read_text(encoding="utf-8")
    return text.split("//# sourceMappingURL", 1)[0].replace("</script", "<\\/script")


@cache
def own(name: str) -> str:
    """Return a file of this folder: ``explore.js`` or ``explore.css``."""
    return (files("hazama.figures.interactive") / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def json_text(data: object) -> str:
    """Return JSON that is safe inside a script element."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text


def _data(scene: Scene, palette: Palette) -> dict[str, Any]:
    """Return a scene's boxes as nodes, its lines as edges, its zones and routed ways as things behind them."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="local")
    holders, ground = scene.holders, palette.zone
    for box in scene.boxes:
        network.add_node(box.id, **_node(box, palette), box=_drawn(box, palette, holds_others=box.id in holders))
    for line in scene.lines:
        network.add_edge(line.source, line.target, **_edge(line, palette))
    nodes, edges, *_ = network.get_network_data()
    look = {"fill": ground.fill, "stroke": ground.stroke, "corner": ground.corner}
    return {
        "nodes": nodes,
        "edges": edges,
        "grounds": [{**zone.rect._asdict(), "title": zone.title.text, **look} for zone in scene.grounds],
        "ways": {line.id: _way(line) for line in scene.lines},
        "kinds": [{"id": key.kind, "words": key.label.text} for key in scene.keys if key.kind not in ("line", "box")],
        "colours": {"line": palette.line, "text": TEXT, "face": FACE, "badges": COLOUR.badges},
        "routed": True,
    }


def _node(box: Box, palette: Palette) -> dict[str, Any]:
    """Return what the page's lists and filters say of a box."""
    about = {"kind": box.kind, "status": box.status.value, "themes": box.badges, "href": box.href, "name": box.name}
    details = [box.small.text] if box.small else []
    return {
        "label": " ",
        "shape": "custom",
        "x": box.rect.centre.x,
        "y": box.rect.centre.y,
        "details": details,
        **about,
    }


def _drawn(box: Box, palette: Palette, *, holds_others: bool) -> dict[str, Any]:
    """Return what the page's script needs to draw a box just as the scene has it, counted from the box's middle."""
    look, middle = palette.look(box.kind), box.rect.centre
    corner = box.rect.h / 2 if look.corner < 0 else look.corner
    return {
        "w": box.rect.w,
        "h": box.rect.h,
        "corner": corner,
        **{"fill": look.fill, "stroke": look.stroke, "width": look.stroke_width, "bold": look.bold},
        **{"hatched": look.hatched, "dashed": box.dashed, "holds": holds_others},
        "texts": [
            {"lines": label.lines, "size": label.size, "y": label.rect.y - middle.y, "step": label.step}
            for label in box.labels
        ],
        "badges": [(number, place.x - middle.x, place.y - middle.y) for number, place in box.discs],
    }


def _edge(line: Line, palette: Palette) -> dict[str, Any]:
    ends = [end for end, wanted in zip(("from", "to"), line.heads, strict=True) if wanted]
    return {
        "id": line.id,
        "label": line.text,
        "status": line.status.value,
        "arrows": ",".join(ends),
        "dashes": [5, 4] if line.dashed else False,
        **{"color": palette.line, "width": 1.2, "hidden": True},
        "font": {"size": 9, "face": FACE, "color": TEXT, "strokeWidth": 4, "strokeColor": PAPER},
    }


def _way(line: Line) -> dict[str, Any]:
    way: dict[str, Any] = {"points": [(point.x, point.y) for point in line.points]}
    if line.label:
        middle = line.label.rect.centre
        way["words"] = {"lines": line.label.lines, "x": middle.x, "y": middle.y, "size": line.label.size}
    return way
