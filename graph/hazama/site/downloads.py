"""The town as files for other programs, each packed so that the folder stays small enough to mail."""

import io
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from hazama.exchange import exported
from hazama.model.town import Municipality
from hazama.site.folder import write

FORMATS = ("ttl", "jsonld", "graphml")
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can name: the same town gives the same bytes on every day."""


def write_downloads(folder: Path, town: Municipality) -> tuple[tuple[str, int], ...]:
    """Write the files into ``downloads/``; give their names and sizes in bytes."""
    files = {"town.csv.zip": exported(town, ".csv")}
    files |= {f"town.{name}.zip": packed(f"town.{name}", exported(town, f".{name}")) for name in FORMATS}
    for name, data in files.items():
        write(folder, f"downloads/{name}", data)
    return tuple((name, len(data)) for name, data in files.items())


def packed(name: str, data: bytes) -> bytes:
    """A zip archive of one file; the same data gives the same bytes."""
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        entry = ZipInfo(name, _EPOCH)
        entry.external_attr = 0o644 << 16
        entry.create_system = 3
        archive.writestr(entry, data, ZIP_DEFLATED, 9)
    return stream.getvalue()
