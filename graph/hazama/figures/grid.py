"""The grid that lines run on: a few parallel tracks in every gap between boxes, and one through every port.

A node is a crossing of two tracks, ``column * rows + row``. The grid knows which steps are closed, which lines already
run where, and what passing, crossing and turning costs there.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from hazama.figures.geometry import Point, Rect, Way

BEND, CROSSING, SHARED, CORNER = 24.0, 30.0, 900.0, 90.0
APART = 8.0
CLEAR = 4.0
ARROW = 12.0
CORNER_FREE = 9.0
TOGETHER = 0.6


class Grid:
    """The tracks, what blocks them, and the lines that already run on them.

    Lists come in pairs, for steps down and for steps across: ``blocked[flat]``. A step bears the number of the node
    above or left of it.
    """

    def __init__(self, boxes: dict[str, Rect], walls: tuple[Rect, ...], edges: tuple[Rect, ...]) -> None:
        solid = (*boxes.values(), *walls, *edges)
        self.xs = _tracks([(rect.x, rect.w) for rect in solid], [(rect.x, rect.w) for rect in boxes.values()])
        self.ys = _tracks([(rect.y, rect.h) for rect in solid], [(rect.y, rect.h) for rect in boxes.values()])
        wide, high = ([after - before for before, after in pairwise(tracks)] for tracks in (self.xs, self.ys))
        self.rows = len(self.ys)
        size = len(self.xs) * self.rows
        self.lengths = [*high, 0.0] * len(self.xs), [length for length in (*wide, 0.0) for _ in self.ys]
        self.price = list(self.lengths[0]), list(self.lengths[1])
        self.blocked = [int(not length) for length in self.lengths[0]], [int(not length) for length in self.lengths[1]]
        self.runs = [0] * size, [0] * size
        self.passing = [0.0] * size, [0.0] * size
        self.turning = [BEND] * size
        self.invited: frozenset[tuple[int, bool]] = frozenset()
        for rect in (*boxes.values(), *walls):
            self.block(rect, 1)

    def points(self, nodes: list[int]) -> Way:
        """Return the corners of a way."""
        places = [Point(self.xs[node // self.rows], self.ys[node % self.rows]) for node in nodes]
        kept = [places[0]]
        for before, here, after in zip(places, places[1:], places[2:], strict=False):
            if not (before.x == here.x == after.x or before.y == here.y == after.y):
                kept.append(here)
        return (*kept, places[-1])

    def block(self, rect: Rect, by: int) -> None:
        """Close (1) or open (-1) every step that would touch a rectangle and the space just around it."""
        wide = rect.grown(CLEAR)
        left, right = bisect_right(self.xs, wide.x), bisect_left(self.xs, wide.right)
        top, bottom = bisect_right(self.ys, wide.y), bisect_left(self.ys, wide.bottom)
        for flat in (0, 1):
            for i in range(max(0, left - flat), right):
                for j in range(max(0, top - 1 + flat), bottom):
                    self.blocked[flat][i * self.rows + j] += by

    def remember(self, nodes: list[int], by: int = 1) -> None:
        """Note (1) or take back (-1) a line's steps and turns, and what they cost the lines after it.

        Crossing a line costs half at either of the two steps that meet there; turning there costs more.
        """
        for one, other in pairwise(nodes):
            step, flat = _step(one, other)
            self.runs[flat][step] += by
            self.price[flat][step] += by * SHARED
            for node in (one, other):
                self.passing[not flat][node] += by * CROSSING / 2
                self.turning[node] += by * CORNER / 2
        for before, here, after in zip(nodes, nodes[1:], nodes[2:], strict=False):
            if before + after != 2 * here:
                for passing in self.passing:
                    passing[here] += by * CORNER

    def invite(self, mates: list[list[int]], by: int = 1) -> None:
        """Let the next line run on these at a reduced price (1), or end that (-1)."""
        for nodes in mates:
            self.remember(nodes, -by)
        steps = {_step(one, other) for nodes in mates for one, other in pairwise(nodes)}
        self.invited = frozenset(steps) if by > 0 else frozenset()
        for step, flat in steps:
            self.price[flat][step] -= by * TOGETHER * self.lengths[flat][step]

    def node(self, x: float, y: float) -> int:
        """Return the node at a place that tracks run through."""
        return bisect_left(self.xs, round(x, 1)) * self.rows + bisect_left(self.ys, round(y, 1))


def _step(one: int, other: int) -> tuple[int, bool]:
    """Return the step between two neighbouring nodes, and whether it goes across."""
    return min(one, other), abs(one - other) > 1


def ports(start: float, length: float) -> tuple[float, ...]:
    """Return where lines may leave a side: its middle first, then outward by even steps."""
    middle = start + length / 2
    reach = int((length / 2 - 7) // 10)
    steps = sorted(range(-min(reach, 3), min(reach, 3) + 1), key=abs) if reach > 0 else [0]
    return tuple(round(middle + 10 * step, 1) for step in steps)


def facing(start: float, length: float, other: float) -> tuple[float, ...]:
    """Return the ports of a side, and the place straight across from the other box's middle, if that is on it."""
    places = ports(start, length)
    straight = round(other, 1)
    near = start + CORNER_FREE <= straight <= start + length - CORNER_FREE
    return (*places, straight) if near and straight not in places else places


def _tracks(solid: list[tuple[float, float]], boxes: list[tuple[float, float]]) -> list[float]:
    """Return the sorted coordinates of all tracks: ports, sides of boxes, and parallels in every gap.

    Things are given by where they start and how long they are.
    """
    borders = sorted({round(end, 1) for start, length in solid for end in (start, start + length)})
    tracks = {round(at, 1) for start, length in boxes for at in (start, start + length, *ports(start, length))}
    outer = 2 * CLEAR + 3 * APART
    for low, high in pairwise([borders[0] - outer, *borders, borders[-1] + outer]):
        tracks.update(_parallels(low, high))
    return sorted(tracks)


def _parallels(low: float, high: float) -> Iterator[float]:
    """Yield up to seven evenly spaced tracks between two borders, far enough from them for an arrowhead."""
    room = high - low - 2 * ARROW
    count = min(7, int(room // APART) + 1) if room >= 0 else int(high - low > 2 * CLEAR + 0.2)
    middle = (low + high) / 2
    spread = min(APART * 1.5, room / max(1, count - 1))
    for place in range(count):
        yield round(middle + (place - (count - 1) / 2) * spread, 1)
