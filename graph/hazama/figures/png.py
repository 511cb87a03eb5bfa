"""A picture of the master SVG for documents that take no SVG: PNG on white, drawn by resvg."""

from hazama.figures.fonts import require_japanese
from hazama.figures.scene import Scene
from hazama.figures.style import COLOUR, Palette
from hazama.figures.svg import svg

DOTS_PER_INCH = 200


def png(scene: Scene, palette: Palette = COLOUR) -> bytes:
    """Return the scene as PNG at 200 dots per inch of its sheet, opaque; UsageError where no Japanese font is."""
    from resvg_py import svg_to_bytes

    family = require_japanese()
    millimetres = scene.paper.millimetres[0]
    return bytes(
        svg_to_bytes(
            svg_string=svg(scene, palette),
            background="#FFFFFF",
            dpi=96.0,
            width=round(millimetres / 25.4 * DOTS_PER_INCH),
            font_family=family,
            sans_serif_family=family,
        )
    )
