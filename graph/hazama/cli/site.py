"""Commands about the site: publish, serve."""

import gc
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from hazama.cli.options import PATH, TownRequest, answering, existing, names_option, town_options
from hazama.cli.output import Out
from hazama.model.errors import UsageError
from hazama.resources import phrase, words


@click.command()
@town_options
@click.option("-o", "--output", type=PATH, help="ページを置くフォルダ / the folder for the pages")
@click.option("--single", type=PATH, metavar="FILE.html", help="メール用の一つのファイル / one file")
@names_option("--only", "このページだけ（matrix,programs/*） / only these pages", "PAGE,…")
@click.option("--public", is_flag=True, help="「庁内限り」の行と列、少ない人数を除く / leave out what is internal")
@click.option("--few", type=click.IntRange(min=1), default=10, show_default=True, help="--public が除く人数の下限")
@click.option(
    "--base", default="", metavar="ADDRESS", help="置く先の住所。サイトマップとRDFも作る / where it will stand"
)
@answering(area="site")
def publish(
    request: TownRequest, single: Path | None, only: tuple[str, ...], public: bool, few: int, base: str, out: Out
) -> None:
    """町をページにする（インターネット不要） / Publish a town as a folder of pages that need no network."""
    from hazama import site

    if (out.output is None) == (single is None):
        raise UsageError(*phrase("site", "no_place"))
    edition = site.Edition(only, base, few if public else 0)
    with _uncollected():
        whole = request.whole()
        town, scope, own = site.public(whole, few) if public else whole, request.scope(whole), existing(request.path)
        if single:
            published = site.single(town, single, "en" if out.lang == "en" else "ja", scope, own, edition)
        else:
            with _bar(out.lang) as bar:
                published = site.publish(town, out.path, scope, own, edition, bar)
    size = f"{published.bytes / 1_000_000:.1f}"
    if single:
        out.tell("single_written", file=single, pages=published.pages, size=size)
    else:
        out.tell("published", folder=out.output, pages=published.pages, size=size, first=_first(out.path))


def _first(folder: Path) -> str:
    """The page to open first: 概要, else the first that was asked for."""
    found = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    return min(found, key=lambda name: (name != "index.html", name.startswith("en/"), name.count("/")))


@contextmanager
def _bar(lang: str) -> Iterator[Callable[[float], None]]:
    """What is told each share of the work, and draws it where somebody looks."""
    if not sys.stderr.isatty():
        yield lambda share: None
        return
    with click.progressbar(length=1000, label=words("site")["publishing"][lang], file=sys.stderr) as bar:
        done = 0.0

        def tick(share: float) -> None:
            nonlocal done
            done = min(1.0, done + share)
            bar.update(round(done * 1000) - bar.pos)

        yield tick


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile: nearly everything made lives to the end, and looking takes a sixth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@click.command()
@town_options
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 は空いている番号 / 0: any free"
)
@click.option("--open", "opened", is_flag=True, help="ブラウザで開く / open a browser")
@answering(area="serve")
def serve(request: TownRequest, port: int, opened: bool, out: Out) -> None:
    """ページを手元で動かす（表を保存すると作り直す） / Serve the pages, forms, JSON and SPARQL on this machine only."""
    import logging
    import webbrowser

    from hazama.site.serve import serve

    logging.basicConfig(format="%(asctime)s %(message)s", datefmt="%H:%M:%S", level=logging.INFO)

    def ready(address: str) -> None:
        home = address + ("en/" if out.lang == "en" else "")
        out.tell("ready", address=home)
        if opened:
            webbrowser.open(home)

    serve(existing(request.path), port, request.scope, ready)


COMMANDS = [publish, serve]
