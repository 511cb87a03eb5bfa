"""Publish a town as a folder of pages that open by double click, with no server and no network."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple

from hazama.exchange.archive import zipped
from hazama.figures import Scene
from hazama.figures.interactive import Parts
from hazama.figures.interactive.explore import explore_parts
from hazama.model.town import Municipality
from hazama.model.view import Scope
from hazama.site.beside import beside
from hazama.site.blanks import blanks
from hazama.site.desk import Desk
from hazama.site.downloads import figure_files, offered, town_files
from hazama.site.edition import WHOLE, Edition
from hazama.site.folder import mark, replaced, write
from hazama.site.grid import grid
from hazama.site.ground import ground
from hazama.site.lacks import Lacks, lacks
from hazama.site.linkcheck import DeadLink, dead_links, unlinked
from hazama.site.menu import LISTS, frame_script, menu
from hazama.site.pages.cells import besides_pages
from hazama.site.pages.entity import entity_pages
from hazama.site.pages.evidence import sources_page, unrecorded_page
from hazama.site.pages.explore import explore_assets, explore_page, graph_script
from hazama.site.pages.figure import figure_links, figure_pages
from hazama.site.pages.findings import findings_csv, findings_pages
from hazama.site.pages.gaps import gaps_page
from hazama.site.pages.listing import list_pages
from hazama.site.pages.matrix import matrix_page
from hazama.site.pages.overview import overview_page
from hazama.site.pages.plain import DownloadsPage, plain_pages
from hazama.site.render import Renderer
from hazama.site.searching import data_script
from hazama.site.twins import sitemap, twins
from hazama.site.values import LANGUAGES, Lang, Page


@dataclass(frozen=True, slots=True)
class Published:
    """What a publication wrote."""

    folder: Path
    pages: int
    files: int
    bytes: int


class Drawn(NamedTuple):
    """What another process draws while this one writes pages."""

    scenes: Mapping[str, Scene]
    """The Japanese figures by name."""
    data: Mapping[str, str | bytes]
    """The files that are no pages, by address."""
    graphs: Mapping[Lang, Parts]
    """The whole graph in each language."""


class DeadLinkError(AssertionError):
    """The written pages hold links that lead nowhere: a mistake of hazama, never of the town."""

    def __init__(self, links: list[DeadLink]) -> None:
        super().__init__("; ".join(f"{link.page} → {link.address}" for link in links[:5]))
        self.links = links


def publish(
    town: Municipality,
    folder: Path,
    scope: Scope | None = None,
    own: Path | None = None,
    edition: Edition = WHOLE,
    tick: Callable[[float], None] = lambda share: None,
) -> Published:
    """Write the site of *town* into *folder*, replacing what hazama published there before.

    Every row gets its page; numbers count the rows that *scope* admits, by default the stated ones in
    force on the town's own date. Same town, scope and edition, same bytes. Raises
    :class:`~hazama.model.errors.UsageError` for a folder that hazama did not make. *own* is the folder of
    the town's tables, for the figures, questions and audits that it adds. *tick* is told which share of the
    pages each page is.
    """
    base = ground(town, scope or Scope(town.layer.as_of), own, edition.few)
    edition.check(base)
    desks = {lang: Desk(base, lang) for lang in LANGUAGES}
    with replaced(folder) as new, beside(_drawn, town, base.scope, own, edition) as drawn:
        _assets(new, desks["ja"], desks["en"], edition)
        found = lacks(base)
        share = 1 / len(LANGUAGES) / (len({page.partition("#")[0] for page in base.pages.values()}) or 1)
        press = Press(new, edition, {lang: Renderer(desk, menu(desk, edition.takes)) for lang, desk in desks.items()})
        for desk in desks.values():
            for page in pages(desk, found):
                press.write(desk.lang, page)
                tick(share)
        made = dict(_told(desks, found, edition))
        desks["ja"].scenes, data, graphs = drawn()
        for address, content in {**made, **data}.items():
            write(new, address, content)
        for desk in desks.values():
            for page in drawn_pages(desk, new / "downloads", graphs, edition):
                press.write(desk.lang, page)
        mark(new, town=town.layer.code, as_of=str(base.scope.as_of or ""))
        if dead := dead_links(new):
            raise DeadLinkError(dead)
    return _measured(folder)


@dataclass(frozen=True, slots=True)
class Press:
    """Writes the pages that an edition takes."""

    folder: Path
    edition: Edition
    renderers: Mapping[Lang, Renderer]

    def write(self, lang: Lang, page: Page) -> None:
        """Write one page, without the links to pages that the edition leaves out."""
        if self.edition.takes(page.address):
            html = self.renderers[lang].html(page)
            whole = html if not self.edition.only else unlinked(html, page.address, self.edition.takes)
            write(self.folder / "en" if lang == "en" else self.folder, page.address, whole)


def _told(desks: Mapping[Lang, Desk], found: Lacks, edition: Edition) -> Iterator[tuple[str, bytes]]:
    """The findings as files, and the English figures, by address."""
    if edition.takes("downloads.html"):
        yield from figure_files(desks["en"])
        for lang, desk in desks.items():
            name = f"findings.{lang}.csv"
            yield f"downloads/{name}.zip", zipped([(name, findings_csv(desk, found))])
    elif edition.takes_figures():
        _ = desks["en"].scenes


def _drawn(town: Municipality, scope: Scope, own: Path | None, edition: Edition) -> Drawn:
    """Half of the work, done beside the pages; the files for other programs among it."""
    desk = Desk(ground(town, scope, own), "ja")
    graphs = {lang: explore_parts(desk.ground.town, lang) for lang in LANGUAGES if edition.takes("explore.html")}
    data: dict[str, str | bytes] = {}
    if edition.takes("downloads.html"):
        data |= dict([*figure_files(desk), *town_files(desk.ground.town)])
    if edition.base:
        sizes = {address: len(content) for address, content in data.items()}
        data |= dict([*twins(desk.ground, edition, sizes), sitemap(desk.ground, edition)])
    if graphs:
        data["assets/graph.js"] = graph_script(desk.ground.pages, graphs, edition.takes)
    return Drawn(desk.scenes if edition.takes_figures() else {}, data, graphs)


def drawn_pages(desk: Desk, downloads: Path, graphs: Mapping[Lang, Parts], edition: Edition = WHOLE) -> Iterator[Page]:
    """The pages of one language that show drawings and offer the files of the folder *downloads*."""
    files = offered(downloads, desk.lang)
    if edition.takes_figures():
        yield from figure_pages(desk, [name for name in files if name.startswith("figures.")])
    if desk.lang in graphs:
        yield explore_page(desk, graphs[desk.lang])
    figures = tuple(figure_links(desk)) if edition.takes_figures() else ()
    yield desk.page(DownloadsPage, "downloads", files=files, figures=figures)


def pages(desk: Desk, found: Lacks) -> Iterator[Page]:
    """Every other page of one language."""
    missing = blanks(desk)
    grids = {"themes": grid(desk.ground, "themes"), "needs": grid(desk.ground, "needs")}
    matrices = {axis: matrix_page(desk, each) for axis, each in grids.items()}
    yield overview_page(desk, matrices["themes" if desk.ground.town.themes else "needs"], missing, found)
    yield from matrices.values()
    for each in grids.values():
        yield from besides_pages(desk, each)
    yield gaps_page(desk, found)
    yield from findings_pages(desk, found)
    for table in LISTS:
        yield from list_pages(desk, table)
    yield from entity_pages(desk, grids, found)
    yield sources_page(desk)
    yield unrecorded_page(desk, missing)
    yield from plain_pages(desk)


def _assets(folder: Path, ja: Desk, en: Desk, edition: Edition) -> None:
    for asset in sorted((files("hazama.site") / "assets").iterdir(), key=lambda file: file.name):
        if asset.is_file():
            write(folder, f"assets/{asset.name}", asset.read_bytes())
    for name, text in explore_assets().items() if edition.takes("explore.html") else ():
        write(folder, f"assets/{name}", text)
    write(folder, "assets/data.js", data_script(ja, en, edition.takes))
    for desk in (ja, en):
        write(folder, f"assets/frame.{desk.lang}.js", frame_script(desk, menu(desk, edition.takes)))


def _measured(folder: Path) -> Published:
    found = [path for path in folder.rglob("*") if path.is_file()]
    pages = sum(path.suffix == ".html" for path in found)
    return Published(folder, pages, len(found), sum(path.stat().st_size for path in found))
