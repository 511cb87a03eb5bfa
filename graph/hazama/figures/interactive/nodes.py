"""A scene as nodes and edges of pyvis, every one with its place; grounds and ways are drawn behind them."""

from typing import Any

from hazama.figures.scene import Box, Label, Line, Point, Rect, Scene
from hazama.figures.style import COLOUR, FONTS, PAPER, TEXT, Look, Palette

FACE = ", ".join(FONTS)


def collected(scene: Scene, palette: Palette) -> dict[str, Any]:
    """Return a scene's boxes as nodes, its lines as edges, its zones and routed ways as things behind them."""
    from pyvis.network import Network

    network = Network(directed=True, cdn_resources="local")
    holders = scene.holders
    for box in scene.boxes:
        network.add_node(box.id, **_node(box, palette.look(box.kind), holds_others=box.id in holders))
    for line in scene.lines:
        network.add_edge(line.source, line.target, **_edge(line, palette))
    nodes, edges, *_ = network.get_network_data()
    return {
        "nodes": nodes,
        "edges": edges,
        "grounds": [_ground(zone.rect, zone.title.text, palette.zone) for zone in scene.grounds],
        "ways": {line.id: _way(line) for line in scene.lines},
        "kinds": [{"id": key.kind, "words": key.words} for key in scene.keys if key.kind not in ("line", "box")],
        "colours": {"line": palette.line, "text": TEXT, "face": FACE, "badges": list(COLOUR.badges)},
        "routed": True,
    }


def _node(box: Box, look: Look, *, holds_others: bool) -> dict[str, Any]:
    """Return a box that the page's script draws itself, lines of text and all, just as the scene has it."""
    middle = box.rect.centre
    return {
        "label": " ",
        "x": middle.x,
        "y": middle.y,
        "shape": "custom",
        "box": {
            "w": box.rect.w,
            "h": box.rect.h,
            "fill": look.fill,
            "stroke": look.stroke,
            "width": look.stroke_width,
            "corner": box.rect.h / 2 if look.corner < 0 else look.corner,
            "hatched": look.hatched,
            "dashed": box.dashed,
            "holds": holds_others,
            "bold": look.bold,
            "texts": [_text(label, middle) for label in box.labels],
            "badges": [[number, place.x - middle.x, place.y - middle.y] for number, place in box.discs],
        },
        "name": box.name,
        "details": [box.small.text] if box.small else [],
        "kind": box.kind,
        "status": box.status.value,
        "themes": list(box.badges),
        "href": box.href,
    }


def _text(label: Label, middle: Point) -> dict[str, Any]:
    """Return lines of text with their place counted from a box's middle."""
    step = label.rect.h / len(label.lines)
    return {"lines": list(label.lines), "size": label.size, "y": label.rect.y - middle.y, "step": step}


def _edge(line: Line, palette: Palette) -> dict[str, Any]:
    ends = [end for end, wanted in zip(("from", "to"), line.heads, strict=True) if wanted]
    return {
        "id": line.id,
        "label": line.text,
        "arrows": ",".join(ends),
        "dashes": [5, 4] if line.dashed else False,
        "color": palette.line,
        "width": 1.2,
        "font": {"size": 9, "face": FACE, "color": TEXT, "strokeWidth": 4, "strokeColor": PAPER},
        "status": line.status.value,
        "hidden": True,
    }


def _way(line: Line) -> dict[str, Any]:
    way: dict[str, Any] = {"points": [[point.x, point.y] for point in line.points]}
    if line.label:
        middle = line.label.rect.centre
        way["words"] = {"lines": list(line.label.lines), "x": middle.x, "y": middle.y, "size": line.label.size}
    return way


def _ground(rect: Rect, title: str, look: Look) -> dict[str, Any]:
    return {
        "x": rect.x,
        "y": rect.y,
        "w": rect.w,
        "h": rect.h,
        "fill": look.fill,
        "stroke": look.stroke,
        "corner": look.corner,
        "title": title,
    }
