"""A picture before anything has a place: what a question about a town gives, what ``compose`` lays out."""

from dataclasses import dataclass

from hazama.figures.scene import Box, Line, Matrix, Paper, Statement


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
