"""Colours, shapes and type of every figure, on screen and on a black-and-white photocopy.

Kinds differ in shape as well as in colour; the states of a cell carry a sign. ``contrast`` is WCAG 2.2's measure,
and a test holds every pair of text and ground at 7:1 or more.
"""

from dataclasses import dataclass

FONTS = ("BIZ UDPGothic", "Yu Gothic UI", "Meiryo", "Noto Sans CJK JP", "sans-serif")
TEXT = "#1B2430"
QUIET = "#46525F"
PAPER = "#FFFFFF"
FOCUS = "#D55E00"


@dataclass(frozen=True, slots=True)
class Look:
    """How one kind of box is drawn: ``corner`` in points, -1 for a pill; ``hatched`` for a gap."""

    fill: str
    stroke: str
    corner: float = 0.0
    stroke_width: float = 1.1
    hatched: bool = False
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Palette:
    """One way of colouring: screen and colour print, or photocopy."""

    name: str
    looks: dict[str, Look]
    zone_fill: str
    zone_stroke: str
    line: str
    badges: tuple[str, ...]

    def look(self, kind: str) -> Look:
        """Return how a kind is drawn; a kind nobody named looks like a body."""
        return self.looks.get(kind) or self.looks["body"]


_BADGES = ("#0072B2", "#E69F00", "#009E73", "#56B4E9", "#D55E00", "#CC79A7")

COLOUR = Palette(
    name="colour",
    looks={
        "body": Look("#DCE9F7", "#0B4F8A", 7),
        "group": Look("#EFF5FB", "#0B4F8A", 9, bold=True),
        "unit": Look("#FFF3D6", "#8A5A00"),
        "place": Look("#E7F3E4", "#2B6A2F", -1),
        "program": Look("#FFFFFF", "#46525F", 3),
        "provision": Look("#F1ECF8", "#5B3F8C"),
        "concept": Look("#EEF1F4", "#46525F", 7),
        "goal": Look("#DCE9F7", "#0B4F8A", 7, 1.6, bold=True),
        "theme": Look("#EFF5FB", "#0B4F8A", 7, 1.1, bold=True),
        "head": Look("#E9EEF3", "#8795A3", 0, 0.8, bold=True),
        "gap": Look("#FFFFFF", "#6B7580", 0, 1.1, hatched=True),
        "focus": Look("#FFE9DA", FOCUS, 7, 2.0, bold=True),
        "full": Look("#8FBCE6", "#8795A3", 0, 0.8),
        "part": Look("#D6E6F6", "#8795A3", 0, 0.8),
        "low": Look("#FFE2A8", "#8795A3", 0, 0.8),
        "blank": Look("#FFFFFF", "#8795A3", 0, 0.8),
        "plain": Look("#FFFFFF", "#FFFFFF", 0, 0.1),
        "bar": Look("#8FBCE6", "#0B4F8A", 0, 0.8),
        "dot": Look("#46525F", "#46525F", -1, 0.8),
        "hole": Look("#E3E7EB", "#E3E7EB", -1, 0.8),
    },
    zone_fill="#F7F9FB",
    zone_stroke="#C3CDD8",
    line="#34414F",
    badges=_BADGES,
)

MONO = Palette(
    name="mono",
    looks={
        "body": Look("#FFFFFF", "#000000", 7),
        "group": Look("#FFFFFF", "#000000", 9, 1.4, bold=True),
        "unit": Look("#EDEDED", "#000000"),
        "place": Look("#FFFFFF", "#000000", -1),
        "program": Look("#FFFFFF", "#000000", 3, 0.8),
        "provision": Look("#EDEDED", "#000000", 0, 0.8),
        "concept": Look("#F5F5F5", "#000000", 7, 0.8),
        "goal": Look("#FFFFFF", "#000000", 7, 1.8, bold=True),
        "theme": Look("#FFFFFF", "#000000", 7, 1.4, bold=True),
        "head": Look("#E4E4E4", "#000000", 0, 0.8, bold=True),
        "gap": Look("#FFFFFF", "#000000", 0, 1.1, hatched=True),
        "focus": Look("#FFFFFF", "#000000", 7, 2.4, bold=True),
        "full": Look("#C4C4C4", "#000000", 0, 0.8),
        "part": Look("#E4E4E4", "#000000", 0, 0.8),
        "low": Look("#F5F5F5", "#000000", 0, 0.8),
        "blank": Look("#FFFFFF", "#000000", 0, 0.8),
        "plain": Look("#FFFFFF", "#FFFFFF", 0, 0.1),
        "bar": Look("#C4C4C4", "#000000", 0, 0.8),
        "dot": Look("#000000", "#000000", -1, 0.8),
        "hole": Look("#E4E4E4", "#E4E4E4", -1, 0.8),
    },
    zone_fill="#FFFFFF",
    zone_stroke="#8A8A8A",
    line="#000000",
    badges=("#FFFFFF",) * 6,
)


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two ``#RRGGBB`` colours, 1.0 to 21.0 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def ink(ground: str) -> str:
    """Return the text colour, dark or white, that reads better on a ground."""
    return max((TEXT, PAPER), key=lambda colour: contrast(colour, ground))


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
