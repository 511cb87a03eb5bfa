"""The master SVG as sheets of PDF, A4 or A3 in landscape, with its fonts embedded and its text still text.

Typst places the drawings on the sheets; it reads no file and no address. The same scenes give the same bytes.
"""

import json

from hazama.figures.fonts import require_japanese
from hazama.figures.scene import Scene
from hazama.figures.style import COLOUR, FONTS, Palette
from hazama.figures.svg import svg

EPOCH = 0

_SHEETS = b"""#set document(title: sys.inputs.title, date: none)
#set text(lang: sys.inputs.lang, font: sys.inputs.font)
#for sheet in json(bytes(sys.inputs.sheets)) {
  let drawing = image(bytes(sheet.drawing), format: "svg", width: 100%, alt: sheet.alt)
  page(width: 1mm * sheet.wide, height: 1mm * sheet.high, margin: 0pt, drawing)
}
"""


def pdf(scene: Scene, palette: Palette = COLOUR, *others: Scene) -> bytes:
    """Return a PDF page for each scene; UsageError where no Japanese font is installed."""
    from typst import compile

    family = require_japanese()
    inputs = {
        "sheets": json.dumps([_sheet(each, palette, family) for each in (scene, *others)]),
        "lang": scene.lang,
        "font": family,
        "title": scene.title.text,
    }
    made = compile(_SHEETS, format="pdf", sys_inputs=inputs, timestamp=EPOCH)
    assert isinstance(made, bytes)
    return made


def _sheet(scene: Scene, palette: Palette, family: str) -> dict[str, str | int]:
    wide, high = scene.paper.millimetres
    drawing, title = svg(scene, palette), scene.title.text
    if family not in FONTS:
        drawing = drawing.replace('font-family="', f'font-family="{family}, ', 1)
    return {"drawing": drawing, "wide": wide, "high": high, "alt": scene.description or title}
