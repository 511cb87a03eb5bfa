"""A town as one file for mail: every page of one language, no script, no request."""

import re
from base64 import b64encode
from collections.abc import Container
from functools import partial
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from posixpath import join, normpath

from hazama.model.errors import UsageError
from hazama.model.town import Municipality
from hazama.model.view import Scope
from hazama.resources import phrase
from hazama.site.desk import Desk
from hazama.site.edition import WHOLE, Edition
from hazama.site.folder import written_whole
from hazama.site.ground import ground
from hazama.site.lacks import lacks
from hazama.site.menu import menu
from hazama.site.pages.figure import figure_pages
from hazama.site.publish import Published, pages
from hazama.site.render import Renderer, filled, lean
from hazama.site.values import Lang

_SCRIPTED = ("search.html", "check.html", "downloads.html")
"""Pages that are nothing without scripts or other files."""
_STYLE = """
body{display:block}main>article,form,button{display:none}.contents{padding:.5rem 1.75rem;background:var(--ground)}
main>article:target,main>article:has(:target),:root:not(:has(main :target))>body>main>article:first-child{display:block}
@media print{.contents{display:none}}
"""
"""One page at a time, the first one before any link is followed."""
_MAIN = re.compile(r"<main[^>]*>(.*)</main>", re.DOTALL)
_TAG = re.compile(r"<[a-zA-Z][^>]*>")
_NAME = re.compile(r"""\s(id|for|headers|aria-labelledby|aria-describedby|aria-controls)=(?:"([^"]*)"|([^\s">]+))""")
_LINK = re.compile(r"""\shref=(?:"([^"]*)"|([^\s">]+))""")
_PAINT = re.compile(r"url\(#([^)]+)\)")


def single(
    town: Municipality,
    file: Path,
    lang: Lang = "ja",
    scope: Scope | None = None,
    own: Path | None = None,
    edition: Edition = WHOLE,
) -> Published:
    """Write the pages of *town* in one language into one HTML file, all links within it.

    Pages that need scripts are left out. Raises :class:`~hazama.model.errors.UsageError` for a name that does
    not end in ``.html`` and a place that cannot be written.
    """
    if file.suffix.lower() != ".html":
        raise UsageError(*phrase("site", "single_name", file=file))
    base = ground(town, scope or Scope(town.layer.as_of), own, edition.few)
    edition.check(base)
    desk = Desk(base, lang)
    renderer = Renderer(desk, menu(desk, partial(_takes, edition)))
    every = [*pages(desk, lacks(base)), *(figure_pages(desk, ()) if edition.takes_figures() else ())]
    mains = {page.address: _MAIN.findall(renderer.html(page))[0] for page in every if _takes(edition, page.address)}
    style = lean((files("hazama.site") / "assets" / "site.css").read_text(encoding="utf-8") + _STYLE)
    text = filled(
        "single.html",
        lang=lang,
        title=renderer.frame.town.text,
        style=style,
        hash=b64encode(sha256(style.encode()).digest()).decode(),
        menu=renderer.frame.menu,
        scope=renderer.frame.scope,
        w=desk.words,
        pages={address: _within(main, address, mains.keys()) for address, main in mains.items()},
    )
    written_whole(file, text)
    return Published(file, len(mains), 1, len(text.encode()))


def _takes(edition: Edition, address: str) -> bool:
    return address not in (*_SCRIPTED, "explore.html") and edition.takes(address)


def _within(main: str, page: str, known: Container[str]) -> str:
    """The content of a page with its names made unique and its links led within the file."""
    return _TAG.sub(lambda tag: _tag(tag[0], page, known), main)


def _tag(tag: str, page: str, known: Container[str]) -> str:
    tag = _NAME.sub(lambda found: _named(found, page), tag)
    tag = _PAINT.sub(rf"url(#{page}--\1)", tag)
    return _LINK.sub(lambda found: _led(found, page, known), tag)


def _named(found: re.Match[str], page: str) -> str:
    names = " ".join(f"{page}--{name}" for name in (found[2] or found[3]).split())
    return f' {found[1]}="{names}"'


def _led(found: re.Match[str], page: str, known: Container[str]) -> str:
    """A link within the file, to the web, or none where its page is not in the file."""
    address, _, anchor = (found[1] or found[2]).partition("#")
    if address.startswith(("http:", "https:")):
        return found[0]
    target = normpath(join(page, "..", address.partition("?")[0])) if address else page
    return f' href="#{target}{anchor and "--" + anchor}"' if target in known else ""
