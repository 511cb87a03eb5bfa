"""Where the words of a line go: on the line or beside it, in the gutters first, never on anything else.

Candidates are tried from the best to the worst: outside the zones before inside, on long parts before short, near the
middle before the ends, one line of text before two. The first that touches nothing wins.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from hazama.figures.geometry import Label, Point, Rect, Way, borders, strips
from hazama.figures.scene import Box, Zone
from hazama.figures.text import lines, width

SIZE = 9.75
LEADING = 1.3
SIDE, TOP = 3.0, 1.5
FREE_END = 11.0
STEP = 5.0
NUMBER = 14.0
ROOMS = (40.0, 9.0, 7.0, 5.5, 4.5)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a label must keep clear of (``solid``), and the grounds it had better stay off (``zones``)."""

    solid: tuple[Rect, ...]
    zones: tuple[Rect, ...]
    page: Rect


def obstacles(zones: Iterable[Zone], boxes: Sequence[Box], half: float) -> Iterator[tuple[str, str, Rect]]:
    """Yield what no label may lie on, its kind, its id and a rectangle of it.

    That is boxes, but of boxes that hold others only the border, which is twice ``half`` wide, and the words; borders
    and titles of zones.
    """
    holders = {box.parent for box in boxes}
    for box in boxes:
        if box.id not in holders:
            yield "box", box.id, box.rect
    bordered = [(box.id, box.rect, [words.inked for words in box.labels]) for box in boxes if box.id in holders]
    for where, rect, words in [*bordered, *((zone.id, zone.rect, [zone.title.rect]) for zone in zones)]:
        for part in (*borders(rect, half), *words):
            yield "border", where, part


def numbers(texts: dict[str, str], found: dict[str, Label]) -> dict[str, str]:
    """Return a circled number for every text that found no room on some line."""
    without = dict.fromkeys(text for line, text in texts.items() if text and line not in found)
    return {text: chr(0x2460 + place) if place < 20 else f"({place + 1})" for place, text in enumerate(without)}


def place(
    texts: dict[str, str], ways: dict[str, Way], around: Surroundings, found: dict[str, Label], clear: float = 2.0
) -> dict[str, Label]:
    """Return ``found`` with a label for every further line that has words and room for them, ``clear`` of others.

    Texts and ways are by the id of the line; the shortest line chooses first.
    """
    covered = {line: strips(way, clear) for line, way in ways.items()}
    found = dict(found)
    for line in sorted(texts, key=lambda line: (sum(a.distance(b) for a, b in pairwise(ways[line])), line)):
        if texts[line] and line not in found:
            others = [strip for other, parts in covered.items() if other != line for strip in parts]
            labels = [label.rect.grown(clear - 0.5) for label in found.values()]
            label = _first(texts[line], ways[line], [*around.solid, *others, *labels], around)
            if label:
                found[line] = label
    return found


def _first(text: str, way: Way, rects: list[Rect], around: Surroundings) -> Label | None:
    """Return the best label that touches none of some rectangles."""
    xs, ys = [point.x for point in way], [point.y for point in way]
    reach = Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)).grown(20.0 + width(text, SIZE))
    near = [rect for rect in rects if rect.overlaps(reach)]
    for _, label in sorted(_candidates(text, way, around), key=lambda candidate: candidate[0]):
        if around.page.holds(label.rect) and not any(label.rect.overlaps(rect) for rect in near):
            return label
    return None


def _candidates(text: str, way: Way, around: Surroundings) -> Iterator[tuple[float, Label]]:
    covered = strips(way, 0.5)
    for shape, words in enumerate(dict.fromkeys(lines(text, room) for room in ROOMS)):
        size = _size(words)
        for at, part in enumerate(pairwise(way)):
            for price, rect in _along(part, size):
                if any(_covers(rect, end, size[0]) for end in (way[0], way[-1])):
                    continue
                inside = 40.0 if any(rect.overlaps(zone) for zone in around.zones) else 0.0
                own = 25.0 * sum(rect.overlaps(strip) for n, strip in enumerate(covered) if n != at)
                yield price + inside + own + 6.0 * shape, Label(words, rect, SIZE)


def _size(words: tuple[str, ...]) -> tuple[float, float]:
    side, top = (SIDE, TOP) if len(words[0]) > 1 else (1.0, 0.0)
    wide = max(width(word, SIZE) for word in words) + 2 * side
    return round(wide, 1), round(len(words) * SIZE * LEADING + 2 * top, 1)


def _covers(rect: Rect, end: Point, wide: float) -> bool:
    """Tell whether a label hides an end of its line; a number, which is small, may stand close."""
    room = rect.grown(FREE_END - 4 if wide > NUMBER else 0.0)
    return room.x < end.x < room.right and room.y < end.y < room.bottom


def _along(part: tuple[Point, Point], size: tuple[float, float]) -> Iterator[tuple[float, Rect]]:
    """Yield places on and beside one straight part, each with its price."""
    (one, other), (w, h) = part, size
    flat = one.y == other.y
    length = one.distance(other)
    need = (w if flat else h) + 14.0
    middle = Point((one.x + other.x) / 2, (one.y + other.y) / 2)
    count = int(max(0.0, length - need) / 2 // STEP)
    beside = ((-w / 2, -h - 1.5), (-w / 2, 1.5)) if flat else ((2.5, -h / 2), (-w - 2.5, -h / 2))
    places = [*([(0.0, (-w / 2, -h / 2))] if length >= need else []), *zip((9.0, 10.0), beside, strict=True)]
    for step in range(-count, count + 1):
        x, y = (middle.x + step * STEP, middle.y) if flat else (middle.x, middle.y + step * STEP)
        price = abs(step) * STEP * 0.08 - min(length, 120.0) * 0.05
        for extra, (dx, dy) in places:
            yield price + extra, Rect(x + dx, y + dy, w, h).rounded()
