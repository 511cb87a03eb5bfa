"""No dead link and no request outside the folder: looked up in the files as they were written."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import unquote

_TAG = re.compile(r"""<(\w+)((?:\s[\w:-]+(?:="[^"]*"|=[^\s">]+)?)+)""")
_ATTRIBUTE = re.compile(r"""\s([\w:-]+)=(?:"([^"]*)"|([^\s">]+))""")
_LINK = re.compile(r"""(<a\b[^>]*?) href=(?:"([^"]*)"|([^\s">]+))""")
_REFERENCES = frozenset({"href", "src", "action", "data"})
_LEADS = frozenset({"a"})
"""Elements that lead somewhere when clicked; every other reference is loaded with the page."""


@dataclass(frozen=True, slots=True, order=True)
class DeadLink:
    """A reference that leads nowhere, or a file that would be loaded from outside the folder."""

    page: str
    address: str


def dead_links(folder: Path) -> list[DeadLink]:
    """Every dead link of the HTML files in *folder*; linear in their bytes.

    The templates escape every text and every attribute, so a pattern reads them exactly.
    """
    pages = {
        path.relative_to(folder).as_posix(): _attributes(path.read_text(encoding="utf-8"))
        for path in folder.rglob("*.html")
    }
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    anchors = {page: frozenset(value for _, name, value in said if name == "id") for page, said in pages.items()}
    return sorted(
        DeadLink(page, address)
        for page, said in pages.items()
        for element, name, address in said
        if name in _REFERENCES and not _leads(page, element, address, files, anchors)
    )


def unlinked(html: str, page: str, takes: Callable[[str], bool]) -> str:
    """The page without its links to pages that are not there; their words stay.

    >>> unlinked('<a href=../gaps.html#x>1</a> <a href=b.html>2</a>', "en/a.html", lambda page: page == "en/b.html")
    '<a>1</a> <a href=b.html>2</a>'
    """

    def kept(link: re.Match[str]) -> str:
        address = link[2] or link[3]
        target = normpath(join(page, "..", address.partition("#")[0])) if not address.startswith("#") else page
        local = target.removeprefix("en/").removeprefix("../") if ":" not in address else ""
        return link[0] if not local.endswith(".html") or takes(local) or takes(target) else link[1]

    return _LINK.sub(kept, html)


def _attributes(text: str) -> set[tuple[str, str, str]]:
    """Element, attribute and value of everything that refers or is referred to."""
    return {
        (element, name, unescape(quoted or plain))
        for element, attributes in _TAG.findall(text)
        for name, quoted, plain in _ATTRIBUTE.findall(attributes)
        if name == "id" or name in _REFERENCES
    }


def _leads(page: str, element: str, address: str, files: set[str], anchors: dict[str, frozenset[str]]) -> bool:
    if re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*:|//", address):
        return element in _LEADS and address.startswith(("http://", "https://"))
    path, _, anchor = unquote(address).partition("#")
    found = normpath(join(page, "..", path.partition("?")[0])) if path else page
    if found not in files:
        return False
    return not anchor or found not in anchors or anchor in anchors[found]
