"""What became reached and what ceased to be between two states of a town, need by need.

Both states are laid into one space, so that an age limit of either cuts the classes of both; then
sets are counted: uncovered before and covered now is closed, the other way round is opened.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from hazama.coverage.boxes import Masks, Space, bits
from hazama.coverage.measure import demand
from hazama.coverage.space import space
from hazama.coverage.totals import uncovered
from hazama.model.town import Municipality

_BEFORE = "before/"
"""Put before the ids of the earlier programmes; no id of a table holds a slash."""


@dataclass(frozen=True, slots=True)
class GapChange:
    """One need: the shares of all combinations for it (or of the people) that closed and that opened."""

    need: str
    closed: float
    opened: float


def gap_changes(old: Municipality, new: Municipality) -> Iterator[GapChange]:
    """The needs whose certain gaps are not what they were, in the order of the list."""
    known = space(_both(old, new), "certain")
    before = _part(known.space, earlier=True)
    after = _part(known.space, earlier=False)
    place = known.axis("needs")
    for value in bits(known.axes[place].full):
        within = (*known.space.full[:place], 1 << value, *known.space.full[place + 1 :])
        change = _change(known.axes[place].ids[value], within, known.space, before, after)
        if change.closed or change.opened:
            yield change


def _change(need: str, within: Masks, either: Space, before: Space, after: Space) -> GapChange:
    neither = uncovered(either, within)
    whole = demand(either, within) or 1
    closed = (uncovered(before, within) - neither) / whole
    return GapChange(need, closed, (uncovered(after, within) - neither) / whole)


def _both(old: Municipality, new: Municipality) -> Municipality:
    programs = (replace(one, id=_BEFORE + one.id) for one in old.programs)
    further = (replace(one, program=_BEFORE + one.program) for one in old.eligibility)
    return replace(
        new,
        programs=(*programs, *new.programs),
        eligibility=(*further, *new.eligibility),
        demand=new.demand or old.demand,
    )


def _part(both: Space, earlier: bool) -> Space:
    return both.with_boxes(box for box in both.boxes if box.program.startswith(_BEFORE) is earlier)
