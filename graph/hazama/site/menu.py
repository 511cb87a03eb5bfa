"""The menu: on the pages of the top folder as HTML, on the many pages below drawn by a script.

Written out on every page it would be a third of the published bytes; without scripts a link leads to it.
"""

import json
from dataclasses import dataclass

from hazama.site.desk import Desk
from hazama.site.ground import ENTITIES
from hazama.site.pages.figure import figure_links
from hazama.site.values import Link, Text

LISTS = tuple(table for table in ENTITIES if table != "provisions")
"""Tables that have a list page."""

_LOOK = ("index", "matrix", "gaps", "findings", "fragile", "duties", "governance", "cases", "open", "explore", "search")
_REST = ("sources", "unrecorded", "words", "downloads", "manual", "check")


@dataclass(frozen=True, slots=True)
class MenuGroup:
    """Some entries of the menu under one heading."""

    heading: str
    links: tuple[Link, ...]


def menu(desk: Desk) -> tuple[MenuGroup, ...]:
    """The menu: what to look at, what to look up, what it rests on."""
    return (
        MenuGroup(desk.words("menu_look"), _links(desk, _LOOK)),
        MenuGroup(desk.words("menu_figures"), tuple(figure_links(desk))),
        MenuGroup(desk.words("menu_lists"), tuple(list_link(desk, table) for table in LISTS)),
        MenuGroup(desk.words("menu_rest"), _links(desk, _REST)),
    )


def list_link(desk: Desk, table: str) -> Link:
    """The list of a table."""
    return Link(Text(desk.table_title(table), desk.lang), f"{table}.html")


def frame_script(desk: Desk, groups: tuple[MenuGroup, ...]) -> str:
    """A classic script that hands the search box and the menu of one language to ``site.js``."""
    content = {
        "search": desk.words("search")
        if any(link.page == "search.html" for each in groups for link in each.links)
        else "",
        "hint": desk.words("search_hint"),
        "open": desk.words("menu"),
        "skip": desk.words("skip"),
        "site": desk.words("site_name"),
        "scope": desk.scope_sentence(),
        "menu": [[group.heading, [[link.page, link.text.text] for link in group.links]] for group in groups],
    }
    return f"hazamaFrame({json.dumps(content, ensure_ascii=False, indent=1)});\n"


def _links(desk: Desk, names: tuple[str, ...]) -> tuple[Link, ...]:
    return tuple(Link(desk.said(f"nav_{name}"), f"{name}.html") for name in names)
