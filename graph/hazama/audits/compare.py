"""Two towns side by side: what one serves and the other does not, with the programmes that do."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal, TypeAlias

from hazama.audits.audited import listed, told
from hazama.knowledge.labels import directory
from hazama.model.findings import Told
from hazama.model.records import Program
from hazama.model.town import Municipality, own

Cell: TypeAlias = tuple[str, str]
"""A need and a support function."""
Side: TypeAlias = Literal["here", "there"]


@dataclass(frozen=True, slots=True)
class Difference(Told):
    """One need and support function that only one of the two towns serves."""

    side: Side
    """Where it is served."""
    need: str
    function: str
    programs: tuple[Program, ...]
    sentences: tuple[str, str]

    def record(self, lang: str) -> dict[str, object]:
        """The difference for JSON, CSV and tables, in one language."""
        programs = [one.id for one in self.programs]
        place = {"side": self.side, "need": self.need, "function": self.function}
        return {**place, "programs": programs, "sentence": self.sentence(lang)}


def compare(here: Municipality, there: Municipality) -> list[Difference]:
    """The differences, what only the other town serves first, by need and function.

    Programmes of the towns themselves that name a need count; one for all needs serves none in particular.
    """
    return [*_only("there", there, here), *_only("here", here, there)]


def _only(side: Side, town: Municipality, other: Municipality) -> list[Difference]:
    cells, names = _served(town), directory(town)
    found = []
    for need, function in sorted(cells.keys() - _served(other)):
        programs = tuple(sorted(cells[need, function], key=lambda one: one.id))
        sentences = told(
            f"compare_{side}",
            need=names.label("needs", need),
            function=names.label("functions", function),
            programs=listed((names.label("programs", one.id) for one in programs), 3),
        )
        found.append(Difference(side, need, function, programs, sentences))
    return found


def _served(town: Municipality) -> dict[Cell, list[Program]]:
    """The town's own programmes by need and support function."""
    cells: dict[Cell, list[Program]] = defaultdict(list)
    for program in own(town.programs):
        for need in program.needs if isinstance(program.needs, tuple) else ():
            for function in program.functions if isinstance(program.functions, tuple) else ():
                cells[need, function].append(program)
    return cells
