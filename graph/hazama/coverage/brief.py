"""A short list for planners: gaps that together account for the most, and what is not listed."""

from __future__ import annotations

from dataclasses import dataclass
from time import monotonic

from hazama.coverage.boxes import Box, Gap, Number, Space
from hazama.coverage.gaps import Answer, gap_order
from hazama.coverage.rank import top
from hazama.coverage.totals import uncovered

__all__ = ["Brief", "Line", "brief"]


@dataclass(frozen=True, slots=True)
class Line:
    """One gap of the list: the demand it adds to those above it, and the share of all uncovered demand so far."""

    gap: Gap
    adds: Number
    share: float


@dataclass(frozen=True, slots=True)
class Brief:
    """The list, the uncovered demand outside it, and whether every line is proven the best next one."""

    lines: tuple[Line, ...]
    remainder: Number
    complete: bool


def brief(space: Space, k: int, seconds: float | None = None) -> Brief:
    """Up to ``k`` gaps, each the one that adds most uncovered demand to those before it.

    Gaps overlap, so the heaviest ones often tell the same story; greed by what each adds does not.
    The gaps to choose from are the heaviest, as many more of them as a proof needs: what a gap adds
    is never more than its demand, so an unlisted gap cannot add more than the bound on its demand.
    """
    end = None if seconds is None else monotonic() + seconds
    size = max(64, 4 * k)
    while True:
        pool = top(space, size, None if end is None else max(0.0, end - monotonic()))
        listed = _greedy(space, pool, k)
        if listed.complete or not pool.complete or (end is not None and monotonic() >= end):
            return listed
        size *= 4


def _greedy(space: Space, pool: Answer, k: int) -> Brief:
    """Lazy greed (Minoux 1978): what a gap adds only falls, so an old figure is a ceiling."""
    total = remainder = uncovered(space)
    ceiling: dict[Gap, Number] = {gap: gap.demand for gap in pool.gaps}
    lines: list[Line] = []
    chosen: list[Box] = []
    proven = True
    while len(lines) < k and (best := _next(space, chosen, ceiling)) is not None:
        adds = ceiling.pop(best)
        proven = proven and (pool.bound is None or adds >= pool.bound)
        remainder -= adds
        chosen.append(Box(best.masks))
        lines.append(Line(best, adds, (total - remainder) / total))
    exhausted = len(lines) == k or not remainder
    return Brief(tuple(lines), remainder, proven and (exhausted or pool.bound is None))


def _next(space: Space, chosen: list[Box], ceiling: dict[Gap, Number]) -> Gap | None:
    """The gap that adds most to the chosen ones; None if none adds anything."""
    best: Gap | None = None
    listed = Space(space.dims, tuple(chosen), (), space.joint)
    for gap in sorted(ceiling, key=lambda gap: (-ceiling[gap], gap_order(gap))):
        if best is not None and ceiling[gap] <= ceiling[best]:
            break
        ceiling[gap] = uncovered(listed, gap.masks) if chosen else gap.demand
        if ceiling[gap] and (best is None or ceiling[gap] > ceiling[best]):
            best = gap
    return best
