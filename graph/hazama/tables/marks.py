"""Columns of ○ and × headed by what they tick: 相談 and 参加 beside each other say what 支援機能 says in one cell."""

from collections.abc import Mapping
from dataclasses import dataclass

from hazama.tables.columns import Column, Table
from hazama.tables.grids import Grid
from hazama.tables.lookup import Lookup
from hazama.tables.spellings import DASHES

YES = frozenset("○◯〇●◎✓✔")
NO = frozenset("×✕✖☓")
PARTLY = frozenset("△▲")
"""Whether a thing that is done in part is done, only the office knows: hazama asks."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A column of ticks: they put *id*, a concept or a row, into the list of *column*."""

    heading: str
    column: Column
    id: str


def marks(grid: Grid, extra: Mapping[int, str], table: Table, lookup: Lookup) -> dict[int, Mark]:
    """The columns of ticks among those of no known heading, by position.

    The heading means one thing in one list of the table and nothing in any other; the cells hold only ticks.
    """
    lists = [
        column for column in table.columns if column.separator and column.kind in ("class", "concept", "reference")
    ]
    found = {}
    for at, heading in extra.items():
        known = [Mark(heading, column, id) for column in lists for id in lookup.ids(heading, column)]
        if len(known) == 1 and _are_ticks(grid, at):
            found[at] = known[0]
    return found


def _are_ticks(grid: Grid, at: int) -> bool:
    texts = {line.cells[at].strip() for line in grid.lines if at < len(line.cells)} - {""}
    ticks = YES | NO | PARTLY
    return bool(texts & ticks) and all(text in ticks or DASHES.fullmatch(text) for text in texts)
