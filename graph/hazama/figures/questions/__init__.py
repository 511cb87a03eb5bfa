"""The questions a figure can put to a town, by the name a template calls them: to add one, a module and a line."""

from collections.abc import Callable

from hazama.figures.asked import Asked
from hazama.figures.questions.agencies import agencies
from hazama.figures.questions.around import around
from hazama.figures.questions.bodies import bodies
from hazama.figures.questions.functions import functions
from hazama.figures.questions.matrix import matrix
from hazama.figures.questions.overlap import overlap
from hazama.figures.questions.provisions import provisions
from hazama.figures.questions.themes import themes
from hazama.figures.sketch import Sketch

QUESTIONS: dict[str, Callable[[Asked], Sketch]] = {
    "agencies": agencies,
    "around": around,
    "bodies": bodies,
    "functions": functions,
    "matrix": matrix,
    "overlap": overlap,
    "provisions": provisions,
    "themes": themes,
}

__all__ = ["QUESTIONS"]
