"""Columns of ○ and × headed by what they tick: 相談 and 参加 beside each other say what 支援機能 says in one cell."""

from collections.abc import Mapping
from dataclasses import dataclass

from hazama.tables.columns import Column, Table
from hazama.tables.grids import Grid
from hazama.tables.lookup import Labels
from hazama.tables.spellings import DASHES

YES = frozenset("○◯〇●◎✓✔")
NO = frozenset("×✕✖☓")
PARTLY = frozenset("△▲")
"""Whether a thing that is done in part is done, only the office knows: hazama asks."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A column of ticks: they put the concept *id* into the list of *column*."""

    heading: str
    column: Column
    id: str


def marks(grid: Grid, extra: Mapping[int, str], table: Table, labels: Mapping[str, Labels]) -> dict[int, Mark]:
    """The columns of ticks among those of no known heading, by position.

    The heading is a concept of one list of the table and no other, and the cells hold nothing but ticks.
    """
    lists = [column for column in table.columns if column.scheme in labels and _is_list(column)]
    found = {}
    for at, heading in extra.items():
        meant = [(column, labels[column.scheme].ids(heading)) for column in lists]
        known = [Mark(heading, column, id) for column, ids in meant for id in ids]
        if len(known) == 1 and _are_ticks(grid, at):
            found[at] = known[0]
    return found


def _is_list(column: Column) -> bool:
    return column.kind == "class" or (column.kind == "concept" and bool(column.separator))


def _are_ticks(grid: Grid, at: int) -> bool:
    texts = {line.cells[at].strip() for line in grid.lines if at < len(line.cells)} - {""}
    ticks = YES | NO | PARTLY
    return bool(texts & ticks) and all(text in ticks or DASHES.fullmatch(text) for text in texts)
