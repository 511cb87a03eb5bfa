"""Where every zone and box stands: zones in a grid, boxes in slots that line up across the page, boxes in boxes.

The result has a place for everything but no lines yet. ``Spacing`` is what the layout can give: a caller that finds
too little room for the labels asks again with more.
"""

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import product

from hazama.figures.cards import card, comfortable_width
from hazama.figures.geometry import Rect
from hazama.figures.scene import Area, Box, Sketch, ancestors, outermost
from hazama.figures.slots import Cell, Field, Piece, rows_needed, slots
from hazama.figures.text import clean, width

TITLE_STRIP = 26.0
ZONE_TITLE = 11.5
INSIDE = 9.0
LOWEST, LOWEST_FINE = 34.0, 26.0
EXCEPTION = 2.0
STRETCH = 1.5
MOST_CHOICES = 600


@dataclass(frozen=True, slots=True)
class Spacing:
    """Free space in points: between boxes, between zones, between a zone's border and its boxes.

    ``wider`` is how many times wider than they need boxes are drawn; with ``finer`` slots, of the height of the lowest
    box, a box of two lines takes two.
    """

    between_columns: float = 30.0
    between_rows: float = 22.0
    gutter: float = 44.0
    zone_gap: float = 40.0
    pad: float = 14.0
    wider: float = 1.0
    finer: bool = False

    def times(self, factor: float) -> "Spacing":
        """Return more (or less) of everything but the padding."""
        free = ("between_columns", "between_rows", "gutter", "zone_gap")
        return replace(self, **{gap: round(getattr(self, gap) * factor, 1) for gap in free})


@dataclass(frozen=True, slots=True)
class Ground:
    """All zones and boxes in place, relative to the left top corner, and the size of the whole."""

    zones: tuple[tuple[Area, Rect], ...]
    boxes: tuple[Box, ...]
    width: float
    height: float


def ground(sketch: Sketch, spacing: Spacing, room: Rect) -> Ground:
    """Return everything in place; ``room`` gives the proportions the page would like."""
    plan = _Plan(sketch, spacing)
    if not plan.areas:
        return Ground((), (), room.w, 0.0)
    fields = plan.fields(plan.columns(room.w / room.h))
    tops = ((outermost(line.source, plan.parents), outermost(line.target, plan.parents)) for line in sketch.lines)
    cells = slots(tuple(fields.values()), tuple((one, other) for one, other in tops if one != other))
    zones = _zones(plan, fields)
    boxes = tuple(box for area, rect in zones for box in _filled(plan, area, rect, fields[area.id], cells))
    size = max(rect.right for _, rect in zones), max(rect.bottom for _, rect in zones)
    return Ground(zones, boxes, *size)


class _Plan:
    """One attempt: the sizes of boxes, the columns of each zone, and what follows from them."""

    def __init__(self, sketch: Sketch, spacing: Spacing) -> None:
        self.spacing = spacing
        self.box_width = round(comfortable_width(sketch.boxes) * spacing.wider, 1)
        self.parents = {box.id: box.parent for box in sketch.boxes}
        self.children: dict[str, list[Box]] = {}
        for box in sketch.boxes:
            self.children.setdefault(box.parent, []).append(box)
        self.tops = {
            area.id: [box for box in self.children.get("", ()) if box.zone == area.id] for area in sketch.areas
        }
        self.areas = tuple(area for area in sketch.areas if self.tops[area.id])
        self.busy = {self._around_both(line.source, line.target) for line in sketch.lines}
        self.slot_heights = {area.row: self._slot_height(area.row) for area in self.areas}

    def _around_both(self, source: str, target: str) -> str:
        """Return the innermost box around both ends of a line: lines run between the boxes inside it."""
        around = set(ancestors(self.parents[source], self.parents))
        return next((box for box in ancestors(self.parents[target], self.parents) if box in around), "")

    def _slot_height(self, row: int) -> float:
        """Return a height that is enough for all boxes but the exceptional, which take two slots or more."""
        areas = [area for area in self.areas if area.row == row or any(area.high > 1 for area in self.areas)]
        leaves = [box for area in areas for box in self.tops[area.id] if box.id not in self.children]
        heights = sorted(card(box, self.box_width).height for box in leaves) or [LOWEST]
        if self.spacing.finer:
            return max(LOWEST_FINE, heights[0])
        usual = EXCEPTION * heights[len(heights) // 2]
        return max(LOWEST, max(height for height in heights if height <= usual))

    def pieces(self, area: Area, columns: int) -> tuple[Piece, ...]:
        """Return the outermost boxes of a zone with the slots each takes."""
        return tuple(self._piece(box, area, columns) for box in self.tops[area.id])

    def _piece(self, box: Box, area: Area, columns: int) -> Piece:
        space, inside = self.spacing, self.children.get(box.id, [])
        deep = any(child.id in self.children for child in inside)
        wish = 1 if len(inside) <= 1 else 2 if (len(inside) <= 8 and not deep) or len(inside) <= 4 else 3
        wide = min(columns, wish)
        room = self.box_width
        if area.span > 1:  # beneath it lie several zones of one column each
            beneath = area.span * self.box_width + (area.span - 1) * (2 * space.pad + space.gutter)
            room = max(room, (beneath - (columns - 1) * space.between_columns) / columns)
        height = self.height(box, wide * room + (wide - 1) * space.between_columns)
        pitch = self.slot_heights[area.row] + space.between_rows
        return Piece(box.id, wide, max(1, math.ceil((height + space.between_rows - 0.5) / pitch)))

    def pad(self, area: Area) -> float:
        """Return the space between a zone's border and its boxes: none where no border is drawn."""
        return self.spacing.pad if area.title else 0.0

    def grid(self, box: Box, room: float) -> tuple[int, float]:
        """Return the columns inside a box and the width of each."""
        count = len(self.children[box.id])
        inner, gap = room - 2 * self.side(box, room), self.gap(box)
        columns = max(1, min(count, int((inner + gap) // (self.box_width * 0.66 + gap))))
        return columns, (inner - (columns - 1) * gap) / columns

    def height(self, box: Box, room: float) -> float:
        """Return the least height of a box of this width with all that stands in it."""
        inside = self.children.get(box.id)
        if not inside:
            return card(box, room).height
        columns, narrow = self.grid(box, room)
        tallest = max(self.height(child, narrow) for child in inside)
        rows = math.ceil(len(inside) / columns)
        return card(box, room).height + rows * tallest + (rows - 1) * self.gap(box) + INSIDE

    def side(self, box: Box, room: float) -> float:
        """Return the space beside the boxes inside a box: more where lines run past them."""
        return min(self.spacing.between_rows, room / 6) if box.id in self.busy else INSIDE

    def gap(self, box: Box) -> float:
        """Return the space between boxes inside a box: more where lines run between them."""
        return self.spacing.between_rows if box.id in self.busy else INSIDE

    def columns(self, wish: float) -> dict[str, int]:
        """Choose how many columns each zone has so that the whole comes nearest to the page."""
        choices = [
            (area.columns,) if area.columns else tuple(range(1, min(4, len(self.tops[area.id])) + 1))
            for area in self.areas
        ]
        rows = {
            (area.id, columns): rows_needed(self.pieces(area, columns), columns)
            for area, choice in zip(self.areas, choices, strict=True)
            for columns in choice
        }
        while math.prod(map(len, choices)) > MOST_CHOICES:
            longest = max(choices, key=len)
            choices = [choice[::2] if choice is longest else choice for choice in choices]
        best = min(product(*choices), key=lambda counts: self._misfit(counts, rows, wish))
        return dict(zip((area.id for area in self.areas), best, strict=True))

    def _misfit(self, counts: tuple[int, ...], rows: dict[tuple[str, int], int], wish: float) -> tuple[float, int]:
        wide: dict[int, int] = {}
        high: dict[int, float] = {}
        for area, columns in zip(self.areas, counts, strict=True):
            wide[area.column] = max(wide.get(area.column, 0), math.ceil(columns / area.span))
            _count(high, area, rows[area.id, columns])
        space = self.spacing
        width = sum(n * (self.box_width + space.between_columns) + 2 * space.pad + space.gutter for n in wide.values())
        height = sum(
            n * (self.slot_heights[row] + space.between_rows) + 2 * space.pad + TITLE_STRIP + space.zone_gap
            for row, n in high.items()
        )
        return round(max(width, height * wish), 1), sum(counts)

    def fields(self, columns: dict[str, int]) -> dict[str, Field]:
        """Return the slots of every zone and where they stand in the grid of the whole page."""
        pieces = {area.id: self.pieces(area, columns[area.id]) for area in self.areas}
        rows: dict[int, float] = {}
        for area in self.areas:
            _count(rows, area, rows_needed(pieces[area.id], columns[area.id]))
        lefts = _offsets({area.column: columns[area.id] for area in self.areas if area.span == 1}, 0.5)
        tops = _offsets(rows, 0.5)
        fields = {}
        for area in self.areas:
            high = round(sum(rows.get(row, 0) for row in range(area.row, area.row + area.high)))
            left, top, wide = lefts.get(area.column, 0), tops[area.row], columns[area.id]
            fields[area.id] = Field(left, top, wide, high, pieces[area.id], area.ordered)
        return fields


def _count(rows: dict[int, float], area: Area, needed: float, gap: float = 0.0) -> None:
    """Note what a zone needs in its row; what a high zone lacks is added to its last row.

    High zones come last (``folded``).
    """
    last = area.row + area.high - 1
    before = sum(rows.get(row, 0) + gap for row in range(area.row, last))
    rows[last] = max(rows.get(last, 0), needed - before)


def _offsets(sizes: Mapping[int, float], gap: float) -> dict[int, float]:
    """Return where each of some rows or columns begins, with a gap between them."""
    offsets, at = {}, 0.0
    for key in sorted(sizes):
        offsets[key] = round(at, 1)
        at += sizes[key] + gap
    return offsets


def title_width(title: str) -> float:
    """Return the room that a zone's title needs."""
    return width(clean(title), ZONE_TITLE) + 6.0 if title else 0.0


def _zones(plan: _Plan, fields: dict[str, Field]) -> tuple[tuple[Area, Rect], ...]:
    """Return where each zone stands."""
    columns, rows = _widths(plan, fields), _heights(plan, fields)
    lefts, tops = _offsets(columns, plan.spacing.gutter), _offsets(rows, plan.spacing.zone_gap)
    zones = []
    for area in plan.areas:
        right = max(column for column in columns if column < area.column + area.span)
        low = area.row + area.high - 1
        width = round(lefts[right] + columns[right] - lefts[area.column], 1)
        height = tops[low] + rows[low] - tops[area.row]
        zones.append((area, Rect(lefts[area.column], tops[area.row], width, height)))
    return tuple(zones)


def _widths(plan: _Plan, fields: dict[str, Field]) -> dict[int, float]:
    widths: dict[int, float] = {}
    for area in sorted(plan.areas, key=lambda area: area.span):
        count = fields[area.id].columns
        slots_wide = count * plan.box_width + (count - 1) * plan.spacing.between_columns + 2 * plan.pad(area)
        wanted = max(slots_wide, title_width(area.title) + 24.0)
        spanned = range(area.column, area.column + area.span)
        have = [column for column in spanned if column in widths] or [area.column]
        lacking = wanted - sum(widths.get(column, 0.0) for column in have) - plan.spacing.gutter * (len(have) - 1)
        for column in have:
            widths[column] = round(widths.get(column, 0.0) + max(0.0, lacking) / len(have), 1)
    return widths


def _heights(plan: _Plan, fields: dict[str, Field]) -> dict[int, float]:
    heights: dict[int, float] = {}
    for area in plan.areas:
        rows = fields[area.id].rows
        strip = TITLE_STRIP if area.title else 0.0
        slots_high = rows * plan.slot_heights[area.row] + (rows - 1) * plan.spacing.between_rows
        _count(heights, area, strip + 2 * plan.pad(area) + slots_high, plan.spacing.zone_gap)
        heights[area.row + area.high - 1] = round(heights[area.row + area.high - 1], 1)
    return heights


def _filled(plan: _Plan, area: Area, rect: Rect, field: Field, cells: Mapping[str, Cell]) -> Iterator[Box]:
    """Yield a zone's boxes in place; where the zone is wider than its slots, the boxes widen; a lone box fills it."""
    space, slot = plan.spacing, plan.slot_heights[area.row]
    strip, pad = TITLE_STRIP if area.title else 0.0, plan.pad(area)
    inner = Rect(rect.x + pad, rect.y + strip + pad, rect.w - 2 * pad, rect.h - strip - 2 * pad)
    slot_width = (inner.w - (field.columns - 1) * space.between_columns) / field.columns
    tops = plan.tops[area.id]
    for box, piece in zip(tops, field.pieces, strict=True):
        column, row = cells[box.id]
        wide = min(piece.wide, field.columns)
        at = Rect(
            inner.x + column * (slot_width + space.between_columns),
            inner.y + row * (slot + space.between_rows),
            wide * slot_width + (wide - 1) * space.between_columns,
            piece.high * slot + (piece.high - 1) * space.between_rows,
        )
        lone = len(tops) == 1 and box.id in plan.children and not area.title
        yield from _placed(plan, box, area.id, inner if lone else at)


def _placed(plan: _Plan, box: Box, zone: str, at: Rect) -> Iterator[Box]:
    """Yield a box in its place and those inside it in a grid below its name."""
    rect = at.rounded()
    yield replace(box, zone=zone, rect=rect)
    inside = plan.children.get(box.id)
    if not inside:
        return
    columns, wide = plan.grid(box, rect.w)
    rows = math.ceil(len(inside) / columns)
    top, gap = rect.y + card(box, rect.w).height, plan.gap(box)
    natural = max(plan.height(child, wide) for child in inside)
    height = min((rect.bottom - top - INSIDE - (rows - 1) * gap) / rows, natural * STRETCH)
    for place, child in enumerate(inside):
        x = rect.x + plan.side(box, rect.w) + (place % columns) * (wide + gap)
        y = top + (place // columns) * (height + gap)
        yield from _placed(plan, child, zone, Rect(x, y, wide, height))
