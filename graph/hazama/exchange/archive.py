"""A zip of CSV tables with their CSVW metadata: a town folder that hazama and any CSVW tool read.

The town stands in ``town/`` and every layer beneath it in a folder of its name beside it. A row that a view leaves out
is kept with its status and time, so that references hold and reading the copy with the same view gives the
same rows.
"""

import io
import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from hazama.model.records import Row
from hazama.model.town import Layer, Municipality
from hazama.resources import text
from hazama.tables import files

TOWN = "town"
"""Folder of the town itself; no layer may have this name."""

METADATA = "tables.csvw.json"
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can name: the same content gives the same bytes on every day."""


def tables(town: Municipality) -> bytes:
    """The zip archive."""
    return zipped(sorted(_files(whole(town))))


def zipped(content: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip archive of files by name in the order given; the same content gives the same bytes."""
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, data in content:
            entry = ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, data, ZIP_DEFLATED, 9)
    return stream.getvalue()


def whole(town: Municipality) -> Municipality:
    """The town with the rows that its view leaves out put back in the place they have in their files."""
    order = [layer.key for layer in town.layers]
    back: dict[str, list[Row]] = {}
    for (table, _), row in town.beyond.items():
        back.setdefault(table, []).append(row)
    merged: dict[str, Any] = {
        table: tuple(sorted((*rows, *back.get(table, ())), key=lambda row: (order.index(row.layer), row.origin.row)))
        for table, rows in town.tables()
    }
    return replace(town, beyond={}, **merged)


def _files(town: Municipality) -> Iterator[tuple[str, bytes]]:
    for layer in town.layers:
        folder = layer.key or TOWN
        by_itself = alone(town, layer)
        made = dict(files(by_itself))
        yield from ((f"{folder}/{name}", data) for name, data in made.items())
        yield f"{folder}/{METADATA}", metadata(by_itself, set(made))


def alone(town: Municipality, layer: Layer) -> Municipality:
    """One layer as a town of its own."""
    kept: dict[str, Any] = {
        table: tuple(replace(row, layer="") for row in rows if row.layer == layer.key) for table, rows in town.tables()
    }
    schemes = {
        name: {id: replace(concept, layer="") for id, concept in scheme.items() if concept.layer == layer.key}
        for name, scheme in town.schemes.items()
    }
    return replace(town, layers=(layer,), schemes=schemes, **kept)


def metadata(town: Municipality, present: set[str]) -> bytes:
    """The CSVW metadata of the tables that are there, columns that only this town has among them."""
    declared = json.loads(text(f"ontology/{METADATA}"))
    rows = dict(town.tables())
    tables = [table for table in declared["tables"] if table["url"] in present]
    declared["tables"] = [_described(table, rows[table["url"].removesuffix(".csv")]) for table in tables]
    return (json.dumps(declared, ensure_ascii=False, indent=1) + "\n").encode()


def _described(table: dict[str, Any], rows: tuple[Row, ...]) -> dict[str, Any]:
    """The table with its own columns, and without keys into tables of other layers, where references may lie."""
    own = dict.fromkeys(heading for row in rows for heading in row.extra)
    further = [{"name": quote(heading, safe=""), "titles": heading, "datatype": "string"} for heading in own]
    schema = {name: value for name, value in table["tableSchema"].items() if name != "foreignKeys"}
    return {**table, "tableSchema": {**schema, "columns": schema["columns"] + further}}
