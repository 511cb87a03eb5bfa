"""Columns of ○ and × headed by what they tick: 相談 and 参加 beside each other say what 支援機能 says in one cell."""

from dataclasses import dataclass

from hazama.tables.columns import Column
from hazama.tables.layout import TableSheet
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


def marks(given: TableSheet, lookup: Lookup) -> dict[int, Mark]:
    """The columns of ticks among those of no known heading, by position.

    The heading means one thing in one list of the table and nothing in any other; the cells hold only ticks.
    """
    kinds = ("class", "concept", "reference")
    lists = [column for column in given.table.columns if column.separator and column.kind in kinds]
    found = {}
    for at, heading in given.extra.items():
        known = [Mark(heading, column, id) for column in lists for id in lookup.ids(heading, column)]
        if len(known) == 1 and _are_ticks({line.text(at) for line in given.lines} - {""}):
            found[at] = known[0]
    return found


def _are_ticks(texts: set[str]) -> bool:
    ticks = YES | NO | PARTLY
    return bool(texts & ticks) and all(text in ticks or DASHES.fullmatch(text) for text in texts)
