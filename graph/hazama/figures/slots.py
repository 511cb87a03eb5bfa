"""Which slot of its zone each box takes, so that lines become short and straight.

Every zone is a grid of equal slots; rows are shared by zones side by side, so boxes line up across the page.
Items are filled in order, first fit; the order is improved by swapping two items (an empty slot counts as one)
while that shortens the lines: steepest simple descent, deterministic, no randomness.
"""

from dataclasses import dataclass

Cell = tuple[int, int]

ROUNDS = 4
BEND = 0.6
BLOCKED = 1.5


@dataclass(frozen=True, slots=True)
class Piece:
    """Something to be put into slots: ``wide`` columns by ``high`` rows of them."""

    id: str
    wide: int = 1
    high: int = 1


@dataclass(frozen=True, slots=True)
class Field:
    """A zone's slots: ``left`` and ``top`` are where its first slot stands in the grid of the whole page."""

    id: str
    left: float
    top: float
    columns: int
    rows: int
    pieces: tuple[Piece, ...]


def rows_needed(pieces: tuple[Piece, ...], columns: int) -> int:
    """Return how many rows first fit takes."""
    taken = _fill(tuple(pieces), columns)
    return max((row + piece.high for piece, (_, row) in zip(pieces, taken, strict=True)), default=1)


def slots(fields: tuple[Field, ...], ties: tuple[tuple[str, str], ...]) -> dict[str, Cell]:
    """Return the column and row, inside its zone, of every piece; ``ties`` are pairs of piece ids."""
    orders = {field.id: _with_blanks(field) for field in fields}
    placing = _Placing(fields, _by_piece(ties))
    places = {field.id: placing.places(field, orders[field.id]) for field in fields}
    for _ in range(ROUNDS):
        if not any([_improve(field, orders, places, placing) for field in fields]):
            break
    return {piece: cell for found in places.values() for piece, cell in found.items()}


def _with_blanks(field: Field) -> tuple[Piece, ...]:
    used = sum(piece.wide * piece.high for piece in field.pieces)
    blanks = max(0, field.columns * field.rows - used)
    return field.pieces + tuple(Piece(f"\0{n}") for n in range(blanks))


def _by_piece(ties: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one, other in ties:
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return found


def _fill(pieces: tuple[Piece, ...], columns: int) -> list[Cell]:
    """Put every piece into the first place, row by row, where it fits."""
    taken: set[Cell] = set()
    cells: list[Cell] = []
    for piece in pieces:
        wide = min(piece.wide, columns)
        row = 0
        while True:
            column = _first(taken, row, columns, wide, piece.high)
            if column is not None:
                break
            row += 1
        taken.update((column + dx, row + dy) for dx in range(wide) for dy in range(piece.high))
        cells.append((column, row))
    return cells


def _first(taken: set[Cell], row: int, columns: int, wide: int, high: int) -> int | None:
    for column in range(columns - wide + 1):
        if all((column + dx, row + dy) not in taken for dx in range(wide) for dy in range(high)):
            return column
    return None


class _Placing:
    """The price of a placing: lengths of lines, bends, boxes in the way."""

    def __init__(self, fields: tuple[Field, ...], partners: dict[str, list[str]]) -> None:
        self.partners = partners
        self.field_of = {piece.id: field for field in fields for piece in field.pieces}
        self.size = {piece.id: (piece.wide, piece.high) for field in fields for piece in field.pieces}
        self.centres: dict[str, tuple[float, float]] = {}

    def places(self, field: Field, order: tuple[Piece, ...]) -> dict[str, Cell] | None:
        """Return the cells of an order and remember their centres; None if it needs more rows than there are."""
        cells = _fill(order, field.columns)
        if any(row + piece.high > field.rows for piece, (_, row) in zip(order, cells, strict=True)):
            return None
        found = {piece.id: cell for piece, cell in zip(order, cells, strict=True) if piece.id[0] != "\0"}
        self.remember(field, found)
        return found

    def remember(self, field: Field, found: dict[str, Cell]) -> None:
        for piece, (column, row) in found.items():
            wide, high = self.size[piece]
            self.centres[piece] = (
                field.left + column + (min(wide, field.columns) - 1) / 2,
                field.top + row + (high - 1) / 2,
            )

    def price(self, field: Field) -> float:
        """Return what the lines of a zone's pieces cost, with a slight pull to the top left."""
        total = 0.0
        occupied = set(self.centres.values())
        for piece in field.pieces:
            x, y = self.centres[piece.id]
            total += 0.01 * (x - field.left) + 0.02 * (y - field.top)
            for partner in self.partners.get(piece.id, ()):
                weight = 0.5 if self.field_of[partner] is field else 1.0
                total += weight * self._line(x, y, *self.centres[partner], occupied)
        return total

    def _line(self, x: float, y: float, u: float, v: float, occupied: set[tuple[float, float]]) -> float:
        length = abs(x - u) + abs(y - v)
        if x != u and y != v:
            return length + BEND
        step = max(1, round(length))
        between = (((x + (u - x) * n / step), (y + (v - y) * n / step)) for n in range(1, step))
        return length + BLOCKED * sum(place in occupied for place in between)


def _improve(
    field: Field,
    orders: dict[str, tuple[Piece, ...]],
    places: dict[str, dict[str, Cell] | None],
    placing: _Placing,
) -> bool:
    """Swap pairs of one zone's order while that pays; tell whether anything changed."""
    changed = False
    order = orders[field.id]
    best = placing.price(field)
    for one in range(len(order)):
        for other in range(one + 1, len(order)):
            if not _worth(order[one], order[other], placing.partners):
                continue
            swapped = _swapped(order, one, other)
            found = placing.places(field, swapped)
            price = placing.price(field) if found is not None else best
            if found is not None and price < best - 1e-9:
                order, best, changed = swapped, price, True
                places[field.id] = found
            else:
                placing.remember(field, places[field.id] or {})
    orders[field.id] = order
    return changed


def _worth(one: Piece, other: Piece, partners: dict[str, list[str]]) -> bool:
    return one.id in partners or other.id in partners


def _swapped(order: tuple[Piece, ...], one: int, other: int) -> tuple[Piece, ...]:
    changed = list(order)
    changed[one], changed[other] = changed[other], changed[one]
    return tuple(changed)


