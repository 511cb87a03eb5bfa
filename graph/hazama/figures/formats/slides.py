"""A figure as a PowerPoint slide of real shapes that a planner can move, retype and recolour.

PowerPoint would lead a glued elbow through other boxes: only straight lines from middle to middle are glued.
"""

import io
from collections import defaultdict
from datetime import datetime
from zipfile import ZipFile

from hazama.exchange.archive import zipped
from hazama.figures.formats import filled
from hazama.figures.geometry import Point, Rect
from hazama.figures.scene import Line, Scene
from hazama.figures.style import COLOUR, Palette

EMU_PER_MM = 36000
LONG_AGO = datetime(2000, 1, 1)


def pptx(scene: Scene, palette: Palette = COLOUR, *others: Scene) -> bytes:
    """Return a slide for each scene, A4 or A3 in landscape as the first; the same scenes give the same bytes."""
    from pptx import Presentation
    from pptx.oxml import parse_xml
    from pptx.util import Emu

    file = Presentation()
    file.slide_width, file.slide_height = (Emu(side * EMU_PER_MM) for side in scene.paper.millimetres)
    for each in (scene, *others):
        slide = file.slides.add_slide(file.slide_layouts[6])
        slide.shapes._spTree.extend(parse_xml(_shapes(each, palette, file.slide_width / each.width)))
    properties = file.core_properties
    properties.title = scene.title.text
    properties.author = properties.last_modified_by = "hazama"
    properties.created = properties.modified = LONG_AGO
    buffer = io.BytesIO()
    file.save(buffer)
    with ZipFile(buffer) as package:
        return zipped((name, package.read(name)) for name in package.namelist())


def _shapes(scene: Scene, palette: Palette, scale: float) -> str:
    """Return a shape tree; ``scale`` is how many EMU a point of the scene is long."""
    ids: dict[str, int] = defaultdict(lambda: len(ids) + 2)
    rects = {box.id: box.rect for box in scene.boxes}

    def glue(line: Line) -> tuple[int, int] | None:
        first, last = _site(rects[line.source], line.points[0]), _site(rects[line.target], line.points[-1])
        return None if len(line.points) > 2 or first is None or last is None else (first, last)

    return filled("slide", scene=scene, palette=palette, scale=scale, ids=ids, glue=glue)


def _site(rect: Rect, point: Point) -> int | None:
    """Return PowerPoint's number of the side whose middle a point is, or None."""
    x, y = rect.centre.x, rect.centre.y
    middles = (Point(x, rect.y), Point(rect.x, y), Point(x, rect.bottom), Point(rect.right, y))
    return next((place for place, middle in enumerate(middles) if point.distance(middle) < 0.3), None)
