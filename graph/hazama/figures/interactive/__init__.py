"""Pages to look around in: a figure that can be dragged and searched, and the whole graph of a town.

vis-network draws, as carried by the pyvis package; nodes and edges are collected with pyvis' data API. The page around
it is ours: no request to anywhere, a strict content security policy, every text escaped, every place given beforehand.
"""

from hazama.figures.interactive.explore import explore
from hazama.figures.interactive.page import Parts, figure_parts, html, standalone

__all__ = ["Parts", "explore", "figure_parts", "html", "standalone"]
