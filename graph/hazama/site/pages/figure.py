"""The page of one figure: the drawing, and a table that says the same."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from re import sub

from hazama.figures import Scene, rendered
from hazama.site.desk import Desk, figure_templates
from hazama.site.downloads import Files
from hazama.site.markup import SIGN
from hazama.site.values import Badge, Lang, Link, Page, Text

_NAMELESS = r'<g class="box"[^>]* aria-label="">\s*<title></title>\s*(<rect[^>]*/>)\s*<text[^>]*></text>\s*</g>'
"""A box that says nothing and leads nowhere: a dot of an upset figure."""
_JAPANESE = rf"<(?:text|tspan|title)[^>]*(?=>[^<]*{SIGN})"
_LABEL = ' text-anchor="middle" fill="#1B2430"'


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One relation that the figure shows, or that stands only in its table."""

    subject: str
    predicate: str
    object: str
    badges: tuple[Badge, ...]
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigurePage(Page):
    """A figure fit for a council paper."""

    svg: str
    """The drawing as an SVG element: hazama's own bytes, every text in it escaped by the figures floor."""
    rows: tuple[FigureRow, ...]
    files: tuple[str, ...]
    """All figures for other programs, within ``downloads/``."""


def figure_pages(desk: Desk, files: Files) -> Iterator[FigurePage]:
    """A page for every figure of :func:`figure_links`, with those of the written *files* that hold figures."""
    for name, drawn in desk.scenes.items():
        yield figure_page(desk, name, drawn, tuple(file for file, _ in files if file.startswith("figures.")))


def figure_links(desk: Desk) -> Iterator[Link]:
    """The figures by title."""
    for name, template in figure_templates(desk.ground.own).items():
        title = desk.names.text(template.title)
        yield Link(Text(" ".join(title.text.split()), title.lang), figure_address(name))


def figure_page(desk: Desk, name: str, drawn: Scene, files: tuple[str, ...]) -> FigurePage:
    """The page of a scene; every box leads to its row's page."""
    return FigurePage(
        address=figure_address(name),
        title=Text(" ".join("".join(drawn.title.lines).split()), desk.lang),
        section=figure_address(name),
        lead=drawn.description,
        svg=inline(rendered(linked(desk, drawn), ".svg").decode(), desk.lang),
        rows=tuple(
            FigureRow(
                each.subject,
                each.predicate,
                each.object,
                desk.cells.status_badges(each.status),
                each.source,
            )
            for each in drawn.statements
        ),
        files=files,
    )


def inline(svg: str, lang: Lang) -> str:
    """The drawing for a page: what nearly every label says is said once; hooks for other programs are left out.

    The Japanese words of an English drawing are marked.
    """
    lean = sub(' data-(?:id|kind|status)="[^"]*"| stroke="[^"]*" stroke-width="0"', "", svg)
    lean = sub(_NAMELESS, r"\1", lean).replace(_LABEL, "").replace("<svg ", f"<svg{_LABEL} ", 1)
    return lean if lang == "ja" else sub(_JAPANESE, r'\g<0> lang="ja"', lean)


def figure_address(name: str) -> str:
    """Where a figure stands."""
    return f"figure-{name}.html"


def linked(desk: Desk, drawn: Scene) -> Scene:
    """The scene with an address on every box that has a page."""
    return replace(drawn, boxes=tuple(replace(box, href=_page(desk, box.id)) for box in drawn.boxes))


def _page(desk: Desk, box: str) -> str:
    table, _, id = box.partition("@")[0].partition("/")
    return desk.ground.pages.get((table, id), "")
