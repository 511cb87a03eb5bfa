"""Pages that are mostly words: 用語, さがす, 資料, 使い方, 動作確認."""

from dataclasses import dataclass

from hazama.model.concepts import Concept
from hazama.site.desk import Desk
from hazama.site.downloads import Files
from hazama.site.ground import CLASSES
from hazama.site.values import NOTHING, Link, Page, Text


@dataclass(frozen=True, slots=True)
class Word:
    """A concept with what it means."""

    id: str
    link: Link
    other: Text
    alt: tuple[str, ...]
    definition: Text


@dataclass(frozen=True, slots=True)
class WordList:
    """The concepts of one list."""

    id: str
    title: str
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsPage(Page):
    """用語: every concept list of the ontology."""

    lists: tuple[WordList, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage(Page):
    """さがす: filled by ``assets/search.js``; without scripts it leads to the lists."""

    lists: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the published folder."""

    file: str
    """Address within ``downloads/``."""
    label: str
    about: str
    size: int
    """Bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DownloadsPage(Page):
    """資料: the same town as files for other programs."""

    downloads: tuple[Download, ...]
    figures: tuple[Link, ...]
    """The figures by title: the page of each saves it as PNG."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ManualPage(Page):
    """使い方とアクセシビリティ: prose, one template a language."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SelfTestPage(Page):
    """動作確認: what works in this browser, found out by ``assets/selftest.js``."""

    checks: tuple[str, ...]


def words_page(desk: Desk) -> WordsPage:
    """The glossary."""
    schemes = desk.ground.whole.schemes
    order = [*CLASSES, *(name for name in schemes if name not in CLASSES)]
    lists = tuple(
        WordList(name, desk.table_title(name), tuple(_word(desk, concept) for concept in schemes[name].values()))
        for name in order
        if schemes.get(name)
    )
    return WordsPage(
        address="words.html",
        title=desk.said("nav_words"),
        section="words.html",
        lead=desk.words("words_lead"),
        lists=lists,
    )


def search_page(desk: Desk, lists: tuple[Link, ...]) -> SearchPage:
    """The search."""
    return SearchPage(
        address="search.html",
        title=desk.said("nav_search"),
        section="search.html",
        lead=desk.words("search_lead"),
        scripts=("data.js", "search.js"),
        lists=lists,
    )


def downloads_page(desk: Desk, files: Files, figures: tuple[Link, ...]) -> DownloadsPage:
    """The downloads, given the files and the figures that were written."""
    downloads = tuple(
        Download(name, desk.words(f"download_{_kind(name)}"), desk.words(f"download_{_kind(name)}_about"), size)
        for name, size in files
    )
    return DownloadsPage(
        address="downloads.html",
        title=desk.said("nav_downloads"),
        section="downloads.html",
        lead=desk.words("downloads_lead"),
        downloads=downloads,
        figures=figures,
    )


def manual_page(desk: Desk) -> ManualPage:
    """How to use the site, and how accessible it is."""
    return ManualPage(
        address="manual.html", title=desk.said("nav_manual"), section="manual.html", lead=desk.words("manual_lead")
    )


def self_test_page(desk: Desk) -> SelfTestPage:
    """What works in this browser."""
    return SelfTestPage(
        address="check.html",
        title=desk.said("nav_check"),
        section="check.html",
        lead=desk.words("check_lead"),
        scripts=("data.js", "search.js", "selftest.js"),
        checks=("script", "style", "data", "search", "offline", "print"),
    )


def _kind(name: str) -> str:
    """``figures_pdf``, ``findings_csv``, ``town_ttl``."""
    parts = name.removesuffix(".zip").split(".")
    return f"{parts[0]}_{parts[-1]}"


def _word(desk: Desk, concept: Concept) -> Word:
    link = desk.link((concept.scheme, concept.id))
    return Word(
        f"{concept.scheme}-{concept.id}",
        link if concept.scheme in CLASSES else Link(link.text),
        Text(concept.ja) if desk.lang == "en" and concept.en else NOTHING,
        concept.alt,
        desk.names.chosen(concept.definition_ja, concept.definition_en),
    )
