"""A figure as a PowerPoint slide of real shapes that a planner can move, retype and recolour.

Boxes are shapes with their text inside. A straight line between the middles of two sides is a connector glued to them;
a bent line is a freeform on its exact path, because PowerPoint would lead a glued elbow through other boxes.
"""

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from hazama.figures.packages import same_bytes
from hazama.figures.scene import Key, Label, Point, Rect, Scene, SceneBox, SceneLine, Zone
from hazama.figures.style import COLOUR, FONTS, PAPER, QUIET, TEXT, Look, Palette

EMU_PER_MM = 36000
LONG_AGO = datetime(2000, 1, 1)


def pptx(scene: Scene, palette: Palette = COLOUR, *others: Scene) -> bytes:
    """Return a slide for each scene, A4 or A3 in landscape as the first; the same scenes give the same bytes."""
    from pptx import Presentation
    from pptx.util import Emu

    wide, high = scene.paper.millimetres
    file = Presentation()
    file.slide_width, file.slide_height = Emu(wide * EMU_PER_MM), Emu(high * EMU_PER_MM)
    for each in (scene, *others):
        _Slide(file, each, palette).draw()
    properties = file.core_properties
    properties.title = scene.title.text
    properties.author = properties.last_modified_by = "hazama"
    properties.created = properties.modified = LONG_AGO
    buffer = io.BytesIO()
    file.save(buffer)
    return same_bytes(buffer.getvalue())


class _Slide:
    """One slide being drawn; scene points become EMU."""

    def __init__(self, file: Any, scene: Scene, palette: Palette) -> None:
        self.scene, self.palette = scene, palette
        self.slide = file.slides.add_slide(file.slide_layouts[6])
        self.scale: float = file.slide_width / scene.width
        self.shapes: dict[str, Any] = {}

    def draw(self) -> None:
        """Put every shape of the scene on the slide."""
        for zone in self.scene.grounds:
            self._zone(zone)
        for box in self.scene.boxes:
            self._box(box)
        for line in self.scene.lines:
            self._line(line)
        for line in self.scene.lines:
            if line.label:
                self._plate(line.label)
        self._frame()

    def _zone(self, zone: Zone) -> None:
        self._shape(zone.rect, self.palette.zone, f"zone {zone.id}", zone.title.text)
        self._text(zone.title, left=True, bold=True, name=f"zone title {zone.id}")

    def _box(self, box: SceneBox) -> None:
        look = self.palette.look(box.kind)
        shape = self._shape(box.rect, look, box.id, box.name, dashed=box.dashed)
        self._write(shape, box, look)
        self.shapes[box.id] = shape
        for number, place in box.badges:
            self._badge(number, place)

    def _write(self, shape: Any, box: SceneBox, look: Look) -> None:
        from pptx.enum.text import MSO_ANCHOR

        frame = shape.text_frame
        frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        if box.badges or self.scene.inside(box.id):
            frame.vertical_anchor = MSO_ANCHOR.TOP
            frame.margin_top = self._emu(box.head.rect.y - box.rect.y)
        for place, label in enumerate(box.labels):
            colour = TEXT if place == 0 else QUIET
            self._paragraph(frame, label, colour, first=place == 0, bold=look.bold and place == 0)

    def _paragraph(self, frame: Any, label: Label, colour: str, *, first: bool, bold: bool, left: bool = False) -> None:
        from pptx.enum.text import PP_ALIGN

        paragraph = frame.paragraphs[0] if first else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT if left else PP_ALIGN.CENTER
        paragraph.text = "\v".join(label.lines)
        for run in paragraph.runs:
            self._font(run.font, label.size, colour, bold=bold)

    def _font(self, font: Any, size: float, colour: str, *, bold: bool) -> None:
        from pptx.oxml.ns import qn
        from pptx.util import Emu

        font.size = Emu(round(size * self.scale / 1270) * 1270)
        font.bold = bold
        font.color.rgb = _rgb(colour)
        font.name = FONTS[0]
        properties = font._element
        properties.set("lang", "ja-JP" if self.scene.lang == "ja" else "en-GB")
        properties.set("altLang", "ja-JP")
        far_east = properties.makeelement(qn("a:ea"), {"typeface": FONTS[0]})
        properties.find(qn("a:latin")).addnext(far_east)

    def _shape(self, rect: Rect, look: Look, name: str, alt: str, *, dashed: bool = False) -> Any:
        from pptx.enum.shapes import MSO_SHAPE

        kind = MSO_SHAPE.ROUNDED_RECTANGLE if look.corner else MSO_SHAPE.RECTANGLE
        shape = self.slide.shapes.add_shape(kind, *map(self._emu, (rect.x, rect.y, rect.w, rect.h)))
        if look.corner:
            least = min(rect.w, rect.h)
            shape.adjustments[0] = 0.5 if look.corner < 0 else min(0.25, look.corner / least)
        self._paint(shape, look, dashed=dashed)
        self._clear(shape.text_frame)
        self._name(shape, name, alt)
        return shape

    def _paint(self, shape: Any, look: Look, *, dashed: bool) -> None:
        from pptx.enum.dml import MSO_LINE, MSO_PATTERN
        from pptx.util import Emu

        self._without_style(shape)
        if look.hatched:
            shape.fill.patterned()
            shape.fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
            shape.fill.fore_color.rgb = _rgb("#D0D5DA")
            shape.fill.back_color.rgb = _rgb("#FFFFFF")
        else:
            shape.fill.solid()
            shape.fill.fore_color.rgb = _rgb(look.fill)
        shape.line.color.rgb = _rgb(look.stroke)
        shape.line.width = Emu(self._emu(look.stroke_width))
        if dashed:
            shape.line.dash_style = MSO_LINE.DASH

    def _without_style(self, shape: Any) -> None:
        """Take the theme's style away, with its shadow; every colour and width is the shape's own."""
        from pptx.oxml.ns import qn

        shape._element.remove(shape._element.find(qn("p:style")))

    def _clear(self, frame: Any) -> None:
        frame.word_wrap = False
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0

    def _name(self, shape: Any, name: str, alt: str) -> None:
        shape.name = name
        shape._element._nvXxPr.cNvPr.set("descr", alt)

    def _badge(self, number: str, place: Point) -> None:
        from pptx.enum.shapes import MSO_SHAPE

        size = Rect(place.x - 5.6, place.y - 5.6, 11.2, 11.2)
        shape = self.slide.shapes.add_shape(MSO_SHAPE.OVAL, *map(self._emu, (size.x, size.y, size.w, size.h)))
        self._paint(shape, Look(PAPER, self.palette.ring(number), stroke_width=1.8), dashed=False)
        self._clear(shape.text_frame)
        self._name(shape, f"badge {number}", number)
        self._paragraph(shape.text_frame, Label((number,), size, 7.0), TEXT, first=True, bold=True)

    def _line(self, line: SceneLine) -> None:
        first = _site(self.scene.box(line.source).rect, line.points[0])
        last = _site(self.scene.box(line.target).rect, line.points[-1])
        straight = len(line.points) == 2 and first is not None and last is not None
        shape = self._glued(line, first, last) if straight else self._bent(line.points)
        self._stroke(shape, line.heads, dashed=line.dashed)
        self._name(shape, line.id, self.scene.sentence(line))

    def _glued(self, line: SceneLine, first: int | None, last: int | None) -> Any:
        from pptx.enum.shapes import MSO_CONNECTOR

        start, end = line.points
        shape = self.slide.shapes.add_connector(
            MSO_CONNECTOR.STRAIGHT, *map(self._emu, (start.x, start.y, end.x, end.y))
        )
        self._without_style(shape)
        shape.begin_connect(self.shapes[line.source], first)
        shape.end_connect(self.shapes[line.target], last)
        return shape

    def _bent(self, points: Iterable[Point]) -> Any:
        first, *others = points
        builder = self.slide.shapes.build_freeform(self._emu(first.x), self._emu(first.y), scale=1.0)
        builder.add_line_segments([(self._emu(point.x), self._emu(point.y)) for point in others], close=False)
        shape = builder.convert_to_shape()
        shape.fill.background()
        self._without_style(shape)
        return shape

    def _stroke(self, shape: Any, heads: tuple[bool, bool], *, dashed: bool) -> None:
        from pptx.enum.dml import MSO_LINE
        from pptx.oxml.ns import qn
        from pptx.util import Emu

        shape.line.color.rgb = _rgb(self.palette.line)
        shape.line.width = Emu(self._emu(1.25))
        if dashed:
            shape.line.dash_style = MSO_LINE.DASH
        outline = shape.line._get_or_add_ln()
        for tag, wanted in (("a:headEnd", heads[0]), ("a:tailEnd", heads[1])):
            if wanted:
                outline.append(outline.makeelement(qn(tag), {"type": "triangle", "w": "med", "len": "med"}))

    def _plate(self, label: Label) -> None:
        within = any(zone.rect.holds(label.rect) for zone in self.scene.zones)
        shape = self._text(label, name=f"words {label.text}")
        shape.fill.solid()
        shape.fill.fore_color.rgb = _rgb(self.palette.zone.fill if within else PAPER)

    def _text(self, label: Label, *, left: bool = False, bold: bool = False, colour: str = TEXT, name: str = "") -> Any:
        from pptx.enum.text import MSO_ANCHOR

        rect = label.rect
        shape = self.slide.shapes.add_textbox(*map(self._emu, (rect.x, rect.y, rect.w, rect.h)))
        self._clear(shape.text_frame)
        shape.text_frame.vertical_anchor = MSO_ANCHOR.MIDDLE
        shape.text_frame.word_wrap = rect.w > self.scene.width / 2
        self._paragraph(shape.text_frame, label, colour, first=True, bold=bold, left=left)
        self._name(shape, name or "text", label.text)
        return shape

    def _frame(self) -> None:
        self._text(self.scene.title, left=True, bold=True, name="title")
        if self.scene.subtitle:
            self._text(self.scene.subtitle, left=True, colour=QUIET, name="subtitle")
        for key in self.scene.keys:
            self._key(key)
        for note in self.scene.notes:
            self._text(note, left=True, colour=QUIET, name="note")

    def _key(self, key: Key) -> None:
        if key.kind == "line":
            y = key.sample.centre.y
            shape = self._bent((Point(key.sample.x, y), Point(key.sample.right, y)))
            self._stroke(shape, (False, True), dashed=key.dashed)
            self._name(shape, "legend", key.label.text)
        else:
            look = self.palette.look("blank" if key.kind == "box" else key.kind)
            self._shape(key.sample, look, "legend", key.label.text, dashed=key.dashed)
        self._text(key.label, left=True, colour=QUIET, name="legend text")

    def _emu(self, points: float) -> int:
        return round(points * self.scale)


def _rgb(colour: str) -> Any:
    from pptx.dml.color import RGBColor

    make: Any = RGBColor
    return make(*bytes.fromhex(colour[1:]))


def _site(rect: Rect, point: Point) -> int | None:
    """Return PowerPoint's number of the side whose middle a point is, or None."""
    middles = (
        Point(rect.centre.x, rect.y),
        Point(rect.x, rect.centre.y),
        Point(rect.centre.x, rect.bottom),
        Point(rect.right, rect.centre.y),
    )
    near = (abs(point.x - middle.x) + abs(point.y - middle.y) < 0.3 for middle in middles)
    return next((place for place, is_near in enumerate(near) if is_near), None)
