"""What is wrong with a picture, as a number: a figure may be shown when ``faults(scene)`` is empty."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from hazama.figures.geometry import Label, Rect, along, strips
from hazama.figures.labels import obstacles
from hazama.figures.scene import Line, Scene, ancestors
from hazama.figures.text import width

TOUCH = 0.4
BORDER = 0.5


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong: its kind, and the ids of the two things involved."""

    kind: str
    one: str
    other: str = ""


def faults(scene: Scene) -> tuple[Fault, ...]:
    """Return every fault of a scene; O(boxes x lines).

    Looked for: lines through foreign boxes, lines that run on each other, lines that are missing, labels on boxes,
    on borders, on foreign lines and on each other, boxes outside their zone or parent, boxes on each other, text
    wider or higher than its box, anything outside the page.
    """
    missing = (Fault("line missing", line) for line in scene.missing)
    return (*_boxes(scene), *missing, *_lines(scene), *_labels(scene), *_texts(scene))


def _boxes(scene: Scene) -> Iterator[Fault]:
    around = {zone.id: zone.rect for zone in scene.zones} | {box.id: box.rect for box in scene.boxes}
    siblings: dict[str, list[tuple[str, Rect]]] = {}
    for box in scene.boxes:
        if not around[box.parent or box.zone].grown(TOUCH).holds(box.rect):
            yield Fault("box outside its zone", box.id, box.parent or box.zone)
        siblings.setdefault(box.parent, []).append((box.id, box.rect.grown(-TOUCH)))
    for group in siblings.values():
        for (one, rect), (other, other_rect) in combinations(group, 2):
            if rect.overlaps(other_rect):
                yield Fault("box on box", one, other)


def _lines(scene: Scene) -> Iterator[Fault]:
    parents, holders = {box.id: box.parent for box in scene.boxes}, scene.holders
    for line in scene.lines:
        allowed = {*ancestors(line.source, parents), *ancestors(line.target, parents)}
        for box in scene.boxes:
            if box.id not in allowed and _crosses(line, box.rect):
                yield Fault("line through box", line.id, box.id)
            elif box.id in allowed & holders and any(_crosses(line, label.inked) for label in box.labels):
                yield Fault("line through name", line.id, box.id)
    for line, other in combinations(scene.lines, 2):
        together = line.bundle and line.bundle == other.bundle
        parts, others = list(pairwise(line.points)), list(pairwise(other.points))
        if not together and any(along(one, two, touch=TOUCH) for one in parts for two in others):
            yield Fault("line on line", line.id, other.id)


def _crosses(line: Line, rect: Rect) -> bool:
    """Tell whether a line, which has no width of its own, passes through a rectangle's inside."""
    inside = rect.grown(-TOUCH)
    return any(strip.overlaps(inside) for strip in strips(line.points, 0.0))


def _labels(scene: Scene) -> Iterator[Fault]:
    labelled = [(line, line.label.rect) for line in scene.lines if line.label]
    parts = list(obstacles(scene.zones, scene.boxes, BORDER))
    for line, rect in labelled:
        for kind, where in dict.fromkeys((kind, where) for kind, where, part in parts if part.overlaps(rect)):
            yield Fault(f"label on {kind}", line.id, where)
        for other in scene.lines:
            if other is not line and _crosses(other, rect):
                yield Fault("label on line", line.id, other.id)
    for (line, rect), (other, other_rect) in combinations(labelled, 2):
        if rect.overlaps(other_rect):
            yield Fault("label on label", line.id, other.id)
    for line in scene.lines:
        if line.text and not line.label:
            yield Fault("label missing", line.id)


def _texts(scene: Scene) -> Iterator[Fault]:
    page = Rect(0, 0, scene.width, scene.height)
    words = [(box.id, box.rect, label) for box in scene.boxes for label in box.labels]
    words += [("page", page, label) for label in (*scene.frame, *(key.label for key in scene.keys))]
    words += [("page", page, zone.title) for zone in scene.zones]
    for where, rect, label in words:
        if not rect.grown(TOUCH).holds(label.rect) or _too_wide(label):
            yield Fault("text overflows", where, label.text)


def _too_wide(label: Label) -> bool:
    return any(width(line, label.size) > label.rect.w + TOUCH for line in label.lines)
