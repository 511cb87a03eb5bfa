"""The command that draws: draw."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hazama.cli.options import LIST, PATH, TownRequest, answering, existing, town_options
from hazama.cli.output import Out
from hazama.model.errors import UsageError
from hazama.resources import phrase

if TYPE_CHECKING:
    from hazama.figures import Scene
    from hazama.figures.style import Palette
    from hazama.figures.templates import Template
    from hazama.model.town import Municipality

EXPLORE = "explore"
"""The whole graph to look around in: no figure on paper."""
EVERYTHING = (".svg", ".png", ".pdf", ".pptx", ".drawio", ".mmd", ".dot", ".html")


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
    from hazama.figures import COLOUR, MONO, Paper, Wishes, figures, scene
    from hazama.model.view import view

    if (listing or everything) and figure:  # without a figure to name, the first argument is the town
        request = request._replace(path=request.path or Path(figure))
    own = existing(request.path) / "figures"
    if listing:
        return out.show([_listed(each, out.lang) for each in figures(own).values()], "id", "title")
    if out.output is None or not (figure or everything):
        raise UsageError(*phrase("figures", "figure_and_file"))
    town, named = request.whole(), [figure or ""]
    scope = request.scope(town)
    wishes = Wishes(out.lang, Paper(paper), scope, "gaps" in extra, about)
    if everything:
        out.path.mkdir(parents=True, exist_ok=True)
        named = [name for name, each in figures(own).items() if about or not each.options.get("about")] + [EXPLORE]
    for name in named:
        home = out.path / name if everything else None
        if name == EXPLORE:
            _explore(view(town, scope), home, out)
        else:
            _draw(scene(name, town, wishes, own), home, MONO if mono else COLOUR, out)
    return None


def _listed(figure: "Template", lang: str) -> dict[str, object]:
    title = figure.title.label(lang).format(about="ID")
    return {"id": figure.figure, "title": title, "description": figure.description.label(lang)}


def _draw(drawn: "Scene", home: Path | None, palette: "Palette", out: Out) -> None:
    """Draw a figure as *home* in every format, or as the file that was asked for; warn of type that is too small."""
    from hazama.figures import draw
    from hazama.figures.scene import READABLE, Paper

    suffixes = EVERYTHING + ((".xlsx",) if drawn.matrix else ())
    for path in [home.with_name(home.name + suffix) for suffix in suffixes] if home else [out.path]:
        draw(drawn, path, palette)
        out.tell("written", path=path)
    if drawn.smallest_type < READABLE:
        advice = "type_too_small" if drawn.paper is Paper.A4 else "type_too_small_on_a3"
        said = phrase("figures", advice, figure=drawn.figure, size=f"{drawn.smallest_type:.1f}", least=f"{READABLE:g}")
        click.echo(said[drawn.lang == "en"], err=True)


def _explore(town: "Municipality", home: Path | None, out: Out) -> None:
    from hazama.figures import explore

    path = home.with_suffix(".html") if home else out.path
    path.write_text(explore(town, out.lang), encoding="utf-8")
    out.tell("written", path=path)


COMMANDS = [draw]
