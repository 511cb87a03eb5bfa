"""Places, rectangles, and lines of text in them, in points; the y axis points down."""

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from hazama.figures.text import width


class Point(NamedTuple):
    """A place on the page."""

    x: float
    y: float

    def distance(self, other: "Point") -> float:
        """Return how long a right-angled way to another place is."""
        return abs(self.x - other.x) + abs(self.y - other.y)

    def toward(self, other: "Point", by: float) -> "Point":
        """Return the place so many points nearer to another."""
        share = by / (self.distance(other) or 1.0)
        return Point(self.x + (other.x - self.x) * share, self.y + (other.y - self.y) * share)


Way = tuple[Point, ...]
"""A line by its corners."""


class Rect(NamedTuple):
    """An upright rectangle: its left top corner, width and height."""

    x: float
    y: float
    w: float
    h: float

    @property
    def right(self) -> float:
        return self.x + self.w

    @property
    def bottom(self) -> float:
        return self.y + self.h

    @property
    def centre(self) -> Point:
        return Point(self.x + self.w / 2, self.y + self.h / 2)

    def grown(self, by: float) -> "Rect":
        """Return the rectangle with every side moved outward by so many points."""
        return Rect(self.x - by, self.y - by, self.w + 2 * by, self.h + 2 * by)

    def rounded(self) -> "Rect":
        """Return the rectangle to a tenth of a point."""
        return Rect(*(round(side, 1) for side in self))

    def moved(self, dx: float, dy: float) -> "Rect":
        """Return the rectangle at another place."""
        return Rect(self.x + dx, self.y + dy, self.w, self.h)

    def scaled(self, by: float) -> "Rect":
        """Return the rectangle on a page so many times larger."""
        return Rect(*(side * by for side in self))

    def overlaps(self, other: "Rect") -> bool:
        """Tell whether the two share more than a border."""
        return self.x < other.right and other.x < self.right and self.y < other.bottom and other.y < self.bottom

    def holds(self, other: "Rect") -> bool:
        """Tell whether the other lies wholly inside."""
        return self.x <= other.x and self.y <= other.y and other.right <= self.right and other.bottom <= self.bottom


NOWHERE = Rect(0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of text centred in a rectangle, at a font size in points."""

    lines: tuple[str, ...]
    rect: Rect
    size: float

    def scaled(self, by: float) -> "Label":
        """Return the same words on a page so many times larger."""
        return Label(self.lines, self.rect.scaled(by).rounded(), round(self.size * by, 2))

    @property
    def text(self) -> str:
        """The words without their line breaks."""
        return "".join(self.lines)

    @property
    def step(self) -> float:
        """The height of one line."""
        return self.rect.h / len(self.lines)

    @property
    def wide(self) -> float:
        """The width of the longest line."""
        return max(width(line, self.size) for line in self.lines)

    @property
    def inked(self) -> Rect:
        """The part of the rectangle that the text really covers."""
        return Rect(round(self.rect.centre.x - self.wide / 2, 1), self.rect.y, round(self.wide, 1), self.rect.h)


UNLABELLED = Label(("",), NOWHERE, 1.0)


def strips(way: Way, half: float) -> tuple[Rect, ...]:
    """Return rectangles that cover the straight parts of a line and so much beside them."""
    return tuple(
        Rect(min(a.x, b.x) - half, min(a.y, b.y) - half, abs(a.x - b.x) + 2 * half, abs(a.y - b.y) + 2 * half)
        for a, b in pairwise(way)
    )


def borders(rect: Rect, half: float) -> tuple[Rect, ...]:
    """Return the four strips that a rectangle's border covers."""
    corners = (rect.x, rect.y), (rect.right, rect.y), (rect.right, rect.bottom), (rect.x, rect.bottom), (rect.x, rect.y)
    return strips(tuple(Point(*corner) for corner in corners), half)


def along(one: tuple[Point, Point], other: tuple[Point, Point], near: float = 0.0, touch: float = 0.0) -> bool:
    """Tell whether two straight parts run beside each other, nearer than ``near``, for more than ``touch`` points."""
    for across, run in ((1, 0), (0, 1)):
        if one[0][across] == one[1][across] and other[0][across] == other[1][across]:
            apart = abs(one[0][across] - other[0][across])
            begin = max(min(part[0][run], part[1][run]) for part in (one, other))
            end = min(max(part[0][run], part[1][run]) for part in (one, other))
            return (not apart or apart < near) and end - begin > touch
    return False
