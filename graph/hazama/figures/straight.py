"""Small steps taken out of routed lines: a line that would jog just before a box meets the box where it comes."""

from itertools import pairwise

from hazama.figures.geometry import Point, Rect, Way, along
from hazama.figures.grid import CORNER_FREE

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
