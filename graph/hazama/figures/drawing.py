"""Figures of a town by name: which there are, their scenes, and files of them in any format."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

from hazama.figures.asked import Asked, Wishes
from hazama.figures.compose import compose
from hazama.figures.questions import QUESTIONS, question
from hazama.figures.scene import Scene
from hazama.figures.style import COLOUR, Palette
from hazama.figures.templates import Template, template, templates
from hazama.knowledge.labels import Key
from hazama.model.errors import UsageError
from hazama.model.town import Municipality
from hazama.model.view import Scope, view
from hazama.resources import phrase


def figure_names(folder: Path | None = None) -> tuple[str, ...]:
    """Return the names of the figures of a whole town in the order they are shown; ``folder`` holds its own templates.

    Figures about one thing (``around``) are left out: they need to be told what.
    """
    return tuple(name for name, figure in templates(folder).items() if not figure.options.get("about"))


def scene(figure: str, town: Municipality, wishes: Wishes | None = None, folder: Path | None = None) -> Scene:
    """Return a figure of a town with everything in place.

    Rows that are only inferred are left out unless the wishes' scope includes them. UsageError for an unknown figure.
    """
    return composed(template(figure, folder), town, wishes or Wishes())


def composed(chosen: Template, town: Municipality, wishes: Wishes) -> Scene:
    """Return the scene of a template."""
    if chosen.question not in QUESTIONS:
        known = {"figure": chosen.figure, "question": chosen.question, "known": "、".join(QUESTIONS)}
        raise UsageError(*phrase("figures", "unknown_question", **known))
    scope = wishes.scope or Scope(as_of=town.layer.as_of)
    return compose(question(chosen.question)(Asked(view(town, scope), town, chosen, wishes, scope)))


def linked(drawn: Scene, addresses: Mapping[Key, str]) -> Scene:
    """Return a scene whose boxes lead to pages; ``addresses`` are by table and id, boxes without one lead nowhere."""
    ends = ((box, box.id.partition("@")[0].partition("/")) for box in drawn.boxes)
    return replace(drawn, boxes=tuple(replace(box, href=addresses.get((end[0], end[2]), "")) for box, end in ends))


def draw(drawn: Scene, path: Path, palette: Palette = COLOUR) -> None:
    """Write a scene to a file; its ending says the format. UsageError for an unknown one."""
    path.write_bytes(rendered(drawn, path.suffix, palette))


def rendered(drawn: Scene, suffix: str, palette: Palette = COLOUR) -> bytes:
    """Return a scene as the bytes of a file with this ending."""
    if suffix.lower() not in _FORMATS:
        raise UsageError(*phrase("figures", "unknown_format", suffix=suffix, known="、".join(_FORMATS)))
    made: bytes | str = _maker(suffix)(drawn, palette)
    return made if isinstance(made, bytes) else made.encode()


def bound(scenes: Sequence[Scene], suffix: str) -> bytes:
    """Return some scenes as the sheets of one file: ``.pdf``, ``.pptx`` or ``.xlsx``."""
    made: bytes = _maker(suffix)(scenes[0], COLOUR, *scenes[1:])
    return made


def _maker(suffix: str) -> Callable[..., Any]:
    module, _, name = _FORMATS[suffix.lower()].rpartition(".")
    make: Callable[..., Any] = getattr(import_module(f"hazama.figures.{module}"), name)
    return make


_FORMATS = {
    **{".svg": "formats.svg", ".png": "formats.printed.png", ".pdf": "formats.printed.pdf"},
    **{".pptx": "formats.slides.pptx", ".drawio": "formats.drawio", ".mmd": "formats.mermaid", ".dot": "formats.dot"},
    **{".html": "interactive.html", ".xlsx": "formats.workbook.xlsx"},
}
"""The function that makes each format; its module is loaded when it is asked for."""
