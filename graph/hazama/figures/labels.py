"""Where the words of a line go: on the line or beside it, in the gutters first, never on anything else.

Candidates are tried from the best to the worst: outside the zones before inside, on long parts before short, near the
middle before the ends, one line of text before two. The first that touches nothing wins.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from hazama.figures.scene import Label, Point, Rect
from hazama.figures.text import lines, width

SIZE = 9.75
LEADING = 1.3
SIDE, TOP = 3.0, 1.5
FREE_END = 11.0
STEP = 5.0
NUMBER = 14.0
ROOMS = (40.0, 9.0, 7.0, 5.5, 4.5)


@dataclass(frozen=True, slots=True)
class Worded:
    """A routed line that wants words."""

    id: str
    text: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a label must keep clear of (``solid``), and the grounds it had better stay off (``zones``)."""

    solid: tuple[Rect, ...]
    zones: tuple[Rect, ...]
    page: Rect


def borders(rect: Rect, half: float = 1.5) -> tuple[Rect, ...]:
    """Return the four strips that a rectangle's border covers."""
    return (
        Rect(rect.x - half, rect.y - half, rect.w + 2 * half, 2 * half),
        Rect(rect.x - half, rect.bottom - half, rect.w + 2 * half, 2 * half),
        Rect(rect.x - half, rect.y - half, 2 * half, rect.h + 2 * half),
        Rect(rect.right - half, rect.y - half, 2 * half, rect.h + 2 * half),
    )


def strips(points: tuple[Point, ...], half: float = 2.0) -> tuple[Rect, ...]:
    """Return thin rectangles that cover a line."""
    return tuple(
        Rect(min(a.x, b.x) - half, min(a.y, b.y) - half, abs(a.x - b.x) + 2 * half, abs(a.y - b.y) + 2 * half)
        for a, b in pairwise(points)
    )


def numbers(worded: tuple[Worded, ...], found: dict[str, Label]) -> dict[str, str]:
    """Return a circled number for every text that found no room on some line."""
    texts = dict.fromkeys(line.text for line in worded if line.text and line.id not in found)
    return {text: chr(0x2460 + place) if place < 20 else f"({place + 1})" for place, text in enumerate(texts)}


def place(
    worded: tuple[Worded, ...],
    ways: dict[str, tuple[Point, ...]],
    around: Surroundings,
    found: dict[str, Label],
    clear: float = 2.0,
) -> dict[str, Label]:
    """Return ``found`` with a label for every further line that has words and room for them, ``clear`` of others."""
    covered = {line: strips(points, clear) for line, points in ways.items()}
    found = dict(found)
    for line in sorted((line for line in worded if line.text and line.id not in found), key=_freedom):
        others = [strip for other, parts in covered.items() if other != line.id for strip in parts]
        labels = [label.rect.grown(clear - 0.5) for label in found.values()]
        label = _first(line, _near(line, [*around.solid, *others, *labels]), around)
        if label:
            found[line.id] = label
    return found


def _freedom(line: Worded) -> tuple[float, str]:
    length = sum(abs(a.x - b.x) + abs(a.y - b.y) for a, b in pairwise(line.points))
    return (length, line.id)


def _near(line: Worded, rects: list[Rect]) -> list[Rect]:
    """Return the obstacles that a label of this line could ever touch."""
    reach = 20.0 + width(line.text, SIZE)
    xs, ys = [point.x for point in line.points], [point.y for point in line.points]
    zone = Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)).grown(reach)
    return [rect for rect in rects if rect.overlaps(zone)]


def _first(line: Worded, taken: list[Rect], around: Surroundings) -> Label | None:
    candidates = sorted(_candidates(line, around), key=lambda candidate: candidate[0])
    for _, label in candidates:
        if around.page.holds(label.rect) and not any(label.rect.overlaps(rect) for rect in taken):
            return label
    return None


def _candidates(line: Worded, around: Surroundings) -> Iterator[tuple[float, Label]]:
    shapes = list(dict.fromkeys(lines(line.text, room) for room in ROOMS))
    parts = list(pairwise(line.points))
    ends = (line.points[0], line.points[-1])
    covered = [strips((one, other), 0.5)[0] for one, other in parts]
    for place_, words in enumerate(shapes):
        size = _size(words)
        for at, part in enumerate(parts):
            for price, rect in _along(part, size):
                if any(_covers(rect, end, size[0]) for end in ends):
                    continue
                inside = 40.0 if any(rect.overlaps(zone) for zone in around.zones) else 0.0
                own = 25.0 * sum(rect.overlaps(strip) for n, strip in enumerate(covered) if n != at)
                yield price + inside + own + 6.0 * place_, Label(words, rect, SIZE)


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
    length = abs(one.x - other.x) + abs(one.y - other.y)
    need = (w if flat else h) + 14.0
    middle = Point((one.x + other.x) / 2, (one.y + other.y) / 2)
    count = int(max(0.0, length - need) / 2 // STEP)
    for step in range(-count, count + 1):
        x, y = (middle.x + step * STEP, middle.y) if flat else (middle.x, middle.y + step * STEP)
        price = abs(step) * STEP * 0.08 - min(length, 120.0) * 0.05
        if length >= need:
            yield price, _rect(x - w / 2, y - h / 2, size)
        if flat:
            yield price + 9.0, _rect(x - w / 2, y - h - 1.5, size)
            yield price + 10.0, _rect(x - w / 2, y + 1.5, size)
        else:
            yield price + 9.0, _rect(x + 2.5, y - h / 2, size)
            yield price + 10.0, _rect(x - w - 2.5, y - h / 2, size)


def _rect(x: float, y: float, size: tuple[float, float]) -> Rect:
    return Rect(round(x, 1), round(y, 1), size[0], size[1])
