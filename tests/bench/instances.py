"""Seeded instances for the gap benchmarks: what a town's programmes look like at scale."""

from __future__ import annotations

from random import Random
from typing import Any

from hazama.coverage.boxes import Box, Dimension, Space, mask_of

__all__ = ["SHAPE", "document", "endless", "instance", "untuned"]

SHAPE = (30, 12, 4, 5, 4, 6, 5, 13)
KINDS = 3
"""Ways in which programmes limit one dimension: laws set few edges, and many programmes share them."""


def instance(boxes: int, shape: tuple[int, ...] = SHAPE, seed: int = 1, limited: float = 0.4, needs: int = 1) -> Space:
    """A space of this shape with ``boxes`` random programmes of one box each.

    The first dimension (needs) takes up to ``needs`` values a programme; every other one is limited
    with probability ``limited``, in one of a few ways drawn once for the whole instance.
    """
    draw = Random(f"{seed}/{boxes}/{shape}/{limited}/{needs}")
    dims = tuple(Dimension(f"d{d}", tuple(f"v{v}" for v in range(width))) for d, width in enumerate(shape))
    kinds = [[_some(draw, width, max(1, width // 2)) for _ in range(KINDS)] for width in shape]
    rows = (
        (
            _some(draw, shape[0], needs),
            *(draw.choice(kinds[d]) if draw.random() < limited else dim.full for d, dim in enumerate(dims) if d),
        )
        for _ in range(boxes)
    )
    return Space(dims, tuple(Box(row, f"p{n}", f"p{n}") for n, row in enumerate(rows)))


def document(space: Space) -> dict[str, Any]:
    """The space as ``hazama gaps --instance`` reads it."""
    return {
        "dims": {dim.name: list(dim.values) for dim in space.dims},
        "boxes": [_listed(space, box) for box in space.boxes],
        "exclusions": [_listed(space, box) for box in space.exclusions],
        "weights": {dim.name: dict(zip(dim.values, dim.weights, strict=True)) for dim in space.dims if dim.weights},
    }


def _listed(space: Space, box: Box) -> dict[str, list[str]]:
    pairs = zip(space.dims, box.masks, strict=True)
    return {dim.name: list(dim.names(mask)) for dim, mask in pairs if mask != dim.full}


def untuned(boxes: int, limited: float, kind: str, needs: int, seed: int = 1) -> Space:
    """A space of the usual shape where every limit is drawn anew: ``interval`` limits, or any set of values."""
    draw = Random(f"{boxes}/{limited}/{kind}/{needs}/{seed}")
    dims = tuple(Dimension(f"d{d}", tuple(f"v{v}" for v in range(width))) for d, width in enumerate(SHAPE))
    limit = _interval if kind == "interval" else lambda draw, width: _some(draw, width, width)
    rows = (
        (
            _some(draw, SHAPE[0], needs),
            *(limit(draw, len(dim.values)) if draw.random() < limited else dim.full for dim in dims[1:]),
        )
        for _ in range(boxes)
    )
    return Space(dims, tuple(Box(row, f"p{n}", f"p{n}") for n, row in enumerate(rows)))


def endless(boxes: int = 0) -> Space:
    """A space whose listing no engine ends: 2**40 - 2 gaps for every gap of the ``boxes`` random programmes.

    Two more dimensions of 40 values are covered on their diagonal, so a gap takes any set of values of the one
    and the rest of the other. The random programmes say nothing of these two; they make reading and reduction long.
    """
    space = instance(boxes, limited=0.9, needs=2)
    pair = (Dimension("a", tuple(map(str, range(40)))), Dimension("b", tuple(map(str, range(40)))))
    free = tuple(dim.full for dim in pair)
    rows = [Box((*box.masks, *free), box.program, box.key) for box in space.boxes]
    rows += [Box((*space.full, 1 << v, 1 << v), f"diagonal{v}", f"diagonal{v}") for v in range(40)]
    return Space((*space.dims, *pair), tuple(rows))


def _interval(draw: Random, width: int) -> int:
    first, last = sorted((draw.randrange(width), draw.randrange(width)))
    return mask_of(range(first, last + 1), width)


def _some(draw: Random, width: int, most: int) -> int:
    return mask_of(draw.sample(range(width), draw.randint(1, most)), width)
