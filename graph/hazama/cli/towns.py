"""Commands for stores elsewhere and for many towns: load, towns."""

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import click

from hazama.cli.messages import say
from hazama.cli.options import TownRequest, format_option, lang_option
from hazama.cli.output import emit
from hazama.model.errors import InputError

PATH = click.Path(path_type=Path)


def _heading(*names: str, lang: str) -> dict[str, str]:
    return {name: say(f"heading_{name}", lang, floor="towns") for name in names}


def _tell(id: str, lang: str, /, **values: Any) -> None:
    click.echo(say(id, lang, floor="towns", **values), err=True)


@contextmanager
def _stoppable(lang: str) -> Iterator[None]:
    """Say after Ctrl-C that the same command goes on from there."""
    try:
        yield
    except KeyboardInterrupt:
        _tell("stopped", lang)
        raise


@click.command()
@click.argument("towns", nargs=-1, type=PATH)
@click.option("--store", required=True, metavar="http://…/sparql", help="SPARQL の受け口 / the SPARQL endpoint")
@click.option("--graphs", default="", metavar="http://…", help="Graph Store の受け口 / its graph store")
@click.option("--as-of", metavar="DATE|all", help="この日に有効な行 / rows in force on that day")
@click.option("--include", type=click.Choice(["inferred", "unverified"]), multiple=True, help="推定も / evidence")
@click.option("--classification", type=click.Choice(["all", "stated"]), default="all", help="当方の分類 / editor's")
@lang_option
def load(
    towns: tuple[Path, ...],
    store: str,
    graphs: str,
    as_of: str | None,
    include: tuple[str, ...],
    classification: str,
    lang: str,
) -> None:
    """町を SPARQL の受け口に保存する（町ごとに名前付きグラフ） / Put each town into its own named graph."""
    from hazama.knowledge import stores

    for path in towns or (None,):
        request = TownRequest(path, as_of, include, classification)
        town = request.whole()
        count, triples = stores.put(town, request.scope(town), store, graphs)
        _tell("loaded", lang, town=town.name, graphs=count, triples=triples)


@click.group()
def towns() -> None:
    """多くの町をまとめて調べる / Many towns: pack, audit, rank, compare, like, sample."""


@towns.command()
@click.argument("places", nargs=-1, required=True, type=PATH)
@click.option("-o", "--output", type=PATH, required=True, help="書き出す先 / where to write")
@lang_option
def pack(places: tuple[Path, ...], output: Path, lang: str) -> None:
    """町を Parquet にまとめる / Pack towns into Parquet by municipality code."""
    from hazama.towns.pack import pack as pack_towns

    with _stoppable(lang):
        _tell("packed", lang, count=pack_towns(places, output), path=output)


@towns.command()
@click.argument("towns", type=PATH)
@click.option("-o", "--output", type=PATH, required=True, help="書き出す先 / where to write")
@click.option("--engine", type=click.Choice(["pool", "dask", "spark"]), default="pool", help="計算の場 / engine")
@click.option("--address", default="", help="Dask か Spark のアドレス / address of the scheduler or master")
@click.option("--only", default="", metavar="GROUP,…", help="まとまりか監査の名だけ / groups or audits")
@lang_option
@click.pass_context
def audit(ctx: click.Context, towns: Path, output: Path, engine: str, address: str, only: str, lang: str) -> None:
    """すべての町を監査する。止まっても続きから / Audit every town; a stopped run goes on."""
    from hazama.towns.audit import audit as audit_towns
    from hazama.towns.pack import extra, partitions

    names = [one.strip() for one in only.split(",") if one.strip()]
    failed, done = 0, 0
    with (
        _stoppable(lang),
        click.progressbar(length=len(partitions(towns)), file=sys.stderr) as bar,
        closing(audit_towns(towns, output, engine, address, names)) as found,
    ):
        for one in found:
            bar.update(1)
            done += not one.why
            if one.why:
                failed += 1
                _tell("town_failed", lang, code=one.code, why=one.why)
    if done:
        findings = extra("pyarrow.parquet", "fast").read_metadata(output).num_rows
        _tell("audited", lang, count=done, findings=findings, path=output)
    if failed:
        ctx.exit(InputError.exit_code)


@towns.command()
@click.argument("towns", type=PATH)
@click.option("--by", type=click.Choice(["unserved", "themes", "duties", "served", "programs"]), default="unserved")
@lang_option
@format_option("table", "json", "csv", "md")
def rank(towns: Path, by: str, lang: str, format: str) -> None:
    """町を並べる / Rank the towns."""
    import hazama.towns as many

    headings = _heading("town", "name", "programs", "served", "unserved", "themes", "duties", lang=lang)
    emit(many.rank(towns, by), format, headings)


@towns.command()
@click.argument("towns", type=PATH)
@click.argument("here")
@click.argument("there")
@lang_option
@format_option("table", "json", "csv", "md")
def compare(towns: Path, here: str, there: str, lang: str, format: str) -> None:
    """二つの町の一方だけが対応するもの / What only one of two towns serves."""
    import hazama.towns as many

    emit(many.compare(towns, here, there), format, _heading("side", "need", "function", lang=lang))


@towns.command()
@click.argument("towns", type=PATH)
@click.argument("here")
@lang_option
@format_option("table", "json", "csv", "md")
def like(towns: Path, here: str, lang: str, format: str) -> None:
    """似た町と、そこだけが対応するものの数 / Towns alike, and what they serve that this one does not."""
    import hazama.towns as many

    emit(many.like(towns, here), format, _heading("town", "name", "alike", "unserved", lang=lang))


@towns.command()
@click.argument("number", type=click.IntRange(1, 9999))
@click.option("-o", "--output", type=PATH, required=True, help="書き出す先 / where to write")
@click.option("--programs", type=click.IntRange(1), default=2000, help="事業の数 / programmes a town")
@click.option("--seed", type=int, default=1)
@lang_option
def sample(number: int, output: Path, programs: int, seed: int, lang: str) -> None:
    """架空の町を作る（計測と練習のため） / Make made-up towns."""
    from hazama.towns.sample import sample as write_sample

    write_sample(number, output, programs, seed)
    _tell("sampled", lang, count=number, path=output)


COMMANDS = [load, towns]
