"""The town and its figures as files for other programs, few and packed, so that the folder can be mailed."""

from collections.abc import Iterator
from pathlib import Path

from hazama.exchange import exported
from hazama.exchange.archive import zipped
from hazama.figures import Wishes, bound, rendered, scene
from hazama.figures.formats.printed import japanese
from hazama.model.town import Municipality
from hazama.site.desk import Desk
from hazama.site.values import Lang

FORMATS = ("ttl", "jsonld", "graphml")
_KINDS = ("pptx", "xlsx", "pdf", "svg", "csv", *FORMATS)
"""How a page orders files."""
MOST_SHAPES = 200
"""Boxes beyond which a slide is too much to edit, and to write in a second."""


def town_files(town: Municipality) -> Iterator[tuple[str, bytes]]:
    """Address and bytes of the town as tables and as a graph, the same in every language."""
    yield "downloads/town.csv.zip", exported(town, ".csv")
    for name in FORMATS:
        yield f"downloads/town.{name}.zip", zipped([(f"town.{name}", exported(town, f".{name}"))])


def figure_files(desk: Desk) -> Iterator[tuple[str, bytes]]:
    """The matrix and all figures in the language of *desk* as one file of each kind.

    A figure of more than :data:`MOST_SHAPES` boxes is no slide; where no Japanese font is installed there is no PDF.
    """
    matrix = scene("matrix", desk.ground.whole, Wishes(lang=desk.lang, scope=desk.ground.scope))
    drawn = list(desk.scenes.values())
    if slides := [each for each in drawn if len(each.boxes) <= MOST_SHAPES]:
        yield f"downloads/figures.{desk.lang}.pptx", bound(slides, ".pptx")
    yield f"downloads/figures.{desk.lang}.xlsx", bound([matrix, *drawn], ".xlsx")
    if japanese():
        yield f"downloads/figures.{desk.lang}.pdf", bound([*drawn, matrix], ".pdf")
    named = {f"figure-{name}": each for name, each in desk.scenes.items()} | {"matrix": matrix}
    drawings = {f"{name}.svg": rendered(each, ".svg") for name, each in named.items()}
    yield f"downloads/figures.{desk.lang}.svg.zip", zipped(drawings.items())


def offered(folder: Path, lang: Lang) -> dict[str, int]:
    """The files of the folder of downloads that a page of one language offers, with their sizes in bytes."""
    found = {file.name: file.stat().st_size for file in folder.glob("*")}
    names = [name for name in found if name.startswith("town.") or f".{lang}." in name]
    order = {name: _KINDS.index(name.removesuffix(".zip").rpartition(".")[2]) for name in names}
    return {name: found[name] for name in sorted(names, key=lambda name: (name.partition(".")[0], order[name]))}
