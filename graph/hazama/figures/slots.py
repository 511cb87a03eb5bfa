"""Which slot of its zone each box takes, so that lines become short and straight.

Every zone is a grid of equal slots; rows are shared by zones side by side, so boxes line up across the page.
Items are filled in order, first fit; the order is improved by swapping two items (an empty slot counts as one)
while that shortens the lines: steepest simple descent, deterministic, no randomness.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

Cell = tuple[int, int]

ROUNDS = 4
BEND = 0.6
BLOCKED = 1.5
REFILLED = 16


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
    ordered: bool = False


def rows_needed(pieces: tuple[Piece, ...], columns: int) -> int:
    """Return how many rows first fit takes."""
    taken = _fill(pieces, columns)
    return max((row + piece.high for piece, (_, row) in zip(pieces, taken, strict=True)), default=1)


def slots(fields: tuple[Field, ...], ties: tuple[tuple[str, str], ...]) -> dict[str, Cell]:
    """Return the column and row, inside its zone, of every piece; ``ties`` are pairs of piece ids."""
    return dict(_solved(fields, ties))


@lru_cache(maxsize=64)
def _solved(fields: tuple[Field, ...], ties: tuple[tuple[str, str], ...]) -> dict[str, Cell]:
    placing = _Placing(_by_piece(ties))
    rounds = ROUNDS if ties else 0
    zones = [_Zone(field, placing) for field in fields]
    for _ in range(rounds):
        changed = [zone.improve() for zone in zones]
        if not any(changed):
            break
    return {piece: cell for zone in zones for piece, cell in zone.cells.items() if not _blank(piece)}


def _blank(piece: str) -> bool:
    return piece[0] == "\0"


def _with_blanks(field: Field) -> list[Piece]:
    used = sum(piece.wide * piece.high for piece in field.pieces)
    blanks = max(0, field.columns * field.rows - used)
    return [*field.pieces, *(Piece(f"\0{n}") for n in range(blanks))]


def _by_piece(ties: tuple[tuple[str, str], ...]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one, other in ties:
        found.setdefault(one, []).append(other)
        found.setdefault(other, []).append(one)
    return found


def _fill(pieces: Sequence[Piece], columns: int) -> list[Cell]:
    """Put every piece into the first place, row by row, where it fits."""
    if all(piece.wide == piece.high == 1 for piece in pieces):
        return [(place % columns, place // columns) for place in range(len(pieces))]
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
    """The centres of all pieces on the page, and the price of a place: lengths of lines, bends, boxes in the way."""

    def __init__(self, partners: dict[str, list[str]]) -> None:
        self.partners = partners
        self.centres: dict[str, tuple[float, float]] = {}
        self.occupied: dict[tuple[float, float], int] = {}

    def price(self, piece: str) -> float:
        """Return what one piece's lines cost, with a slight pull to the top left."""
        x, y = self.centres[piece]
        total = 0.01 * x + 0.02 * y
        for partner in self.partners.get(piece, ()):
            u, v = self.centres[partner]
            length = abs(x - u) + abs(y - v)
            total += length
            if x != u and y != v:
                total += BEND
            elif length > 1.0:
                total += BLOCKED * self._between(x, y, u, v)
        return total

    def move(self, piece: str, centre: tuple[float, float]) -> None:
        """Put a piece's centre somewhere else."""
        before = self.centres.get(piece)
        if before is not None:
            self.occupied[before] -= 1
        self.centres[piece] = centre
        self.occupied[centre] = self.occupied.get(centre, 0) + 1

    def _between(self, x: float, y: float, u: float, v: float) -> int:
        """Return how many boxes stand on the straight way between two centres."""
        step = max(1, round(abs(x - u) + abs(y - v)))
        places = ((x + (u - x) * n / step, y + (v - y) * n / step) for n in range(1, step))
        return sum(self.occupied.get(place, 0) for place in places)


class _Zone:
    """One zone's pieces in order, and the cells they take."""

    def __init__(self, field: Field, placing: _Placing) -> None:
        self.field, self.placing = field, placing
        self.order = _with_blanks(field)
        self.cells: dict[str, Cell] = {}
        self._take(dict(zip(self.order, _fill(self.order, field.columns), strict=True)))

    def improve(self) -> bool:
        """Swap pairs while that pays; tell whether anything changed."""
        changed = False
        for one in range(len(self.order)):
            for other in range(one + 1, len(self.order)):
                if self._tied(self.order[one]) or self._tied(self.order[other]):
                    changed |= self._try(one, other)
        return changed

    def _tied(self, piece: Piece) -> bool:
        return piece.id in self.placing.partners

    def _try(self, one: int, other: int) -> bool:
        """Swap two pieces if that makes lines cheaper: alone if equal in size, else everything is filled anew."""
        a, b = self.order[one], self.order[other]
        if self.field.ordered and not self._keeps_order(one, other):
            return False
        alone = (a.wide, a.high) == (b.wide, b.high)
        if not alone and len(self.order) > REFILLED:
            return False
        moved = [piece.id for piece in ((a, b) if alone else self.order) if not _blank(piece.id)]
        before, known = sum(map(self.placing.price, moved)), dict(self.cells)
        self.order[one], self.order[other] = b, a
        cells = {a: self.cells[b.id], b: self.cells[a.id]} if alone else self._refilled()
        self._take(cells)
        if cells and sum(map(self.placing.price, moved)) < before - 1e-9:
            return True
        self.order[one], self.order[other] = a, b
        self._take({piece: known[piece.id] for piece in cells})
        return False

    def _keeps_order(self, one: int, other: int) -> bool:
        """Tell whether swapping moves a single piece past empty slots only."""
        return sum(not _blank(piece.id) for piece in self.order[one : other + 1]) == 1

    def _refilled(self) -> dict[Piece, Cell]:
        """Return the cells of all pieces in their new order; none if the zone is too low for them."""
        cells = _fill(self.order, self.field.columns)
        fits = all(row + piece.high <= self.field.rows for piece, (_, row) in zip(self.order, cells, strict=True))
        return dict(zip(self.order, cells, strict=True)) if fits else {}

    def _take(self, cells: dict[Piece, Cell]) -> None:
        for piece, cell in cells.items():
            self.cells[piece.id] = cell
            self._centre(piece)

    def _centre(self, piece: Piece) -> None:
        if _blank(piece.id):
            return
        column, row = self.cells[piece.id]
        wide = min(piece.wide, self.field.columns)
        x, y = self.field.left + column + (wide - 1) / 2, self.field.top + row + (piece.high - 1) / 2
        self.placing.move(piece.id, (x, y))
