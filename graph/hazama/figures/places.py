"""Boxes and zones with their places, before lines: what a layout gives, or a chart that lays itself out."""

from dataclasses import dataclass

from hazama.figures.cards import Card, card
from hazama.figures.scene import Rect
from hazama.figures.sketch import Area, Item

CHART = "chart"


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


def chart(items: dict[Item, Rect]) -> Ground:
    """Return a ground without zones that shows, of each item, the name; dots and bars have one, but do not show it."""
    silent = ("bar", "dot", "hole")
    boxes = tuple(
        Placed(item, Card(("",), (), (), 1.0, rect.h) if item.kind in silent else card(item, rect.w), rect)
        for item, rect in items.items()
    )
    size = max(rect.right for rect in items.values()), max(rect.bottom for rect in items.values())
    return Ground(((Area(CHART, "", 0), Rect(0, 0, *size)),), boxes, *size)
