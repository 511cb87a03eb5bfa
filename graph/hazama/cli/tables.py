"""Commands about the tables of a town: new, check."""

from pathlib import Path

import click

from hazama.cli.messages import say
from hazama.cli.options import existing, format_option, lang_option
from hazama.cli.output import emit

HEADINGS = ("severity", "file", "row", "column", "message")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@lang_option
def new(folder: Path, lang: str) -> None:
    """空の町を作る / Make an empty town in FOLDER."""
    from hazama import tables

    tables.new(folder)
    click.echo(say("new_made", lang, folder=folder), err=True)


@click.command()
@click.argument("town", required=False, type=click.Path(path_type=Path))
@lang_option
@format_option("table", "json", "csv", "md")
@click.pass_context
def check(ctx: click.Context, town: Path | None, lang: str, format: str) -> None:
    """表のまちがいを全部まとめて見つける / Find every bad cell at once."""
    from hazama import tables

    found = tables.check(existing(town)).violations
    records = [
        {
            "severity": say(f"severity_{violation.severity}", lang),
            "code": violation.code,
            "file": violation.file,
            "row": violation.row or None,
            "column": violation.column or None,
            "message": tables.sentence(violation, lang),
        }
        for violation in found
    ]
    if records or format == "json":
        emit(records, format, {key: say(f"heading_{key}", lang) for key in HEADINGS})
    errors = sum(violation.severity == "error" for violation in found)
    click.echo(say("check_done", lang, errors=errors, others=len(found) - errors), err=True)
    ctx.exit(3 if errors else 0)


COMMANDS = [new, check]
