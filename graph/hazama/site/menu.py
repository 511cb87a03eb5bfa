"""What stands around every page: on the first page as HTML, on all others drawn by a script.

Written out on every page it would be a third of the published bytes; without scripts the town's name leads to it.
"""

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files

from hazama.site.cells import web_address
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


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page of one language."""

    town: Text
    menu: tuple[MenuGroup, ...]
    scope: str
    licence: Link


def frame(desk: Desk, menu: tuple[MenuGroup, ...]) -> Frame:
    """The frame of one language."""
    licence = desk.ground.whole.layer.licence
    link = Link(Text(licence.removeprefix("https://")), web=web_address(licence))
    return Frame(desk.town_name, menu, f"{desk.scope_sentence()} {desk.words('list_classified')}", link)


def menu(desk: Desk, takes: Callable[[str], bool] = lambda page: True) -> tuple[MenuGroup, ...]:
    """The menu of the pages taken: what to look at, what to look up, what it rests on."""
    groups = {
        "menu_look": _links(desk, _LOOK),
        "menu_figures": figure_links(desk),
        "menu_lists": (list_link(desk, table) for table in LISTS),
        "menu_rest": _links(desk, _REST),
    }
    taken = {name: tuple(link for link in links if takes(link.page)) for name, links in groups.items()}
    return tuple(MenuGroup(desk.words(name), links) for name, links in taken.items() if links)


def list_link(desk: Desk, table: str) -> Link:
    """The list of a table."""
    return Link(Text(desk.table_title(table), desk.lang), f"{table}.html")


def frame_script(desk: Desk, groups: tuple[MenuGroup, ...]) -> str:
    """The classic script of every page of one language, with its search box and menu: ``templates/frame.js``."""
    said, words = frame(desk, groups), desk.words
    searched = any(link.page == "search.html" for each in groups for link in each.links)
    content = {
        "search": words("search") if searched else "",
        "hint": words("search_hint"),
        "open": words("menu"),
        "skip": words("skip"),
        "site": words("site_name"),
        "other": ["en/", "en", words("language")] if desk.lang == "ja" else ["../", "ja", words("language")],
        "menu": [[group.heading, [[link.page, link.text.text] for link in group.links]] for group in groups],
        "scope": said.scope,
        "licence": [words("footer_licence") if said.licence.text else "", said.licence.web, said.licence.text.text],
        "made": words("footer_made"),
    }
    script = (files("hazama.site") / "templates" / "frame.js").read_text(encoding="utf-8").rstrip()
    return f"{script}({json.dumps(content, ensure_ascii=False, indent=1)});\n"


def _links(desk: Desk, names: Iterable[str]) -> Iterator[Link]:
    return (Link(desk.said(f"nav_{name}"), f"{name}.html") for name in names)
