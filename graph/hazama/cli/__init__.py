"""The command line: every command parses, calls one public function and prints.

stdout carries data, stderr carries talk. Exit codes: 0 fine, 1 findings over the threshold,
2 usage, 3 bad input.
"""

import sys
from io import TextIOWrapper
from typing import Any

import click

from hazama import __version__
from hazama.cli import audits, figures, gaps, graph, site, tables, towns
from hazama.cli.messages import asks_english, tell, usage_sentence
from hazama.model.errors import HazamaError
from hazama.resources import phrase

MODULES = (tables, graph, gaps, audits, figures, site, towns)


class HazamaGroup(click.Group):
    """Commands whose errors reach the person as a sentence in their language, never as a traceback."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except HazamaError as error:
            tell(error, ctx)
            ctx.exit(error.exit_code)


@click.group(cls=HazamaGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(__version__, prog_name="hazama")
def cli() -> None:
    """狭間: 福祉の制度のあいだを自治体の表から見つける / Find the gaps between welfare systems.

    TOWN は表のフォルダ。書かなければ見本の町（藤沢市） / TOWN is a folder of tables, the sample town by default.
    """


for module in MODULES:
    for command in module.COMMANDS:
        cli.add_command(command)


def main() -> None:
    """Entry point of the ``hazama`` command; what click itself refuses is said in Japanese too."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace", encoding=None if stream.isatty() else "utf-8")
    try:
        status = cli.main(standalone_mode=False)
    except click.UsageError as error:
        click.echo(usage_sentence(error, sys.argv), err=True)
        status = error.exit_code
    except click.Abort:  # Ctrl-C
        click.echo(phrase("cli", "stopped")[asks_english(sys.argv)], err=True)
        status = 130
    sys.exit(status if isinstance(status, int) else 0)
