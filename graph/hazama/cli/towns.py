"""Commands for stores elsewhere and for many towns: load, towns."""

import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click

from hazama.cli.options import LIST, PATH, TownRequest, answering, only_option, output_option, scope_options
from hazama.cli.output import Out
from hazama.model.errors import InputError

packed_argument = click.argument("towns", type=PATH)


@contextmanager
def _stoppable(out: Out) -> Iterator[None]:
    """Say after Ctrl-C that the same command goes on from there."""
    try:
        yield
    except KeyboardInterrupt:
        out.tell("stopped")
        raise


@click.command()
@click.argument("towns", nargs=-1, type=PATH)
@click.option("--store", required=True, metavar="http://…/sparql", help="SPARQL の受け口 / the SPARQL endpoint")
@click.option("--graphs", default="", metavar="http://…", help="Graph Store の受け口 / its graph store")
@scope_options
@answering(area="towns")
def load(towns: tuple[Path, ...], store: str, graphs: str, request: TownRequest, out: Out) -> None:
    """町を SPARQL の受け口に保存する（町ごとに名前付きグラフ） / Put each town into its own named graph."""
    from hazama.knowledge import stores

    for path in towns or (None,):
        here = request._replace(path=path)
        town = here.whole()
        count, triples = stores.put(town, here.scope(town), store, graphs)
        out.tell("loaded", town=town.name, graphs=count, triples=triples)


@click.group()
def towns() -> None:
    """多くの町をまとめて調べる / Many towns: pack, audit, rank, compare, like, sample."""


@towns.command()
@click.argument("places", nargs=-1, required=True, type=PATH)
@output_option
@answering(area="towns")
def pack(places: tuple[Path, ...], out: Out) -> None:
    """町を Parquet にまとめる / Pack towns into Parquet by municipality code."""
    from hazama.towns.pack import pack as pack_towns

    with _stoppable(out):
        out.tell("packed", count=pack_towns(places, out.path), path=out.path)


@towns.command()
@packed_argument
@output_option
@click.option("--engine", type=click.Choice(["pool", "dask", "spark"]), default="pool", help="計算の場 / engine")
@click.option("--address", default="", help="Dask か Spark のアドレス / address of the scheduler or master")
@only_option
@answering(area="towns")
@click.pass_context
def audit(ctx: click.Context, towns: Path, engine: str, address: str, only: tuple[str, ...], out: Out) -> None:
    """すべての町を監査する。止まっても続きから / Audit every town; a stopped run goes on."""
    from hazama.towns.audit import audit as audit_towns
    from hazama.towns.pack import extra, partitions

    failed, done = 0, 0
    with (
        _stoppable(out),
        click.progressbar(length=len(partitions(towns)), file=sys.stderr) as bar,
        closing(audit_towns(towns, out.path, engine, address, only)) as found,
    ):
        for one in found:
            bar.update(1)
            done += not one.why
            failed += bool(one.why)
            if one.why:
                out.tell("town_failed", code=one.code, why=one.why)
    if done:
        findings = extra("pyarrow.parquet", "fast").read_metadata(out.path).num_rows
        out.tell("audited", count=done, findings=findings, path=out.path)
    if failed:
        ctx.exit(InputError.exit_code)


@towns.command()
@packed_argument
@click.option("--by", type=click.Choice(["unserved", "themes", "duties", "served", "programs"]), default="unserved")
@answering(*LIST, area="towns")
def rank(towns: Path, by: str, out: Out) -> None:
    """町を並べる / Rank the towns."""
    import hazama.towns as many

    out.show(many.rank(towns, by), "town", "name", "programs", "served", "unserved", "themes", "duties")


@towns.command()
@packed_argument
@click.argument("here")
@click.argument("there")
@answering(*LIST, area="towns")
def compare(towns: Path, here: str, there: str, out: Out) -> None:
    """二つの町の一方だけが対応するもの / What only one of two towns serves."""
    import hazama.towns as many

    out.show(many.compare(towns, here, there), "side", "need", "function")


@towns.command()
@packed_argument
@click.argument("here")
@answering(*LIST, area="towns")
def like(towns: Path, here: str, out: Out) -> None:
    """似た町と、そこだけが対応するものの数 / Towns alike, and what they serve that this one does not."""
    import hazama.towns as many

    out.show(many.like(towns, here), "town", "name", "alike", "unserved")


@towns.command()
@click.argument("number", type=click.IntRange(1, 9999))
@output_option
@click.option("--programs", type=click.IntRange(1), default=2000, help="事業の数 / programmes a town")
@click.option("--seed", type=int, default=1)
@answering(area="towns")
def sample(number: int, programs: int, seed: int, out: Out) -> None:
    """架空の町を作る（計測と練習のため） / Make made-up towns."""
    from hazama.towns.sample import sample as write_sample

    write_sample(number, out.path, programs, seed)
    out.tell("sampled", count=number, path=out.path)


COMMANDS = [load, towns]
