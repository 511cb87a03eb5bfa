"""Right-angled lines between boxes, through the gutters and never through a foreign box.

A* (Hart, Nilsson and Raphael, 1968) on a sparse grid of tracks. A step costs its length; bends, crossings, ports off
the middle of a side and running on another line cost extra. Two rounds: in the second every line is drawn again,
knowing the others. Last, a line that would jog just before a box is led straight to where it comes.
"""

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from hazama.figures.geometry import Point, Rect, Way, along
from hazama.figures.grid import BEND, CLEAR, CORNER_FREE, Grid, facing
from hazama.figures.scene import Line, ancestors

OFF_MIDDLE, PORT_TAKEN, ALONE = 7.0, 160.0, 40.0
STUB = 10.0
ROUNDS = 2
EAGER = 1.5
INFINITE = float("inf")
JOG, APART = 6.0, 5.0


class _Port(NamedTuple):
    """A way out of a box: the nodes from its side straight to where a line may turn, and what taking it costs."""

    nodes: tuple[int, ...]
    flat: bool
    price: float


def routes(
    lines: Sequence[Line],
    boxes: dict[str, Rect],
    parents: Mapping[str, str],
    walls: tuple[Rect, ...],
    edges: tuple[Rect, ...],
) -> dict[str, Way]:
    """Return the way of every line that can be drawn, by its id; it may cross the boxes that its ends stand in.

    ``walls`` are other things no line may cross (titles); ``edges`` are borders that lines cross but do not run along.
    """
    router = _Router(boxes, parents, Grid(boxes, walls, edges))
    lines = [line for line in lines if line.source != line.target]
    found: dict[str, list[int]] = {}
    order = sorted(lines, key=lambda line: (_distance(boxes[line.source], boxes[line.target]), line.id))
    for line in order * ROUNDS:
        if line.id in found:
            router.grid.remember(found[line.id], -1)
        mates = [mate.id for mate in lines if line.bundle and mate.bundle == line.bundle and mate is not line]
        beside = [found[mate] for mate in mates if mate in found]
        router.grid.invite(beside)
        nodes = router.way(line)
        router.grid.invite(beside, -1)
        if nodes:
            found[line.id] = nodes
            router.grid.remember(nodes)
    alone = {line.id: (boxes[line.source], boxes[line.target]) for line in lines if not line.bundle}
    return straightened({line: router.grid.points(nodes) for line, nodes in found.items()}, alone)


def _distance(one: Rect, other: Rect) -> float:
    across = max(0.0, other.x - one.right, one.x - other.right)
    return across + max(0.0, other.y - one.bottom, one.y - other.bottom)


class _Router:
    def __init__(self, boxes: dict[str, Rect], parents: Mapping[str, str], grid: Grid) -> None:
        self.boxes, self.parents, self.grid = boxes, parents, grid

    def way(self, line: Line) -> list[int]:
        """Return the cheapest way between two boxes as grid nodes, or an empty list."""
        ends = [line.source, line.target]
        around = {box for end in ends for box in ancestors(end, self.parents)} - set(ends)
        open_ = {box for box, other in (ends, ends[::-1]) if self.boxes[box].holds(self.boxes[other])} | around
        self._block([*around, *ends], -1)
        starts, goals = list(self._ports(*ends)), list(self._ports(*ends[::-1]))
        closed = [box for box in ends if box not in open_]
        self._block(closed, 1)
        nodes = self._search(starts, goals) if starts and goals else []
        self._block(open_, 1)
        return nodes

    def _block(self, boxes: Iterable[str], by: int) -> None:
        for box in boxes:
            self.grid.block(self.boxes[box], by)

    def _ports(self, box: str, other: str) -> Iterator[_Port]:
        """Yield the ways out of a box, or into it where it holds the other."""
        rect, far = self.boxes[box], self.boxes[other]
        inward = -1 if rect.holds(far) else 1
        rows = self.grid.rows
        for x in facing(rect.x, rect.w, far.centre.x):
            off = abs(x - rect.centre.x)
            yield from self._port(self.grid.node(x, rect.y), -1 * inward, off, _gap(rect.y - far.bottom))
            yield from self._port(self.grid.node(x, rect.bottom), inward, off, _gap(far.y - rect.bottom))
        for y in facing(rect.y, rect.h, far.centre.y):
            off = abs(y - rect.centre.y)
            yield from self._port(self.grid.node(rect.x, y), -rows * inward, off, _gap(rect.x - far.right))
            yield from self._port(self.grid.node(rect.right, y), rows * inward, off, _gap(far.x - rect.right))

    def _port(self, node: int, step: int, off: float, reach: float) -> Iterator[_Port]:
        """Yield the straight way from a side outward, at least ``CLEAR`` and at best ``reach`` long, if it is free."""
        grid, flat = self.grid, abs(step) > 1
        nodes, gone = [node], 0.0
        first = min(node, node + step)
        price = OFF_MIDDLE + off / 4 if off > 0.3 else 0.0
        if grid.invited:
            price = 0.0 if (first, flat) in grid.invited else price + ALONE
        while gone < reach:
            part = min(nodes[-1], nodes[-1] + step)
            if grid.blocked[flat][part]:
                break
            gone += grid.lengths[flat][part]
            nodes.append(nodes[-1] + step)
            price += grid.price[flat][part] + grid.passing[flat][nodes[-1]]
        if gone > CLEAR:
            yield _Port(tuple(nodes), flat, price + PORT_TAKEN * grid.runs[flat][first])

    def _search(self, starts: list[_Port], goals: list[_Port]) -> list[int]:
        """Run A*; a state is a node and the direction it was reached in, ``2 * node + flat``."""
        across, down = self._ahead([port.nodes[-1] for port in goals])
        rows = self.grid.rows
        dearest_first = sorted(starts, key=lambda port: port.price)[::-1]
        begun = {2 * port.nodes[-1] + port.flat: port for port in dearest_first}
        ends = self._ends(goals)
        cost = {state: port.price for state, port in begun.items()}
        heap = [
            (price + across[(state >> 1) // rows] + down[(state >> 1) % rows], state) for state, price in cost.items()
        ]
        heapq.heapify(heap)
        came: dict[int, int] = {}
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
            if state in ends and here + ends[state][0] < best:
                best, last = here + ends[state][0], state
            for following, price in self._steps(state):
                total = here + price
                if total < cost.get(following, INFINITE) - 1e-9:
                    cost[following] = total
                    came[following] = state
                    i, j = divmod(following >> 1, rows)
                    bend = BEND if across[i] and down[j] else 0.0
                    heapq.heappush(heap, (total + across[i] + down[j] + bend, following))
        return _joined(begun, ends, came, last)

    def _ends(self, goals: list[_Port]) -> dict[int, tuple[float, _Port]]:
        """Return the states in which a line has arrived: straight before a port, or after one last turn."""
        ends: dict[int, tuple[float, _Port]] = {}
        for port in goals:
            for flat, turn in ((port.flat, 0.0), (not port.flat, self.grid.turning[port.nodes[-1]])):
                state, price = 2 * port.nodes[-1] + flat, port.price + turn
                if price < ends.get(state, (INFINITE, port))[0]:
                    ends[state] = (price, port)
        return ends

    def _ahead(self, goals: list[int]) -> tuple[list[float], list[float]]:
        """Return what is still to go from every column and row; a little too much, to be quicker."""
        grid = self.grid
        columns, rows = [node // grid.rows for node in goals], [node % grid.rows for node in goals]
        left, right = grid.xs[min(columns)], grid.xs[max(columns)]
        top, bottom = grid.ys[min(rows)], grid.ys[max(rows)]
        return (
            [EAGER * max(left - x, 0.0, x - right) for x in grid.xs],
            [EAGER * max(top - y, 0.0, y - bottom) for y in grid.ys],
        )

    def _steps(self, state: int) -> list[tuple[int, float]]:
        """Return the next states and the price of each step."""
        grid, node = self.grid, state >> 1
        found: list[tuple[int, float]] = []
        for flat, stride in ((1, grid.rows), (0, 1)):
            blocked, price, passing = grid.blocked[flat], grid.price[flat], grid.passing[flat]
            turn = 0.0 if state & 1 == flat else grid.turning[node]
            for step, there in ((node, node + stride), (node - stride, node - stride)):
                if not blocked[step]:
                    found.append((2 * there + flat, turn + price[step] + passing[there]))
        return found


def _gap(between: float) -> float:
    """Return how far a line may go straight on before the box across is nearer than the box behind."""
    return STUB if between <= 0 else min(STUB, max(CLEAR + 0.1, between / 2 - 0.2))


def _joined(
    begun: dict[int, _Port], ends: dict[int, tuple[float, _Port]], came: dict[int, int], last: int
) -> list[int]:
    """Return the nodes of a whole line: out of its source, the way, into its target."""
    if last < 0:
        return []
    states = [last]
    while states[-1] in came:
        states.append(came[states[-1]])
    nodes = [*begun[states[-1]].nodes]
    for node in (*(state >> 1 for state in reversed(states)), *reversed(ends[last][1].nodes)):
        if node != nodes[-1]:
            nodes.append(node)
    return nodes


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
