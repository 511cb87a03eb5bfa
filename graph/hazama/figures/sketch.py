"""A picture before anything has a place: what a question about a town gives, what ``compose`` lays out."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hazama.figures.scene import Matrix, Paper, Statement
from hazama.model.records import Status

if TYPE_CHECKING:
    from hazama.figures.places import Ground


@dataclass(frozen=True, slots=True)
class Area:
    """A zone to be: its title and its cell in the grid of zones.

    ``columns`` 0 lets the layout choose; ``ordered`` keeps the order of the items, whatever the lines would like;
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
class Item:
    """A box to be. ``parent`` is an item it stands inside; ``captions`` are small lines under its name."""

    id: str
    name: str
    kind: str = "body"
    area: str = ""
    parent: str = ""
    captions: tuple[str, ...] = ()
    badges: tuple[str, ...] = ()
    status: Status = Status.STATED
    href: str = ""


@dataclass(frozen=True, slots=True)
class Tie:
    """A line to be, between two items; lines of one ``bundle`` may run together, like the branches of a tree."""

    source: str
    target: str
    text: str = ""
    kind: str = "relation"
    status: Status = Status.STATED
    heads: tuple[bool, bool] = (False, True)
    bundle: str = ""

    @property
    def id(self) -> str:
        """A name that stays the same while the two ends and the kind do."""
        return f"{self.source}--{self.kind}--{self.target}"


@dataclass(frozen=True, slots=True)
class Sketch:
    """Everything a figure says, in order of importance; order decides places where lines do not.

    A chart or table gives its ``places``.
    """

    figure: str
    title: str
    areas: tuple[Area, ...]
    items: tuple[Item, ...]
    ties: tuple[Tie, ...] = ()
    subtitle: str = ""
    notes: tuple[str, ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    statements: tuple[Statement, ...] = ()
    description: str = ""
    lang: str = "ja"
    paper: Paper = Paper.A4
    matrix: Matrix | None = None
    places: "Ground | None" = None
