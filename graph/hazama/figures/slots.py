"""Which slot of its zone each box takes, so that lines become short and straight.

Every zone is a grid of equal slots; rows are shared by zones side by side, so boxes line up across the page.
Boxes are filled in order, first fit; the order is improved by swapping two (an empty slot counts as one) while that
shortens the lines: steepest simple descent, deterministic, no randomness.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, count

Cell = tuple[int, int]

ROUNDS = 4
BEND = 0.6
BLOCKED = 1.5
REFILLED = 16


@dataclass(frozen=True, slots=True)
class Piece:
    """Something to be put into slots: ``wide`` columns by ``high`` rows of them; an empty slot has no id."""

    id: str
    wide: int = 1
    high: int = 1


@dataclass(frozen=True, slots=True)
class Field:
    """A zone's slots: ``left`` and ``top`` are where its first slot stands in the grid of the whole page."""

    left: float
    top: float
    columns: int
    rows: int
    pieces: tuple[Piece, ...]
    ordered: bool = False


def rows_needed(pieces: tuple[Piece, ...], columns: int) -> int:
    """Return how many rows first fit takes."""
    return max((row + piece.high for piece, (_, row) in zip(pieces, _fill(pieces, columns), strict=True)), default=1)


@lru_cache(maxsize=64)
def slots(fields: tuple[Field, ...], ties: tuple[tuple[str, str], ...]) -> dict[str, Cell]:
    """Return the column and row, inside its zone, of every piece; ``ties`` are pairs of piece ids."""
    partners: dict[str, list[str]] = defaultdict(list)
    for one, other in ties:
        partners[one].append(other)
        partners[other].append(one)
    placing = _Placing(dict(partners))
    zones = [_Zone(field, placing) for field in fields]
    for _ in range(ROUNDS if ties else 0):
        changed = [zone.improve() for zone in zones]
        if not any(changed):
            break
    return {piece.id: cell for zone in zones for piece, cell in zip(zone.order, zone.cells, strict=True) if piece.id}


def _fill(pieces: Sequence[Piece], columns: int) -> list[Cell]:
    """Put every piece into the first place, row by row, where it fits."""
    if all(piece.wide == piece.high == 1 for piece in pieces):
        return [(place % columns, place // columns) for place in range(len(pieces))]
    taken: set[Cell] = set()
    cells: list[Cell] = []
    for piece in pieces:
        wide = min(piece.wide, columns)
        places = ((column, row) for row in count() for column in range(columns - wide + 1))
        cell = next(cell for cell in places if taken.isdisjoint(_covered(cell, wide, piece.high)))
        taken.update(_covered(cell, wide, piece.high))
        cells.append(cell)
    return cells


def _covered(cell: Cell, wide: int, high: int) -> Iterator[Cell]:
    return ((cell[0] + dx, cell[1] + dy) for dx in range(wide) for dy in range(high))


class _Placing:
    """The centres of all pieces on the page, and the price of a place: lengths of lines, bends, boxes in the way."""

    def __init__(self, partners: dict[str, list[str]]) -> None:
        self.partners = partners
        self.centres: dict[str, tuple[float, float]] = {}
        self.occupied: Counter[tuple[float, float]] = Counter()

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
        if piece in self.centres:
            self.occupied[self.centres[piece]] -= 1
        self.centres[piece] = centre
        self.occupied[centre] += 1

    def _between(self, x: float, y: float, u: float, v: float) -> int:
        """Return how many boxes stand on the straight way between two centres."""
        step = max(1, round(abs(x - u) + abs(y - v)))
        places = ((x + (u - x) * n / step, y + (v - y) * n / step) for n in range(1, step))
        return sum(self.occupied.get(place, 0) for place in places)


class _Zone:
    """One zone's pieces in order, empty slots among them, and the cells they take."""

    def __init__(self, field: Field, placing: _Placing) -> None:
        self.field, self.placing = field, placing
        used = sum(piece.wide * piece.high for piece in field.pieces)
        self.order = [*field.pieces, *[Piece("")] * (field.columns * field.rows - used)]
        self.cells: list[Cell] = []
        self._take(self.order, _fill(self.order, field.columns))

    def improve(self) -> bool:
        """Swap pairs while that pays; tell whether anything changed."""
        changed = False
        for one, other in combinations(range(len(self.order)), 2):
            if self.order[one].id in self.placing.partners or self.order[other].id in self.placing.partners:
                changed |= self._try(one, other)
        return changed

    def _try(self, one: int, other: int) -> bool:
        """Swap two pieces if that makes lines cheaper: alone if equal in size, else everything is filled anew.

        In an ordered zone a swap may move a single piece past empty slots only.
        """
        if self.field.ordered and sum(bool(piece.id) for piece in self.order[one : other + 1]) != 1:
            return False
        a, b = self.order[one], self.order[other]
        alone = (a.wide, a.high) == (b.wide, b.high)
        if not alone and len(self.order) > REFILLED:
            return False
        moved = [piece.id for piece in ((a, b) if alone else self.order) if piece.id]
        before, order, cells = sum(map(self.placing.price, moved)), list(self.order), list(self.cells)
        swapped = list(order)
        swapped[one], swapped[other] = b, a
        filled = cells if alone else _fill(swapped, self.field.columns)
        if all(row + piece.high <= self.field.rows for piece, (_, row) in zip(swapped, filled, strict=True)):
            self._take(swapped, filled, moved)
            if sum(map(self.placing.price, moved)) < before - 1e-9:
                return True
            self._take(order, cells, moved)
        return False

    def _take(self, order: list[Piece], cells: list[Cell], moved: Sequence[str] | None = None) -> None:
        """Put pieces in cells; only those that ``moved`` are looked at where they are known."""
        self.order, self.cells = order, cells
        for piece, (column, row) in zip(order, cells, strict=True):
            if piece.id and (moved is None or piece.id in moved):
                wide = min(piece.wide, self.field.columns)
                x, y = self.field.left + column + (wide - 1) / 2, self.field.top + row + (piece.high - 1) / 2
                self.placing.move(piece.id, (x, y))
