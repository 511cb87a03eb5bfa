"""Two towns side by side: what one serves and the other does not, with the programmes that do."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from hazama.audits.audited import listed, told
from hazama.knowledge.labels import directory
from hazama.model.findings import Told
from hazama.model.records import Program
from hazama.model.town import Municipality, own


@dataclass(frozen=True, slots=True)
class Difference(Told):
    """One need and support function that only one of the two towns serves."""

    side: Literal["here", "there"]
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
    ours, theirs = served(here), served(there)
    missing = [_difference("there", cell, theirs[cell], there) for cell in sorted(theirs.keys() - ours.keys())]
    extra = [_difference("here", cell, ours[cell], here) for cell in sorted(ours.keys() - theirs.keys())]
    return missing + extra


def served(town: Municipality) -> dict[tuple[str, str], list[Program]]:
    """The town's own programmes by need and support function."""
    cells: dict[tuple[str, str], list[Program]] = defaultdict(list)
    for program in own(town.programs):
        for need in program.needs if isinstance(program.needs, tuple) else ():
            for function in program.functions if isinstance(program.functions, tuple) else ():
                cells[need, function].append(program)
    return dict(cells)


def _difference(
    side: Literal["here", "there"], cell: tuple[str, str], programs: list[Program], town: Municipality
) -> Difference:
    names = directory(town)
    examples = sorted(programs, key=lambda one: one.id)
    sentences = told(
        f"compare_{side}",
        need=names.label("needs", cell[0]),
        function=names.label("functions", cell[1]),
        programs=listed((names.label("programs", one.id) for one in examples), 3),
    )
    return Difference(side, *cell, tuple(examples), sentences)
