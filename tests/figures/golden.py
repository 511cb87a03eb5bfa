"""The drawings and scenes kept under ``tests/cases/figures``: look at each drawing before you keep a new one.

``python -m tests.figures.golden`` writes them again.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path

from hazama.figures import COLOUR, MONO, Scene, Wishes, figure_names, scene
from hazama.figures.compose import compose
from hazama.figures.formats import svg
from hazama.figures.geometry import Label, Rect
from hazama.model.records import Status
from hazama.model.town import Municipality
from hazama.model.view import Scope
from hazama.tables import read, sample
from tests.figures.made import council
from tests.towns import small_town

FOLDER = Path(__file__).parents[1] / "cases" / "figures"
EVERYTHING = Scope(include=frozenset({Status.INFERRED, Status.UNVERIFIED}))
SMALL = ("themes", "support", "governance", "matrix", "overlap")


@cache
def drawings() -> dict[str, str]:
    """Every drawing and scene by its file name."""
    made = {"council.svg": svg(compose(council()), COLOUR), "council-mono.svg": svg(compose(council()), MONO)}
    for name, drawn in {**{f"minato-{name}": minato(name) for name in SMALL}, **dict(of_the_sample())}.items():
        made |= {f"{name}.svg": svg(drawn), f"{name}.txt": "".join(f"{line}\n" for line in told(drawn))}
    return made


def minato(name: str) -> Scene:
    """A figure of みなと町 with everything in it."""
    return scene(name, small_town(), Wishes(scope=EVERYTHING))


@cache
def fujisawa() -> Municipality:
    """The sample town."""
    return read(sample())


def of_the_sample() -> Iterator[tuple[str, Scene]]:
    """Every figure of the sample town by the name of its file."""
    for name in figure_names():
        yield f"fujisawa-{name}", scene(name, fujisawa())
    yield "fujisawa-around", scene("around", fujisawa(), Wishes(about="programs/i1c"))
    yield "fujisawa-governance-gaps", scene("governance", fujisawa(), Wishes(gaps=True))


def told(scene: Scene) -> Iterator[str]:
    """A scene as text, one line for every thing in it."""
    yield f"page {scene.width} x {scene.height} {scene.paper}"
    for zone in scene.zones:
        yield f"zone {zone.id} {_place(zone.rect)} | {_words(zone.title)}"
    for box in scene.boxes:
        badges = "".join(f" ({badge})" for badge in box.badges)
        captions = f" | {_words(box.small)}" if box.small else ""
        inside = f" in {box.parent}" if box.parent else ""
        yield f"{box.kind} {box.id}{inside} {_place(box.rect)} {box.status} | {_words(box.head)}{captions}{badges}"
    for line in scene.lines:
        way = " ".join(f"{point.x:g},{point.y:g}" for point in line.points)
        yield f"line {line.id} {line.status} {way}" + (f" | {_words(line.label)}" if line.label else "")
    for key in scene.keys:
        yield f"key {key.kind} {key.status} | {key.label.text}"
    for label in (scene.title, *([scene.subtitle] if scene.subtitle else []), *scene.notes):
        yield f"text {_words(label)}"
    for said in scene.statements:
        yield f"said {said.subject} | {said.predicate} | {said.object} | {said.status} | {said.shown} | {said.source}"


def _place(rect: Rect) -> str:
    return f"{rect.x:g},{rect.y:g} {rect.w:g}x{rect.h:g}"


def _words(label: Label) -> str:
    return f"{' / '.join(label.lines)} @{label.size:g}"


if __name__ == "__main__":
    for file, text in drawings().items():
        (FOLDER / file).write_text(text, encoding="utf-8", newline="\n")
