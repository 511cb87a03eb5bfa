"""The master SVG as a sheet of PDF, A4 or A3 in landscape, with its fonts embedded and its text still text.

Typst places the drawing on the sheet; it reads no file and no address. The same scene gives the same bytes.
"""

from hazama.figures.fonts import require_japanese
from hazama.figures.scene import Scene
from hazama.figures.style import COLOUR, FONTS, Palette
from hazama.figures.svg import svg

EPOCH = 0

_SHEET = b"""#set document(title: sys.inputs.title, date: none)
#set page(width: 1mm * int(sys.inputs.wide), height: 1mm * int(sys.inputs.high), margin: 0pt)
#set text(lang: sys.inputs.lang, font: sys.inputs.font)
#image(bytes(sys.inputs.drawing), format: "svg", width: 100%, alt: sys.inputs.alt)
"""


def pdf(scene: Scene, palette: Palette = COLOUR) -> bytes:
    """Return the scene as one PDF page; UsageError where no Japanese font is installed."""
    from typst import compile

    family = require_japanese()
    wide, high = scene.paper.millimetres
    drawing = svg(scene, palette)
    if family not in FONTS:
        drawing = drawing.replace('font-family="', f'font-family="{family}, ', 1)
    inputs = {
        "drawing": drawing,
        "wide": str(wide),
        "high": str(high),
        "lang": scene.lang,
        "font": family,
        "title": scene.title.text,
        "alt": scene.description or scene.title.text,
    }
    made = compile(_SHEET, format="pdf", sys_inputs=inputs, timestamp=EPOCH)
    assert isinstance(made, bytes)
    return made
