"""Commands about the tables of a town: new, check, template, write, merge, import."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hazama.cli.messages import say
from hazama.cli.options import existing, format_option, lang_option, output_option
from hazama.cli.output import emit
from hazama.model.errors import UsageError
from hazama.resources import phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hazama.model.errors import Violation
    from hazama.tables import Checked

HEADINGS = ("severity", "file", "sheet", "row", "column", "message")
CHANGES = ("kind", "table", "id", "column", "before", "after")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@lang_option
def new(folder: Path, lang: str) -> None:
    """空の町を作る / Make an empty town in FOLDER."""
    from hazama import tables

    tables.new(folder, lang)
    click.echo(say("new_made", lang, folder=folder), err=True)


@click.command()
@click.argument("places", metavar="[TOWN|FILE...]", nargs=-1, type=click.Path(path_type=Path))
@click.option("--table", help="ファイルがどの表か（名前から分からないとき） / which table the files are")
@click.option(
    "--mark", type=click.Path(path_type=Path), help="色と説明を付けた写し（.xlsx） / a copy with the cells marked"
)
@click.option("--strict", is_flag=True, help="読み替えも誤りとする / take repairs for errors")
@click.option(
    "--online", is_flag=True, help="URL が開けるかも確かめる（通信します） / ask the network for every address"
)
@lang_option
@format_option("table", "json", "csv", "md")
@click.pass_context
def check(
    ctx: click.Context,
    places: tuple[Path, ...],
    table: str | None,
    mark: Path | None,
    strict: bool,
    online: bool,
    lang: str,
    format: str,
) -> None:
    """表のまちがいを全部まとめて見つける / Find every bad cell at once.

    TOWN はフォルダか、表ごとにシートのあるブック。
    """
    from hazama import tables

    checked = _checked(places, table)
    found = tables.strict(checked.violations) if strict else checked.violations
    if online and checked.town:
        found += tuple(tables.dead_addresses(checked.town))
    _listed(found, lang, format)
    if mark:
        from hazama.exchange import marking

        given = [existing(place) for place in places or (None,)]
        tables.save({mark: marking.marked(given, found, lang)})
        click.echo(say("written", lang, path=mark), err=True)
    errors = sum(violation.severity == "error" for violation in found)
    click.echo(say("check_done", lang, errors=errors, others=len(found) - errors), err=True)
    ctx.exit(3 if errors else 0)


def _checked(places: tuple[Path, ...], table: str | None) -> "Checked":
    """The town in one folder or workbook, or loose files together."""
    from hazama import tables

    known = [existing(place) for place in places or (None,)]
    if table is not None and tables.table_named(table) is None:
        raise UsageError(*phrase("tables", "unknown_table", table=table, known=" / ".join(tables.declaration())))
    if len(known) == 1 and table is None:
        return tables.check(known[0])
    if folders := [place for place in known if place.is_dir()]:
        raise UsageError(*phrase("cli", "one_town", path=folders[0]))
    return tables.check_files(known, table or "")


def _listed(found: "Sequence[Violation]", lang: str, format: str) -> None:
    from hazama import tables

    records = [
        {
            "severity": say(f"severity_{violation.severity}", lang),
            "code": violation.code,
            "file": violation.file,
            "sheet": violation.sheet or None,
            "row": violation.row or None,
            "column": (violation.column if format == "json" else tables.heading(violation, lang)) or None,
            "message": tables.sentence(violation, lang),
        }
        for violation in found
    ]
    keys = [key for key in HEADINGS if key != "sheet" or any(record["sheet"] for record in records)]
    if records or format == "json":
        emit(records, format, {key: say(f"heading_{key}", lang) for key in keys})


@click.command()
@output_option
@lang_option
def template(output: Path, lang: str) -> None:
    """記入用のブックを作る / Make a workbook with drop-downs for planners to fill."""
    from hazama.exchange import workbook

    _save_book(output, workbook.template(lang), lang)


def _save_book(path: Path, data: bytes, lang: str) -> None:
    from hazama import tables

    if path.suffix.lower() != ".xlsx":
        raise UsageError(*phrase("cli", "not_xlsx", path=path))
    tables.save({path: data})
    click.echo(say("written", lang, path=path), err=True)


@click.command()
@click.argument("town", required=False, type=click.Path(path_type=Path))
@output_option
@click.option(
    "--encoding", type=click.Choice(["utf-8", "cp932"]), default="utf-8", help="CSV の文字コード / of the CSV files"
)
@lang_option
def write(town: Path | None, output: Path, encoding: str, lang: str) -> None:
    """町をブック（.xlsx）か CSV のフォルダに書き出す / Write a town as a workbook or a folder of CSV tables."""
    from hazama import tables

    read = tables.read(existing(town))
    if output.suffix:
        from hazama.exchange import workbook

        _save_book(output, workbook.town_book(read, lang), lang)
        return
    tables.write(read, output, encoding)
    click.echo(say("written", lang, path=output), err=True)


@click.command()
@click.argument("book", type=click.Path(path_type=Path))
@click.argument("town", type=click.Path(path_type=Path))
@click.option("--apply", is_flag=True, help="見るだけでなく、町に書き込む / write the changes into the town")
@format_option("table", "json", "csv", "md")
@lang_option
def merge(book: Path, town: Path, apply: bool, format: str, lang: str) -> None:
    """ブックで直したところを町に戻す / Bring what changed in BOOK back into TOWN, cell by cell."""
    from hazama import tables

    changes = tables.changes(existing(book), existing(town))
    for sheet in tables.passed_over(book):
        click.echo(tables.sentence(sheet, lang), err=True)
    records = [{**change.record(), "kind": say(f"change_{change.kind}", lang)} for change in changes]
    if records or format == "json":
        emit(records, format, {key: say(f"heading_{key}", lang) for key in CHANGES})
    if apply and changes:
        tables.apply(changes, town)
    click.echo(say("merge_done" if apply else "merge_preview", lang, count=len(changes), town=town), err=True)


@click.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--as", "table", required=True, help="どの表にするか（programs など） / which table it becomes")
@click.option(
    "--map", "mapping", required=True, type=click.Path(path_type=Path), help="列の対応（なければ作る） / columns"
)
@output_option
@lang_option
def import_table(file: Path, table: str, mapping: Path, output: Path, lang: str) -> None:
    """手元の表を町にする / Make a town of a table that you have."""
    from hazama import tables

    if not mapping.exists():
        text = tables.guessed_mapping(existing(file), table)
        tables.save({mapping: text.encode()})
        click.echo(text, nl=False)
        click.echo(say("map_made", lang, path=mapping), err=True)
        return
    tables.import_table(existing(file), table, mapping, output)
    click.echo(say("import_made", lang, path=output), err=True)
    _listed(tables.check(output).violations, lang, "table")


COMMANDS = [new, check, template, write, merge, import_table]
