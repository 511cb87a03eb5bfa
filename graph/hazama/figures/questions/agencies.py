"""Departments with their sections inside, at a date or before and after the latest reorganisation."""

from collections.abc import Iterable
from datetime import date, timedelta

from hazama.figures.asked import Asked
from hazama.figures.scene import Area, Sketch, ancestors
from hazama.model.records import Agency

BEFORE, AFTER = "before", "after"


def agencies(asked: Asked) -> Sketch:
    """Return the sketch of a town's units.

    Options: ``kinds`` of agencies drawn; ``now`` to leave changes out. If units succeed others, two zones show
    those concerned before and after the latest change up to the date asked for, with lines from the old to the new;
    else one zone shows all units.
    """
    units = [agency for agency in asked.whole.agencies if agency.kind in asked.template.strings("kinds")]
    changed = None if asked.template.options.get("now") else _latest_change(units, asked.scope.as_of or date.max)
    if changed:
        return _change(asked, {unit.id: unit for unit in units}, changed)
    _boxes(asked, [unit for unit in units if unit in asked.town.agencies], "inside")
    return asked.sketch([Area("inside", asked.say("now"), 0)])


def _latest_change(units: list[Agency], day: date) -> date | None:
    """Return the first day of the latest reorganisation that had happened by a day."""
    known = {unit.id for unit in units}
    days = [unit.since.first for unit in units if unit.since and known.intersection(unit.succeeds)]
    return max((since for since in days if since <= day), default=None)


def _boxes(asked: Asked, units: list[Agency], area: str, mark: str = "") -> None:
    """Add the boxes of units, each inside the unit it belongs to if that is drawn too, as the table says."""
    drawn = {unit.id for unit in units}
    for unit in units:
        parent = unit.parent if unit.parent in drawn and unit.parent != unit.id else ""
        asked.used.append(unit)
        if parent:
            status = asked.status(unit, "parent")
            asked.state(("agencies", unit.id), "part_of", ("agencies", parent), unit, "nested", status)
        around = _box(parent, mark) if parent else ""
        asked.item(("agencies", unit.id), "unit", area, mark, parent=around, status=unit.status)


def _box(unit: str, mark: str) -> str:
    return f"agencies/{unit}@{mark}" if mark else f"agencies/{unit}"


def _change(asked: Asked, units: dict[str, Agency], changed: date) -> Sketch:
    """Draw the units that ended or began with a change, with the units around them, and their succession."""
    eve = changed - timedelta(days=1)
    new = [unit for unit in units.values() if unit.since and unit.since.first == changed]
    followed = {old for unit in new for old in unit.succeeds}
    old = [unit for unit in units.values() if unit.id in followed or (unit.until and unit.until.last == eve)]
    _boxes(asked, _with_parents(old, units, eve), BEFORE, BEFORE)
    _boxes(asked, _with_parents(new, units, changed), AFTER, AFTER)
    for unit in new:
        for predecessor in unit.succeeds:
            ends = _box(predecessor, BEFORE), _box(unit.id, AFTER)
            if all(end in asked.boxes for end in ends):
                one, other = ("agencies", predecessor), ("agencies", unit.id)
                asked.line(one, "succeeds", other, unit, asked.status(unit, "succeeds"), ends)
    days = asked.say("until", day=eve.isoformat()), asked.say("from", day=changed.isoformat())
    return asked.sketch([Area(BEFORE, days[0], 0), Area(AFTER, days[1], 1)])


def _with_parents(units: Iterable[Agency], known: dict[str, Agency], day: date) -> list[Agency]:
    """Return units and the units around them on a day, outermost first."""
    found = {unit.id: unit for unit in units}
    parents = {unit.id: unit.parent for unit in known.values() if unit.parent in known}
    for unit in list(found):
        for parent in list(ancestors(unit, parents))[1:]:
            if parent in found or not known[parent].in_force(day):
                break
            found[parent] = known[parent]
    order = list(known)
    return sorted(found.values(), key=lambda unit: (len([*ancestors(unit.id, parents)]), order.index(unit.id)))
