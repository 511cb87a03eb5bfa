"""From a sketch to a finished page: places, lines, words of lines, title, legend, footer.

Space grows until nothing touches anything it should not (``faults`` is empty), and the page grows with it in the
proportions of A4 and A3; outputs scale the page to the sheet.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from hazama.figures.cards import labelled
from hazama.figures.faults import faults
from hazama.figures.geometry import Label, Rect
from hazama.figures.labels import SIZE as LABEL_SIZE
from hazama.figures.labels import Surroundings, numbers, obstacles, place
from hazama.figures.page import Page, page
from hazama.figures.router import routes
from hazama.figures.scene import Area, Box, Line, Scene, Sketch, Zone
from hazama.figures.text import clean, lines, width
from hazama.figures.zones import TITLE_STRIP, ZONE_TITLE, Ground, Spacing, ground, title_width

MORE_ROOM = (1.0, 1.3, 1.7, 2.2, 3.0)
WIDER = (1.0, 0.8, 0.9, 1.15, 1.3, 1.6, 2.0)
FINER = 0.08
CRAMPED = 1.2
CROWD = 26
MANY = 4
NUMBER_LINE = "\u2460"


def compose(sketch: Sketch) -> Scene:
    """Return the scene of a sketch: of the attempts with ever more space, the first without faults, else the best.

    A figure full of lines does not even try the narrow ones. Further attempts keep a line of the footer free for what
    numbers on lines mean.
    """
    numbered, spacing = replace(sketch, notes=(NUMBER_LINE, *sketch.notes)), _spacing(sketch)
    tried: list[tuple[int, Scene]] = []
    for factor in MORE_ROOM[min(len(sketch.lines) // CROWD, len(MORE_ROOM) - 2) :]:
        scene = _attempt(sketch if factor == 1.0 else numbered, spacing.times(factor))
        tried.append((len(faults(scene)), scene))
        if not tried[-1][0]:
            break
    return min(tried, key=lambda attempt: attempt[0])[1]


def _spacing(sketch: Sketch) -> Spacing:
    """Return the least space that leaves room for the words of lines between zones and inside them."""
    zones, base = {box.id: box.zone for box in sketch.boxes}, Spacing()
    among = [line for line in sketch.lines if zones[line.source] != zones[line.target]]
    within = [line for line in sketch.lines if zones[line.source] == zones[line.target]]
    return replace(
        base,
        gutter=max(base.gutter if among else 26.0, _words_width(among) + 26.0),
        zone_gap=base.zone_gap if among else 24.0,
        between_columns=base.between_columns if within else 18.0,
        between_rows=34.0 if _words_width(within) else base.between_rows if _words_width(among) else 12.0,
    )


def _words_width(given: list[Line]) -> float:
    words = (lines(line.text, 6.0) for line in given if line.text)
    return max((width(line, LABEL_SIZE) for broken in words for line in broken), default=0.0)


def _attempt(sketch: Sketch, spacing: Spacing) -> Scene:
    sheet = page(sketch)
    placed = _laid_out(sketch, spacing, sheet) if sketch.areas else _chart(sketch)
    sheet = sheet.scaled(_scale(sheet, placed))
    left = round(sheet.room.x + (sheet.room.w - placed.width) / 2, 1)
    top = round(sheet.room.y + max(0.0, (sheet.room.h - placed.height) * 0.35), 1)
    return _scene(sketch, placed, sheet, (left, top))


def _chart(sketch: Sketch) -> Ground:
    rects = [box.rect for box in sketch.boxes]
    size = max(rect.right for rect in rects), max(rect.bottom for rect in rects)
    return Ground(((Area(sketch.boxes[0].zone, "", 0), Rect(0, 0, *size)),), sketch.boxes, *size)


def _laid_out(sketch: Sketch, spacing: Spacing, sheet: Page) -> Ground:
    """Return the ground with the box width that needs the smallest page, and wider gaps where there is room."""
    sketch = _unfolded(sketch, spacing, sheet)
    placed, spacing = _widest(sketch, spacing, sheet)
    room = sheet.room.scaled(_scale(sheet, placed))
    columns, rows = {rect.x for _, rect in placed.zones}, {box.rect.y for box in placed.boxes}
    fuller = replace(
        spacing,
        between_rows=_stretched(spacing.between_rows, room.h - placed.height, len(rows)),
        gutter=_stretched(spacing.gutter, room.w - placed.width, len(columns)),
    )
    again = ground(sketch, fuller, sheet.room)
    return again if _scale(sheet, again) <= _scale(sheet, placed) + 0.002 else placed


def _scale(sheet: Page, placed: Ground) -> float:
    return sheet.scale_for(placed.width, placed.height)


def _stretched(gap: float, spare: float, count: int) -> float:
    return round(min(gap * 2.2, gap + max(0.0, spare - 4) / max(1, count)), 1)


def _unfolded(sketch: Sketch, spacing: Spacing, sheet: Page) -> Sketch:
    """Return the zones side by side or, as long as that makes the words larger, some of them under others."""
    scale = _scale(sheet, ground(sketch, spacing, sheet.room))
    while scale > CRAMPED:
        tried = [(_scale(sheet, ground(each, spacing, sheet.room)), each) for each in _folded(sketch)]
        least, found = min(tried, key=lambda pair: pair[0], default=(scale, sketch))
        if least > scale - FINER:
            break
        scale, sketch = least, found
    return sketch


def _folded(sketch: Sketch) -> Iterator[Sketch]:
    """Yield the sketch with the emptiest of its zones under another, where all stand side by side in no set order."""
    weights = Counter(box.zone for box in sketch.boxes if not box.parent)
    areas = tuple(area for area in sketch.areas if weights[area.id])
    if len(areas) < MANY or any(area.columns or area.ordered or area.span > 1 or not area.title for area in areas):
        return
    free = [area for area in areas if area.row == 0 and not any(b.row and b.column == area.column for b in areas)]
    free.sort(key=lambda area: (weights[area.id], area.column))
    if len(free) < 2:
        return
    lone = min(free, key=lambda area: (weights[area.id], -area.column))
    for upper in [area for area in free if area != lone][:2]:
        yield replace(sketch, areas=tuple(sorted(_under(areas, lone, upper), key=lambda area: area.high)))


def _under(areas: tuple[Area, ...], lone: Area, upper: Area) -> Iterator[Area]:
    for area in areas:
        column = upper.column if area == lone else area.column
        high = 1 if area in (lone, upper) or any(b != area and b.column == area.column for b in areas) else 2
        row = 1 if area == lone else area.row
        yield replace(area, column=column - (column > lone.column), row=row, high=high)


def _widest(sketch: Sketch, spacing: Spacing, sheet: Page) -> tuple[Ground, Spacing]:
    """Return the attempt with the smallest page; of equal ones the wider boxes, up to a third wider than needed."""
    best = ground(sketch, spacing, sheet.room)
    crowded = len(sketch.lines) > 2 * CROWD
    for finer, wider in product((False,) if crowded else (False, True), WIDER):
        tried = replace(spacing, wider=wider, finer=finer)
        placed = ground(sketch, tried, sheet.room)
        gain = _scale(sheet, best) - _scale(sheet, placed)
        if gain > (FINER if finer and not spacing.finer else 0.015) or (
            gain >= -0.002 and 1.0 < wider <= 1.3 and not finer
        ):
            best, spacing = placed, tried
    return best, spacing


def _scene(sketch: Sketch, placed: Ground, sheet: Page, at: tuple[float, float]) -> Scene:
    zones = tuple(_zone(area, rect.moved(*at)) for area, rect in placed.zones)
    boxes = _boxes(placed, at)
    made, meanings = _lines(sketch, zones, boxes, sheet) if sketch.lines else ((), {})
    drawn = {line.id for line in made}
    return Scene(
        figure=sketch.figure,
        lang=sketch.lang,
        paper=sketch.paper,
        width=sheet.size[0],
        height=sheet.size[1],
        title=sheet.title,
        subtitle=sheet.subtitle,
        zones=zones,
        boxes=boxes,
        lines=made,
        keys=sheet.keys,
        notes=_notes(sheet, meanings),
        description=sketch.description,
        statements=sketch.statements,
        matrix=sketch.matrix,
        missing=tuple(line.id for line in sketch.lines if line.id not in drawn),
    )


def _zone(area: Area, rect: Rect) -> Zone:
    title = clean(area.title)
    box = Rect(rect.x + 12, rect.y + 7, round(min(rect.w - 24, title_width(title)), 1), TITLE_STRIP - 8)
    return Zone(area.id, Label(lines(title, box.w + 0.3, ZONE_TITLE, most=1), box, ZONE_TITLE), rect)


def _boxes(placed: Ground, at: tuple[float, float]) -> tuple[Box, ...]:
    holders = {box.parent for box in placed.boxes}
    return tuple(
        labelled(
            replace(
                box,
                name=clean(box.name),
                kind="group" if box.id in holders and box.kind == "body" else box.kind,
                rect=box.rect.moved(*at),
            ),
            box.id in holders,
        )
        for box in placed.boxes
    )


def _notes(sheet: Page, meanings: dict[str, str]) -> tuple[Label, ...]:
    """Return the footer; its free line says what the numbers on lines mean, or goes."""
    key = "  ".join(f"{number} {text}" for text, number in meanings.items())
    kept = (replace(note, lines=(key,)) if note.lines == (NUMBER_LINE,) else note for note in sheet.notes)
    return tuple(note for note in kept if any(note.lines))


def _lines(
    sketch: Sketch, zones: tuple[Zone, ...], boxes: tuple[Box, ...], sheet: Page
) -> tuple[tuple[Line, ...], dict[str, str]]:
    """Return the lines with their words, and the numbers that stand for words without room."""
    parents = {box.id: box.parent for box in boxes}
    rects = {box.id: box.rect for box in boxes}
    grounds = tuple(zone.rect for zone in zones)
    names = (words.inked.grown(3) for box in boxes if box.id in parents.values() for words in box.labels)
    walls = *(zone.title.rect for zone in zones if any(zone.title.lines)), *names
    ways = routes(sketch.lines, rects, parents, walls, grounds)
    drawn = [replace(line, text=clean(line.text), points=ways[line.id]) for line in sketch.lines if line.id in ways]
    body = Rect(sheet.room.x, sheet.room.y - 4, sheet.room.w, sheet.room.h)
    solid = (part.grown(2) if kind == "box" else part for kind, _, part in obstacles(zones, boxes, 1.5))
    around = Surroundings(tuple(solid), grounds, body)
    texts = {line.id: line.text for line in drawn}
    words = place(texts, ways, around, {})
    meanings = numbers(texts, words) if NUMBER_LINE in sketch.notes else {}
    if meanings:
        marks = {line: meanings.get(text, "") for line, text in texts.items()}
        words = place(marks, ways, around, place(marks, ways, around, words), clear=0.6)
    return tuple(replace(line, label=words.get(line.id)) for line in drawn), meanings
