"""The Japanese fonts of this machine, found by name. hazama ships none."""

from functools import cache

from hazama.figures.style import FONTS
from hazama.model.errors import UsageError
from hazama.resources import phrase

OTHERS = (
    "BIZ UDGothic",
    "Yu Gothic",
    "Meiryo UI",
    "Hiragino Sans",
    "Hiragino Kaku Gothic ProN",
    "Noto Sans JP",
    "IPAexGothic",
    "IPAPGothic",
    "IPAGothic",
    "TakaoPGothic",
    "VL PGothic",
    "MS PGothic",
    "MS Gothic",
)


@cache
def installed() -> frozenset[str]:
    """Return the names of all font families of this machine."""
    from typst import Fonts

    return frozenset(Fonts(include_embedded_fonts=False).families())


@cache
def japanese() -> str:
    """Return the first font of the figures' list that is installed, or an empty string."""
    wanted = (*FONTS[:-1], *OTHERS)
    return next((family for family in wanted if family in installed()), "")


def require_japanese() -> str:
    """Return the Japanese font to draw with; UsageError that says what to install if there is none."""
    family = japanese()
    if not family:
        raise UsageError(*phrase("figures", "no_japanese_font", fonts="、".join(FONTS[:-1])))
    return family
