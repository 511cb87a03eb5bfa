"""A page as HTML: one template a kind, the same frame around all."""

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from hazama.site.addresses import way_up
from hazama.site.cells import web_address
from hazama.site.desk import Desk
from hazama.site.menu import MenuGroup
from hazama.site.pages.cells import CellsPage
from hazama.site.pages.entity import EntityPage
from hazama.site.pages.evidence import SourcesPage, UnrecordedPage
from hazama.site.pages.explore import ExplorePage
from hazama.site.pages.figure import FigurePage
from hazama.site.pages.findings import FindingsPage
from hazama.site.pages.gaps import GapsPage
from hazama.site.pages.listing import ListPage
from hazama.site.pages.matrix import MatrixPage
from hazama.site.pages.overview import OverviewPage, town_names
from hazama.site.pages.plain import DownloadsPage, ManualPage, SearchPage, SelfTestPage, WordsPage
from hazama.site.values import Link, Page, Text

if TYPE_CHECKING:
    from jinja2 import Environment

TEMPLATES: dict[type[Page], str] = {
    OverviewPage: "overview.html",
    MatrixPage: "matrix.html",
    CellsPage: "cells.html",
    ListPage: "list.html",
    EntityPage: "entity.html",
    GapsPage: "gaps.html",
    FindingsPage: "findings.html",
    ExplorePage: "explore.html",
    FigurePage: "figure.html",
    SourcesPage: "sources.html",
    UnrecordedPage: "unrecorded.html",
    WordsPage: "words.html",
    SearchPage: "search.html",
    DownloadsPage: "downloads.html",
    ManualPage: "manual.html",
    SelfTestPage: "selftest.html",
}

_INDENT = re.compile(r"\n\s+")
_OPTIONAL = re.compile("</?(?:head|body)>|</(?:html|li|dt|dd|td|th|tr|thead|tbody|option)>")
"""Tags that HTML lets a page leave out (https://html.spec.whatwg.org/#optional-tags)."""
_QUOTED = re.compile(r'(?<= )([\w-]+)="([\w./#:-]+)"(?=[ >])')
"""Attributes that need no quotes (https://html.spec.whatwg.org/#unquoted)."""


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page of one language."""

    lang: str
    town: Text
    menu: tuple[MenuGroup, ...]
    scope: str
    licence: Link


def frame(desk: Desk, menu: tuple[MenuGroup, ...]) -> Frame:
    """The frame of one language."""
    layer = desk.ground.whole.layer
    return Frame(desk.lang, desk.names.chosen(*town_names(desk)), menu, desk.scope_sentence(), _licence(layer.licence))


def _licence(address: str) -> Link:
    return Link(Text(address.removeprefix("https://")), web=web_address(address))


class Renderer:
    """Turns pages of one language into HTML."""

    def __init__(self, desk: Desk, menu: tuple[MenuGroup, ...]) -> None:
        self._desk = desk
        self.frame = frame(desk, menu)

    def html(self, page: Page) -> str:
        """The page as a document; line ends are LF, indentation is dropped."""
        up = way_up(page.address)
        return filled(
            TEMPLATES[type(page)],
            page=page,
            frame=self.frame,
            w=self._desk.words,
            lang=self._desk.lang,
            up=up,
            top=up + ("" if self._desk.lang == "ja" else "../"),
            other=up + ("en/" if self._desk.lang == "ja" else "../") + page.address,
        )


def filled(template: str, **values: object) -> str:
    """A template with its places filled, without the bytes that say nothing."""
    return lean(_environment().get_template(template).render(values))


def lean(text: str) -> str:
    """The same document without the bytes that HTML lets a page leave out: a sixth of them.

    >>> lean('<ul class="a b"><li id="x"><a href="y.html#z">ok</a></li></ul>').strip()
    '<ul class="a b"><li id=x><a href=y.html#z>ok</a></ul>'
    """
    return _INDENT.sub("\n", _QUOTED.sub(r"\1=\2", _OPTIONAL.sub("", text))).strip() + "\n"


@cache
def _environment() -> "Environment":
    from jinja2 import Environment, FunctionLoader, StrictUndefined

    from hazama.site import markup

    folder = files("hazama.site") / "templates"
    environment = Environment(
        loader=FunctionLoader(lambda name: (folder / name).read_text(encoding="utf-8")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    for part in (
        markup.text,
        markup.worded,
        markup.link,
        markup.links,
        markup.said,
        markup.badges,
        markup.marks,
        markup.where,
        markup.locator,
    ):
        environment.globals[part.__name__] = part
    return environment
