"""A page as HTML: one template a kind, the same frame around all."""

import re
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from hazama.site.addresses import way_up
from hazama.site.desk import Desk
from hazama.site.menu import MenuGroup, frame
from hazama.site.pages.cases import MOST_ENTRIES, silent_places
from hazama.site.values import Page

if TYPE_CHECKING:
    from jinja2 import Environment

_BLOCKS = (
    "p|ul|ol|li|dl|dt|dd|table|thead|tbody|tr|th|td|section|article|h[1-6]|div|details|form|fieldset|figure|nav|main|header"
    "|footer|head|meta|title|link|script|option|svg|desc|defs|marker|pattern|g|rect|path|text"
)
"""Elements before which white space says nothing."""
_SPACE = re.compile(rf"\s*\n\s*(?=</?(?:{_BLOCKS})\b)|(?<=\n)\s+")
_OPTIONAL = re.compile(
    "</?(?:head|body)>|</(?:html|li|dt|dd|td|th|tr|thead|tbody|option)>"
    "|</p>(?=\\s*</?(?:p|ul|ol|li|dl|table|tr|td|section|h[1-6]|div|details|form|figure|nav|main|header|footer)\\b)"
)
"""Tags that HTML lets a page leave out (https://html.spec.whatwg.org/#optional-tags)."""
_QUOTED = re.compile(r'(?<= )([\w-]+)="([\w./#:*-]+)"(?=[ >])')
"""Attributes that need no quotes (https://html.spec.whatwg.org/#unquoted)."""


class Renderer:
    """Turns pages of one language into HTML."""

    def __init__(self, desk: Desk, menu: tuple[MenuGroup, ...]) -> None:
        self._desk = desk
        self.frame = frame(desk, menu)

    def html(self, page: Page) -> str:
        """The page as a document; line ends are LF, indentation is dropped."""
        up = way_up(page.address)
        html = filled(
            page.template,
            page=page,
            frame=self.frame,
            desk=self._desk,
            w=self._desk.words,
            lang=self._desk.lang,
            up=up,
            top=up + ("" if self._desk.lang == "ja" else "../"),
            other=up + ("en/" if self._desk.lang == "ja" else "../") + page.address,
        )
        folder = page.address.rpartition("/")[0]
        return (
            html
            if not folder
            else html.replace(f" href={up}{page.address}#", " href=#").replace(f" href={up}{folder}/", " href=")
        )


def filled(template: str, **values: object) -> str:
    """A template with its places filled, without the bytes that say nothing."""
    return lean(_environment().get_template(template).render(values))


def lean(text: str) -> str:
    """The same document without the bytes that HTML lets a page leave out: a sixth of them.

    >>> lean('<ul class="a b"><li id="x"><a href="y.html#z">ok</a></li></ul>').strip()
    '<ul class="a b"><li id=x><a href=y.html#z>ok</a></ul>'
    """
    return _QUOTED.sub(r"\1=\2", _OPTIONAL.sub("", _SPACE.sub("", text))).strip() + "\n"


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
    for name in ("text", "worded", "link", "links", "said", "badges", "marks", "where", "locator"):
        environment.globals[name] = getattr(markup, name)
    environment.globals |= {"most_entries": MOST_ENTRIES, "silent_places": silent_places}
    return environment
