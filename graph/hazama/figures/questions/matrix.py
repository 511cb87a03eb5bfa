"""What is covered and what is not, as a table of states: themes (or needs) by function (or field)."""

from dataclasses import dataclass, replace

from hazama.figures.asked import Asked
from hazama.figures.cards import LEADING, NAME, SIDE
from hazama.figures.geometry import Rect
from hazama.figures.scene import Box, Matrix, MatrixCell, Sketch
from hazama.figures.text import lines, width
from hazama.knowledge.labels import place
from hazama.model.cells import NO_LIMIT
from hazama.model.records import Program

GAP = 3.0
LINE = NAME * LEADING
ROW, MOST_ROW, COLUMN, MOST_SIDE = 18.0, 44.0, 76.0, 210.0
PROPORTION = 0.58
CHART = "chart"


COLUMNS = {"themes": "themes", "needs": "needs", "functions": "functions", "fields": "field"}
"""What a side can be made of, and the column of programmes that says it."""


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of the table: what it is made of and the ids of its rows or columns."""

    kind: str
    ids: tuple[str, ...]

    def served(self, program: Program) -> tuple[str, ...]:
        """Return which of them a programme serves: all of them where it states no limit."""
        said = getattr(program, COLUMNS[self.kind])
        if said is NO_LIMIT:
            return self.ids
        return tuple(one for one in said if one in self.ids) if isinstance(said, tuple) else ()


def matrix(asked: Asked) -> Sketch:
    """Return the sketch of a matrix, with every cell's state, count and rows in ``sketch.matrix``.

    Options: ``rows`` and ``columns``, each ``themes``, ``needs``, ``functions`` or ``fields``. The state of a cell is
    the best reach among its programmes: ○ 専用, △ 対象に含む or indirect, ▽ 受け皿, 空 nothing recorded.
    """
    rows, columns = (_side(asked, str(asked.template.options[option])) for option in ("rows", "columns"))
    if not rows.ids or not columns.ids:
        return asked.sketch()
    found = _matrix(asked, rows, columns)
    _table(asked, rows, columns, found)
    return replace(asked.sketch(areas=()), matrix=found)


def _side(asked: Asked, kind: str) -> _Side:
    themes = (theme.id for theme in asked.town.themes)
    return _Side(kind, tuple(themes if kind == "themes" else asked.town.schemes.get(kind, ())))


def _matrix(asked: Asked, rows: _Side, columns: _Side) -> Matrix:
    programs: dict[tuple[str, str], list[Program]] = {}
    for program in asked.town.programs:
        for row in rows.served(program):
            for column in columns.served(program):
                programs.setdefault((row, column), []).append(program)
    return Matrix(
        corner=asked.say("corner"),
        columns=tuple(asked.name(columns.kind, column) for column in columns.ids),
        rows=tuple(asked.name(rows.kind, row) for row in rows.ids),
        cells=tuple(tuple(_cell(asked, programs.get((row, column), [])) for column in columns.ids) for row in rows.ids),
    )


def _cell(asked: Asked, programs: list[Program]) -> MatrixCell:
    reaches = {program.reach for program in programs}
    state = "full" if "dedicated" in reaches else "part" if reaches & {"included", "indirect"} else "low"
    if not programs:
        return MatrixCell(asked.say("blank"), "gap" if asked.wishes.gaps else "blank")
    text = f"{asked.say(state)} {len(programs)}"
    return MatrixCell(text, state, tuple(_behind(asked, program) for program in programs))


def _behind(asked: Asked, program: Program) -> tuple[str, ...]:
    asked.used.append(program)
    return (
        asked.name("programs", program.id),
        asked.name("reach", program.reach) if program.reach else "",
        asked.name("statuses", program.status.value),
        place(program).label(asked.wishes.lang),
    )


def _table(asked: Asked, rows: _Side, columns: _Side, found: Matrix) -> None:
    """Put headings and cells in their places: a table with the proportions of the page as far as words allow."""
    side = round(min(MOST_SIDE, max(width(name, NAME) for name in (*found.rows, found.corner)) + 2 * SIDE), 1)
    tallest = max(len(lines(name, side - 2 * SIDE, NAME)) for name in found.rows)
    row = max(ROW, tallest * LINE + 4, min(MOST_ROW, PROPORTION * COLUMN * len(columns.ids) / (len(rows.ids) + 1)))
    room = ((row + GAP) * (len(rows.ids) + 1) / PROPORTION - side) / len(columns.ids) - GAP
    wide = round(min(2 * COLUMN, max(COLUMN, room)), 1)
    head = round(max(row, LINE * max(len(lines(name, wide - 2 * SIDE, NAME)) for name in found.columns) + 8), 1)
    xs = [side + GAP + (wide + GAP) * place for place in range(len(columns.ids))]
    asked.box(Box("corner", found.corner, "head", CHART, rect=Rect(0, 0, side, head)))
    for one, name, x in zip(columns.ids, found.columns, xs, strict=True):
        asked.box(Box(f"{columns.kind}/{one}", name, "head", CHART, rect=Rect(x, 0, wide, head).rounded()))
    for number, (one, name, cells) in enumerate(zip(rows.ids, found.rows, found.cells, strict=True)):
        y = head + GAP + (row + GAP) * number
        asked.box(Box(f"{rows.kind}/{one}", name, "head", CHART, rect=Rect(0, y, side, row).rounded()))
        for column, cell, x in zip(columns.ids, cells, xs, strict=True):
            asked.box(
                Box(f"{rows.kind}/{one}/{column}", cell.text, cell.state, CHART, rect=Rect(x, y, wide, row).rounded())
            )
