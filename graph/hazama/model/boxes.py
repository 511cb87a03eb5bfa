"""Which rows state the eligibility boxes of a programme."""

from collections.abc import Mapping

from hazama.model.cells import NOT_RECORDED, AgeRange
from hazama.model.records import Eligibility, Limits, Program
from hazama.model.town import Municipality


def boxes(town: Municipality) -> Mapping[str, tuple[Program | Eligibility, ...]]:
    """The rows that state each programme's boxes, by programme id, in the order of the tables.

    A programme's own row is one box and each of its eligibility rows another; an own row without
    any limit says nothing beside eligibility rows, so then only theirs count.
    """
    further: dict[str, list[Program | Eligibility]] = {}
    for row in town.eligibility:
        further.setdefault(row.program, []).append(row)
    return {program.id: _boxes(program, further.get(program.id, [])) for program in town.programs}


def _boxes(program: Program, further: list[Program | Eligibility]) -> tuple[Program | Eligibility, ...]:
    own = [program] if not further or is_limited(program.limits) else []
    return (*own, *further)


def is_limited(limits: Limits) -> bool:
    """Whether at least one limit is recorded, be it only that there is none."""
    return any(
        limit.is_recorded if isinstance(limit, AgeRange) else limit is not NOT_RECORDED for limit in limits.values()
    )
