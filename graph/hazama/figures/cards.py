"""The inside of a box: its name in lines, captions below, badges, and the height all that needs."""

from dataclasses import dataclass, replace
from functools import lru_cache

from hazama.figures.geometry import Label, Point, Rect
from hazama.figures.scene import Box
from hazama.figures.text import lines, width

NAME, INNER_NAME, CAPTION = 10.5, 9.75, 9.5
LEADING = 1.32
SIDE, TOP = 8.0, 7.0
BADGE = 13.0
CAPTION_GAP = 3.0
SILENT = ("bar", "dot", "hole")
"""Kinds of boxes that have a name for those who cannot see them, but do not show it."""


@dataclass(frozen=True, slots=True)
class Card:
    """What stands in a box of a given width, and ``height``, the least it needs."""

    names: tuple[str, ...]
    captions: tuple[str, ...]
    size: float
    height: float


def card(box: Box, room: float) -> Card:
    """Return a box's text broken for ``room`` points; what stands inside another box is a little smaller."""
    return _card(box.name, box.captions, bool(box.badges), room, INNER_NAME if box.parent else NAME)


@lru_cache(maxsize=4096)
def _card(name: str, said: tuple[str, ...], badges: bool, room: float, size: float) -> Card:
    inner = room - 2 * SIDE
    names = lines(name, inner, size)
    captions = tuple(line for caption in said for line in lines(caption, inner, CAPTION))
    height = len(names) * size * LEADING + 2 * TOP
    if captions:
        height += len(captions) * CAPTION * LEADING + CAPTION_GAP
    if badges:
        height += BADGE + CAPTION_GAP
    return Card(names, captions, size, round(height, 1))


def comfortable_width(boxes: tuple[Box, ...], least: float = 104.0, most: float = 156.0) -> float:
    """Return a box width at which nearly every name needs at most two or three lines."""
    wanted = sorted(width(box.name, NAME) for box in boxes) or [least]
    long_one = wanted[min(len(wanted) - 1, int(len(wanted) * 0.8))]
    return min(most, max(least, round(long_one / 2 + 2 * SIDE + NAME * 1.5)))


def labelled(box: Box, holds_others: bool) -> Box:
    """Return a box with name, captions and badges in its middle, or on top if others stand inside it."""
    at, drawn = box.rect, card(box, box.rect.w)
    if box.kind in SILENT:
        drawn = Card(("",), (), 1.0, at.h)
    y = at.y + TOP if holds_others else at.y + (at.h - drawn.height + 2 * TOP) / 2
    head = _label(drawn.names, at, y, drawn.size)
    y = head.rect.bottom + CAPTION_GAP
    small = _label(drawn.captions, at, y, CAPTION) if drawn.captions else None
    y = round((small.rect.bottom + CAPTION_GAP if small else y) + BADGE / 2, 1)
    step = BADGE + 2
    left = at.centre.x - step * (len(box.badges) - 1) / 2
    discs = ((badge, Point(round(left + step * place, 1), y)) for place, badge in enumerate(box.badges))
    return replace(box, head=head, small=small, discs=tuple(discs))


def _label(words: tuple[str, ...], at: Rect, y: float, size: float) -> Label:
    return Label(words, Rect(at.x, round(y, 1), at.w, round(len(words) * size * LEADING, 1)), size)
