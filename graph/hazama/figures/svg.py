"""The master drawing: SVG whose text stays text, readable by screen readers, without styles that a strict CSP refuses.

Every box is a group with ``role``, a name and ``tabindex``: the first takes the page's tab stop, a script may move it
with the arrow keys. Numbers are rounded, attributes ordered: the same scene gives the same bytes.
"""

from collections.abc import Iterator
from dataclasses import replace
from html import escape

from hazama.figures.scene import Key, Label, Point, Rect, Scene, SceneBox, SceneLine
from hazama.figures.style import COLOUR, FONTS, PAPER, QUIET, TEXT, Look, Palette
from hazama.figures.text import width

ROUND = 5.0
DASH = "5 3.5"
BASELINE = 0.36


def svg(scene: Scene, palette: Palette = COLOUR) -> str:
    """Return the scene as one SVG element, 1 unit = 1 point of the scene's page."""
    return "\n".join(_drawing(scene, palette)) + "\n"


def _drawing(scene: Scene, palette: Palette) -> Iterator[str]:
    wide, high = scene.paper.millimetres
    name = f"{scene.figure}-title", f"{scene.figure}-desc"
    fonts = escape(", ".join(f"'{font}'" if " " in font else font for font in FONTS))
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="hazama-figure" width="{wide}mm" height="{high}mm"'
        f' viewBox="0 0 {_n(scene.width)} {_n(scene.height)}" lang="{scene.lang}" role="group"'
        f' aria-labelledby="{name[0]}" aria-describedby="{name[1]}" font-family="{fonts}">'
    )
    yield f'<title id="{name[0]}">{escape(scene.title.text)}</title>'
    yield f'<desc id="{name[1]}">{escape(scene.description)}</desc>'
    yield from _definitions(scene, palette)
    yield f'<rect class="paper" width="{_n(scene.width)}" height="{_n(scene.height)}" fill="{PAPER}"/>'
    yield '<g class="zones">'
    for zone in scene.grounds:
        yield _rect(zone.rect, palette.zone) + _label(zone.title, weight="bold", anchor="start")
    yield "</g>"
    yield '<g class="boxes" role="list">'
    for place, box in enumerate(scene.boxes):
        yield from _box(scene, box, palette, first=place == 0)
    yield "</g>"
    yield '<g class="lines">'
    for line in scene.lines:
        yield _line(scene, line, palette)
    for line in scene.lines:
        if line.label:
            yield _plate(scene, line.label, palette)
    yield "</g>"
    yield from _frame(scene, palette)
    yield "</svg>"


def _definitions(scene: Scene, palette: Palette) -> Iterator[str]:
    figure = escape(scene.figure)
    yield "<defs>"
    yield (
        f'<marker id="{figure}-arrow" viewBox="0 0 8 8" refX="7.4" refY="4" markerWidth="8" markerHeight="8"'
        ' markerUnits="userSpaceOnUse" orient="auto-start-reverse">'
        f'<path d="M0 0.6L8 4L0 7.4Z" fill="{palette.line}"/></marker>'
    )
    hatch = palette.look("gap").stroke
    yield (
        f'<pattern id="{figure}-hatch" width="6" height="6" patternUnits="userSpaceOnUse"'
        ' patternTransform="rotate(45)">'
        f'<path d="M0 0V6" stroke="{hatch}" stroke-width="1" stroke-opacity="0.45"/></pattern>'
    )
    yield "</defs>"


def _box(scene: Scene, box: SceneBox, palette: Palette, *, first: bool) -> Iterator[str]:
    look = palette.look(box.kind)
    spoken = "、".join([box.name, *(caption.text for caption in box.captions)])
    yield (
        f'<g class="box" id="{escape(scene.figure)}-{escape(box.id)}" data-id="{escape(box.id)}"'
        f' data-kind="{escape(box.kind)}" data-status="{box.status.value}" role="listitem"'
        f' tabindex="{0 if first else -1}" aria-label="{escape(spoken)}">'
    )
    if box.href:
        yield f'<a href="{escape(box.href)}">'
    yield f"<title>{escape(box.name)}</title>"
    yield _shape(scene.figure, box.rect, look, dashed=box.dashed)
    yield _label(box.head, weight="bold" if look.bold else "", plate=look.hatched)
    for caption in box.captions:
        yield _label(caption, colour=TEXT if look.hatched else QUIET, plate=look.hatched)
    for badge, place in box.badges:
        yield _badge(badge, place, palette)
    if box.href:
        yield "</a>"
    yield "</g>"


def _shape(figure: str, rect: Rect, look: Look, *, dashed: bool = False) -> str:
    drawn = _rect(rect, look, dashed=dashed)
    if look.hatched:
        drawn += _rect(rect, replace(look, fill=f"url(#{escape(figure)}-hatch)"), dashed=dashed)
    return drawn


def _rect(rect: Rect, look: Look, *, dashed: bool = False) -> str:
    corner = rect.h / 2 if look.corner < 0 else min(look.corner, rect.h / 4)
    corners = f' rx="{_n(min(corner, rect.w / 2))}"' if corner else ""
    return (
        f'<rect x="{_n(rect.x)}" y="{_n(rect.y)}" width="{_n(rect.w)}" height="{_n(rect.h)}"{corners}'
        f' fill="{look.fill}" stroke="{look.stroke}" stroke-width="{_n(look.stroke_width)}"{_dash(dashed)}/>'
    )


def _dash(dashed: bool) -> str:
    return f' stroke-dasharray="{DASH}"' if dashed else ""


def _label(label: Label, *, colour: str = TEXT, weight: str = "", anchor: str = "middle", plate: bool = False) -> str:
    x = label.rect.x if anchor == "start" else label.rect.centre.x
    step = label.rect.h / len(label.lines)
    drawn = [_ground(label)] if plate else []
    bold = f' font-weight="{weight}"' if weight else ""
    for place, line in enumerate(label.lines):
        y = label.rect.y + step * (place + 0.5) + label.size * BASELINE
        drawn.append(
            f'<text x="{_n(x)}" y="{_n(y)}" font-size="{_n(label.size)}" text-anchor="{anchor}" fill="{colour}"{bold}>'
            f"{escape(line)}</text>"
        )
    return "".join(drawn)


def _ground(label: Label) -> str:
    """Return a white plate behind words that stand on a hatching."""
    wide = max(width(line, label.size) for line in label.lines) + 6
    return (
        f'<rect x="{_n(label.rect.centre.x - wide / 2)}" y="{_n(label.rect.y)}" width="{_n(wide)}"'
        f' height="{_n(label.rect.h)}" fill="{PAPER}"/>'
    )


def _badge(text: str, place: Point, palette: Palette) -> str:
    return (
        f'<circle cx="{_n(place.x)}" cy="{_n(place.y)}" r="5.6" fill="{PAPER}" stroke="{palette.ring(text)}"'
        ' stroke-width="1.8"/>'
        f'<text x="{_n(place.x)}" y="{_n(place.y + 2.7)}" font-size="7.5" text-anchor="middle" fill="{TEXT}"'
        f' font-weight="bold">{escape(text)}</text>'
    )


def _line(scene: Scene, line: SceneLine, palette: Palette) -> str:
    arrow = f"url(#{escape(scene.figure)}-arrow)"
    heads = f' marker-start="{arrow}"' if line.heads[0] else ""
    heads += f' marker-end="{arrow}"' if line.heads[1] else ""
    return (
        f'<path class="line" data-source="{escape(line.source)}" data-target="{escape(line.target)}"'
        f' data-kind="{escape(line.kind)}" data-status="{line.status.value}" d="{path(line.points)}" fill="none"'
        f' stroke="{palette.line}" stroke-width="1.25" stroke-linejoin="round"{_dash(line.dashed)}{heads}>'
        f"<title>{escape(scene.sentence(line))}</title></path>"
    )


def path(points: tuple[Point, ...]) -> str:
    """Return SVG path data for a polyline with softly rounded corners."""
    parts = [f"M{_n(points[0].x)} {_n(points[0].y)}"]
    for before, here, after in zip(points, points[1:], points[2:], strict=False):
        soft = min(ROUND, _length(before, here) / 2, _length(here, after) / 2)
        entry, leave = _toward(here, before, soft), _toward(here, after, soft)
        parts.append(f"L{_n(entry.x)} {_n(entry.y)}Q{_n(here.x)} {_n(here.y)} {_n(leave.x)} {_n(leave.y)}")
    parts.append(f"L{_n(points[-1].x)} {_n(points[-1].y)}")
    return "".join(parts)


def _length(one: Point, other: Point) -> float:
    return abs(one.x - other.x) + abs(one.y - other.y)


def _toward(one: Point, other: Point, by: float) -> Point:
    share = by / (_length(one, other) or 1.0)
    return Point(one.x + (other.x - one.x) * share, one.y + (other.y - one.y) * share)


def _plate(scene: Scene, label: Label, palette: Palette) -> str:
    """Return a line's words on a plate in the colour of the ground below."""
    fill = palette.zone.fill if any(zone.rect.holds(label.rect) for zone in scene.zones) else PAPER
    ground = (
        f'<rect x="{_n(label.rect.x)}" y="{_n(label.rect.y)}" width="{_n(label.rect.w)}"'
        f' height="{_n(label.rect.h)}" rx="2" fill="{fill}"/>'
    )
    return f'<g class="words">{ground}{_label(label)}</g>'


def _frame(scene: Scene, palette: Palette) -> Iterator[str]:
    yield '<g class="frame">'
    yield _label(scene.title, weight="bold", anchor="start")
    if scene.subtitle:
        yield _label(scene.subtitle, colour=QUIET, anchor="start")
    for key in scene.keys:
        yield _key(scene, key, palette)
    if scene.notes:
        left, right = scene.notes[0].rect.x, scene.notes[0].rect.right
        y = _n(scene.notes[0].rect.y - 3)
        yield f'<path d="M{_n(left)} {y}H{_n(right)}" stroke="{palette.zone.stroke}" stroke-width="0.8"/>'
    for note in scene.notes:
        yield _label(note, colour=QUIET, anchor="start")
    yield "</g>"


def _key(scene: Scene, key: Key, palette: Palette) -> str:
    if key.kind == "line":
        y = _n(key.sample.centre.y)
        sample = (
            f'<path d="M{_n(key.sample.x)} {y}H{_n(key.sample.right)}" stroke="{palette.line}" stroke-width="1.25"'
            f' fill="none"{_dash(key.dashed)} marker-end="url(#{escape(scene.figure)}-arrow)"/>'
        )
    else:
        kind = "blank" if key.kind == "box" else key.kind
        sample = _shape(scene.figure, key.sample, palette.look(kind), dashed=key.dashed)
    return sample + _label(key.label, colour=QUIET, anchor="start")


def _n(value: float) -> str:
    """Return a number with at most one decimal, without a trailing zero."""
    return f"{value:.1f}".removesuffix(".0")
