"""Departments with their sections inside, at a date or before and after the latest reorganisation."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from hazama.figures.asked import Asked
from hazama.figures.sketch import Area, Item, Sketch, Tie
from hazama.model.records import Agency

BEFORE, AFTER = "before", "after"


def agencies(asked: Asked) -> Sketch:
    """Return the sketch of a town's units.

    Options: ``kinds`` of agencies drawn; ``now`` to leave changes out. If units succeed others, two zones show
    those concerned before and after the latest change up to the date asked for, with lines from the old to the new;
    else one zone shows all units.
    """
    units = [agency for agency in asked.whole.agencies if agency.kind in asked.template.strings("kinds")]
    day = asked.scope.as_of or date.max
    changed = None if asked.template.options.get("now") else _latest_change(units, day)
    if changed is None:
        return _now(asked, [unit for unit in units if unit in asked.town.agencies])
    return _change(asked, units, changed)


def _latest_change(units: list[Agency], day: date) -> date | None:
    """Return the first day of the latest reorganisation that had happened by a day."""
    known = {unit.id for unit in units}
    days = [unit.since.first for unit in units if unit.since and known.intersection(unit.succeeds)]
    return max((since for since in days if since <= day), default=None)


def _now(asked: Asked, units: list[Agency]) -> Sketch:
    items = _items(asked, units, "inside")
    return asked.sketch(items, areas=(Area("inside", asked.say("now"), 0),) if items else None)


def _items(asked: Asked, units: list[Agency], area: str, mark: str = "") -> tuple[Item, ...]:
    """Return the boxes of units, each inside the unit it belongs to if that is drawn too, as the table says."""
    drawn = {unit.id for unit in units}
    items = []
    for unit in units:
        parent = unit.parent if unit.parent in drawn and unit.parent != unit.id else ""
        item = asked.agency(unit)
        around = f"agencies/{parent}{mark}" if parent else ""
        if parent:
            key, status = ("agencies", unit.id), asked.status(unit, "parent")
            asked.state(key, "part_of", ("agencies", parent), unit, "nested", status)
        items.append(replace(item, id=item.id + mark, kind="unit", area=area, parent=around))
    return tuple(items)


def _change(asked: Asked, units: list[Agency], changed: date) -> Sketch:
    """Return the units that ended or began with a change, with the units around them, and their succession."""
    eve = changed - timedelta(days=1)
    by_id = {unit.id: unit for unit in units}
    new = [unit for unit in units if unit.since and unit.since.first == changed]
    old_ids = {old for unit in new for old in unit.succeeds if old in by_id}
    old = [unit for unit in units if unit.id in old_ids or (unit.until and unit.until.last == eve)]
    before = _with_parents(old, by_id, eve)
    after = _with_parents(new, by_id, changed)
    items = _items(asked, before, BEFORE, f"@{BEFORE}") + _items(asked, after, AFTER, f"@{AFTER}")
    drawn = {item.id for item in items}
    ties = []
    for unit in new:
        for predecessor in unit.succeeds:
            source, target = f"agencies/{predecessor}@{BEFORE}", f"agencies/{unit.id}@{AFTER}"
            if source in drawn and target in drawn:
                status = asked.status(unit, "succeeds")
                asked.state(("agencies", predecessor), "succeeds", ("agencies", unit.id), unit, "line", status)
                ties.append(Tie(source, target, "", "succeeds", status, bundle=source))
    areas = (
        Area(BEFORE, asked.say("until", day=eve.isoformat()), 0),
        Area(AFTER, asked.say("from", day=changed.isoformat()), 1),
    )
    return asked.sketch(items, tuple(ties), areas)


def _with_parents(units: Iterable[Agency], by_id: dict[str, Agency], day: date) -> list[Agency]:
    """Return units and the units around them on a day, outermost first."""
    found = {unit.id: unit for unit in units}
    for unit in list(found.values()):
        parent = by_id.get(unit.parent)
        while parent and parent.id not in found and parent.in_force(day):
            found[parent.id] = parent
            parent = by_id.get(parent.parent)
    return sorted(found.values(), key=lambda unit: (_depth(unit, by_id), list(by_id).index(unit.id)))


def _depth(unit: Agency, by_id: dict[str, Agency]) -> int:
    depth, seen = 0, {unit.id}
    while unit.parent in by_id and unit.parent not in seen:
        unit, depth = by_id[unit.parent], depth + 1
        seen.add(unit.id)
    return depth
