"""The search tree whose leaves are the maximal gaps, each reached exactly once.

Boxes are taken one after the other in a fixed order, that of the grid. A node is a
candidate box that is *maximal against the boxes taken so far*. If the next box
misses the candidate, nothing changes. If it meets it, the candidate is cut in one
dimension after the other, and a cut is kept if it is maximal against the boxes
taken so far, the new one among them: every value that was ever cut away must have
a *witness*, a taken box that admits the value and meets the candidate in all other
dimensions.

Each kept cut has exactly one parent. A cut in dimension *d* by box *b* avoids *b*
in *d* only (the parent met *b* everywhere and was changed nowhere else), and its
parent is what one gets by giving back to *d* all values without a witness other
than *b*. So the tree needs no memory of what was found, and depth-first search of
it lists the answers of all prefixes without repetition: the reverse search of
Murakami and Uno (Discrete Applied Mathematics 170, 2014) and of Kavvadias and
Stavropoulos (JGAA 9, 2005), carried from hyperedges (two values per dimension) to
boxes (any number of values per dimension). The answers are the maximal uncovered
patterns of Asudeh, Jin and Jagadish (ICDE 2019, arXiv 1810.06742), with sets of
values for single values, and n-ary closed sets as in Cerf et al. (Data-Peeler,
TKDD 2009).
"""

from __future__ import annotations

from hazama.coverage.boxes import bits
from hazama.coverage.grid import Grid

__all__ = ["Node", "Tree"]

CACHE_BYTES = 24_000_000


Node = tuple[list[int], list[int], list[int], int, int]
"""A candidate: per dimension its classes, the boxes that miss it there, and witnesses of what was cut; then
the boxes that miss it in two dimensions or more, and the *active* ones that it still meets. A node
without active boxes is a maximal gap. Lists are never changed."""


class Tree:
    """The search tree over a grid. ``children`` costs time linear in the classes per cut."""

    __slots__ = ("_admit", "_cache", "_cuts", "_every", "_full", "_lost", "_room", "root")

    def __init__(self, grid: Grid) -> None:
        full = [axis.full for axis in grid.axes]
        count = len(grid.boxes)
        self._full = full
        self._every = (1 << count) - 1
        self._admit = [axis.admit for axis in grid.axes]
        self._cache: list[dict[int, int]] = [{} for _ in full]
        self._lost: list[dict[int, tuple[int, ...]]] = [{} for _ in full]
        self._cuts = [
            tuple((d, full[d] & ~mask, self._cache[d]) for d, mask in enumerate(box) if mask != full[d])
            for box in grid.boxes
        ]
        self._room = max(64, CACHE_BYTES // (len(full) * (count // 8 + 120) or 1))
        blank = [0] * len(full)
        self.root: Node = (full, blank, blank, 0, self._every)

    def children(self, node: Node) -> list[Node]:
        """The cuts of ``node`` by its first active box that stay maximal.

        A taken box that misses the candidate in one dimension only can witness there. Long for this
        house: a call per dimension would double the time of the whole search.
        """
        classes, missed, witnesses, twice, active = node
        box = active & -active
        able = (box - 1) & ~twice
        kept: list[Node] = []
        for d, outside, cache in self._cuts[box.bit_length() - 1]:
            left = classes[d] & outside
            if not left:
                continue
            gone = cache.get(left)
            if gone is None:
                gone = self._missed(d, left)
            fresh = gone & ~missed[d]
            held = witnesses[:]
            for e, witness in enumerate(witnesses):
                if witness & fresh and e != d:
                    held[e] = self._renewed(e, classes[e], witness & ~fresh, able & missed[e] & ~gone)
                    if not held[e]:
                        break
            else:
                held[d] |= box
                cut, lost = classes[:], missed[:]
                cut[d], lost[d] = left, gone
                kept.append((cut, lost, held, twice | fresh & ~active, active & ~gone))
        return kept

    def _renewed(self, d: int, classes: int, known: int, usable: int) -> int:
        """``known`` with a usable box added for each class cut from ``d`` that it does not serve; 0 if one has none."""
        for boxes in self._lost[d].get(classes) or self._removed(d, classes):
            if not boxes & known:
                boxes &= usable
                if not boxes:
                    return 0
                known |= boxes & -boxes
        return known

    def _removed(self, d: int, classes: int) -> tuple[int, ...]:
        """For each class outside ``classes`` the boxes that admit it; remembered."""
        cache = self._lost[d]
        if len(cache) >= self._room:
            cache.clear()
        cache[classes] = tuple(self._admit[d][value] for value in bits(self._full[d] ^ classes))
        return cache[classes]

    def _missed(self, d: int, classes: int) -> int:
        """The boxes that admit none of these classes of dimension ``d``; remembered."""
        admit, met = self._admit[d], 0
        for value in bits(classes):
            met |= admit[value]
        cache = self._cache[d]
        if len(cache) >= self._room:
            cache.clear()
        cache[classes] = self._every & ~met
        return cache[classes]
