"""Right-angled lines between boxes, through the gutters and never through a foreign box.

A* (Hart, Nilsson and Raphael, 1968) on a sparse grid whose lines are the possible tracks: a few parallel ones in every
gap between boxes, and one through every port. A step costs its length; bends, crossings, ports off the middle
of a side and running on another line cost extra. Two rounds: in the second every line is drawn again, knowing the
others.
"""

import heapq
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from hazama.figures.scene import Point, Rect

BEND, CROSSING, SHARED, OFF_MIDDLE, PORT_TAKEN, CORNER = 24.0, 30.0, 900.0, 7.0, 160.0, 90.0
APART = 8.0
CLEAR = 4.0
ARROW = 12.0
CORNER_FREE = 9.0
ROUNDS = 2
EAGER = 1.5
INFINITE = float("inf")

Way = tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Wish:
    """A line to be routed between two boxes; ``through`` are boxes around its ends, which it may cross."""

    id: str
    source: str
    target: str
    through: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Port:
    node: int
    horizontal: bool
    price: float


def routes(
    wishes: tuple[Wish, ...], boxes: dict[str, Rect], walls: tuple[Rect, ...], edges: Iterable[Rect]
) -> dict[str, Way]:
    """Return the way of every wish that can be drawn.

    ``walls`` are other things no line may cross (titles); ``edges`` are borders that lines cross but do not run along.
    """
    grid = _Grid(boxes, walls, tuple(edges))
    order = sorted(wishes, key=lambda wish: (_distance(boxes[wish.source], boxes[wish.target]), wish.id))
    found: dict[str, list[int]] = {}
    for _ in range(ROUNDS):
        for wish in order:
            if wish.id in found:
                grid.forget(found[wish.id])
            nodes = grid.way(wish)
            if nodes:
                found[wish.id] = nodes
                grid.remember(nodes)
    return {wish: grid.points(nodes) for wish, nodes in found.items()}


def _distance(one: Rect, other: Rect) -> float:
    across = max(0.0, other.x - one.right, one.x - other.right)
    return across + max(0.0, other.y - one.bottom, one.y - other.bottom)


class _Grid:
    """The tracks, what blocks them, and the lines that already run on them."""

    def __init__(self, boxes: dict[str, Rect], walls: tuple[Rect, ...], edges: tuple[Rect, ...]) -> None:
        self.boxes = boxes
        solid = (*boxes.values(), *walls, *edges)
        self.xs = _tracks(
            [(rect.x, rect.right) for rect in solid],
            {x for rect in boxes.values() for x in (rect.x, rect.right, *_ports(rect.x, rect.w))},
        )
        self.ys = _tracks(
            [(rect.y, rect.bottom) for rect in solid],
            {y for rect in boxes.values() for y in (rect.y, rect.bottom, *_ports(rect.y, rect.h))},
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
        self.pass_across = [0.0] * size
        self.pass_down = [0.0] * size
        self.turn_price = [BEND] * size
        for node in range(size):
            self.blocked_across[node] += node >= size - self.rows
            self.blocked_down[node] += node % self.rows == self.rows - 1
        for rect in (*boxes.values(), *walls):
            self._block(rect, 1)

    def points(self, nodes: list[int]) -> Way:
        """Return the corners of a way."""
        places = [Point(self.xs[node // self.rows], self.ys[node % self.rows]) for node in nodes]
        kept = [places[0]]
        for before, here, after in zip(places, places[1:], places[2:], strict=False):
            if not (before.x == here.x == after.x or before.y == here.y == after.y):
                kept.append(here)
        return (*kept, places[-1])

    def _block(self, rect: Rect, by: int) -> None:
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
        """Note a line's steps and turns, and what they cost the lines after it."""
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

    def forget(self, nodes: list[int]) -> None:
        """Take a line's steps and turns back."""
        self.remember(nodes, -1)

    def way(self, wish: Wish) -> list[int]:
        """Return the cheapest way between two boxes as grid nodes, or an empty list."""
        opened = [self.boxes[box] for box in (wish.source, wish.target, *sorted(wish.through))]
        for rect in opened:
            self._block(rect, -1)
        starts = list(self._ports_of(wish.source, wish.target))
        goals = {(port.node, port.horizontal): port.price for port in self._ports_of(wish.target, wish.source)}
        self._guard(wish, 1)
        nodes = self._search(starts, goals)
        self._guard(wish, -1)
        for rect in opened:
            self._block(rect, 1)
        return nodes

    def _guard(self, wish: Wish, by: int) -> None:
        """Close the two end boxes themselves, but not the space around them: lines leave at once."""
        for box in (wish.source, wish.target):
            if not self._around(box, wish):
                self._block(self.boxes[box].grown(-CLEAR - 0.5), by)

    def _around(self, box: str, wish: Wish) -> bool:
        other = wish.target if box == wish.source else wish.source
        return self.boxes[box].holds(self.boxes[other])

    def _ports_of(self, box: str, other: str) -> Iterator[_Port]:
        rect, middle = self.boxes[box], self.boxes[other].centre
        inward = rect.holds(self.boxes[other])
        for x in _facing(rect.x, rect.w, middle.x):
            for y, above in ((rect.y, True), (rect.bottom, False)):
                node = self._node(x, y)
                step = node - 1 if above != inward else node
                yield _Port(node, False, self._port_price(x - rect.centre.x, self.runs_down[step]))
        for y in _facing(rect.y, rect.h, middle.y):
            for x, left in ((rect.x, True), (rect.right, False)):
                node = self._node(x, y)
                step = node - self.rows if left != inward else node
                yield _Port(node, True, self._port_price(y - rect.centre.y, self.runs_across[step]))

    def _port_price(self, off: float, taken: int) -> float:
        return (OFF_MIDDLE + abs(off) / 4 if abs(off) > 0.3 else 0.0) + PORT_TAKEN * taken

    def _node(self, x: float, y: float) -> int:
        return bisect_left(self.xs, round(x, 1)) * self.rows + bisect_left(self.ys, round(y, 1))

    def _search(self, starts: list[_Port], goals: dict[tuple[int, bool], float]) -> list[int]:
        """Run A*; a state is a node and the direction it was reached in, ``2 * node + horizontal``."""
        ends = {2 * node + horizontal: price for (node, horizontal), price in goals.items()}
        across, down = self._ahead([node for node, _ in goals])
        rows = self.rows
        cost: dict[int, float] = {}
        came: dict[int, int] = {}
        heap: list[tuple[float, int]] = []
        for port in starts:
            state = 2 * port.node + port.horizontal
            if port.price < cost.get(state, INFINITE):
                cost[state] = port.price
                heapq.heappush(heap, (port.price + across[port.node // rows] + down[port.node % rows], state))
        best, last = INFINITE, -1
        done: set[int] = set()
        while heap:
            guess, state = heapq.heappop(heap)
            if guess >= best:
                break
            if state in done:
                continue
            done.add(state)
            here = cost[state]
            if state in ends and state in came and here + ends[state] < best:
                best, last = here + ends[state], state
            for following, price in self._steps(state, state not in came):
                total = here + price
                if total < cost.get(following, INFINITE) - 1e-9:
                    cost[following] = total
                    came[following] = state
                    i, j = divmod(following >> 1, rows)
                    heapq.heappush(
                        heap, (total + across[i] + down[j] + (BEND if across[i] and down[j] else 0.0), following)
                    )
        return _trace(came, last)

    def _ahead(self, goals: list[int]) -> tuple[list[float], list[float]]:
        """Return what is still to go from every column and row; a little too much, to be quicker."""
        columns, rows = [node // self.rows for node in goals], [node % self.rows for node in goals]
        left, right = self.xs[min(columns)], self.xs[max(columns)]
        top, bottom = self.ys[min(rows)], self.ys[max(rows)]
        return (
            [EAGER * max(left - x, 0.0, x - right) for x in self.xs],
            [EAGER * max(top - y, 0.0, y - bottom) for y in self.ys],
        )

    def _steps(self, state: int, first: bool) -> list[tuple[int, float]]:
        """Return the next states and the price of each step; the first step leaves the box straight."""
        node, rows, flat = state >> 1, self.rows, state & 1
        found: list[tuple[int, float]] = []
        turn = 0.0 if first else self.turn_price[node]
        if flat or not first:
            extra = 0.0 if flat else turn
            if not self.blocked_across[node]:
                found.append((2 * (node + rows) + 1, extra + self.step_across[node] + self.pass_across[node + rows]))
            back = node - rows
            if not self.blocked_across[back]:
                found.append((2 * back + 1, extra + self.step_across[back] + self.pass_across[back]))
        if not flat or not first:
            extra = turn if flat else 0.0
            if not self.blocked_down[node]:
                found.append((2 * node + 2, extra + self.step_down[node] + self.pass_down[node + 1]))
            back = node - 1
            if not self.blocked_down[back]:
                found.append((2 * back, extra + self.step_down[back] + self.pass_down[back]))
        return found


def _trace(came: dict[int, int], last: int) -> list[int]:
    if last < 0:
        return []
    states = [last]
    while states[-1] in came:
        states.append(came[states[-1]])
    nodes: list[int] = []
    for state in reversed(states):
        if not nodes or nodes[-1] != state >> 1:
            nodes.append(state >> 1)
    return nodes


def _ports(start: float, length: float) -> tuple[float, ...]:
    """Return where lines may leave a side: its middle first, then outward by even steps."""
    middle = start + length / 2
    reach = int((length / 2 - 7) // 10)
    steps = sorted(range(-min(reach, 3), min(reach, 3) + 1), key=abs) if reach > 0 else [0]
    return tuple(round(middle + 10 * step, 1) for step in steps)


def _facing(start: float, length: float, other: float) -> tuple[float, ...]:
    """Return the ports of a side, and the place straight across from the other box's middle, if that is on it."""
    places = _ports(start, length)
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
