"""What is covered and what is not, as a table of states: themes (or needs) by function (or field)."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from hazama.figures.asked import Asked
from hazama.figures.scene import Matrix, MatrixCell
from hazama.figures.sketch import Area, Item, Sketch
from hazama.knowledge.labels import place
from hazama.model.cells import NO_LIMIT
from hazama.model.records import Program, Status

TABLE = "table"


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of the table: what heads it, and which of them a programme serves (None: all)."""

    kind: str
    ids: tuple[str, ...]
    served: Callable[[Program], tuple[str, ...] | None]


def matrix(asked: Asked) -> Sketch:
    """Return the sketch of a matrix, with every cell's state, count and rows in ``sketch.matrix``.

    Options: ``rows`` and ``columns``, each ``themes``, ``needs``, ``functions`` or ``fields``. The state of a cell is
    the best reach among its programmes: ○ 専用, △ 対象に含む or indirect, ▽ 受け皿, 空 nothing recorded.
    """
    rows, columns = (
        _side(asked, str(asked.template.options["rows"])),
        _side(asked, str(asked.template.options["columns"])),
    )
    if not rows.ids or not columns.ids:
        return asked.sketch(())
    found = _matrix(asked, rows, columns)
    sketch = asked.sketch(tuple(_boxes(asked, rows, columns, found)), areas=_areas(columns))
    return replace(sketch, matrix=found, tight=True)


def _areas(columns: _Side) -> tuple[Area, ...]:
    return (Area(TABLE, "", 0, columns=len(columns.ids) + 1, ordered=True),)


def _side(asked: Asked, kind: str) -> _Side:
    served: dict[str, Callable[[Program], tuple[str, ...] | None]] = {
        "themes": lambda program: program.themes,
        "needs": lambda program: _values(program.needs),
        "functions": lambda program: _values(program.functions),
        "fields": lambda program: program.field,
    }
    ids = (
        tuple(theme.id for theme in asked.town.themes) if kind == "themes" else tuple(asked.town.schemes.get(kind, {}))
    )
    return _Side(kind, ids, served[kind])


def _values(limit: object) -> tuple[str, ...] | None:
    return limit if isinstance(limit, tuple) else None if limit is NO_LIMIT else ()


def _matrix(asked: Asked, rows: _Side, columns: _Side) -> Matrix:
    programs: dict[tuple[str, str], list[Program]] = {}
    for program in asked.town.programs:
        for row in _served(rows, program):
            for column in _served(columns, program):
                programs.setdefault((row, column), []).append(program)
    return Matrix(
        corner=asked.say("corner"),
        columns=tuple(asked.name(columns.kind, column) for column in columns.ids),
        rows=tuple(asked.name(rows.kind, row) for row in rows.ids),
        cells=tuple(tuple(_cell(asked, programs.get((row, column), [])) for column in columns.ids) for row in rows.ids),
    )


def _served(side: _Side, program: Program) -> tuple[str, ...]:
    served = side.served(program)
    return side.ids if served is None else tuple(one for one in served if one in side.ids)


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


def _boxes(asked: Asked, rows: _Side, columns: _Side, found: Matrix) -> list[Item]:
    boxes = [Item("corner", found.corner, "head", TABLE)]
    boxes += [
        Item(f"{columns.kind}/{one}", name, "head", TABLE) for one, name in zip(columns.ids, found.columns, strict=True)
    ]
    for row, name, cells in zip(rows.ids, found.rows, found.cells, strict=True):
        boxes.append(Item(f"{rows.kind}/{row}", name, "head", TABLE))
        boxes += [
            Item(f"{rows.kind}/{row}/{column}", cell.text, cell.state, TABLE, status=Status.STATED)
            for column, cell in zip(columns.ids, cells, strict=True)
        ]
    return boxes
