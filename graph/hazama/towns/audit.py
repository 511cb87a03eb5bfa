"""The audit of every packed town, by one function on a pool, Dask or Spark; one task a file.

A worker writes its town's findings as a whole file or not at all, so a run that stopped goes on where it
was: what is there is kept while the town's tables and the audits asked are the same.
"""

import gc
from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

from hazama.audits.run import audit as audit_town
from hazama.model.errors import HazamaError, UsageError
from hazama.model.view import Scope
from hazama.resources import phrase
from hazama.towns.pack import Rows, code_of, extra, partitions, unpacked, whole, write_rows
from hazama.towns.pool import spread

COLUMNS = (
    "town:string id:string group:string audit:string severity:string subjects:list ja:string en:string "
    "provisions:list people:float64"
)
_RETRIES = 3
"""How often Dask tries a town whose worker was lost; Spark tries as often."""
_AT_ONCE = 8
"""Towns that Spark is given for each of its cores before their end is told."""


class Done(NamedTuple):
    """What became of one town."""

    code: str
    why: str = ""
    """Why it could not be audited; empty when its file is there."""


def audit(
    towns: Path, output: Path, engine: str = "pool", address: str = "", only: Sequence[str] = (), workers: int = 0
) -> Generator[Done]:
    """Audit every town and write *output*, town after town as they are done; those that fail are in no file."""
    homes = partitions(towns.absolute())
    parts = output.absolute().with_name(output.name + ".parts")
    parts.mkdir(parents=True, exist_ok=True)
    finished = {home: part_of(home, parts, tuple(only)) for home in homes}
    yield from (Done(code_of(home)) for home, part in finished.items() if part.exists())
    todo = [home for home, part in finished.items() if not part.exists()]
    work = partial(audited, parts=parts, only=tuple(only))
    if todo:
        yield from ENGINES[engine](work, todo, address, workers)
    _join([part for part in finished.values() if part.exists()], output)


def audited(home: Path, parts: Path, only: tuple[str, ...]) -> Done:
    """Audit one packed town: the task of every engine."""
    gc.disable()  # findings pile up and hold no cycles: a fifth of the time would go into looking for some
    try:
        write_rows(part_of(home, parts, only), COLUMNS, _findings(home, only))
    except HazamaError as error:
        return Done(code_of(home), error.sentence("ja"))
    except Exception as error:  # one town must not stop the others
        return Done(code_of(home), f"{type(error).__name__}: {error}")
    finally:
        gc.enable()
    return Done(code_of(home))


def _findings(home: Path, only: tuple[str, ...]) -> Rows:
    town, code = unpacked(home), code_of(home)
    kept = ("id", "group", "audit", "severity", "subjects", "provisions", "people")
    return [
        {"town": code, "ja": one.sentence("ja"), "en": one.sentence("en")} | {name: getattr(one, name) for name in kept}
        for one in audit_town(town, Scope(as_of=town.layer.as_of), only)
    ]


def part_of(home: Path, parts: Path, only: tuple[str, ...]) -> Path:
    """The file of a town's findings, named by what they rest on."""
    rest = (home / "files.parquet").read_bytes() if (home / "files.parquet").exists() else b""
    mark = sha256(rest + repr((version("hazama"), only)).encode()).hexdigest()[:16]
    return parts / f"{code_of(home)}-{mark}.parquet"


def _pool(work: "partial[Done]", homes: Sequence[Path], address: str, workers: int) -> Iterator[Done]:
    """Processes on this machine; those that a lost worker took with it are tried again."""
    with closing(spread(work, homes, workers)) as found:
        for home, done in found:
            yield done or Done(code_of(home), phrase("towns", "worker_lost")[0])


def _dask(work: "partial[Done]", homes: Sequence[Path], address: str, workers: int) -> Iterator[Done]:
    distributed = extra("distributed", "dask")
    try:
        with distributed.Client(address or None, timeout="20s") as client:
            tasks = client.map(work, homes, pure=False, retries=_RETRIES)
            for task in distributed.as_completed(tasks):
                yield task.result()
    except (
        OSError,
        TimeoutError,
        ValueError,
        distributed.KilledWorker,
        distributed.client.FutureCancelledError,
    ) as error:
        raise UsageError(*phrase("towns", "engine_failed", engine="Dask", why=error)) from error


def _spark(work: "partial[Done]", homes: Sequence[Path], address: str, workers: int) -> Iterator[Done]:
    spark, java = extra("pyspark", "spark"), extra("py4j.protocol", "spark")
    quiet = spark.SparkConf().setAll([("spark.ui.enabled", "false"), ("spark.ui.showConsoleProgress", "false")])
    try:
        with spark.SparkContext(master=address or "local[*]", appName="hazama towns audit", conf=quiet) as context:
            left = list(homes)
            while left:
                now, left = left[: _AT_ONCE * context.defaultParallelism], left[_AT_ONCE * context.defaultParallelism :]
                yield from context.parallelize(now, len(now)).map(work).collect()
    except (java.Py4JError, spark.errors.PySparkException, OSError) as error:
        why = str(error).partition("\n")[0]
        raise UsageError(*phrase("towns", "engine_failed", engine="Spark", why=why)) from error


ENGINES = {"pool": _pool, "dask": _dask, "spark": _spark}


def _join(parts: Iterable[Path], output: Path) -> None:
    """All findings in one file, by town."""
    parquet = extra("pyarrow.parquet", "fast")
    if tables := sorted(parts):
        with whole(output) as fresh, parquet.ParquetWriter(fresh, parquet.read_schema(tables[0])) as writer:
            for part in tables:
                writer.write_table(parquet.read_table(part, partitioning=None))
