"""The command that serves a town on this machine."""

import click

from hazama.cli.options import TownRequest, existing, lang_option, town_options
from hazama.resources import phrase


@click.command()
@town_options
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8765, show_default=True, help="0 は空いている番号 / 0: any free"
)
@click.option("--open", "opened", is_flag=True, help="ブラウザで開く / open a browser")
@lang_option
def serve(request: TownRequest, port: int, opened: bool, lang: str) -> None:
    """ページを手元で動かす（表を保存すると作り直す） / Serve the pages, forms, JSON and SPARQL on this machine only."""
    import logging
    import webbrowser

    from hazama.site.serve import serve

    logging.basicConfig(format="%(asctime)s %(message)s", datefmt="%H:%M:%S", level=logging.INFO)

    def ready(address: str) -> None:
        home = address + ("en/" if lang == "en" else "")
        click.echo(phrase("serve", "ready", address=home)[lang == "en"], err=True)
        if opened:
            webbrowser.open(home)

    serve(existing(request.path), port, request.scope, ready)


COMMANDS = [serve]
