"""Answers that are ready before anybody asks: the bytes of every page and file, by address."""

import re
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from importlib.resources import files
from mimetypes import guess_type
from pathlib import Path

from hazama.site.markup import link
from hazama.site.menu import MenuGroup, frame_script
from hazama.site.publish import pages
from hazama.site.serve import desks
from hazama.site.serve.edition import Edition
from hazama.site.serve.guard import Ready, completed
from hazama.site.values import LANGUAGES, Lang

HTML = "text/html; charset=utf-8"
_MAIN = re.compile(rb"<main[^>]*>")


Shelf = Mapping[str, Ready]


def bare(edition: Edition) -> Shelf:
    """What is answered at once: what every page is drawn with."""
    return _shelf(dict(_assets(edition)))


def opening(edition: Edition) -> Shelf:
    """What is answered before the site is published: 概要 and what it is drawn with."""
    files = dict(_assets(edition))
    for lang, desk in edition.desks.items():
        files[f"{_home(lang)}index.html"] = desks.html(desk, next(pages(desk, edition.lacks))).encode()
    return _shelf(files)


def published(edition: Edition, folder: Path) -> Shelf:
    """The site in a published folder, with the desks in its menu and as pages."""
    found = dict[str, bytes]()
    for file in sorted(folder.rglob("*")):
        address = file.relative_to(folder).as_posix()
        if file.is_file() and not address.startswith("."):
            lang, inner = _placed(address)
            content = file.read_bytes()
            is_page = address.endswith(".html")
            found[address] = _with_desks(content, inner, desks.desk_links(edition.desks[lang])) if is_page else content
    return _shelf(found | dict(_assets(edition)) | dict(_blank_desks(edition)))


def troubled(shelf: Shelf, trouble: Mapping[Lang, Sequence[str]]) -> Shelf:
    """The same answers, with what is wrong with the tables on every page."""
    if not any(trouble.values()):
        return shelf
    told = {}
    for address, ready in shelf.items():
        is_page = ready.headers[0][1] == HTML.encode()
        body = with_trouble(ready.body, trouble[_placed(address[1:])[0]]) if is_page else ready.body
        told[address] = _ready(HTML, body) if is_page else ready
    return told


def with_trouble(content: bytes, trouble: Sequence[str]) -> bytes:
    """A page with what is wrong with the tables above everything."""
    if not trouble:
        return content
    cells = "".join(f"<li>{escape(one)}</li>" for one in trouble[1:])
    told = f'<div class="trouble" role="alert">{escape(trouble[0])}<ul>{cells}</ul></div>'.encode()
    styled = content.replace(
        b"<link rel=stylesheet", b"<link rel=stylesheet href=/assets/serve.css><link rel=stylesheet", 1
    )
    return _MAIN.sub(lambda found: found[0] + told, styled, count=1)


def _shelf(files: Mapping[str, bytes]) -> Shelf:
    """A folder is asked for by its first page, too; an address without an ending is a page."""
    shelf = {f"/{address}": _ready(_kind(address), content) for address, content in files.items()}
    homes = {f"/{_home(lang)}": f"/{_home(lang)}index.html" for lang in LANGUAGES}
    return shelf | {folder: shelf[page] for folder, page in homes.items() if page in shelf}


def _ready(kind: str, body: bytes) -> Ready:
    return Ready(completed([(b"content-type", kind.encode()), (b"content-length", b"%d" % len(body))]), body)


def _kind(address: str) -> str:
    name = address.rpartition("/")[2]
    kind = (guess_type(name)[0] or "application/octet-stream") if "." in name else HTML
    return f"{kind}; charset=utf-8" if kind.startswith("text/") and ";" not in kind else kind


def _assets(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """Scripts and style sheets of the package; those that a publication makes are in its folder."""
    for home in ("hazama.site", "hazama.site.serve"):
        yield from ((f"assets/{one.name}", one.read_bytes()) for one in (files(home) / "assets").iterdir())
    for lang, desk in edition.desks.items():
        yield f"assets/frame.{lang}.js", frame_script(desk, desks.served_menu(desk)).encode()


def _blank_desks(edition: Edition) -> Iterator[tuple[str, bytes]]:
    """The pages of desks before anything is entered."""
    for lang, desk in edition.desks.items():
        for page in (desks.case_page(edition, lang, {}), desks.ask_page(edition, lang)):
            yield _home(lang) + page.address, desks.html(desk, page).encode()


def _home(lang: Lang) -> str:
    return "en/" if lang == "en" else ""


def _placed(address: str) -> tuple[Lang, str]:
    """The language of an address, and what it is within that language."""
    return ("en", address[3:]) if address.startswith("en/") else ("ja", address)


def _with_desks(content: bytes, inner: str, group: MenuGroup) -> bytes:
    """The page with the desks at the end of its menu; all but the first get theirs from the frame's script."""
    if inner != "index.html":
        return content
    entries = "".join(f"<li>{link(one, one.text.lang, '')}" for one in group.links)
    return content.replace(b"</nav>", f"<p>{escape(group.heading)}</p><ul>{entries}</ul></nav>".encode(), 1)
