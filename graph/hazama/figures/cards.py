"""The inside of a box: its name in lines, captions below, badges, and the height all that needs."""

from dataclasses import dataclass
from functools import lru_cache

from hazama.figures.scene import Label, Point, Rect
from hazama.figures.sketch import Item
from hazama.figures.text import lines, width

NAME, INNER_NAME, CAPTION = 10.5, 9.75, 9.5
LEADING = 1.32
SIDE, TOP = 8.0, 7.0
BADGE = 13.0
CAPTION_GAP = 3.0


@dataclass(frozen=True, slots=True)
class Card:
    """What stands in a box of a given width, and ``height``, the least it needs."""

    names: tuple[str, ...]
    captions: tuple[str, ...]
    badges: tuple[str, ...]
    size: float
    height: float

    @property
    def head_height(self) -> float:
        """The height of the name, captions and badges without the space around them."""
        return self.height - 2 * TOP


@lru_cache(maxsize=4096)
def card(item: Item, room: float, size: float = NAME) -> Card:
    """Return an item's text broken for a box ``room`` points wide."""
    inner = room - 2 * SIDE
    names = lines(item.name, inner, size)
    captions = tuple(line for caption in item.captions for line in lines(caption, inner, CAPTION))
    height = len(names) * size * LEADING + 2 * TOP
    if captions:
        height += len(captions) * CAPTION * LEADING + CAPTION_GAP
    if item.badges:
        height += BADGE + CAPTION_GAP
    return Card(names, captions, item.badges, size, round(height, 1))


def comfortable_width(items: list[Item], least: float = 104.0, most: float = 156.0) -> float:
    """Return a box width at which nearly every name needs at most two or three lines."""
    wanted = sorted(width(item.name, NAME) for item in items) or [least]
    long_one = wanted[min(len(wanted) - 1, int(len(wanted) * 0.8))]
    return min(most, max(least, round(long_one / 2 + 2 * SIDE + NAME * 1.5)))


def labels(drawn: Card, rect: Rect) -> tuple[Label, tuple[Label, ...], tuple[tuple[str, Point], ...]]:
    """Return name, captions and badges of a card, centred in a rectangle."""
    y = rect.y + (rect.h - drawn.head_height) / 2
    head = Label(drawn.names, Rect(rect.x, round(y, 1), rect.w, _high(len(drawn.names), drawn.size)), drawn.size)
    y = head.rect.bottom + CAPTION_GAP
    captions: tuple[Label, ...] = ()
    if drawn.captions:
        captions = (
            Label(drawn.captions, Rect(rect.x, round(y, 1), rect.w, _high(len(drawn.captions), CAPTION)), CAPTION),
        )
        y = captions[0].rect.bottom + CAPTION_GAP
    return head, captions, _badges(drawn.badges, rect.centre.x, round(y + BADGE / 2, 1))


def _high(count: int, size: float) -> float:
    return round(count * size * LEADING, 1)


def _badges(badges: tuple[str, ...], middle: float, y: float) -> tuple[tuple[str, Point], ...]:
    step = BADGE + 2
    left = middle - step * (len(badges) - 1) / 2
    return tuple((badge, Point(round(left + step * place, 1), y)) for place, badge in enumerate(badges))
