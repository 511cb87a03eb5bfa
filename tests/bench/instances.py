"""Seeded instances for the gap benchmarks: what a town's programmes look like at scale."""

from __future__ import annotations

from random import Random

from hazama.coverage.boxes import Box, Dimension, Space, mask_of

__all__ = ["SHAPE", "instance"]

SHAPE = (30, 12, 4, 5, 4, 6, 5, 13)


def instance(boxes: int, shape: tuple[int, ...] = SHAPE, seed: int = 1) -> Space:
    """A space of this shape with ``boxes`` random programmes of one box each.

    The first dimension is ordered (ages) and limited by ranges, the others by sets of values.
    """
    draw = Random(f"{seed}/{boxes}/{shape}")
    dims = tuple(
        Dimension(f"d{d}", tuple(f"v{v}" for v in range(width)), ordered=d == 0) for d, width in enumerate(shape)
    )
    rows = (tuple(_limit(draw, d, width) for d, width in enumerate(shape)) for _ in range(boxes))
    return Space(dims, tuple(Box(row, f"p{n}", f"p{n}") for n, row in enumerate(rows)))


def _limit(draw: Random, d: int, width: int) -> int:
    if d == 0:
        first, last = sorted((draw.randrange(width), draw.randrange(width)))
        return mask_of(range(first, last + 1), width)
    if d > 1 and draw.random() < 0.5:
        return (1 << width) - 1
    return mask_of(draw.sample(range(width), draw.randint(1, max(1, width // 2))), width)
