"""The page of one figure: the drawing, and a table that says the same."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from hazama.figures import Scene, Wishes, rendered, scene
from hazama.figures.templates import templates
from hazama.site.desk import Desk
from hazama.site.values import Badge, Link, Page, Text


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


def figure_pages(desk: Desk) -> Iterator[FigurePage]:
    """A page for every figure of :func:`figure_links`."""
    for name in figures():
        yield figure_page(desk, scene(name, desk.ground.whole, Wishes(lang=desk.lang, scope=desk.ground.scope)))


def figures() -> tuple[str, ...]:
    """The names of the figures that show the whole town and that no other page shows already.

    A figure about a single row has a place in its title; the matrices have pages of their own.
    """
    return tuple(name for name, each in templates().items() if "{" not in each.title.ja and each.question != "matrix")


def figure_links(desk: Desk) -> Iterator[Link]:
    """The figures by title."""
    for name in figures():
        title = desk.names.text(templates()[name].title)
        yield Link(Text(" ".join(title.text.split()), title.lang), figure_address(name))


def figure_page(desk: Desk, drawn: Scene) -> FigurePage:
    """The page of a scene; every box leads to its row's page."""
    return FigurePage(
        address=figure_address(drawn.figure),
        title=Text(" ".join("".join(drawn.title.lines).split()), desk.lang),
        section=figure_address(drawn.figure),
        lead=drawn.description,
        svg=rendered(linked(desk, drawn), ".svg").decode(),
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
    )


def figure_address(name: str) -> str:
    """Where a figure stands."""
    return f"figure-{name}.html"


def linked(desk: Desk, drawn: Scene) -> Scene:
    """The scene with an address on every box that has a page."""
    return replace(drawn, boxes=tuple(replace(box, href=_page(desk, box.id)) for box in drawn.boxes))


def _page(desk: Desk, box: str) -> str:
    table, _, id = box.partition("@")[0].partition("/")
    return desk.ground.pages.get((table, id), "")
