"""Pages that are mostly words: 用語, さがす, 資料, 使い方, 動作確認; what they say stands in their templates."""

from collections.abc import Iterator
from dataclasses import dataclass

from hazama.model.concepts import Concept
from hazama.site.desk import Desk
from hazama.site.ground import CLASSES
from hazama.site.values import Link, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsPage(Page):
    """用語: every concept list of the ontology by name."""

    template: str = "words.html"
    lists: dict[str, tuple[Concept, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadsPage(Page):
    """資料: the same town as files for other programs."""

    template: str = "downloads.html"
    files: dict[str, int]
    """Names with their sizes in bytes."""
    figures: tuple[Link, ...]
    """The figures by title: the page of each saves it as PNG."""


def plain_pages(desk: Desk) -> Iterator[Page]:
    """The pages that no row changes, and the glossary."""
    schemes = desk.ground.whole.schemes
    order = [*CLASSES, *(name for name in schemes if name not in CLASSES)]
    lists = {name: tuple(schemes[name].values()) for name in order if schemes.get(name)}
    yield desk.page(WordsPage, "words", lists=lists)
    yield desk.page(Page, "search", template="search.html", scripts=("data.js", "search.js"))
    yield desk.page(Page, "manual", template="manual.html")
    yield desk.page(Page, "check", template="check.html", scripts=("data.js", "search.js", "selftest.js"))
