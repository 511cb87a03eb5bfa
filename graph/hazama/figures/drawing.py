"""Figures of a town by name: which there are, their scenes, and files of them in any format."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from hazama.figures.asked import Asked, Wishes
from hazama.figures.compose import compose
from hazama.figures.questions import QUESTIONS
from hazama.figures.scene import Scene
from hazama.figures.style import COLOUR, Palette
from hazama.figures.templates import Template, template, templates
from hazama.model.errors import UsageError
from hazama.model.town import Municipality
from hazama.model.view import Scope, view
from hazama.resources import phrase


def figures(folder: Path | None = None) -> dict[str, Template]:
    """Return all figures' templates by name, in the order they are shown."""
    return templates(folder)


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
    scope = wishes.scope or Scope(as_of=town.layer.as_of)
    question = QUESTIONS.get(chosen.question)
    if question is None:
        known = "、".join(QUESTIONS)
        raise UsageError(
            *phrase("figures", "unknown_question", figure=chosen.figure, question=chosen.question, known=known)
        )
    return compose(question(Asked(view(town, scope), town, chosen, wishes, scope)))


def linked(drawn: Scene, addresses: Mapping[str, str]) -> Scene:
    """Return a scene whose boxes lead to pages; ``addresses`` are by ``table/id``, boxes without one lead nowhere."""
    boxes = (replace(box, href=addresses.get(box.id.partition("@")[0], "")) for box in drawn.boxes)
    return replace(drawn, boxes=tuple(boxes))


def draw(drawn: Scene, path: Path, palette: Palette = COLOUR) -> None:
    """Write a scene to a file; its ending says the format. UsageError for an unknown one."""
    path.write_bytes(rendered(drawn, path.suffix, palette))


def rendered(drawn: Scene, suffix: str, palette: Palette = COLOUR) -> bytes:
    """Return a scene as the bytes of a file with this ending."""
    make = _FORMATS.get(suffix.lower())
    if make is None:
        raise UsageError(*phrase("figures", "unknown_format", suffix=suffix, known="、".join(_FORMATS)))
    made = make(drawn, palette)
    return made if isinstance(made, bytes) else made.encode()


def explore(town: Municipality, lang: str = "ja") -> str:
    """Return the page of a town's whole graph; take a view of the town first to choose what counts."""
    from hazama.figures.interactive import explore as page

    return page(town, lang)


def _svg(drawn: Scene, palette: Palette) -> str:
    from hazama.figures.svg import svg

    return svg(drawn, palette)


def _png(drawn: Scene, palette: Palette) -> bytes:
    from hazama.figures.png import png

    return png(drawn, palette)


def _pdf(drawn: Scene, palette: Palette) -> bytes:
    from hazama.figures.pdf import pdf

    return pdf(drawn, palette)


def _pptx(drawn: Scene, palette: Palette) -> bytes:
    from hazama.figures.slides import pptx

    return pptx(drawn, palette)


def _drawio(drawn: Scene, palette: Palette) -> str:
    from hazama.figures.drawio import drawio

    return drawio(drawn, palette)


def _mermaid(drawn: Scene, palette: Palette) -> str:
    from hazama.figures.mermaid import mermaid

    return mermaid(drawn)


def _html(drawn: Scene, palette: Palette) -> str:
    from hazama.figures.interactive import html

    return html(drawn, palette)


def _dot(drawn: Scene, palette: Palette) -> str:
    from hazama.figures.dot import dot

    return dot(drawn)


def _xlsx(drawn: Scene, palette: Palette) -> bytes:
    from hazama.figures.workbook import xlsx

    return xlsx(drawn, palette)


_FORMATS: dict[str, Callable[[Scene, Palette], bytes | str]] = {
    ".svg": _svg,
    ".png": _png,
    ".pdf": _pdf,
    ".pptx": _pptx,
    ".drawio": _drawio,
    ".mmd": _mermaid,
    ".dot": _dot,
    ".html": _html,
    ".xlsx": _xlsx,
}
