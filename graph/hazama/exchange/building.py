"""A town to a file, in the format that the extension names."""

from collections.abc import Callable, Mapping
from os import getpid
from pathlib import Path

from hazama.exchange import archive, networks, rdf
from hazama.model.errors import UsageError
from hazama.model.town import Municipality
from hazama.resources import phrase

FORMATS: Mapping[str, Callable[[Municipality], bytes]] = {
    ".ttl": rdf.turtle,
    ".nt": rdf.n_triples,
    ".nq": rdf.n_quads,
    ".trig": rdf.trig,
    ".rdf": rdf.rdf_xml,
    ".jsonld": rdf.json_ld,
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
    beside = path.with_name(f".{path.name}.{getpid()}")
    try:
        beside.write_bytes(data)
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
