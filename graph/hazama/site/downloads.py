"""The town and its figures as files for other programs, few and packed, so that the folder can be mailed."""

from collections.abc import Iterator
from typing import TypeAlias

from hazama.exchange import exported
from hazama.exchange.archive import zipped
from hazama.figures import Wishes, bound, rendered, scene
from hazama.figures.formats.printed import japanese
from hazama.model.town import Municipality
from hazama.site.desk import Desk
from hazama.site.values import Lang

Files: TypeAlias = tuple[tuple[str, int], ...]
"""Names within ``downloads/`` with their sizes in bytes."""

FORMATS = ("ttl", "jsonld", "graphml")
MOST_SHAPES = 200
"""Boxes beyond which a slide is too much to edit, and to write in a second."""


def town_files(town: Municipality) -> Iterator[tuple[str, bytes]]:
    """Name within ``downloads/`` and bytes of the town as tables and as a graph, the same in every language."""
    yield "town.csv.zip", exported(town, ".csv")
    for name in FORMATS:
        yield f"town.{name}.zip", zipped([(f"town.{name}", exported(town, f".{name}"))])


def figure_files(desk: Desk) -> Iterator[tuple[str, bytes]]:
    """The matrix and all figures in the language of *desk* as one file of each kind.

    A figure of more than :data:`MOST_SHAPES` boxes is no slide; where no Japanese font is installed there is no PDF.
    """
    matrix = scene("matrix", desk.ground.whole, Wishes(lang=desk.lang, scope=desk.ground.scope))
    drawn = list(desk.scenes.values())
    if slides := [each for each in drawn if len(each.boxes) <= MOST_SHAPES]:
        yield f"figures.{desk.lang}.pptx", bound(slides, ".pptx")
    yield f"figures.{desk.lang}.xlsx", bound([matrix, *drawn], ".xlsx")
    if japanese():
        yield f"figures.{desk.lang}.pdf", bound([*drawn, matrix], ".pdf")
    named = {f"figure-{name}": each for name, each in desk.scenes.items()} | {"matrix": matrix}
    drawings = {f"{name}.svg": rendered(each, ".svg") for name, each in named.items()}
    yield f"figures.{desk.lang}.svg.zip", zipped(drawings.items())


def of_language(files: Files, lang: Lang) -> Files:
    """The files that a page of one language offers."""
    return tuple(file for file in files if file[0].startswith("town.") or f".{lang}." in file[0])
