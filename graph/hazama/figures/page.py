"""The page around a figure: title, legend, footer, and the room that is left for the figure itself."""

from collections.abc import Iterator
from dataclasses import dataclass

from hazama.figures.geometry import Label, Rect
from hazama.figures.scene import Key, Sketch
from hazama.figures.text import clean, lines, width
from hazama.model.records import Status

WIDE, HIGH = 842.0, 595.4
MARGIN = 22.0
ROOM = WIDE - 2 * MARGIN
TITLE, SUBTITLE, NOTE, KEY = 16.0, 9.0, 7.25, 7.75
HEAD = 40.0
NOTE_LEADING = 9.6
KEY_ROW = 15.0
SAMPLE = (24.0, 11.0)


@dataclass(frozen=True, slots=True)
class Page:
    """A page of ``scale`` times A4 with everything on it but the figure, which gets ``room``."""

    title: Label
    subtitle: Label | None
    keys: tuple[Key, ...]
    notes: tuple[Label, ...]
    room: Rect
    scale: float = 1.0

    @property
    def size(self) -> tuple[float, float]:
        """The page's width and height in points."""
        return round(WIDE * self.scale, 1), round(HIGH * self.scale, 1)

    def scale_for(self, wide: float, high: float) -> float:
        """Return the scale of the smallest page that holds a figure of this size; never smaller than A4."""
        return round(max(1.0, wide / self.room.w, high / self.room.h) + 0.0005, 3)

    def scaled(self, scale: float) -> "Page":
        """Return an A4 page so many times larger."""
        return Page(
            title=self.title.scaled(scale),
            subtitle=self.subtitle.scaled(scale) if self.subtitle else None,
            keys=tuple(
                Key(key.kind, key.sample.scaled(scale).rounded(), key.label.scaled(scale), key.status)
                for key in self.keys
            ),
            notes=tuple(note.scaled(scale) for note in self.notes),
            room=self.room.scaled(scale),
            scale=scale,
        )


def page(sketch: Sketch) -> Page:
    """Return the A4 page of a sketch."""
    notes = [line for note in sketch.notes for line in lines(note, ROOM, NOTE)]
    notes_top = HIGH - MARGIN + 8.0 - NOTE_LEADING * len(notes)
    keys = tuple(_keys(sketch))
    legend_top = notes_top - KEY_ROW * (1 + max((row for row, *_ in keys), default=-1)) - 8.0
    top = MARGIN - 8
    return Page(
        title=_one_line(sketch.title, top, TITLE),
        subtitle=_one_line(sketch.subtitle, top + TITLE * 1.4 + 2, SUBTITLE) if sketch.subtitle else None,
        keys=tuple(_key(kind, text, x, legend_top + KEY_ROW * row) for row, x, kind, text in keys),
        notes=tuple(
            Label((line,), Rect(MARGIN, notes_top + NOTE_LEADING * place, ROOM, NOTE_LEADING), NOTE)
            for place, line in enumerate(notes)
        ),
        room=Rect(MARGIN, MARGIN + HEAD, ROOM, legend_top - MARGIN - HEAD - 12.0),
    )


def _one_line(text: str, y: float, size: float) -> Label:
    return Label(lines(text, ROOM, size, most=1), Rect(MARGIN, y, ROOM, size * 1.35), size)


def _key(kind: str, text: str, x: float, y: float) -> Key:
    status = Status.INFERRED if kind.endswith("-inferred") else Status.STATED
    label = Label((text,), Rect(x + SAMPLE[0] + 5, y, width(text, KEY) + 3, SAMPLE[1]), KEY)
    return Key(kind.removesuffix("-inferred"), Rect(x, y, *SAMPLE), label, status)


def _keys(sketch: Sketch) -> Iterator[tuple[int, float, str, str]]:
    """Yield row, left edge, kind and words of the legend: only kinds of boxes and lines that the figure has."""
    holders = {box.parent for box in sketch.boxes}
    used = {"group" if box.kind == "body" and box.id in holders else box.kind for box in sketch.boxes}
    used |= {"box-inferred" for box in sketch.boxes if box.dashed}
    used |= {kind + "-inferred" * line.dashed for line in sketch.lines for kind in (line.kind, "line")}
    row, x = 0, MARGIN
    for kind, text in ((kind, clean(text)) for kind, text in sketch.words if kind in used):
        wide = SAMPLE[0] + 5 + width(text, KEY) + 16
        if x > MARGIN and x + wide > WIDE - MARGIN:
            row, x = row + 1, MARGIN
        yield row, x, kind, text
        x += wide
