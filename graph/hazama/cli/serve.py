"""The command that serves a town on this machine."""

import click

from hazama.cli.options import TownRequest, answering, existing, town_options
from hazama.cli.output import Out


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


COMMANDS = [serve]
