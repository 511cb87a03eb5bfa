"""The heaviest gaps, with proof that nothing heavier was left out.

Demand can only fall when a box is cut, so what a node of the search tree weighs is
a bound on every gap below it: depth first, heaviest cut first, and nothing is
opened that cannot enter the list any more.
"""

from __future__ import annotations

from heapq import heappush, heapreplace

from hazama.coverage.boxes import Gap, Masks, Number, Space, bits
from hazama.coverage.deadline import Deadline
from hazama.coverage.gaps import Answer, gap_order, unsearched
from hazama.coverage.grid import grid
from hazama.coverage.measure import Measure
from hazama.coverage.tree import Node, Tree

__all__ = ["top"]

Weight = tuple[Number, int]


def top(space: Space, k: int, seconds: float | Deadline | None = None, within: Masks | None = None) -> Answer:
    """The ``k`` first gaps in order, or the best found in ``seconds`` or before Ctrl-C.

    ``complete`` says that these are proven to be the first. ``bound`` is what an unlisted gap can
    weigh at most: the demand of the last one listed when complete, None when nothing is unlisted.
    """
    until, race = Deadline.of(seconds), None
    try:
        race = _Race(space, k, within, until)
        while race.open and not until.passed:
            race.step()
    except (KeyboardInterrupt, TimeoutError):
        pass
    return unsearched(space, within) if race is None else race.answer()


class _Race:
    """Depth-first branch and bound over the search tree; the list so far is a heap, lightest first."""

    def __init__(self, space: Space, k: int, within: Masks | None, until: Deadline) -> None:
        reduced = grid(space, within, until)
        self._tree, self._measure, self._k = Tree(reduced), Measure(space, reduced), k
        self._listed: list[tuple[Weight, tuple[tuple[int, ...], ...], Gap]] = []
        self._passed: Number | None = None
        root = self._tree.root
        self.open: list[tuple[Weight, Node]] = [(self._measure.weight(root[0]), root)] if all(root[0]) else []

    def step(self, count: int = 256) -> None:
        """Opens the next ``count`` nodes that can still enter the list; Ctrl-C at any moment loses none."""
        stack, weight, children = self.open, self._measure.weight, self._tree.children
        while stack and count:
            count -= 1
            heaviest, node = stack[-1]
            if node[4] and heaviest >= self._floor():
                stack[-1:] = sorted(((weight(child[0]), child) for child in children(node)), key=_first)
                continue
            if node[4] or heaviest < self._floor():
                self._pass(heaviest)
            else:
                self._list(self._measure.gap(node[0]))
            stack.pop()

    def answer(self) -> Answer:
        """The list in order, and what is proven about it."""
        for heaviest, _ in self.open:
            self._pass(heaviest)
        ranked = sorted({gap for _, _, gap in self._listed}, key=gap_order)
        return Answer(tuple(ranked), not self.open, self._passed)

    def _floor(self) -> Weight:
        return self._listed[0][0] if len(self._listed) >= self._k else (-1, -1)

    def _list(self, gap: Gap) -> None:
        weight = (gap.demand, gap.size)
        entry = (weight, _reversed(gap), gap)
        if len(self._listed) < self._k:
            heappush(self._listed, entry)
        else:
            self._pass(heapreplace(self._listed, entry)[0] if entry > self._listed[0] else weight)

    def _pass(self, weight: Weight) -> None:
        """Remembers the most demand among what was left out."""
        self._passed = weight[0] if self._passed is None else max(self._passed, weight[0])


def _first(pair: tuple[Weight, Node]) -> Weight:
    return pair[0]


def _reversed(gap: Gap) -> tuple[tuple[int, ...], ...]:
    """The box in a form that sorts the other way round; the closing 1 puts a shorter set above a longer one."""
    return tuple((*(-v for v in bits(mask)), 1) for mask in gap.masks)
