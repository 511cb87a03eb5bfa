"""The town and its figures as files for other programs, packed so that the folder stays small enough to mail."""

import io
from collections.abc import Iterator
from typing import TypeAlias
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from hazama.exchange import exported
from hazama.figures import Wishes, rendered, scene
from hazama.site.desk import Desk

Files: TypeAlias = tuple[tuple[str, int], ...]
"""Names within ``downloads/`` with their sizes in bytes."""

FORMATS = ("ttl", "jsonld", "graphml")
MOST_SHAPES = 200
"""Boxes beyond which a slide is too much to edit, and to write in a second."""
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip can name: the same town gives the same bytes on every day."""


def downloads(desk: Desk) -> Iterator[tuple[str, bytes]]:
    """Name within ``downloads/`` and bytes of every file, the figures in the language of *desk*."""
    yield from _figures(desk)
    yield from _town(desk)


def _town(desk: Desk) -> Iterator[tuple[str, bytes]]:
    town = desk.ground.town
    yield "town.csv.zip", exported(town, ".csv")
    for name in FORMATS:
        yield f"town.{name}.zip", packed({f"town.{name}": exported(town, f".{name}")})


def _figures(desk: Desk) -> Iterator[tuple[str, bytes]]:
    """Every figure as a slide and a workbook, the matrix as a workbook, all drawings in one archive.

    A figure of more than :data:`MOST_SHAPES` boxes is no slide.
    """
    for name, drawn in desk.scenes.items():
        if len(drawn.boxes) <= MOST_SHAPES:
            yield f"figure-{name}.pptx", rendered(drawn, ".pptx")
        yield f"figure-{name}.xlsx", rendered(drawn, ".xlsx")
    matrix = scene("matrix", desk.ground.whole, Wishes(lang=desk.lang, scope=desk.ground.scope))
    yield "matrix.xlsx", rendered(matrix, ".xlsx")
    drawings = {f"figure-{name}.svg": rendered(drawn, ".svg") for name, drawn in desk.scenes.items()}
    yield "figures.svg.zip", packed(drawings | {"matrix.svg": rendered(matrix, ".svg")})


def packed(content: dict[str, bytes]) -> bytes:
    """A zip archive of some files; the same data gives the same bytes."""
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, data in content.items():
            entry = ZipInfo(name, _EPOCH)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3
            archive.writestr(entry, data, ZIP_DEFLATED, 9)
    return stream.getvalue()
