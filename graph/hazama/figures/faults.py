"""What is wrong with a picture, as a number: a figure may be shown when ``faults(scene)`` is empty."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

from hazama.figures.labels import borders
from hazama.figures.scene import Label, Point, Rect, Scene, SceneBox, SceneLine
from hazama.figures.text import width

TOUCH = 0.4


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
    return (*_boxes(scene), *_lines(scene), *_labels(scene), *_texts(scene))


def _boxes(scene: Scene) -> Iterator[Fault]:
    around = {zone.id: zone.rect for zone in scene.zones} | {box.id: box.rect for box in scene.boxes}
    page = Rect(0, 0, scene.width, scene.height)
    siblings: dict[str, list[tuple[str, Rect]]] = {}
    for box in scene.boxes:
        if not around.get(box.parent or box.zone, page).grown(TOUCH).holds(box.rect):
            yield Fault("box outside its zone", box.id, box.parent or box.zone)
        siblings.setdefault(box.parent, []).append((box.id, box.rect.grown(-TOUCH)))
    for group in siblings.values():
        for (one, rect), (other, other_rect) in combinations(group, 2):
            if rect.overlaps(other_rect):
                yield Fault("box on box", one, other)


def _lines(scene: Scene) -> Iterator[Fault]:
    parents = {box.id: box.parent for box in scene.boxes}
    holders = scene.holders
    for missing in scene.missing:
        yield Fault("line missing", missing)
    for place, line in enumerate(scene.lines):
        allowed = {*ancestors(line.source, parents), *ancestors(line.target, parents)}
        for box in scene.boxes:
            if box.id not in allowed and _crosses(line, box.rect.grown(-TOUCH)):
                yield Fault("line through box", line.id, box.id)
            elif box.id in allowed and box.id in holders and _strikes_out(line, box):
                yield Fault("line through name", line.id, box.id)
        for other in scene.lines[place + 1 :]:
            together = line.bundle and line.bundle == other.bundle
            if not together and any(_shared(one, two) for one in line.segments for two in other.segments):
                yield Fault("line on line", line.id, other.id)


def _strikes_out(line: SceneLine, box: SceneBox) -> bool:
    return any(_crosses(line, label.inked.grown(-TOUCH)) for label in box.labels)


def ancestors(box_id: str, parents: dict[str, str]) -> Iterator[str]:
    """Yield a box and the boxes around it, inside out."""
    while box_id:
        yield box_id
        box_id = parents.get(box_id, "")


def _crosses(line: SceneLine, rect: Rect) -> bool:
    return any(_cuts(a, b, rect) for a, b in line.segments)


def _cuts(a: Point, b: Point, rect: Rect) -> bool:
    """Tell whether a straight part passes through a rectangle's inside; it has no width of its own."""
    if a.y == b.y:
        return rect.y < a.y < rect.bottom and min(a.x, b.x) < rect.right and max(a.x, b.x) > rect.x
    return rect.x < a.x < rect.right and min(a.y, b.y) < rect.bottom and max(a.y, b.y) > rect.y


def _shared(one: tuple[Point, Point], two: tuple[Point, Point]) -> bool:
    """Tell whether two parts lie on each other for more than a point."""
    (a, b), (c, d) = one, two
    if a.y == b.y == c.y == d.y:
        return min(max(a.x, b.x), max(c.x, d.x)) - max(min(a.x, b.x), min(c.x, d.x)) > TOUCH
    if a.x == b.x == c.x == d.x:
        return min(max(a.y, b.y), max(c.y, d.y)) - max(min(a.y, b.y), min(c.y, d.y)) > TOUCH
    return False


def _labels(scene: Scene) -> Iterator[Fault]:
    labelled = [(line, line.label) for line in scene.lines if line.label]
    holders = scene.holders
    for place, (line, label) in enumerate(labelled):
        yield from _on_boxes(scene, line, label, holders)
        yield from (
            Fault("label on border", line.id, zone.id)
            for zone in scene.zones
            if any(strip.overlaps(label.rect) for strip in borders(zone.rect, 0.5))
            or zone.title.rect.overlaps(label.rect)
        )
        for other, other_label in labelled[place + 1 :]:
            if label.rect.overlaps(other_label.rect):
                yield Fault("label on label", line.id, other.id)
        for other in scene.lines:
            if other is not line and _crosses(other, label.rect.grown(-TOUCH)):
                yield Fault("label on line", line.id, other.id)
    for line in scene.lines:
        if line.text and not line.label:
            yield Fault("label missing", line.id)


def _on_boxes(scene: Scene, line: SceneLine, label: Label, holders: frozenset[str]) -> Iterator[Fault]:
    for box in scene.boxes:
        if box.id not in holders and box.rect.overlaps(label.rect):
            yield Fault("label on box", line.id, box.id)
        elif box.id in holders and (
            any(words.inked.overlaps(label.rect) for words in box.labels)
            or any(strip.overlaps(label.rect) for strip in borders(box.rect, 0.5))
        ):
            yield Fault("label on border", line.id, box.id)


def _texts(scene: Scene) -> Iterator[Fault]:
    page = Rect(0, 0, scene.width, scene.height)
    for box in scene.boxes:
        for label in box.labels:
            if not box.rect.grown(TOUCH).holds(label.rect) or _too_wide(label):
                yield Fault("text overflows", box.id, label.text)
    for label in (*scene.frame, *(key.label for key in scene.keys), *(zone.title for zone in scene.zones)):
        if not page.grown(TOUCH).holds(label.rect) or _too_wide(label):
            yield Fault("text overflows", "page", label.text)


def _too_wide(label: Label) -> bool:
    return any(width(line, label.size) > label.rect.w + TOUCH for line in label.lines)
