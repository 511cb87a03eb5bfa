"""The page of one figure: the drawing, and a table that says the same."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from re import findall, search, sub

from hazama.figures import Scene, linked, rendered
from hazama.figures.scene import Statement
from hazama.site.desk import Desk, figure_templates
from hazama.site.markup import SIGN
from hazama.site.values import NOTHING, Lang, Link, Page, Text

_NAMELESS = r'<g class="box"[^>]* aria-label="">\s*<title></title>\s*(<rect[^>]*/>)\s*<text[^>]*></text>\s*</g>'
"""A box that says nothing and leads nowhere: a dot of an upset figure."""
_DOT = (
    r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="\3" rx="[\d.]+" fill="(\S+)" stroke="\4"'
    r' stroke-width="([\d.]+)"/>\s*'
)
_NAMED_TWICE = r' aria-label="([^"]*)"(>\s*(?:<a [^>]*>\s*)?<title>\1</title>)'
_JAPANESE = rf"<(?:text|tspan|title)[^>]*(?=>[^<]*{SIGN})"
_LABEL = ' text-anchor="middle" fill="#1B2430"'


@dataclass(frozen=True, slots=True, kw_only=True)
class FigurePage(Page):
    """A figure fit for a council paper."""

    template: str = "figure.html"
    svg: str
    """The drawing as an SVG element: hazama's own bytes, every text in it escaped by the figures floor."""
    rows: tuple[tuple[Statement, Text], ...]
    """What the figure says, with the title of the source that it begins with, or nothing."""
    sources: dict[Text, Link]
    """The number of every such source."""
    files: tuple[str, ...]
    """All figures for other programs, within ``downloads/``."""


def figure_pages(desk: Desk, files: Iterable[str]) -> Iterator[FigurePage]:
    """A page for every figure of :func:`figure_links`, with the written *files* that hold all figures."""
    for name, drawn in desk.scenes.items():
        yield figure_page(desk, name, drawn, tuple(files))


def figure_links(desk: Desk) -> Iterator[Link]:
    """The figures by title."""
    for name, template in figure_templates(desk.ground.own).items():
        title = desk.names.text(template.title)
        yield Link(Text(" ".join(title.text.split()), title.lang), figure_address(name))


def figure_page(desk: Desk, name: str, drawn: Scene, files: tuple[str, ...]) -> FigurePage:
    """The page of a scene; every box leads to its row's page."""
    titles = {desk.names.of(("sources", each.id)): desk.reference(each.id) for each in desk.ground.whole.sources}
    rows = tuple((each, _title(each.source, titles)) for each in drawn.statements)
    return FigurePage(
        address=figure_address(name),
        title=Text(" ".join("".join(drawn.title.lines).split()), desk.lang),
        lead=drawn.description,
        svg=inline(rendered(linked(drawn, desk.ground.pages), ".svg").decode(), desk.lang),
        rows=rows,
        sources={title: number for title, number in titles.items() if title in {cited for _, cited in rows}},
        files=files,
    )


def _title(source: str, titles: Iterable[Text]) -> Text:
    return next((title for title in titles if source.startswith(f"{title.text}・")), NOTHING)


def inline(svg: str, lang: Lang) -> str:
    """The drawing for a page: what nearly every label says is said once; hooks for other programs are left out.

    The Japanese words of an English drawing are marked.
    """
    lean = sub(' data-(?:id|kind|status)="[^"]*"| stroke="[^"]*" stroke-width="0"', "", svg)
    lean = (
        sub(_NAMED_TWICE, r"\2", _dotted(sub(_NAMELESS, r"\1", lean)))
        .replace(' tabindex="-1"', "")
        .replace(_LABEL, "")
        .replace("<svg ", f"<svg{_LABEL} ", 1)
    )
    return lean if lang == "ja" else sub(_JAPANESE, r'\g<0> lang="ja"', lean)


def _dotted(svg: str) -> str:
    """The drawing with all dots of one colour and size as one stroke with round ends."""
    strokes: dict[tuple[str, float], list[str]] = {}
    for x, y, wide, colour, line in findall(_DOT, svg):
        half = float(wide) / 2
        strokes.setdefault((colour, float(wide) + float(line)), []).append(
            f"M{float(x) + half:g} {float(y) + half:g}h0"
        )
    drawn = "".join(
        f'<path d="{"".join(dots)}" stroke="{colour}" stroke-width="{wide:g}" stroke-linecap="round"/>\n'
        for (colour, wide), dots in strokes.items()
    )
    place = search(_DOT, svg)
    return svg if place is None else svg[: place.start()] + drawn + sub(_DOT, "", svg[place.start() :])


def figure_address(name: str) -> str:
    """Where a figure stands."""
    return f"figure-{name}.html"
