"""A figure as a draw.io (diagrams.net) file: uncompressed mxGraph XML, containers kept, every line on its own way."""

import xml.etree.ElementTree as ET

from hazama.figures.scene import Rect, Scene, SceneBox, SceneLine
from hazama.figures.style import COLOUR, FONTS, TEXT, Look, Palette


def drawio(scene: Scene, palette: Palette = COLOUR) -> str:
    """Return the XML text of one page."""
    file = ET.Element("mxfile", host="hazama", type="device")
    page = ET.SubElement(file, "diagram", id=scene.figure, name=scene.title.text)
    size = {"pageWidth": str(round(scene.width)), "pageHeight": str(round(scene.height))}
    model = ET.SubElement(page, "mxGraphModel", {"page": "1", "grid": "0", "guides": "1", **size})
    root = ET.SubElement(model, "root")
    ET.SubElement(root, "mxCell", id="0")
    ET.SubElement(root, "mxCell", {"id": "1", "parent": "0"})
    _zones(root, scene, palette)
    for box in scene.boxes:
        _box(root, scene, box, palette)
    for line in scene.lines:
        _line(root, scene, line, palette)
    _frame(root, scene)
    ET.indent(file, space=" ")
    return ET.tostring(file, encoding="unicode") + "\n"


def _zones(root: ET.Element, scene: Scene, palette: Palette) -> None:
    heading = "fontStyle=1;align=left;verticalAlign=top;spacingLeft=10;spacingTop=4;container=1;collapsible=0;"
    for zone in scene.zones:
        style = _style(palette.zone, zone.title.size) + heading
        _vertex(root, f"zone:{zone.id}", zone.title.text, style, zone.rect, "1")


def _box(root: ET.Element, scene: Scene, box: SceneBox, palette: Palette) -> None:
    look = palette.look(box.kind)
    style = _style(look, box.head.size, dashed=box.dashed)
    style += "verticalAlign=top;container=1;collapsible=0;" if scene.inside(box.id) else "verticalAlign=middle;"
    style += "fontStyle=1;" if look.bold else ""
    words = ["\n".join(label.lines) for label in box.labels]
    words += [" ".join(number for number, _ in box.badges)] if box.badges else []
    parent, around = _around(scene, box)
    rect = box.rect.moved(-around.x, -around.y)
    _vertex(root, f"box:{box.id}", "\n".join(words), style, rect, parent, box.href)


def _around(scene: Scene, box: SceneBox) -> tuple[str, Rect]:
    """Return the cell that a box stands in, and the rectangle that its place is counted from."""
    if box.parent:
        return f"box:{box.parent}", scene.box(box.parent).rect
    return next((f"zone:{zone.id}", zone.rect) for zone in scene.zones if zone.id == box.zone)


def _line(root: ET.Element, scene: Scene, line: SceneLine, palette: Palette) -> None:
    style = (
        f"edgeStyle=none;rounded=1;html=0;strokeColor={palette.line};strokeWidth=1.25;fontSize=8.5;fontColor={TEXT};"
        f"startArrow={_arrow(line.heads[0])};endArrow={_arrow(line.heads[1])};labelBackgroundColor=#FFFFFF;"
    )
    style += "dashed=1;" if line.dashed else ""
    style += _port(scene.box(line.source).rect, line, "exit") + _port(scene.box(line.target).rect, line, "entry")
    about = {"id": f"line:{line.id}", "value": line.text, "style": style, "edge": "1", "parent": "1"}
    ends = {"source": f"box:{line.source}", "target": f"box:{line.target}"}
    cell = ET.SubElement(root, "mxCell", about | ends)
    geometry = ET.SubElement(cell, "mxGeometry", {"relative": "1", "as": "geometry"})
    if line.points[1:-1]:
        points = ET.SubElement(geometry, "Array", {"as": "points"})
        for point in line.points[1:-1]:
            ET.SubElement(points, "mxPoint", x=_n(point.x), y=_n(point.y))


def _arrow(wanted: bool) -> str:
    return "block" if wanted else "none"


def _port(rect: Rect, line: SceneLine, end: str) -> str:
    """Return where on its box a line begins (``exit``) or ends (``entry``), as shares of the box's sides."""
    point = line.points[0] if end == "exit" else line.points[-1]
    x, y = (point.x - rect.x) / rect.w, (point.y - rect.y) / rect.h
    return f"{end}X={x:.3f};{end}Y={y:.3f};{end}Dx=0;{end}Dy=0;"


def _frame(root: ET.Element, scene: Scene) -> None:
    plain = f"text;html=0;align=left;verticalAlign=middle;fontColor={TEXT};fontFamily={FONTS[0]};"
    for place, label in enumerate(scene.frame):
        bold = "fontStyle=1;" if place == 0 else ""
        style = f"{plain}{bold}fontSize={_n(label.size)};"
        _vertex(root, f"text:{place}", "\n".join(label.lines), style, label.rect, "1")


def _vertex(root: ET.Element, id: str, words: str, style: str, rect: Rect, parent: str, link: str = "") -> None:
    cell = ET.SubElement(root, "mxCell", {"id": id, "value": words, "style": style, "vertex": "1", "parent": parent})
    if link:
        cell.set("link", link)
    size = {"x": _n(rect.x), "y": _n(rect.y), "width": _n(rect.w), "height": _n(rect.h)}
    ET.SubElement(cell, "mxGeometry", {**size, "as": "geometry"})


def _style(look: Look, size: float, *, dashed: bool = False) -> str:
    corner = "rounded=1;absoluteArcSize=1;arcSize=14;" if look.corner else "rounded=0;"
    rounded = "rounded=1;arcSize=50;" if look.corner < 0 else corner
    hatch = "fillStyle=hatch;" if look.hatched else ""
    return (
        f"html=0;whiteSpace=wrap;{rounded}fillColor={look.fill};strokeColor={look.stroke};strokeWidth={look.stroke_width};"
        f"fontColor={TEXT};fontSize={_n(size)};fontFamily={FONTS[0]};{hatch}{'dashed=1;' if dashed else ''}"
    )


def _n(value: float) -> str:
    return f"{value:.1f}".removesuffix(".0")
