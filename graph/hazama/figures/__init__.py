"""Figures fit for a council paper: a town's question → a sketch → a scene with everything in place → any file.

>>> from hazama.tables import read, sample
>>> scene("governance", read(sample())).title.lines
('図4 各会議体の位置づけ',)
"""

from hazama.figures.asked import Wishes
from hazama.figures.drawing import bound, draw, figure_names, linked, rendered, scene
from hazama.figures.faults import Fault, faults
from hazama.figures.interactive import explore
from hazama.figures.scene import Paper, Scene
from hazama.figures.style import COLOUR, MONO
from hazama.figures.templates import templates as figures

__all__ = [
    "COLOUR",
    "MONO",
    "Fault",
    "Paper",
    "Scene",
    "Wishes",
    "bound",
    "draw",
    "explore",
    "faults",
    "figure_names",
    "figures",
    "linked",
    "rendered",
    "scene",
]
