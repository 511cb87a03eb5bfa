"""Boxes and zones with their places, before lines: what a layout gives, or a chart that lays itself out."""

from dataclasses import dataclass

from hazama.figures.cards import Card
from hazama.figures.scene import Rect
from hazama.figures.sketch import Area, Item


@dataclass(frozen=True, slots=True)
class Placed:
    """An item with its card and rectangle, relative to the content's left top corner."""

    item: Item
    card: Card
    rect: Rect


@dataclass(frozen=True, slots=True)
class Ground:
    """All zones and boxes in place, and the size of the whole."""

    zones: tuple[tuple[Area, Rect], ...]
    boxes: tuple[Placed, ...]
    width: float
    height: float
