"""Commands about the tables of a town: new, check, template, write, merge, import."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hazama.cli.options import LIST, PATH, answering, existing, output_option, town_argument
from hazama.cli.output import Out
from hazama.model.errors import UsageError
from hazama.resources import phrase

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hazama.model.errors import Violation
    from hazama.tables import Checked

HEADINGS = ("severity", "file", "sheet", "row", "column", "message")
CHANGES = ("kind", "table", "id", "column", "before", "after")


@click.command()
@click.argument("folder", type=PATH)
@answering()
def new(folder: Path, out: Out) -> None:
    """空の町を作る / Make an empty town in FOLDER."""
    from hazama import tables

    tables.new(folder, out.lang)
    out.tell("new_made", folder=folder)


@click.command()
@click.argument("places", metavar="[TOWN|FILE...]", nargs=-1, type=PATH)
@click.option("--table", help="ファイルがどの表か（名前から分からないとき） / which table the files are")
@click.option("--mark", type=PATH, help="色と説明を付けた写し（.xlsx） / a copy with the cells marked")
@click.option("--strict", is_flag=True, help="読み替えも誤りとする / take repairs for errors")
@click.option(
    "--online", is_flag=True, help="URL が開けるかも確かめる（通信します） / ask the network for every address"
)
@click.option("--shapes", is_flag=True, help="グラフにした町を SHACL でも確かめる / validate the graph of the town too")
@answering(*LIST)
@click.pass_context
def check(
    ctx: click.Context,
    places: tuple[Path, ...],
    table: str | None,
    mark: Path | None,
    strict: bool,
    online: bool,
    shapes: bool,
    out: Out,
) -> None:
    """表のまちがいを全部まとめて見つける / Find every bad cell at once.

    TOWN はフォルダか、表ごとにシートのあるブック。
    """
    from hazama import tables

    checked = _checked(places, table)
    found = tables.strict(checked.violations) if strict else checked.violations
    if online and checked.town:
        found += tuple(tables.dead_addresses(checked.town))
    if shapes and checked.town:
        from hazama.knowledge.shapes import validate

        found += validate(checked.town)
    _listed(found, out)
    if mark:
        from hazama.exchange import marking

        given = [existing(place) for place in places or (None,)]
        tables.save({mark: marking.marked(given, found, out.lang)})
        out.tell("written", path=mark)
    errors = sum(violation.severity == "error" for violation in found)
    out.tell("check_done", errors=errors, others=len(found) - errors)
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


def _listed(found: "Sequence[Violation]", out: Out) -> None:
    from hazama import tables

    records = [
        {
            "severity": out.say(f"severity_{violation.severity}"),
            "code": violation.code,
            "file": violation.file,
            "sheet": violation.sheet or None,
            "row": violation.row or None,
            "column": (violation.column if out.format == "json" else tables.heading(violation, out.lang)) or None,
            "message": tables.sentence(violation, out.lang),
        }
        for violation in found
    ]
    keys = [key for key in HEADINGS if key != "sheet" or any(record["sheet"] for record in records)]
    if records or out.format == "json":
        out.show(records, *keys)


@click.command()
@output_option
@answering()
def template(out: Out) -> None:
    """記入用のブックを作る / Make a workbook with drop-downs for planners to fill."""
    from hazama.exchange import workbook

    _save_book(workbook.template(out.lang), out)


def _save_book(data: bytes, out: Out) -> None:
    from hazama import tables

    if out.path.suffix.lower() != ".xlsx":
        raise UsageError(*phrase("cli", "not_xlsx", path=out.path))
    tables.save({out.path: data})
    out.tell("written", path=out.path)


@click.command()
@town_argument
@output_option
@click.option(
    "--encoding", type=click.Choice(["utf-8", "cp932"]), default="utf-8", help="CSV の文字コード / of the CSV files"
)
@answering()
def write(town: Path | None, encoding: str, out: Out) -> None:
    """町をブック（.xlsx）か CSV のフォルダに書き出す / Write a town as a workbook or a folder of CSV tables."""
    from hazama import tables

    read = tables.read(existing(town))
    if out.path.suffix:
        from hazama.exchange import workbook

        return _save_book(workbook.town_book(read, out.lang), out)
    tables.write(read, out.path, encoding)
    return out.tell("written", path=out.path)


@click.command()
@click.argument("book", type=PATH)
@click.argument("town", type=PATH)
@click.option("--apply", is_flag=True, help="見るだけでなく、町に書き込む / write the changes into the town")
@answering(*LIST)
def merge(book: Path, town: Path, apply: bool, out: Out) -> None:
    """ブックで直したところを町に戻す / Bring what changed in BOOK back into TOWN, cell by cell."""
    from hazama import tables

    changes = tables.changes(existing(book), existing(town))
    for sheet in tables.passed_over(book):
        click.echo(tables.sentence(sheet, out.lang), err=True)
    records = [{**change.record(), "kind": out.say(f"change_{change.kind}")} for change in changes]
    if records or out.format == "json":
        out.show(records, *CHANGES)
    if apply and changes:
        tables.apply(changes, town)
    out.tell("merge_done" if apply else "merge_preview", count=len(changes), town=town)


@click.command("import")
@click.argument("file", type=PATH)
@click.option("--as", "table", required=True, help="どの表にするか（programs など） / which table it becomes")
@click.option("--map", "mapping", required=True, type=PATH, help="列の対応（なければ作る） / columns")
@output_option
@answering()
def import_table(file: Path, table: str, mapping: Path, out: Out) -> None:
    """手元の表を町にする / Make a town of a table that you have."""
    from hazama import tables

    if not mapping.exists():
        text = tables.guessed_mapping(existing(file), table)
        tables.save({mapping: text.encode()})
        click.echo(text, nl=False)
        return out.tell("map_made", path=mapping)
    tables.import_table(existing(file), table, mapping, out.path)
    out.tell("import_made", path=out.path)
    return _listed(tables.check(out.path).violations, out)


COMMANDS = [new, check, template, write, merge, import_table]
