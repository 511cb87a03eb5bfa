"""The command that draws: draw."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hazama.cli.options import LIST, PATH, TownRequest, answering, existing, town_options
from hazama.cli.output import Out
from hazama.model.errors import UsageError
from hazama.resources import phrase

if TYPE_CHECKING:
    from hazama.figures import Scene, Wishes
    from hazama.figures.style import Palette

EVERYTHING = (".svg", ".png", ".pdf", ".pptx", ".drawio", ".mmd", ".dot", ".html")


@dataclass(frozen=True, slots=True)
class _Order:
    """What is to be drawn, from which town, how and whereto."""

    figure: str
    request: TownRequest
    wishes: "Wishes"
    palette: "Palette"
    out: Out


@click.command()
@click.argument("figure", required=False)
@town_options
@click.option("-o", "--output", type=PATH, help="書き出す先（拡張子で形が決まる） / where to write")
@click.option("--list", "listing", is_flag=True, help="描ける図の一覧 / list the figures")
@click.option("--all", "everything", is_flag=True, help="すべての図をすべての形で / every figure in every format")
@click.option("--paper", type=click.Choice(["a4", "a3"]), default="a4", help="紙の大きさ（横） / paper, landscape")
@click.option("--mono", is_flag=True, help="白黒コピー用 / for photocopies")
@click.option("--with", "extra", type=click.Choice(["gaps"]), multiple=True, help="狭間も描く / draw gaps too")
@click.option("--about", default="", metavar="ID", help="図 around の中心 / what the figure around is about")
@answering(*LIST)
def draw(
    figure: str | None,
    request: TownRequest,
    listing: bool,
    everything: bool,
    paper: str,
    mono: bool,
    extra: tuple[str, ...],
    about: str,
    out: Out,
) -> None:
    """町の表から図を描く / Draw FIGURE from the tables of TOWN."""
    from hazama.figures import COLOUR, MONO, Paper, Wishes

    request = _town(figure, request) if listing or everything else request
    if listing:
        return out.show(_listed(request, out.lang), "id", "title")
    if out.output is None or not (figure or everything):
        raise UsageError(*phrase("figures", "figure_and_file"))
    wishes = Wishes(out.lang, Paper(paper), request.scope(request.whole()), "gaps" in extra, about)
    order = _Order(figure or "", request, wishes, MONO if mono else COLOUR, out)
    for said in _all(order) if everything else _one(order):
        click.echo(said, err=True)


def _town(figure: str | None, request: TownRequest) -> TownRequest:
    """Without a figure to name, the first argument is the town."""
    return request._replace(path=request.path or (Path(figure) if figure else None))


def _listed(request: TownRequest, lang: str) -> list[dict[str, object]]:
    from hazama.figures import figures

    return [
        {
            "id": figure.figure,
            "title": figure.title.label(lang).format(about="ID"),
            "description": figure.description.label(lang),
        }
        for figure in figures(existing(request.path) / "figures").values()
    ]


def _one(order: _Order) -> Iterator[str]:
    """Draw one figure and yield what to say about it."""
    from hazama.figures import scene

    if order.figure == "explore":
        yield _explored(order, order.out.path)
        return
    drawn = scene(order.figure, order.request.whole(), order.wishes, existing(order.request.path) / "figures")
    yield from _drawn(order, drawn, order.out.path)
    yield from _advice(drawn)


def _all(order: _Order) -> Iterator[str]:
    """Draw every figure in every format and yield what to say about them."""
    from hazama.figures import figures, scene

    town, folder = order.request.whole(), existing(order.request.path) / "figures"
    order.out.path.mkdir(parents=True, exist_ok=True)
    for name, figure in figures(folder).items():
        if figure.options.get("about") and not order.wishes.about:
            continue
        drawn = scene(name, town, order.wishes, folder)
        for suffix in EVERYTHING + ((".xlsx",) if drawn.matrix else ()):
            yield from _drawn(order, drawn, order.out.path / f"{name}{suffix}")
        yield from _advice(drawn)
    yield _explored(order, order.out.path / "explore.html")


def _drawn(order: _Order, drawn: "Scene", path: Path) -> Iterator[str]:
    from hazama.figures import draw

    draw(drawn, path, order.palette)
    yield order.out.say("written", path=path)


def _explored(order: _Order, path: Path) -> str:
    from hazama.figures import explore

    path.write_text(explore(order.request.viewed(), order.out.lang), encoding="utf-8")
    return order.out.say("written", path=path)


def _advice(drawn: "Scene") -> Iterator[str]:
    """Yield a warning where the sheet is too small for a figure to be read in print."""
    from hazama.figures.scene import READABLE, Paper

    if drawn.smallest_type < READABLE:
        advice = "type_too_small" if drawn.paper is Paper.A4 else "type_too_small_on_a3"
        said = phrase("figures", advice, figure=drawn.figure, size=f"{drawn.smallest_type:.1f}", least=f"{READABLE:g}")
        yield said[drawn.lang == "en"]


COMMANDS = [draw]
