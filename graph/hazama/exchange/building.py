"""A town to a file, in the format that the extension names."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile

from hazama.exchange import archive, jsonld, networks, rdf, turtle
from hazama.model.errors import UsageError
from hazama.model.town import Municipality
from hazama.resources import phrase

FORMATS: Mapping[str, Callable[[Municipality], bytes]] = {
    ".ttl": turtle.turtle,
    ".nt": rdf.n_triples,
    ".nq": rdf.n_quads,
    ".trig": turtle.trig,
    ".rdf": rdf.rdf_xml,
    ".jsonld": jsonld.json_ld,
    ".graphml": networks.graphml,
    ".gexf": networks.gexf,
    ".json": networks.node_link,
    ".csv": archive.tables,
    ".zip": archive.tables,
}
"""What makes the bytes of each format. ``.csv`` is a zip of CSV tables too: a town is more than one table."""

EXTENSIONS = tuple(FORMATS)


def build(town: Municipality, path: Path) -> None:
    """Write the town to *path*, whole or not at all.

    Raises :class:`~hazama.model.errors.UsageError` for an extension that nobody knows and for a place
    that cannot be written. The same town gives the same bytes.
    """
    data = exported(town, path.suffix)
    try:
        _write(path, data)
    except OSError as error:
        raise UsageError(*phrase("graph", "cannot_write", path=path, found=error.strerror or error)) from error


def exported(town: Municipality, extension: str) -> bytes:
    """The town in the format of an extension."""
    made = FORMATS.get(extension.lower())
    if made is None:
        known = " ".join(EXTENSIONS)
        raise UsageError(*phrase("graph", "unknown_extension", found=extension, known=known))
    return made(town)


def _write(path: Path, data: bytes) -> None:
    """Write beside the place and move there, so that nobody ever sees half a file."""
    with NamedTemporaryFile(dir=path.parent, prefix=f".{path.name}.", delete=False) as file:
        try:
            file.write(data)
            file.close()
            Path(file.name).chmod(0o666 & ~_umask())
            Path(file.name).replace(path)
        except OSError:
            Path(file.name).unlink(missing_ok=True)
            raise


def _umask() -> int:
    """The permissions that new files of this process do without."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
