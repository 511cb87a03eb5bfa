"""Small steps taken out of routed lines: a line that would jog just before a box meets the box where it comes."""

from itertools import pairwise

from hazama.figures.grid import CORNER_FREE, Way
from hazama.figures.scene import Point, Rect

JOG = 6.0
APART = 5.0


def straightened(ways: dict[str, Way], ends: dict[str, tuple[Rect, Rect]]) -> dict[str, Way]:
    """Return the ways without jogs at their ends, as far as no line comes nearer to another."""
    made = dict(ways)
    for name, (source, target) in ends.items():
        if name in made:
            others = [way for other, way in made.items() if other != name]
            way = _straight_end(made[name], target, others)
            made[name] = _straight_end(way[::-1], source, others)[::-1]
    return made


def _straight_end(way: Way, box: Rect, others: list[Way]) -> Way:
    """Return the way with its last step moved onto the part before it, if it is a jog and the box reaches there."""
    if len(way) < 4:
        return way
    before, corner, end = way[-3], way[-2], way[-1]
    flat = corner.y == end.y
    if before.distance(corner) > JOG:
        return way
    place = before.y if flat else before.x
    low, high = (box.y, box.bottom) if flat else (box.x, box.right)
    if not low + CORNER_FREE <= place <= high - CORNER_FREE:
        return way
    arrived = Point(end.x, place) if flat else Point(place, end.y)
    if any(along((before, arrived), part, APART) for other in others for part in pairwise(other)):
        return way
    return (*way[:-3], arrived)


def along(one: tuple[Point, Point], other: tuple[Point, Point], near: float = 0.0, touch: float = 0.0) -> bool:
    """Tell whether two straight parts run beside each other, nearer than ``near``, for more than ``touch`` points."""
    (a, b), (c, d) = one, other
    if a.y == b.y and c.y == d.y:
        return _near(a.y, c.y, near) and min(max(a.x, b.x), max(c.x, d.x)) - max(min(a.x, b.x), min(c.x, d.x)) > touch
    if a.x == b.x and c.x == d.x:
        return _near(a.x, c.x, near) and min(max(a.y, b.y), max(c.y, d.y)) - max(min(a.y, b.y), min(c.y, d.y)) > touch
    return False


def _near(one: float, other: float, near: float) -> bool:
    return one == other or abs(one - other) < near
