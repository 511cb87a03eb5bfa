"""The page around a figure: title, legend, footer, and the room that is left for the figure itself."""

from dataclasses import dataclass, replace

from hazama.figures.scene import Key, Label, Rect
from hazama.figures.sketch import Sketch
from hazama.figures.text import clean, lines, width
from hazama.model.records import Status

WIDE, HIGH = 842.0, 595.4
MARGIN = 22.0
TITLE, SUBTITLE, NOTE, KEY = 16.0, 9.0, 7.25, 7.75
NOTE_LEADING = 9.6
KEY_ROW = 15.0
SAMPLE = (24.0, 11.0)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of ``scale`` times A4 with everything on it but the figure."""

    sketch: Sketch
    scale: float = 1.0

    @property
    def width(self) -> float:
        """The page's width in points."""
        return round(WIDE * self.scale, 1)

    @property
    def height(self) -> float:
        """The page's height in points."""
        return round(HIGH * self.scale, 1)

    @property
    def left(self) -> float:
        """Where the figure's room begins."""
        return MARGIN * self.scale

    @property
    def top(self) -> float:
        """Where the figure's room begins, below the title."""
        return (MARGIN + 40.0) * self.scale

    @property
    def room(self) -> tuple[float, float]:
        """Width and height left for the figure."""
        return (WIDE - 2 * MARGIN) * self.scale, self._legend_top - self.top - 12.0 * self.scale

    @property
    def body(self) -> Rect:
        """The rectangle left for the figure."""
        return Rect(self.left, self.top - 4, *self.room)

    def scaled_to(self, wide: float, high: float) -> "Page":
        """Return the smallest page that holds a figure of this size; never smaller than A4."""
        full = Page(self.sketch)
        scale = max(1.0, wide / full.room[0], high / full.room[1])
        return replace(self, scale=round(scale + 0.0005, 3))

    @property
    def _note_lines(self) -> tuple[str, ...]:
        room = WIDE - 2 * MARGIN
        return tuple(line for note in self.sketch.notes for line in lines(note, room, NOTE))

    @property
    def _notes_top(self) -> float:
        return (HIGH - MARGIN + 8.0 - NOTE_LEADING * len(self._note_lines)) * self.scale

    @property
    def _legend_top(self) -> float:
        rows = 1 + max((row for row, _ in _key_cells(self._key_words)), default=-1)
        return self._notes_top - (KEY_ROW * rows + 8.0) * self.scale

    @property
    def title(self) -> Label:
        """The title, one line at the left top."""
        return self._line(self.sketch.title, MARGIN - 8, TITLE)

    @property
    def subtitle(self) -> Label | None:
        """The line below the title, if the sketch has one."""
        below = MARGIN - 8 + TITLE * 1.4 + 2
        return self._line(self.sketch.subtitle, below, SUBTITLE) if self.sketch.subtitle else None

    def _line(self, text: str, y: float, size: float) -> Label:
        room = WIDE - 2 * MARGIN
        return Label(lines(text, room, size, most=1), self._rect(MARGIN, y, room, size * 1.35), self._size(size))

    def _size(self, size: float) -> float:
        return round(size * self.scale, 2)

    @property
    def notes(self) -> tuple[Label, ...]:
        """The footer's lines."""
        top = self._notes_top / self.scale
        rects = (
            self._rect(MARGIN, top + NOTE_LEADING * place, WIDE - 2 * MARGIN, NOTE_LEADING)
            for place in range(len(self._note_lines))
        )
        return tuple(Label((line,), rect, self._size(NOTE)) for line, rect in zip(self._note_lines, rects, strict=True))

    @property
    def keys(self) -> tuple[Key, ...]:
        """The legend: only kinds of boxes and lines that the figure has."""
        words = self._key_words
        top = self._legend_top / self.scale
        keys = []
        for (kind, text), (row, x) in zip(words, _key_cells(words), strict=True):
            y = top + KEY_ROW * row
            label = self._rect(MARGIN + x + SAMPLE[0] + 5, y, width(text, KEY) + 3, SAMPLE[1])
            status = Status.INFERRED if kind.endswith("-inferred") else Status.STATED
            sample = self._rect(MARGIN + x, y, *SAMPLE)
            words_ = Label((text,), label, self._size(KEY))
            keys.append(Key(kind.removesuffix("-inferred"), text, sample, words_, status))
        return tuple(keys)

    @property
    def _key_words(self) -> tuple[tuple[str, str], ...]:
        used = _used_kinds(self.sketch)
        return tuple((kind, clean(text)) for kind, text in self.sketch.words if kind in used)

    def _rect(self, x: float, y: float, w: float, h: float) -> Rect:
        return Rect(*(round(value * self.scale, 1) for value in (x, y, w, h)))


def _used_kinds(sketch: Sketch) -> set[str]:
    holders = {box.parent for box in sketch.boxes}
    used = {"group" if box.kind == "body" and box.id in holders else box.kind for box in sketch.boxes}
    used |= {"box-inferred" for box in sketch.boxes if box.dashed}
    return used | {kind + "-inferred" * line.dashed for line in sketch.lines for kind in (line.kind, "line")}


def _key_cells(words: tuple[tuple[str, str], ...]) -> list[tuple[int, float]]:
    """Return the row and the left edge of every legend entry."""
    cells, row, x = [], 0, 0.0
    for _, text in words:
        wide = SAMPLE[0] + 5 + width(text, KEY) + 16
        if x and x + wide > WIDE - 2 * MARGIN:
            row, x = row + 1, 0.0
        cells.append((row, x))
        x += wide
    return cells
