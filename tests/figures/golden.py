"""The drawings kept under ``tests/cases/figures``: look at each before you keep a new one.

``python -m tests.figures.golden`` writes them again.
"""

from pathlib import Path

from tests.figures.made import council
from tests.towns import small_town

from hazama.figures import COLOUR, MONO, Scene, Wishes, scene
from hazama.figures.compose import compose
from hazama.figures.svg import svg
from hazama.model.records import Status
from hazama.model.view import Scope

FOLDER = Path(__file__).parents[1] / "cases" / "figures"
EVERYTHING = Scope(include=frozenset({Status.INFERRED, Status.UNVERIFIED}))
SMALL = ("themes", "support", "governance", "matrix", "overlap")


def drawings() -> dict[str, str]:
    """Every drawing by its file name."""
    made = {"council.svg": svg(compose(council()), COLOUR), "council-mono.svg": svg(compose(council()), MONO)}
    return made | {f"minato-{name}.svg": svg(minato(name)) for name in SMALL}


def minato(name: str) -> Scene:
    """A figure of みなと町 with everything in it."""
    return scene(name, small_town(), Wishes(scope=EVERYTHING))


if __name__ == "__main__":
    for file, text in drawings().items():
        (FOLDER / file).write_text(text, encoding="utf-8", newline="\n")
