"""The outputs of a scene that are text: the template of its name in this folder draws each.

A template prints texts and numbers as they are; how its format quotes them is said here.
"""

import json
from functools import cache
from html import escape
from importlib.resources import files
from itertools import pairwise
from typing import TYPE_CHECKING

from hazama.figures.geometry import Point
from hazama.figures.scene import Scene
from hazama.figures.style import COLOUR, FONTS, PAPER, QUIET, TEXT, Palette

if TYPE_CHECKING:
    from jinja2 import Template

ROUND = 5.0
_ENTITIES = str.maketrans({character: f"#{ord(character)};" for character in '"#&<>[](){}|;`\\'})
_WIDE = str.maketrans("<>", "＜＞")


def svg(scene: Scene, palette: Palette = COLOUR) -> str:
    """Return the scene as one SVG element, 1 unit = 1 point of the scene's page."""
    return filled("svg", scene=scene, palette=palette, path=path)


def drawio(scene: Scene, palette: Palette = COLOUR) -> str:
    """Return the XML text of one page for draw.io."""
    return filled("drawio", scene=scene, palette=palette)


def mermaid(scene: Scene, _: Palette = COLOUR) -> str:
    """Return a Mermaid flowchart; every sign with a meaning in Mermaid becomes an entity."""
    ids = {box.id: place for place, box in enumerate(scene.boxes)}
    return filled("mermaid", scene=scene, palette=COLOUR, ids=ids)


def dot(scene: Scene, _: Palette = COLOUR) -> str:
    """Return a digraph for Graphviz."""
    return filled("dot", scene=scene, palette=COLOUR)


def filled(name: str, **values: object) -> str:
    """Return a template of this folder filled with values."""
    return _template(name).render(values)


@cache
def _template(name: str) -> "Template":
    from jinja2 import Environment, StrictUndefined, pass_context
    from markupsafe import Markup

    quoted = {"dot": _dot, "mermaid": _mermaid}.get(name, _xml)

    def written(value: object) -> object:
        return value if isinstance(value, (Markup, int)) else Markup(quoted(value))

    environment = Environment(autoescape=True, finalize=written, undefined=StrictUndefined, keep_trailing_newline=True)
    environment.trim_blocks = environment.lstrip_blocks = True
    environment.filters |= {
        "decimals": lambda value, places: Markup(f"{value:.{places}f}"),
        "emu": pass_context(lambda context, points: round(points * context["scale"])),
        "yaml": lambda text: Markup(json.dumps(text.translate(_WIDE), ensure_ascii=False)),
    }
    fonts = ", ".join(f"'{font}'" if " " in font else font for font in FONTS)
    environment.globals |= {"PAPER": PAPER, "QUIET": QUIET, "TEXT": TEXT, "font": FONTS[0], "fonts": fonts}
    return environment.from_string((files(__name__) / f"{name}.jinja").read_text(encoding="utf-8"))


def _xml(value: object) -> str:
    """Return a number with at most one decimal, without a trailing zero, or a text that is safe in an attribute."""
    if isinstance(value, float):
        return f"{value:.1f}".removesuffix(".0")
    return escape(str(value)).replace("\n", "&#10;")


def _dot(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


def _mermaid(value: object) -> str:
    return str(value).translate(_ENTITIES)


def path(points: tuple[Point, ...]) -> str:
    """Return SVG path data for a polyline with softly rounded corners."""
    parts = [f"M{_xml(points[0].x)} {_xml(points[0].y)}"]
    for (before, here), (_, after) in pairwise(pairwise(points)):
        soft = min(ROUND, before.distance(here) / 2, here.distance(after) / 2)
        entry, leave = here.toward(before, soft), here.toward(after, soft)
        parts.append(f"L{_xml(entry.x)} {_xml(entry.y)}Q{_xml(here.x)} {_xml(here.y)} {_xml(leave.x)} {_xml(leave.y)}")
    return "".join([*parts, f"L{_xml(points[-1].x)} {_xml(points[-1].y)}"])
