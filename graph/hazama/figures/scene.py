"""A picture as a question gives it, a ``Sketch``, and with everything in its place, a ``Scene``.

A scene is what every output draws and none of them lays out. Lengths are points on a page of the scene's own size; the
page has the proportions of A4 and A3 in landscape, so an output only scales.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from hazama.figures.geometry import NOWHERE, UNLABELLED, Label, Point, Rect
from hazama.model.records import Status

POINTS_PER_INCH = 72
READABLE = 6.0
"""The least type size in points that a council paper may carry."""


class Paper(StrEnum):
    """A sheet in landscape."""

    A4 = "a4"
    A3 = "a3"

    @property
    def millimetres(self) -> tuple[int, int]:
        """Width and height of the sheet."""
        return (297, 210) if self is Paper.A4 else (420, 297)


class Graded:
    """What a source states, or somebody concluded."""

    __slots__ = ()
    status: Status

    @property
    def dashed(self) -> bool:
        """Whether it is drawn dashed: everything that is not stated is."""
        return self.status is not Status.STATED


@dataclass(frozen=True, slots=True)
class Zone:
    """A titled ground that boxes stand on (庁内, 庁外, 地域)."""

    id: str
    title: Label
    rect: Rect


@dataclass(frozen=True, slots=True)
class Box(Graded):
    """A box: one thing of the town. A question gives it, a layout or a chart its place, ``compose`` its labels.

    ``parent`` is the box it stands inside, or empty; ``zone`` the ground below it. ``head`` are the lines of the name,
    ``small`` those of the captions, ``discs`` the badges with their middles.
    """

    id: str
    name: str
    kind: str = "body"
    zone: str = ""
    parent: str = ""
    captions: tuple[str, ...] = ()
    badges: tuple[str, ...] = ()
    status: Status = Status.STATED
    href: str = ""
    rect: Rect = NOWHERE
    head: Label = UNLABELLED
    small: Label | None = None
    discs: tuple[tuple[str, Point], ...] = ()

    @property
    def labels(self) -> tuple[Label, ...]:
        """The name and the captions below it."""
        return (self.head, self.small) if self.small else (self.head,)


def ancestors(box_id: str, parents: Mapping[str, str]) -> Iterator[str]:
    """Yield a box (or row) and those around it, inside out; a circle is gone round once."""
    seen: set[str] = set()
    while box_id and box_id not in seen:
        yield box_id
        seen.add(box_id)
        box_id = parents.get(box_id, "")


def outermost(box_id: str, parents: Mapping[str, str]) -> str:
    """Return the box around a box that stands in no other."""
    return list(ancestors(box_id, parents))[-1]


@dataclass(frozen=True, slots=True)
class Line(Graded):
    """A right-angled line between two boxes; ``heads`` says at which ends it has an arrow.

    Lines of one ``bundle`` may run together, like the branches of a tree. ``compose`` gives points and label.
    """

    source: str
    target: str
    text: str = ""
    kind: str = "relation"
    status: Status = Status.STATED
    heads: tuple[bool, bool] = (False, True)
    bundle: str = ""
    points: tuple[Point, ...] = ()
    label: Label | None = None

    @property
    def id(self) -> str:
        """A name that stays the same while the two ends and the kind do."""
        return f"{self.source}--{self.kind}--{self.target}"


@dataclass(frozen=True, slots=True)
class Statement:
    """One row of the table beside a figure: who does what to whom, how far to trust it, where it is written."""

    subject: str
    predicate: str
    object: str
    status: Status = Status.STATED
    source: str = ""
    shown: str = "line"


@dataclass(frozen=True, slots=True)
class Key(Graded):
    """An entry of the legend: a kind of box or line, where a sample of it stands, and the words for it."""

    kind: str
    sample: Rect
    label: Label
    status: Status = Status.STATED


@dataclass(frozen=True, slots=True)
class Matrix:
    """The figure as a table of states: a corner, headings, and in every cell its text, state and the rows behind it."""

    corner: str
    columns: tuple[str, ...]
    rows: tuple[str, ...]
    cells: tuple[tuple["MatrixCell", ...], ...]


@dataclass(frozen=True, slots=True)
class MatrixCell:
    """One cell: ``state`` is a kind of box (full, part, low, blank); ``behind`` names the rows counted."""

    text: str
    state: str
    behind: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """A zone to be: its title and its cell in the grid of zones.

    ``columns`` 0 lets the layout choose; ``ordered`` keeps the order of the boxes, whatever the lines would like;
    ``high`` is how many rows of zones it stands beside.
    """

    id: str
    title: str
    column: int
    row: int = 0
    span: int = 1
    columns: int = 0
    ordered: bool = False
    high: int = 1


@dataclass(frozen=True, slots=True)
class Sketch:
    """Everything a figure says, in order of importance; order decides places where lines do not.

    Without areas it is a chart or table whose boxes have their places.
    """

    figure: str
    title: str
    areas: tuple[Area, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...] = ()
    subtitle: str = ""
    notes: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    statements: tuple[Statement, ...] = ()
    description: str = ""
    lang: str = "ja"
    paper: Paper = Paper.A4
    matrix: Matrix | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """A whole figure with title, legend and footer, ready to be drawn.

    ``notes`` are the lines of the footer (date, sources, licence, what was left out), ``statements`` the table
    that says the same as the picture.
    """

    figure: str
    lang: str
    paper: Paper
    width: float
    height: float
    title: Label
    subtitle: Label | None
    zones: tuple[Zone, ...]
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    keys: tuple[Key, ...]
    notes: tuple[Label, ...]
    description: str = ""
    statements: tuple[Statement, ...] = ()
    missing: tuple[str, ...] = ()
    matrix: Matrix | None = None

    def box(self, box_id: str) -> Box:
        """Return the box with this id; KeyError if there is none."""
        for box in self.boxes:
            if box.id == box_id:
                return box
        raise KeyError(box_id)

    @property
    def smallest_type(self) -> float:
        """The size in points of the smallest words as they come out on the scene's sheet."""
        labels = [label for box in self.boxes for label in box.labels if any(label.lines)]
        labels += [line.label for line in self.lines if line.label]
        labels += [*self.notes, *(key.label for key in self.keys)]
        sheet = self.paper.millimetres[0] / 25.4 * POINTS_PER_INCH
        return min((label.size for label in labels), default=self.title.size) * sheet / self.width

    def _repr_svg_(self) -> str:
        """Return the drawing that a notebook shows for a scene."""
        from hazama.figures.formats import svg

        return svg(self)

    @property
    def grounds(self) -> tuple[Zone, ...]:
        """The zones that are drawn: those with a title."""
        return tuple(zone for zone in self.zones if zone.title.text)

    @property
    def holders(self) -> frozenset[str]:
        """The ids of the boxes that others stand inside."""
        return frozenset(box.parent for box in self.boxes if box.parent)

    @property
    def frame(self) -> tuple[Label, ...]:
        """Title, subtitle and footer."""
        return (self.title, *([self.subtitle] if self.subtitle else ()), *self.notes)

    def around(self, box: Box) -> "Box | Zone":
        """Return what a box stands directly in."""
        return self.box(box.parent) if box.parent else next(zone for zone in self.zones if zone.id == box.zone)

    def on_zone(self, label: Label) -> bool:
        """Tell whether a label stands on the ground of a zone."""
        return any(zone.rect.holds(label.rect) for zone in self.zones)

    def inside(self, box_id: str, zone: str = "") -> tuple[Box, ...]:
        """Return the boxes that stand directly inside a box or, for no box, directly in a zone."""
        return tuple(box for box in self.boxes if box.parent == box_id and zone in ("", box.zone))

    def sentence(self, line: Line) -> str:
        """Return what a line says to those who cannot see it: who to whom, and what."""
        words = f"（{line.text}）" if line.text else ""
        return f"{self.box(line.source).name} → {self.box(line.target).name}{words}"
