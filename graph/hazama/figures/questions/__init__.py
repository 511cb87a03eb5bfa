"""The questions a figure can put to a town, each in a module of its name: to add one, a module and a name here."""

from collections.abc import Callable
from importlib import import_module

from hazama.figures.asked import Asked
from hazama.figures.scene import Sketch

QUESTIONS = ("agencies", "around", "bodies", "functions", "matrix", "overlap", "provisions", "themes")


def question(name: str) -> Callable[[Asked], Sketch]:
    """Return the function that answers one of ``QUESTIONS``."""
    found: Callable[[Asked], Sketch] = getattr(import_module(f"{__name__}.{name}"), name)
    return found
