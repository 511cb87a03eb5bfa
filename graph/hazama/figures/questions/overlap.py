"""Which groups are served together: a bar for every combination, dots for who is in it (UpSet; Lex et al., 2014)."""

from collections import Counter

from hazama.figures.asked import Asked
from hazama.figures.cards import NAME, SIDE
from hazama.figures.geometry import Rect
from hazama.figures.scene import Box, Sketch, Statement
from hazama.figures.text import width

LEAST_SIDE, STEP, DOT, ROW = 150.0, 34.0, 12.0, 24.0
TALLEST, BAR, LABEL = 190.0, 20.0, 20.0
CHART = "chart"


def overlap(asked: Asked) -> Sketch:
    """Return the sketch of a combination chart with its places given.

    Options: ``of`` the column counted, ``needs`` or ``field``; ``least`` groups in one, ``most`` combinations.
    """
    combinations = _combinations(asked)
    shown = combinations[: asked.template.number("most", 16)]
    if not shown:
        return asked.sketch()
    scheme = "fields" if asked.template.options.get("of") == "field" else "needs"
    order = list(asked.town.schemes.get(scheme, {}))
    groups = dict.fromkeys(group for combination, _ in shown for group in combination)
    for place, (combination, count) in enumerate(combinations):
        words = "・".join(asked.name(scheme, group) for group in combination)
        said = words, asked.say("together"), asked.say("programs", count=count)
        asked.statements.append(Statement(*said, shown="bar" if place < len(shown) else "table"))
    ranked = sorted(groups, key=lambda group: order.index(group) if group in order else len(order))
    _chart(asked, shown, {group: asked.name(scheme, group) for group in ranked})
    return asked.sketch(areas=())


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


def _chart(asked: Asked, shown: list[tuple[tuple[str, ...], int]], names: dict[str, str]) -> None:
    """Put bars and dots in place, groups by name from the top; each has a name for those who cannot see it."""
    most = max(count for _, count in shown)
    side = max(LEAST_SIDE, *(width(name, NAME) + 2 * SIDE + 2 for name in names.values()))
    tops = [TALLEST + LABEL + 14 + ROW * row for row in range(len(names))]
    for (group, name), y in zip(names.items(), tops, strict=True):
        asked.box(Box(f"group/{group}", name, "head", CHART, rect=Rect(0, y, side, ROW - 3)))
    for number, (combination, count) in enumerate(shown):
        x = side + 16 + STEP * number
        high = round(max(2.0, TALLEST * count / most), 1)
        words = "・".join(names[group] for group in combination)
        asked.box(Box(f"count/{number}", str(count), "plain", CHART, rect=Rect(x - 3, TALLEST - high, STEP - 4, LABEL)))
        asked.box(Box(f"bar/{number}", words, "bar", CHART, rect=Rect(x + 2, TALLEST + LABEL - high, BAR, high)))
        for group, y in zip(names, tops, strict=True):
            kind, rect = "dot" if group in combination else "hole", Rect(0, 0, DOT, DOT)
            at = x + 2 + (BAR - DOT) / 2, y + (ROW - 3 - DOT) / 2
            asked.box(Box(f"dot/{number}/{group}", "", kind, CHART, rect=rect.moved(*at)))
