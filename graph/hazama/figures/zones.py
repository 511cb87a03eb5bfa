"""Where every zone and box stands: zones in a grid, boxes in slots that line up across the page, boxes in boxes.

The result has a place for everything but no lines yet. ``Spacing`` is what the layout can give: a caller that finds
too little room for the labels asks again with more.
"""

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from hazama.figures.cards import INNER_NAME, NAME, card, comfortable_width
from hazama.figures.faults import ancestors
from hazama.figures.places import Ground, Placed
from hazama.figures.scene import Rect
from hazama.figures.sketch import Area, Item, Sketch
from hazama.figures.slots import Field, Piece, rows_needed, slots
from hazama.figures.text import clean, width

TITLE_STRIP = 26.0
ZONE_TITLE = 11.5
INSIDE = 9.0
LOWEST, LOWEST_FINE = 34.0, 26.0
EXCEPTION = 2.0
STRETCH = 1.5
MANY = 4


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


class _Plan:
    """One attempt: the box size, the columns of each zone, and what follows from them."""

    def __init__(self, sketch: Sketch, spacing: Spacing, box_width: float) -> None:
        self.sketch, self.spacing, self.box_width = sketch, spacing, box_width
        self.children: dict[str, list[Item]] = {}
        for item in sketch.items:
            self.children.setdefault(item.parent, []).append(item)
        self.tops = {
            area.id: [item for item in self.children.get("", ()) if item.area == area.id] for area in sketch.areas
        }
        self.areas = tuple(area for area in sketch.areas if self.tops[area.id])
        self.busy = _busy(sketch)
        self.slot_heights = {area.row: self._slot_height(area.row) for area in self.areas}

    def _slot_height(self, row: int) -> float:
        """Return a height that is enough for all boxes but the exceptional, which take two slots or more."""
        areas = [area for area in self.areas if area.row == row or any(area.high > 1 for area in self.areas)]
        leaves = [item for area in areas for item in self.tops[area.id] if item.id not in self.children]
        heights = sorted(card(item, self.box_width).height for item in leaves) or [LOWEST]
        usual = EXCEPTION * heights[len(heights) // 2]
        if self.spacing.finer:
            return max(LOWEST_FINE, heights[0])
        return max(LOWEST, max(height for height in heights if height <= usual))

    def pieces(self, area: Area, columns: int) -> tuple[Piece, ...]:
        return tuple(self._piece(item, area, columns) for item in self.tops[area.id])

    def _piece(self, item: Item, area: Area, columns: int) -> Piece:
        wide = min(columns, self._wish(item))
        room = self.box_width if area.span == 1 else self.slot_width(area, columns)
        height = self.height(item, wide * room + (wide - 1) * self.spacing.between_columns)
        pitch = self.slot_heights[area.row] + self.spacing.between_rows
        return Piece(item.id, wide, max(1, math.ceil((height + self.spacing.between_rows - 0.5) / pitch)))

    def _wish(self, item: Item) -> int:
        inside = self.children.get(item.id, [])
        deep = any(child.id in self.children for child in inside)
        return 1 if len(inside) <= 1 else 2 if (len(inside) <= 8 and not deep) or len(inside) <= 4 else 3

    def slot_width(self, area: Area, columns: int) -> float:
        """Return the least width of a slot in a zone that spans several others of one column each."""
        beneath = area.span * self.box_width + (area.span - 1) * (2 * self.spacing.pad + self.spacing.gutter)
        return max(self.box_width, (beneath - (columns - 1) * self.spacing.between_columns) / columns)

    def pad(self, area: Area) -> float:
        """Return the space between a zone's border and its boxes: none where no border is drawn."""
        return self.spacing.pad if area.title else 0.0

    def span(self, wide: int) -> float:
        return wide * self.box_width + (wide - 1) * self.spacing.between_columns

    def grid(self, item: Item, room: float) -> tuple[int, float]:
        """Return the columns inside a box and the width of each."""
        count = len(self.children[item.id])
        inner = room - 2 * self.side(item, room)
        fitting = (inner + self.gap(item)) // (self.box_width * 0.66 + self.gap(item))
        columns = max(1, min(count, int(fitting)))
        return columns, (inner - (columns - 1) * self.gap(item)) / columns

    def height(self, item: Item, room: float, size: float = NAME) -> float:
        """Return the least height of a box of this width with all that stands in it."""
        inside = self.children.get(item.id)
        if not inside:
            return card(item, room, size).height
        columns, narrow = self.grid(item, room)
        tallest = max(self.height(child, narrow, INNER_NAME) for child in inside)
        rows = math.ceil(len(inside) / columns)
        return card(item, room, size).height + rows * tallest + (rows - 1) * self.gap(item) + INSIDE

    def side(self, item: Item, room: float) -> float:
        """Return the space beside the boxes inside a box: more where lines run past them."""
        return min(self.spacing.between_rows, room / 6) if item.id in self.busy else INSIDE

    def gap(self, item: Item) -> float:
        """Return the space between boxes inside a box: more where lines run between them."""
        return self.spacing.between_rows if item.id in self.busy else INSIDE


def _busy(sketch: Sketch) -> frozenset[str]:
    """Return the boxes with lines between things inside them: for every line the innermost box around both ends."""
    parents = {item.id: item.parent for item in sketch.items}
    found = set()
    for tie in sketch.ties:
        around = set(ancestors(parents[tie.source], parents))
        found.add(next((box for box in ancestors(parents[tie.target], parents) if box in around), ""))
    return frozenset(found - {""})


def ground(sketch: Sketch, spacing: Spacing, room: tuple[float, float]) -> Ground:
    """Return everything in place; ``room`` gives the proportions the page would like (width, height)."""
    plan = _Plan(sketch, spacing, round(comfortable_width(list(sketch.items)) * spacing.wider, 1))
    if not plan.areas:
        return Ground((), (), room[0], 0.0)
    columns = _columns(plan, room[0] / room[1])
    fields = _fields(plan, columns)
    cells = slots(tuple(fields.values()), _top_ties(sketch))
    return _Laying(plan, fields, cells).ground()


def folded(sketch: Sketch) -> Iterator[Sketch]:
    """Yield the sketch with the emptiest of its zones under another, where all stand side by side in no set order."""
    weights = Counter(item.area for item in sketch.items if not item.parent)
    areas = tuple(area for area in sketch.areas if weights[area.id])
    if len(areas) < MANY or any(area.columns or area.ordered or area.span > 1 or not area.title for area in areas):
        return
    free = [area for area in areas if area.row == 0 and not any(b.row and b.column == area.column for b in areas)]
    if len(free) < 2:
        return
    lone = min(free, key=lambda area: (weights[area.id], -area.column))
    for upper in sorted((area for area in free if area != lone), key=lambda area: (weights[area.id], area.column))[:2]:
        yield replace(sketch, areas=tuple(sorted(_under(areas, lone, upper), key=lambda area: area.high)))


def _under(areas: tuple[Area, ...], lone: Area, upper: Area) -> Iterator[Area]:
    for area in areas:
        column = upper.column if area == lone else area.column
        row = 1 if area == lone else area.row
        high = 1 if area in (lone, upper) or any(b != area and b.column == area.column for b in areas) else 2
        yield replace(area, column=column - (column > lone.column), row=row, high=high)


def _columns(plan: _Plan, wish: float) -> dict[str, int]:
    """Choose how many columns each zone has so that the whole comes nearest to the page."""
    choices = [_choices(plan, area) for area in plan.areas]
    rows = {
        (area.id, columns): rows_needed(plan.pieces(area, columns), columns)
        for area, choice in zip(plan.areas, choices, strict=True)
        for columns in choice
    }
    while math.prod(map(len, choices)) > 600:
        longest = max(choices, key=len)
        choices = [choice[::2] if choice is longest else choice for choice in choices]
    best = min(product(*choices), key=lambda counts: _misfit(plan, counts, rows, wish))
    return dict(zip((area.id for area in plan.areas), best, strict=True))


def _choices(plan: _Plan, area: Area) -> tuple[int, ...]:
    if area.columns:
        return (area.columns,)
    return tuple(range(1, min(4, len(plan.tops[area.id])) + 1))


def _misfit(plan: _Plan, counts: tuple[int, ...], rows: dict[tuple[str, int], int], wish: float) -> tuple[float, int]:
    wide: dict[int, int] = {}
    high: dict[int, int] = {}
    for area, columns in zip(plan.areas, counts, strict=True):
        wide[area.column] = max(wide.get(area.column, 0), math.ceil(columns / area.span))
        _count(high, area, rows[area.id, columns])
    space = plan.spacing
    width = sum(n * (plan.box_width + space.between_columns) + 2 * space.pad + space.gutter for n in wide.values())
    height = sum(
        n * (plan.slot_heights[row] + space.between_rows) + 2 * space.pad + TITLE_STRIP + space.zone_gap
        for row, n in high.items()
    )
    return round(max(width, height * wish), 1), sum(counts)


def _fields(plan: _Plan, columns: dict[str, int]) -> dict[str, Field]:
    pieces = {area.id: plan.pieces(area, columns[area.id]) for area in plan.areas}
    rows: dict[int, int] = {}
    for area in plan.areas:
        _count(rows, area, rows_needed(pieces[area.id], columns[area.id]))
    lefts = _starts({area.column: columns[area.id] for area in plan.areas if area.span == 1})
    tops = _starts(rows)
    return {
        area.id: Field(
            area.id,
            lefts.get(area.column, 0),
            tops[area.row],
            columns[area.id],
            sum(rows.get(row, 0) for row in range(area.row, area.row + area.high)),
            pieces[area.id],
            area.ordered,
        )
        for area in plan.areas
    }


def _count(rows: dict[int, int], area: Area, needed: int) -> None:
    """Note how many slots a zone needs in its row; what a high zone lacks is added to its last row.

    High zones come last (``folded``).
    """
    before = sum(rows.get(row, 0) for row in range(area.row, area.row + area.high - 1))
    last = area.row + area.high - 1
    rows[last] = max(rows.get(last, 0), needed - before)


def _starts(sizes: dict[int, int]) -> dict[int, float]:
    starts, at = {}, 0.0
    for key in sorted(sizes):
        starts[key] = at
        at += sizes[key] + 0.5
    return starts


def _top_ties(sketch: Sketch) -> tuple[tuple[str, str], ...]:
    """Return the lines between outermost boxes: a line of an inner box pulls the box around it."""
    parents = {item.id: item.parent for item in sketch.items}

    def top(item_id: str) -> str:
        while parents[item_id]:
            item_id = parents[item_id]
        return item_id

    pairs = ((top(tie.source), top(tie.target)) for tie in sketch.ties)
    return tuple((one, other) for one, other in pairs if one != other)


class _Laying:
    """Turns slots into points."""

    def __init__(self, plan: _Plan, fields: dict[str, Field], cells: dict[str, tuple[int, int]]) -> None:
        self.plan, self.fields, self.cells = plan, fields, cells
        self.boxes: list[Placed] = []

    def ground(self) -> Ground:
        columns, rows = self._widths(), self._heights()
        lefts = _offsets(columns, self.plan.spacing.gutter)
        tops = _offsets(rows, self.plan.spacing.zone_gap)
        zones = []
        for area in self.plan.areas:
            last = max(column for column in columns if column < area.column + area.span)
            width = lefts[last] + columns[last] - lefts[area.column]
            last = area.row + area.high - 1
            rect = Rect(lefts[area.column], tops[area.row], round(width, 1), tops[last] + rows[last] - tops[area.row])
            zones.append((area, rect))
            self._fill(area, rect)
        return Ground(
            tuple(zones),
            tuple(self.boxes),
            max(rect.right for _, rect in zones),
            max(rect.bottom for _, rect in zones),
        )

    def _widths(self) -> dict[int, float]:
        widths: dict[int, float] = {}
        for area in sorted(self.plan.areas, key=lambda area: area.span):
            slots_wide = self.plan.span(self.fields[area.id].columns) + 2 * self.plan.pad(area)
            wanted = max(slots_wide, title_width(area.title) + 24.0)
            spanned = range(area.column, area.column + area.span)
            have = [column for column in spanned if column in widths] or [area.column]
            lacking = (
                wanted - sum(widths.get(column, 0.0) for column in have) - self.plan.spacing.gutter * (len(have) - 1)
            )
            for column in have:
                widths[column] = round(widths.get(column, 0.0) + max(0.0, lacking) / len(have), 1)
        return widths

    def _heights(self) -> dict[int, float]:
        space = self.plan.spacing
        heights: dict[int, float] = {}
        for area in self.plan.areas:
            rows = self.fields[area.id].rows
            strip = TITLE_STRIP if area.title else 0.0
            slots_high = rows * self.plan.slot_heights[area.row] + (rows - 1) * space.between_rows
            height = strip + 2 * self.plan.pad(area) + slots_high
            last = area.row + area.high - 1
            before = sum(heights[row] + space.zone_gap for row in range(area.row, last))
            heights[last] = max(heights.get(last, 0.0), round(height - before, 1))
        return heights

    def _fill(self, area: Area, rect: Rect) -> None:
        """Put a zone's boxes in; where the zone is wider than its slots, the boxes widen; a lone box fills it."""
        strip, pad = TITLE_STRIP if area.title else 0.0, self.plan.pad(area)
        inner = Rect(rect.x + pad, rect.y + strip + pad, rect.w - 2 * pad, rect.h - strip - 2 * pad)
        tops = self.plan.tops[area.id]
        for item, piece in zip(tops, self.fields[area.id].pieces, strict=True):
            lone = len(tops) == 1 and item.id in self.plan.children and not area.title
            self._place(item, _rounded(inner if lone else self._slot(area, inner, item, piece)), NAME)

    def _slot(self, area: Area, inner: Rect, item: Item, piece: Piece) -> Rect:
        field, space, slot = self.fields[area.id], self.plan.spacing, self.plan.slot_heights[area.row]
        slot_width = (inner.w - (field.columns - 1) * space.between_columns) / field.columns
        column, row = self.cells[item.id]
        wide = min(piece.wide, field.columns)
        return Rect(
            inner.x + column * (slot_width + space.between_columns),
            inner.y + row * (slot + space.between_rows),
            wide * slot_width + (wide - 1) * space.between_columns,
            piece.high * slot + (piece.high - 1) * space.between_rows,
        )

    def _place(self, item: Item, rect: Rect, size: float) -> None:
        drawn = card(item, rect.w, size)
        self.boxes.append(Placed(item, drawn, rect))
        inside = self.plan.children.get(item.id)
        if not inside:
            return
        columns, wide = self.plan.grid(item, rect.w)
        rows = math.ceil(len(inside) / columns)
        top, gap = rect.y + drawn.height, self.plan.gap(item)
        natural = max(self.plan.height(child, wide, INNER_NAME) for child in inside)
        height = min((rect.bottom - top - INSIDE - (rows - 1) * gap) / rows, natural * STRETCH)
        for place, child in enumerate(inside):
            x = rect.x + self.plan.side(item, rect.w) + (place % columns) * (wide + gap)
            y = top + (place // columns) * (height + gap)
            self._place(child, _rounded(Rect(x, y, wide, height)), INNER_NAME)


def _rounded(rect: Rect) -> Rect:
    return Rect(round(rect.x, 1), round(rect.y, 1), round(rect.w, 1), round(rect.h, 1))


def title_width(title: str) -> float:
    """Return the room that a zone's title needs."""
    return width(clean(title), ZONE_TITLE) + 6.0 if title else 0.0


def _offsets(sizes: dict[int, float], gap: float) -> dict[int, float]:
    offsets, at = {}, 0.0
    for key in sorted(sizes):
        offsets[key] = round(at, 1)
        at += sizes[key] + gap
    return offsets


def head_room(placed: Placed, holds_others: bool) -> Rect:
    """Return where a box's name goes: all of it, or its upper strip if other boxes stand inside."""
    if not holds_others:
        return placed.rect
    return Rect(placed.rect.x, placed.rect.y, placed.rect.w, placed.card.height)
