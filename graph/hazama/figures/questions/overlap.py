"""Which groups are served together: a bar for every combination, dots for who is in it (UpSet; Lex et al., 2014)."""

from collections import Counter
from dataclasses import replace

from hazama.figures.asked import Asked
from hazama.figures.cards import NAME, SIDE, Card, card
from hazama.figures.places import Ground, Placed
from hazama.figures.scene import Rect, Statement
from hazama.figures.sketch import Area, Item, Sketch
from hazama.figures.text import width

CHART = "chart"
LEAST_SIDE, STEP, DOT, ROW = 150.0, 34.0, 12.0, 24.0
TALLEST, BAR, LABEL = 190.0, 20.0, 20.0


def overlap(asked: Asked) -> Sketch:
    """Return the sketch of a combination chart with its places given.

    Options: ``of`` the column counted, ``needs`` or ``field``; ``least`` groups in one, ``most`` combinations.
    """
    combinations = _combinations(asked)
    shown = combinations[: asked.template.number("most", 16)]
    groups = list(dict.fromkeys(group for combination, _ in shown for group in combination))
    scheme = "fields" if asked.template.options.get("of") == "field" else "needs"
    order = list(asked.town.schemes.get(scheme, {}))
    groups.sort(key=lambda group: order.index(group) if group in order else len(order))
    if not shown:
        return asked.sketch(())
    names = {group: asked.name(scheme, group) for group in groups}
    for combination, count in combinations:
        words = "・".join(asked.name(scheme, group) for group in combination)
        shown_as = "bar" if (combination, count) in shown else "table"
        asked.statements.append(
            Statement(words, asked.say("together"), asked.say("programs", count=count), shown=shown_as)
        )
    placed = _placed(shown, groups, names)
    sketch = asked.sketch(tuple(each.item for each in placed), areas=(Area(CHART, "", 0),))
    size = (max(each.rect.right for each in placed), max(each.rect.bottom for each in placed))
    return replace(sketch, places=Ground(((Area(CHART, "", 0), Rect(0, 0, *size)),), placed, *size))


def _combinations(asked: Asked) -> list[tuple[tuple[str, ...], int]]:
    """Return the combinations of groups that programmes serve, the most frequent first."""
    column = str(asked.template.options.get("of", "needs"))
    counted: Counter[tuple[str, ...]] = Counter()
    for program in asked.town.programs:
        groups = getattr(program, column)
        if isinstance(groups, tuple) and len(groups) >= asked.template.number("least", 1):
            counted[tuple(sorted(groups))] += 1
            asked.used.append(program)
    return sorted(counted.items(), key=lambda pair: (-pair[1], len(pair[0]), pair[0]))


def _placed(shown: list[tuple[tuple[str, ...], int]], groups: list[str], names: dict[str, str]) -> tuple[Placed, ...]:
    most = max(count for _, count in shown)
    side = max(LEAST_SIDE, *(width(name, NAME) + 2 * SIDE + 2 for name in names.values()))
    top = TALLEST + LABEL + 14
    placed = [
        _box(f"group/{group}", names[group], "head", Rect(0, top + ROW * row, side, ROW - 3))
        for row, group in enumerate(groups)
    ]
    for number, (combination, count) in enumerate(shown):
        x = side + 16 + STEP * number
        high = round(max(2.0, TALLEST * count / most), 1)
        words = "・".join(names[group] for group in combination)
        placed.append(_box(f"count/{number}", str(count), "plain", Rect(x - 3, TALLEST - high, STEP - 4, LABEL)))
        placed.append(_box(f"bar/{number}", "", "bar", Rect(x + 2, TALLEST + LABEL - high, BAR, high), words))
        for row, group in enumerate(groups):
            kind = "dot" if group in combination else "hole"
            y = top + ROW * row + (ROW - 3 - DOT) / 2
            placed.append(_box(f"dot/{number}/{group}", "", kind, Rect(x + 2 + (BAR - DOT) / 2, y, DOT, DOT)))
    return tuple(placed)


def _box(box_id: str, name: str, kind: str, rect: Rect, caption: str = "") -> Placed:
    """Return a part of the chart; a bar or dot has a name for those who cannot see it, but no words in it."""
    item = Item(box_id, name or caption, kind, CHART)
    words = card(item, rect.w) if name else Card(("",), (), (), 1.0, rect.h)
    return Placed(item, words, rect)
