"""From a sketch to a finished page: places, lines, words of lines, title, legend, footer.

Space grows until nothing touches anything it should not (``faults`` is empty), and the page grows with it in the
proportions of A4 and A3; outputs scale the page to the sheet.
"""

from dataclasses import dataclass, replace
from itertools import product

from hazama.figures.cards import labels
from hazama.figures.faults import ancestors, faults
from hazama.figures.labels import SIZE as LABEL_SIZE
from hazama.figures.labels import Surroundings, Worded, borders, numbers, place
from hazama.figures.page import Page
from hazama.figures.places import Ground
from hazama.figures.router import Wish, routes
from hazama.figures.scene import Label, Point, Rect, Scene, SceneBox, SceneLine, Zone
from hazama.figures.sketch import Area, Sketch, Tie
from hazama.figures.text import clean, lines, width
from hazama.figures.zones import TITLE_STRIP, ZONE_TITLE, Spacing, folded, ground, head_room, title_width

MORE_ROOM = (1.0, 1.3, 1.7, 2.2, 3.0)
WIDER = (0.8, 0.9, 1.15, 1.3, 1.6, 2.0)
FINER = 0.08
CRAMPED = 1.2
CROWD = 26
NUMBER_LINE = "\u2460"


def compose(sketch: Sketch) -> Scene:
    """Return the scene of a sketch: of the attempts with ever more space, the first without faults, else the best."""
    best: tuple[int, Scene] | None = None
    for factor in _rooms(len(sketch.ties)):
        scene = _attempt(sketch if factor == 1.0 else _with_number_line(sketch), _spacing(sketch).times(factor))
        found = len(faults(scene))
        if best is None or found < best[0]:
            best = (found, scene)
        if not found:
            break
    if best is None:  # pragma: no cover - there is always a factor to try
        raise AssertionError
    return best[1]


def _rooms(lines_wanted: int) -> tuple[float, ...]:
    """Return the factors to try; a figure full of lines does not even try the narrow ones."""
    return MORE_ROOM[min(lines_wanted // CROWD, len(MORE_ROOM) - 2) :]


def _with_number_line(sketch: Sketch) -> Sketch:
    """Return the sketch with a line of the footer kept free for what numbers on lines mean."""
    return replace(sketch, notes=(NUMBER_LINE, *sketch.notes))


def _spacing(sketch: Sketch) -> Spacing:
    """Return the least space that leaves room for the words of lines between zones and inside them."""
    area_of = {item.id: item.area for item in sketch.items}
    among = [tie for tie in sketch.ties if area_of[tie.source] != area_of[tie.target]]
    within = [tie for tie in sketch.ties if area_of[tie.source] == area_of[tie.target]]
    base = Spacing()
    return replace(
        base,
        gutter=max(base.gutter if among else 26.0, _words_width(among) + 26.0),
        zone_gap=base.zone_gap if among else 24.0,
        between_columns=base.between_columns if within else 18.0,
        between_rows=34.0 if _words_width(within) else base.between_rows if _words_width(among) else 12.0,
    )


def _words_width(ties: list[Tie]) -> float:
    words = (lines(tie.text, 6.0) for tie in ties if tie.text)
    return max((width(line, LABEL_SIZE) for broken in words for line in broken), default=0.0)


def _attempt(sketch: Sketch, spacing: Spacing) -> Scene:
    page = Page(sketch)
    placed = _filled(sketch, spacing, page)
    page = page.scaled_to(placed.width, placed.height)
    left = round(page.left + (page.room[0] - placed.width) / 2, 1)
    top = round(page.top + max(0.0, (page.room[1] - placed.height) * 0.35), 1)
    return _scene(sketch, placed, page, (left, top))


def _filled(sketch: Sketch, spacing: Spacing, page: Page) -> Ground:
    """Return the ground with the box width that needs the smallest page, and wider gaps where there is room."""
    if sketch.places is not None:
        return sketch.places
    sketch = _unfolded(sketch, spacing, page)
    placed, spacing = _widest(sketch, spacing, page)
    fuller = _wider_gaps(placed, spacing, page.scaled_to(placed.width, placed.height).room)
    again = ground(sketch, fuller, page.room)
    return again if _scale(page, again) <= _scale(page, placed) + 0.002 else placed


def _unfolded(sketch: Sketch, spacing: Spacing, page: Page) -> Sketch:
    """Return the zones side by side or, as long as that makes the words larger, some of them under others."""
    scale = _scale(page, ground(sketch, spacing, page.room))
    while scale > CRAMPED:
        tried = [(_scale(page, ground(each, spacing, page.room)), each) for each in folded(sketch)]
        least, found = min(tried, key=lambda pair: pair[0], default=(scale, sketch))
        if least > scale - FINER:
            break
        scale, sketch = least, found
    return sketch


def _widest(sketch: Sketch, spacing: Spacing, page: Page) -> tuple[Ground, Spacing]:
    """Return the attempt with the smallest page; of equal ones the wider boxes, up to a third wider than needed."""
    best = ground(sketch, spacing, page.room)
    crowded = len(sketch.ties) > 2 * CROWD
    for finer, wider in product((False,) if crowded else (False, True), (1.0, *WIDER)):
        tried = replace(spacing, wider=wider, finer=finer)
        placed = ground(sketch, tried, page.room)
        gain = _scale(page, best) - _scale(page, placed)
        if gain > (FINER if finer and not spacing.finer else 0.015) or (
            gain >= -0.002 and 1.0 < wider <= 1.3 and not finer
        ):
            best, spacing = placed, tried
    return best, spacing


def _scale(page: Page, placed: Ground) -> float:
    return page.scaled_to(placed.width, placed.height).scale


def _wider_gaps(placed: Ground, spacing: Spacing, room: tuple[float, float]) -> Spacing:
    spare_x, spare_y = room[0] - placed.width, room[1] - placed.height
    return replace(
        spacing,
        between_rows=_stretched(spacing.between_rows, spare_y, _gaps([box.rect.y for box in placed.boxes])),
        gutter=_stretched(spacing.gutter, spare_x, _gaps([rect.x for _, rect in placed.zones])),
    )


def _gaps(starts: list[float]) -> int:
    return max(1, len(set(starts)))


def _stretched(gap: float, spare: float, count: int) -> float:
    return round(min(gap * 2.2, gap + max(0.0, spare - 4) / count), 1)


@dataclass(frozen=True, slots=True)
class _Drawn:
    """The boxes and zones of a page at their final places."""

    zones: tuple[Zone, ...]
    boxes: tuple[SceneBox, ...]


def _scene(sketch: Sketch, placed: Ground, page: Page, at: tuple[float, float]) -> Scene:
    drawn = _Drawn(tuple(_zone(area, rect.moved(*at)) for area, rect in placed.zones), _boxes(sketch, placed, at))
    made, meanings = _lines(sketch, drawn, page)
    drawn_ties = {line.id for line in made}
    return Scene(
        figure=sketch.figure,
        lang=sketch.lang,
        paper=sketch.paper,
        width=page.width,
        height=page.height,
        title=page.title,
        subtitle=page.subtitle,
        zones=drawn.zones,
        boxes=drawn.boxes,
        lines=made,
        keys=page.keys,
        notes=_notes(page, meanings),
        description=sketch.description,
        statements=sketch.statements,
        matrix=sketch.matrix,
        missing=tuple(tie.id for tie in sketch.ties if tie.id not in drawn_ties),
    )


def _zone(area: Area, rect: Rect) -> Zone:
    title = clean(area.title)
    box = Rect(rect.x + 12, rect.y + 7, round(min(rect.w - 24, title_width(title)), 1), TITLE_STRIP - 8)
    return Zone(area.id, Label(lines(title, box.w + 0.3, ZONE_TITLE, most=1), box, ZONE_TITLE), rect)


def _boxes(sketch: Sketch, placed: Ground, at: tuple[float, float]) -> tuple[SceneBox, ...]:
    holders = {item.parent for item in sketch.items}
    top_area = {item.id: item.area for item in sketch.items}
    parents = {item.id: item.parent for item in sketch.items}
    boxes = []
    for each in placed.boxes:
        item = each.item
        head, captions, badges = labels(each.card, head_room(each, item.id in holders).moved(*at))
        boxes.append(
            SceneBox(
                id=item.id,
                name=clean(item.name),
                kind="group" if item.id in holders and item.kind == "body" else item.kind,
                zone=top_area[list(ancestors(item.id, parents))[-1]],
                parent=item.parent,
                rect=each.rect.moved(*at),
                head=head,
                captions=captions,
                badges=badges,
                status=item.status,
                href=item.href,
            )
        )
    return tuple(boxes)


def _notes(page: Page, meanings: dict[str, str]) -> tuple[Label, ...]:
    """Return the footer; its free line says what the numbers on lines mean, or goes."""
    key = "  ".join(f"{number} {text}" for text, number in meanings.items())
    kept = (replace(note, lines=(key,)) if note.lines == (NUMBER_LINE,) else note for note in page.notes)
    return tuple(note for note in kept if any(note.lines))


def _lines(sketch: Sketch, drawn: _Drawn, page: Page) -> tuple[tuple[SceneLine, ...], dict[str, str]]:
    """Return the lines with their words, and the numbers that stand for words without room."""
    if not sketch.ties:
        return (), {}
    ways = _ways(sketch, drawn)
    holders = {box.parent for box in drawn.boxes}
    solid = [box.rect.grown(2) for box in drawn.boxes if box.id not in holders]
    for box in drawn.boxes:
        if box.id in holders:
            solid += [*borders(box.rect), *(words.inked for words in box.labels)]
    for zone in drawn.zones:
        solid += [*borders(zone.rect), zone.title.rect]
    around = Surroundings(tuple(solid), tuple(zone.rect for zone in drawn.zones), page.body)
    worded = tuple(Worded(tie.id, clean(tie.text), ways[tie.id]) for tie in sketch.ties if tie.id in ways)
    words = place(worded, ways, around, {})
    meanings = numbers(worded, words) if NUMBER_LINE in sketch.notes else {}
    if meanings:
        marked = tuple(replace(line, text=meanings.get(line.text, "")) for line in worded)
        words = place(marked, ways, around, words)
        words = place(marked, ways, around, words, clear=0.6)
    return tuple(_line(tie, ways[tie.id], words.get(tie.id)) for tie in sketch.ties if tie.id in ways), meanings


def _line(tie: Tie, points: tuple[Point, ...], label: Label | None) -> SceneLine:
    return SceneLine(
        id=tie.id,
        source=tie.source,
        target=tie.target,
        kind=tie.kind,
        points=points,
        label=label,
        text=clean(tie.text),
        heads=tie.heads,
        status=tie.status,
        bundle=tie.bundle,
    )


def _ways(sketch: Sketch, drawn: _Drawn) -> dict[str, tuple[Point, ...]]:
    parents = {box.id: box.parent for box in drawn.boxes}
    holders = set(parents.values())
    rects = {box.id: box.rect for box in drawn.boxes}
    titles = tuple(zone.title.rect for zone in drawn.zones if any(zone.title.lines))
    names = tuple(words.inked.grown(3) for box in drawn.boxes if box.id in holders for words in box.labels)
    wishes = tuple(
        Wish(
            tie.id,
            tie.source,
            tie.target,
            frozenset({*ancestors(tie.source, parents), *ancestors(tie.target, parents)} - {tie.source, tie.target}),
            tie.bundle,
        )
        for tie in sketch.ties
        if tie.source != tie.target
    )
    return routes(wishes, rects, titles + names, [zone.rect for zone in drawn.zones])
