"""All maximal gaps of a space, exactly, from the first moment on.

A gap is a box of the space that no programme's box meets, and it is maximal: it
cannot grow in any dimension without meeting one. The set of all of them is also
the answer to "which rules are missing" of decision tables (Calvanese et al.,
Information Systems 78, 2018). No algorithm with polynomial delay is known for this
problem, so what is promised is: every answer once, none wrong, none missing when
``complete`` says so, and a bound on what is missing when it does not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from hazama.coverage.boxes import Gap, Masks, Number, Space, bits
from hazama.coverage.deadline import Deadline
from hazama.coverage.grid import grid
from hazama.coverage.measure import Measure, demand
from hazama.coverage.tree import Node, Tree

__all__ = ["Answer", "answer", "gap_order", "gaps", "unsearched"]


@dataclass(frozen=True, slots=True)
class Answer:
    """Gaps in order, heaviest first.

    ``complete`` says that every gap asked for is there. ``bound`` is the most demand an
    unlisted gap can have; None when nothing is unlisted.
    """

    gaps: tuple[Gap, ...]
    complete: bool
    bound: Number | None


def gaps(space: Space, within: Masks | None = None) -> Iterator[Gap]:
    """Every maximal gap of ``space`` once, as it is found; inside the box ``within`` if given."""
    walk = Walk(space, within)
    while walk.open:
        found: list[Gap] = []
        walk.step(found)
        yield from found


def answer(space: Space, seconds: float | Deadline | None = None, within: Masks | None = None) -> Answer:
    """All maximal gaps in order, or those found in ``seconds`` or before Ctrl-C; inside ``within`` if given."""
    until, found = Deadline.of(seconds), list[Gap]()
    walk = None
    try:
        walk = Walk(space, within, until)
        while walk.open and not until.passed:
            walk.step(found)
    except (KeyboardInterrupt, TimeoutError):
        pass
    if walk is None:
        return unsearched(space, within)
    return Answer(tuple(sorted(set(found), key=gap_order)), not walk.open, walk.bound())


def unsearched(space: Space, within: Masks | None = None) -> Answer:
    """What is known when nothing was searched: no gap weighs more than all there is."""
    return Answer((), False, demand(space, space.full if within is None else within))


def gap_order(gap: Gap) -> tuple[Number, int, tuple[tuple[int, ...], ...]]:
    """The order of gaps in lists: demand, then size, both falling, then the box."""
    return -gap.demand, -gap.size, tuple(tuple(bits(mask)) for mask in gap.masks)


class Walk:
    """A depth-first walk of the search tree that can be stopped and asked where it stands."""

    def __init__(self, space: Space, within: Masks | None = None, deadline: Deadline | None = None) -> None:
        reduced = grid(space, within, deadline)
        self._tree = Tree(reduced)
        self._measure = Measure(space, reduced)
        self.open: list[Node] = [self._tree.root] if all(self._tree.root[0]) else []

    def step(self, found: list[Gap], count: int = 256) -> None:
        """Adds the gaps met in the next ``count`` nodes to ``found``.

        A node leaves the stack only when what it leads to is kept, so that Ctrl-C at any moment loses
        nothing: at worst a gap is met twice.
        """
        stack = self.open
        children, gap = self._tree.children, self._measure.gap
        while stack and count:
            count -= 1
            node = stack[-1]
            if node[4]:
                stack[-1:] = children(node)
            else:
                found.append(gap(node[0]))
                stack.pop()

    def bound(self) -> Number | None:
        """The most demand a gap not yet met can have; None when there is none."""
        return max((self._measure.gap(node[0]).demand for node in self.open), default=None)
