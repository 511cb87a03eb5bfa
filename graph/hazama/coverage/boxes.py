"""The values of the gap engine: dimensions, boxes, spaces and gaps.

A set of values of one dimension is an ``int`` whose bit *v* stands for value *v*;
a box is one such set per dimension, in the order of the space's dimensions.
Nothing here knows what a programme or a town is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

__all__ = ["Box", "Dimension", "Gap", "Joint", "Masks", "Space", "bits", "mask_of", "runs"]

type_number = int | float
Masks = tuple[int, ...]


def bits(mask: int) -> Iterator[int]:
    """The set positions of ``mask``, lowest first; linear in its length.

    >>> list(bits(0b10110))
    [1, 2, 4]
    """
    text = bin(mask)[:1:-1]
    position = text.find("1")
    while position >= 0:
        yield position
        position = text.find("1", position + 1)
