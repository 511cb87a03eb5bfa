"""The master SVG as PNG (drawn by resvg) and as sheets of PDF (by Typst), with the Japanese fonts of this machine.

hazama ships no font. PDF is A4 or A3 in landscape, its fonts embedded, its text still text; Typst places the drawings
on the sheets and reads no file and no address. The same scenes give the same bytes.
"""

import json
from functools import cache

from hazama.figures.formats import svg
from hazama.figures.scene import Scene
from hazama.figures.style import COLOUR, FONTS, Palette
from hazama.model.errors import UsageError
from hazama.resources import phrase

DOTS_PER_INCH = 200
OTHERS = (
    *("BIZ UDGothic", "Yu Gothic", "Meiryo UI", "Hiragino Sans", "Hiragino Kaku Gothic ProN", "Noto Sans JP"),
    *("IPAexGothic", "IPAPGothic", "IPAGothic", "TakaoPGothic", "VL PGothic", "MS PGothic", "MS Gothic"),
)

_SHEETS = b"""#set document(title: sys.inputs.title, date: none)
#set text(lang: sys.inputs.lang, font: sys.inputs.font)
#for sheet in json(bytes(sys.inputs.sheets)) {
  let drawing = image(bytes(sheet.drawing), format: "svg", width: 100%, alt: sheet.alt)
  page(width: 1mm * sheet.wide, height: 1mm * sheet.high, margin: 0pt, drawing)
}
"""


@cache
def japanese() -> str:
    """Return the first font of the figures' list that is installed, or an empty string."""
    from typst import Fonts

    installed = Fonts(include_embedded_fonts=False).families()
    return next((family for family in (*FONTS[:-1], *OTHERS) if family in installed), "")


def require_japanese() -> str:
    """Return the Japanese font to draw with; UsageError that says what to install if there is none."""
    family = japanese()
    if not family:
        raise UsageError(*phrase("figures", "no_japanese_font", fonts="、".join(FONTS[:-1])))
    return family


def png(scene: Scene, palette: Palette = COLOUR) -> bytes:
    """Return the scene as PNG at 200 dots per inch of its sheet, opaque; UsageError where no Japanese font is."""
    from resvg_py import svg_to_bytes

    family = require_japanese()
    return bytes(
        svg_to_bytes(
            svg_string=svg(scene, palette),
            background="#FFFFFF",
            dpi=96.0,
            width=round(scene.paper.millimetres[0] / 25.4 * DOTS_PER_INCH),
            font_family=family,
            sans_serif_family=family,
        )
    )


def pdf(scene: Scene, palette: Palette = COLOUR, *others: Scene) -> bytes:
    """Return a PDF page for each scene; UsageError where no Japanese font is installed."""
    from typst import compile

    family = require_japanese()
    sheets = json.dumps([_sheet(each, palette, family) for each in (scene, *others)])
    inputs = {"sheets": sheets, "lang": scene.lang, "font": family, "title": scene.title.text}
    made = compile(_SHEETS, format="pdf", sys_inputs=inputs, timestamp=0)
    assert isinstance(made, bytes)
    return made


def _sheet(scene: Scene, palette: Palette, family: str) -> dict[str, str | int]:
    wide, high = scene.paper.millimetres
    drawing = svg(scene, palette)
    if family not in FONTS:
        drawing = drawing.replace('font-family="', f'font-family="{family}, ', 1)
    return {"drawing": drawing, "wide": wide, "high": high, "alt": scene.description or scene.title.text}
