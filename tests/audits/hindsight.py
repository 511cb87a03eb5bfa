"""A look back: what a town closed later with a programme, and whether an audit on an earlier day showed it."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from hazama.coverage.boxes import Masks, Space
from hazama.coverage.measure import demand
from hazama.coverage.space import Reading, space
from hazama.coverage.totals import uncovered
from hazama.model.cells import NOT_RECORDED
from hazama.model.records import Program
from hazama.model.town import Municipality, own
from hazama.model.view import Scope, view


@dataclass(frozen=True, slots=True)
class Hindsight:
    """One later programme against the town as it was.

    ``certain`` and ``possible`` are the shares of what the programme now reaches that were a gap
    then, in that reading; 0 in both means that the audit gave no hint.
    """

    program: Program
    certain: float
    possible: float


def hindsight(town: Municipality, day: date) -> list[Hindsight]:
    """Every classified programme of the town that began after *day*, by its beginning and id."""
    then = view(town, Scope(day))
    later = (one for one in own(view(town, Scope()).programs) if one.since and one.since.first > day)
    counted = [one for one in later if NOT_RECORDED not in (one.needs, one.functions) and one.reach != "indirect"]
    return [_looked_up(town, then, one) for one in sorted(counted, key=lambda one: (str(one.since), one.id))]


def _looked_up(town: Municipality, then: Municipality, program: Program) -> Hindsight:
    rows = tuple(row for row in town.eligibility if row.program == program.id)
    both = replace(then, programs=(*then.programs, program), eligibility=(*then.eligibility, *rows))
    return Hindsight(program, _share(both, program.id, "certain"), _share(both, program.id, "possible"))


def _share(town: Municipality, program: str, reading: Reading) -> float:
    """The largest share of one of its boxes, blanks read as no limit, that nothing else covers."""
    others = space(town, reading).space.without([program])
    boxes = [box.masks for box in space(town, "certain").space.boxes if box.program == program and all(box.masks)]
    return max(_uncovered(others, boxes), default=0.0)


def _uncovered(others: Space, boxes: list[Masks]) -> Iterator[float]:
    for masks in boxes:
        whole = demand(others, masks)
        if whole:
            yield uncovered(others, masks) / whole
