"""No dead link and no request outside the folder: looked up in the files as they were written."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import unquote

_REFERENCE = re.compile(r"<(\w+)[^<>]*?\s(?:href|src|action|data)=\"([^\"]*)\"")
_ANCHOR = re.compile(r"\sid=\"([^\"]*)\"")
_LEADS = frozenset({"a"})
"""Elements that lead somewhere when clicked; every other reference is loaded with the page."""


@dataclass(frozen=True, slots=True, order=True)
class DeadLink:
    """A reference that leads nowhere, or a file that would be loaded from outside the folder."""

    page: str
    address: str


def dead_links(folder: Path) -> list[DeadLink]:
    """Every dead link of the HTML files in *folder*; linear in their bytes.

    The templates quote every attribute and escape every text, so a pattern reads them exactly.
    """
    pages = {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.html")}
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    anchors = {page: frozenset(_ANCHOR.findall(text)) for page, text in pages.items()}
    return sorted(
        DeadLink(page, address)
        for page, text in pages.items()
        for element, address in _references(text)
        if not _leads(page, element, address, files, anchors)
    )


def _references(text: str) -> Iterator[tuple[str, str]]:
    return ((element, unescape(address)) for element, address in set(_REFERENCE.findall(text)))


def _leads(page: str, element: str, address: str, files: set[str], anchors: dict[str, frozenset[str]]) -> bool:
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", address):
        return element in _LEADS and address.startswith(("http://", "https://"))
    path, _, anchor = unquote(address).partition("#")
    found = normpath(join(page, "..", path.partition("?")[0])) if path else page
    if found not in files:
        return False
    return not anchor or found not in anchors or anchor in anchors[found]
