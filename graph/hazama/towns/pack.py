"""Towns as Parquet, partitioned by municipality code.

``town=<code>/`` holds the tables that counts over the country read, and ``files``, the tables of the town and of
the layers beside it as written, from which the audit reads the same town by the same reader.
"""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from hashlib import sha256
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hazama.exchange.archive import TOWN, alone
from hazama.knowledge.endpoint import StoreError
from hazama.model.boxes import boxes
from hazama.model.cells import NOT_RECORDED, Age, AgeRange, Limit, Unset
from hazama.model.errors import InputError, UsageError
from hazama.model.town import Municipality, own
from hazama.model.view import Scope, view
from hazama.resources import phrase
from hazama.tables.reading import read
from hazama.tables.town_file import FILE as TOWN_FILE
from hazama.tables.writing import files
from hazama.towns.pool import spread

_PACKING = "packing.txt"
"""Where a packed town came from, and the mark of its content."""
Rows = list[dict[str, Any]]

COLUMNS = {
    "files": "path:string data:binary",
    "towns": "name:string as_of:string",
    "programs": "id:string name:string themes:list needs:list functions:list field:list reach:string owner:list",
    "boxes": "program:string row:int64 dimension:string state:string admits:list least:int64 most:int64",
    "agencies": "id:string name:string kind:string parent:string",
    "bodies": "id:string name:string kind:string convener:list theme:list",
    "provisions": "id:string law:string modality:string bearer:list programs:list",
}
"""Columns and types of each table; every table has ``town`` from its folder."""


def extra(module: str, name: str) -> Any:
    """A module of an extra; without it, what to install."""
    try:
        return import_module(module)
    except ImportError as error:
        raise UsageError(*phrase("towns", "extra_missing", extra=name)) from error


def pack(places: Sequence[Path], output: Path, workers: int = 0) -> int:
    """Write the towns in *places* (folders of tables, workbooks, or folders of towns); how many there were.

    A town that is there already, from the same place with the same content, is passed over. One that cannot be
    packed does not stop the others; ``InputError`` names all of those in the end.
    """
    extra("pyarrow", "fast")
    output.mkdir(parents=True, exist_ok=True)
    known = {place: (code, marks) for code, place, *marks in map(_packing, output.glob("town=*")) if marks}
    homes: dict[str, Path] = {}
    failed: dict[Path, InputError] = {}
    with TemporaryDirectory(dir=output, prefix=".") as folder:
        towns = (one.absolute() for given in places for one in _towns(given))
        todo = [(place, Path(folder, str(n)), known.get(str(place))) for n, place in enumerate(towns)]
        with closing(spread(_packed, todo, workers)) as done:
            for (place, fresh, _), code in done:
                if code is None:
                    failed[place] = InputError(*phrase("towns", "pack_lost", path=place))
                elif isinstance(code, InputError):
                    failed[place] = code
                elif code in homes:
                    both = ", ".join(sorted(map(str, (homes[code], place))))
                    failed[place] = InputError(*phrase("towns", "same_code", code=code, path=both))
                else:
                    homes[code] = place
                    _swap(fresh, output / f"town={code}")
    if failed:
        raise _left_out(failed, len(homes))
    return len(homes)


def _left_out(failed: Mapping[Path, InputError], done: int) -> InputError:
    """One error for all the towns that could not be packed, each with its place."""
    heads = phrase("towns", "pack_failed", count=len(failed), done=done)
    listed = sorted(failed.items())
    ja, en = (
        "\n".join([head, *(f"{place}: {error.sentence(lang)}" for place, error in listed)])
        for lang, head in zip(("ja", "en"), heads, strict=True)
    )
    cells = (replace(cell, file=f"{place.name}/{cell.file}") for place, error in listed for cell in error.violations)
    return InputError(ja, en, tuple(cells))


def _packed(task: tuple[Path, Path, tuple[str, list[str]] | None]) -> str | InputError:
    """The code of a town that was packed, or why it could not be."""
    try:
        return _partition(*task)
    except InputError as error:
        return error


def _partition(place: Path, fresh: Path, known: tuple[str, list[str]] | None) -> str:
    """Read a town and write its partition to a new folder, unless the marks of the last time still hold; its code."""
    if known and all(_mark(_layer(place, key)) == mark for mark, _, key in (line.partition(" ") for line in known[1])):
        return known[0]
    mark, town = _mark(place), read(place)
    if not town.layer.code:
        raise InputError(*phrase("towns", "no_code", path=place))
    beside = _beside(town, place)
    _write(town, beside, fresh)
    marks = [f"{mark} ", *(f"{_mark(_layer(place, key))} {key}" for key in beside)]
    (fresh / _PACKING).write_text("\n".join([str(place), *marks]), encoding="utf-8")
    return town.layer.code


def _packing(home: Path) -> list[str]:
    """Code and place of a packed town, and the marks of what it was read from, each with the key of its layer."""
    note = home / _PACKING
    return [code_of(home), *(note.read_text(encoding="utf-8", errors="replace") if note.exists() else "").split("\n")]


def _mark(home: Path) -> str:
    """What stands for the content of a folder or workbook, as this edition of hazama reads it."""
    mark = sha256(version("hazama").encode())
    for file in sorted(home.rglob("*")) if home.is_dir() else [home]:
        if file.is_file():
            mark.update(repr((str(file), file.stat().st_size)).encode() + file.read_bytes())
    return mark.hexdigest()


def _layer(place: Path, key: str) -> Path:
    """The town itself, or a layer beside it."""
    return place.resolve().parent / Path(key).name if key else place


def _beside(town: Municipality, place: Path) -> list[str]:
    """The layers that a town stands on and that lie beside it; the others come with hazama."""
    return [one.key for one in town.layers if one.key and (_layer(place, one.key) / TOWN_FILE).is_file()]


def _swap(fresh: Path, home: Path) -> None:
    if fresh.exists():
        shutil.rmtree(home, ignore_errors=True)
        fresh.rename(home)


def code_of(home: Path) -> str:
    """The municipality code of a packed town."""
    return home.name.removeprefix("town=")


def unpacked(home: Path) -> Municipality:
    """The town of one partition, read by the reader that read it first."""
    parquet = extra("pyarrow.parquet", "fast")
    with TemporaryDirectory() as folder:
        for row in parquet.read_table(home / "files.parquet", partitioning=None).to_pylist():
            path = Path(folder, row["path"])
            if not path.resolve().is_relative_to(Path(folder).resolve()):
                raise InputError(*phrase("towns", "path_outside", path=row["path"]))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(row["data"])
        return read(Path(folder, TOWN))


def partitions(towns: Path) -> list[Path]:
    """The packed towns by code."""
    found = sorted(towns.glob("town=*"))
    if not found:
        raise UsageError(*phrase("towns", "no_towns", path=towns))
    return found


def write_rows(path: Path, columns: str, rows: Rows) -> None:
    """A Parquet file, there as a whole or not at all."""
    arrow, parquet = extra("pyarrow", "fast"), extra("pyarrow.parquet", "fast")
    kinds = {"list": arrow.list_(arrow.string())}
    pairs = [column.split(":") for column in columns.split()]
    schema = arrow.schema([(name, kinds.get(kind) or getattr(arrow, kind)()) for name, kind in pairs])
    with whole(path) as fresh:
        parquet.write_table(arrow.Table.from_pylist(rows, schema), fresh, compression="zstd")


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A file beside *path* that takes its place once all is written; a full disk raises StoreError and leaves none."""
    fresh = path.with_name(f".{path.name}.new")
    try:
        yield fresh
        fresh.replace(path)
    except OSError as error:
        raise StoreError(*phrase("towns", "store_unwritable", path=path, why=error)) from error
    finally:
        fresh.unlink(missing_ok=True)


def _towns(place: Path) -> list[Path]:
    """A folder with a town.toml is a town, one without holds towns."""
    if place.is_dir() and not (place / "town.toml").exists():
        return sorted(one for one in place.iterdir() if (one / "town.toml").exists() or one.suffix == ".xlsx")
    return [place]


def _write(town: Municipality, beside: Sequence[str], fresh: Path) -> None:
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir()
    now = view(town, Scope(as_of=town.layer.as_of))
    kept = [
        {"path": f"{layer.key or TOWN}/{name}", "data": data}
        for layer in town.layers
        if not layer.key or layer.key in beside
        for name, data in files(alone(town, layer))
    ]
    named = [{"name": town.name, "as_of": str(town.layer.as_of or "")}]
    tables: dict[str, Rows] = {"files": kept, "towns": named, **_tables(now)}
    for name, rows in tables.items():
        write_rows(fresh / f"{name}.parquet", COLUMNS[name], rows)


def _tables(town: Municipality) -> dict[str, Rows]:
    """What the country is counted by: the town's own rows, stated and in force."""
    made = {name: _plain(own(getattr(town, name)), COLUMNS[name]) for name in ("programs", "agencies", "bodies")}
    based: dict[str, list[str]] = {}
    for program in own(town.programs):
        for id in program.basis:
            based.setdefault(id, []).append(program.id)
    provisions = _plain(town.provisions, "id law modality bearer")
    for one in provisions:
        one["programs"] = based.get(one["id"], [])
    return {**made, "boxes": list(_boxes(town)), "provisions": provisions}


def _plain(rows: Sequence[Any], columns: str) -> Rows:
    names = [column.partition(":")[0] for column in columns.split()]
    return [{name: _cell(getattr(row, name)) for name in names} for row in rows]


def _cell(value: Any) -> Any:
    """A value as Parquet keeps it: not recorded is null, no limit an empty list."""
    if isinstance(value, Unset):
        return None if value is NOT_RECORDED else []
    return list(value) if isinstance(value, tuple) else value


def _boxes(town: Municipality) -> Iterator[dict[str, Any]]:
    mine = {program.id for program in own(town.programs)}
    for program, homes in boxes(town).items():
        for row in homes if program in mine else ():
            for dimension, limit in row.limits.items():
                yield {"program": program, "row": row.origin.row, "dimension": dimension, **_limit(limit)}


def _limit(limit: Limit | AgeRange) -> dict[str, Any]:
    if isinstance(limit, AgeRange):
        least, most = limit.least, limit.most
        ends = {
            "least": least.months if isinstance(least, Age) else None,
            "most": most.after if isinstance(most, Age) else None,
        }
        states = [end.value if isinstance(end, Unset) else "limited" for end in (least, most)]
        return {"state": "/".join(states), "admits": None, **ends}
    if isinstance(limit, Unset):
        return {"state": limit.value, "admits": None, "least": None, "most": None}
    return {"state": "limited", "admits": list(limit), "least": None, "most": None}
