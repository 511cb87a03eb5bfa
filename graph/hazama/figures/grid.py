"""The grid that lines run on: a few parallel tracks in every gap between boxes, and one through every port.

A node is a crossing of two tracks, ``column * rows + row``. The grid knows which steps are closed, which lines already
run where, and what passing, crossing and turning costs there.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from itertools import pairwise

from hazama.figures.scene import Point, Rect

BEND, CROSSING, SHARED, CORNER = 24.0, 30.0, 900.0, 90.0
APART = 8.0
CLEAR = 4.0
ARROW = 12.0
CORNER_FREE = 9.0
TOGETHER = 0.6

Way = tuple[Point, ...]


class Grid:
    """The tracks, what blocks them, and the lines that already run on them."""

    def __init__(self, boxes: dict[str, Rect], walls: tuple[Rect, ...], edges: tuple[Rect, ...]) -> None:
        self.boxes = boxes
        solid = (*boxes.values(), *walls, *edges)
        self.xs = _tracks(
            [(rect.x, rect.right) for rect in solid],
            {x for rect in boxes.values() for x in (rect.x, rect.right, *ports(rect.x, rect.w))},
        )
        self.ys = _tracks(
            [(rect.y, rect.bottom) for rect in solid],
            {y for rect in boxes.values() for y in (rect.y, rect.bottom, *ports(rect.y, rect.h))},
        )
        self.wide = [after - before for before, after in pairwise(self.xs)]
        self.high = [after - before for before, after in pairwise(self.ys)]
        self.rows = len(self.ys)
        size = len(self.xs) * self.rows
        self.blocked_across = [0] * size
        self.blocked_down = [0] * size
        self.runs_across = [0] * size
        self.runs_down = [0] * size
        self.turns = [0] * size
        self.step_across = [wide for wide in (*self.wide, 0.0) for _ in self.ys]
        self.step_down = [high for _ in self.xs for high in (*self.high, 0.0)]
        self.invited: frozenset[tuple[int, bool]] = frozenset()
        self.pass_across = [0.0] * size
        self.pass_down = [0.0] * size
        self.turn_price = [BEND] * size
        for node in range(size):
            self.blocked_across[node] += node >= size - self.rows
            self.blocked_down[node] += node % self.rows == self.rows - 1
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
        for i in range(max(0, left - 1), right):
            for j in range(top, bottom):
                self.blocked_across[i * self.rows + j] += by
        for i in range(left, right):
            for j in range(max(0, top - 1), bottom):
                self.blocked_down[i * self.rows + j] += by

    def remember(self, nodes: list[int], by: int = 1) -> None:
        """Note (1) or take back (-1) a line's steps and turns, and what they cost the lines after it."""
        for one, other in pairwise(nodes):
            step = min(one, other)
            if abs(one - other) == 1:
                self.runs_down[step] += by
                self.step_down[step] += by * SHARED
                self._pass(self.pass_across, one, other, by)
            else:
                self.runs_across[step] += by
                self.step_across[step] += by * SHARED
                self._pass(self.pass_down, one, other, by)
        for before, here, after in zip(nodes, nodes[1:], nodes[2:], strict=False):
            if before + after != 2 * here:
                self.turns[here] += by
                self.pass_across[here] += by * CORNER
                self.pass_down[here] += by * CORNER

    def _pass(self, price: list[float], one: int, other: int, by: int) -> None:
        """Crossing a line costs half at either of the two steps that meet there; turning there costs more."""
        for node in (one, other):
            price[node] += by * CROSSING / 2
            self.turn_price[node] += by * CORNER / 2

    def invite(self, mates: list[list[int]], by: int = 1) -> None:
        """Let the next line run on these at a reduced price (1), or end that (-1)."""
        for nodes in mates:
            self.remember(nodes, -by)
        steps = {(min(pair), abs(pair[0] - pair[1]) == 1) for nodes in mates for pair in pairwise(nodes)}
        self.invited = frozenset(steps) if by > 0 else frozenset()
        for step, down in steps:
            if down:
                self.step_down[step] -= by * TOGETHER * self.high[step % self.rows]
            else:
                self.step_across[step] -= by * TOGETHER * self.wide[step // self.rows]

    def node(self, x: float, y: float) -> int:
        """Return the node at a place that tracks run through."""
        return bisect_left(self.xs, round(x, 1)) * self.rows + bisect_left(self.ys, round(y, 1))


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


def _tracks(spans: list[tuple[float, float]], ports: set[float]) -> list[float]:
    """Return the sorted coordinates of all tracks: ports, sides of boxes, and parallels in every gap."""
    borders = sorted({round(end, 1) for span in spans for end in span})
    tracks = {round(port, 1) for port in ports}
    outer = 2 * CLEAR + 3 * APART
    for low, high in zip([borders[0] - outer, *borders], [*borders, borders[-1] + outer], strict=True):
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
