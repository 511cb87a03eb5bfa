"""The questions a figure can put to a town, by the name a template calls them. To add one: a module, and a line here."""

from collections.abc import Callable

from hazama.figures.asked import Asked
from hazama.figures.questions.bodies import bodies
from hazama.figures.sketch import Sketch

QUESTIONS: dict[str, Callable[[Asked], Sketch]] = {
    "bodies": bodies,
}

__all__ = ["QUESTIONS"]
