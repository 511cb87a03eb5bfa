"""Colours, shapes and type of every figure, on screen and on a black-and-white photocopy.

Kinds differ in shape as well as in colour; the states of a cell carry a sign. ``looks.csv`` has a row for every kind.
A test holds every pair of text and ground at 7:1 or more.
"""

import csv
from dataclasses import dataclass
from importlib.resources import files

from hazama.figures.scene import Rect

FONTS = ("BIZ UDPGothic", "Yu Gothic UI", "Meiryo", "Noto Sans CJK JP", "sans-serif")
TEXT = "#1B2430"
QUIET = "#46525F"
PAPER = "#FFFFFF"


@dataclass(frozen=True, slots=True)
class Look:
    """How one kind of box is drawn: ``corner`` in points, -1 for a pill; ``hatched`` for a gap."""

    fill: str
    stroke: str
    corner: int = 0
    stroke_width: float = 1.1
    hatched: bool = False
    bold: bool = False

    def radius(self, rect: Rect) -> float:
        """Return how round the corners of a rectangle are drawn."""
        return min(rect.h / 2 if self.corner < 0 else min(self.corner, rect.h / 4), rect.w / 2)


@dataclass(frozen=True, slots=True)
class Palette:
    """One way of colouring: screen and colour print, or photocopy; ``badges`` are the rings of numbers 1 to 6."""

    name: str
    looks: dict[str, Look]
    zone: Look
    line: str
    badges: tuple[str, ...]

    def look(self, kind: str) -> Look:
        """Return how a kind is drawn; a kind nobody named looks like a body."""
        return self.looks.get(kind) or self.looks["body"]

    def sample(self, kind: str) -> Look:
        """Return how the legend shows a kind; any box is shown blank."""
        return self.look("blank" if kind == "box" else kind)

    def ring(self, badge: str) -> str:
        """Return the colour around a badge's number."""
        number = int(badge) if badge.isdigit() else 0
        return self.badges[(number - 1) % len(self.badges)]


def _looks(copy: str = "") -> dict[str, Look]:
    """Return the looks of ``looks.csv``, those of a photocopy for ``mono_``."""
    table = (files("hazama.figures") / "looks.csv").read_text(encoding="utf-8").splitlines()
    return {
        row["kind"]: Look(
            fill=row[f"{copy}fill"],
            stroke=row[f"{copy}stroke"],
            corner=int(row["corner"]),
            stroke_width=float(row[f"{copy}width"]),
            hatched=bool(row["hatched"]),
            bold=bool(row["bold"]),
        )
        for row in csv.DictReader(table)
    }


COLOUR = Palette(
    name="colour",
    looks=_looks(),
    zone=Look("#F7F9FB", "#C3CDD8", 10, 1.0),
    line="#34414F",
    badges=("#0072B2", "#E69F00", "#009E73", "#56B4E9", "#D55E00", "#CC79A7"),
)
MONO = Palette(
    name="mono",
    looks=_looks("mono_"),
    zone=Look("#FFFFFF", "#8A8A8A", 10, 1.0),
    line="#000000",
    badges=(TEXT,),
)
