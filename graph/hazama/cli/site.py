"""Commands about the site: publish."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from hazama.cli.options import TownRequest, existing, lang_option, town_options
from hazama.resources import phrase


@click.command()
@town_options
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    required=True,
    help="ページを置くフォルダ / the folder for the pages",
)
@lang_option
def publish(request: TownRequest, output: Path, lang: str) -> None:
    """町をページにする（インターネット不要） / Publish a town as a folder of pages that need no network."""
    from hazama.site import publish

    with _uncollected():
        town = request.whole()
        published = publish(town, output, request.scope(town), existing(request.path))
    size = f"{published.bytes / 1_000_000:.1f}"
    ja, en = phrase("site", "published", folder=output, pages=published.pages, size=size)
    click.echo(en if lang == "en" else ja, err=True)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Look for no garbage meanwhile: nearly everything made lives to the end, and looking takes a sixth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


COMMANDS = [publish]
