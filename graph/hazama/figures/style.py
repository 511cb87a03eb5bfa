"""Colours, shapes and type of every figure, on screen and on a black-and-white photocopy.

Kinds differ in shape as well as in colour; the states of a cell carry a sign. ``looks.csv`` has a row for every kind.
A test holds every pair of text and ground at 7:1 or more.
"""

import csv
from dataclasses import dataclass
from importlib.resources import files

from hazama.figures.geometry import Rect

FONTS = ("BIZ UDPGothic", "Yu Gothic UI", "Meiryo", "Noto Sans CJK JP", "sans-serif")
TEXT = "#1B2430"
QUIET = "#46525F"
PAPER = "#FFFFFF"
BADGES = ("#0072B2", "#E69F00", "#009E73", "#56B4E9", "#D55E00", "#CC79A7")
"""The rings of the numbers 1 to 6."""


@dataclass(frozen=True, slots=True)
class Look:
    """How one kind of box is drawn: ``corner`` in points, -1 for a pill; ``hatched`` for a gap."""

    fill: str
    stroke: str
    stroke_width: float
    corner: int
    hatched: bool
    bold: bool

    def radius(self, rect: Rect) -> float:
        """Return how round the corners of a rectangle are drawn."""
        return min(rect.h / 2 if self.corner < 0 else min(self.corner, rect.h / 4), rect.w / 2)


@dataclass(frozen=True, slots=True)
class Palette:
    """One way of colouring: screen and colour print, or photocopy."""

    name: str
    looks: dict[str, Look]
    badges: tuple[str, ...]

    def look(self, kind: str) -> Look:
        """Return how a kind is drawn; a kind nobody named looks like a body."""
        return self.looks.get(kind) or self.looks["body"]

    @property
    def zone(self) -> Look:
        """How the grounds are drawn that boxes stand on."""
        return self.looks["zone"]

    @property
    def line(self) -> str:
        """The colour of lines."""
        return self.looks["line"].stroke

    def sample(self, kind: str) -> Look:
        """Return how the legend shows a kind; any box is shown blank."""
        return self.look("blank" if kind == "box" else kind)

    def ring(self, badge: str) -> str:
        """Return the colour around a badge's number."""
        number = int(badge) if badge.isdigit() else 0
        return self.badges[(number - 1) % len(self.badges)]


def _palette(name: str, badges: tuple[str, ...], columns: str = "") -> Palette:
    """Return the palette that ``looks.csv`` gives in the columns that begin so."""
    table = (files("hazama.figures") / "looks.csv").read_text(encoding="utf-8").splitlines()
    looks = {}
    for row in csv.DictReader(table):
        colours = row[f"{columns}fill"], row[f"{columns}stroke"], float(row[f"{columns}width"])
        looks[row["kind"]] = Look(*colours, int(row["corner"]), bool(row["hatched"]), bool(row["bold"]))
    return Palette(name, looks, badges)


COLOUR = _palette("colour", BADGES)
MONO = _palette("mono", (TEXT,), "mono_")
