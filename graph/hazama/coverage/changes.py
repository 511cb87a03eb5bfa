"""A file of changes (add, change, end) as steps on a town's space."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from hazama.coverage.boxes import Box
from hazama.coverage.space import Axis, TownSpace, ends
from hazama.coverage.whatif import Add, Change, End, Step
from hazama.knowledge.labels import Directory, directory
from hazama.model.cells import NO_LIMIT, Age, AgeRange, Limit
from hazama.model.errors import UsageError
from hazama.resources import phrase

__all__ = ["steps"]

NO_LIMITS = ("制限なし", "no_limit")
MOST_YEARS = 119


def steps(document: Any, town: TownSpace) -> tuple[TownSpace, tuple[Step, ...]]:
    """The steps of a document of changes, and the town's space cut at every age that they name.

    The document is ``{add: [{name, needs, functions, …}], change: [{program, …}], end: [program]}``. Limits are
    written as in the tables: a list of names, ``min_age`` and ``max_age``, or 制限なし. What an added programme
    does not limit is 制限なし; what a change does not name stays.
    """
    if not isinstance(document, Mapping) or not set(document) <= {"add", "change", "end"}:
        raise UsageError(*phrase("coverage", "no_changes"))
    names = directory(town.town)
    parts = {part: _listed(document.get(part)) for part in ("add", "change", "end")}
    town = town.cut(months for entry in (*parts["add"], *parts["change"]) for months in ends(_ages(entry)))
    added = [_added(entry, town, names) for entry in parts["add"]]
    changes = [step for entry in parts["change"] for step in _changed(entry, town, names)]
    ended = [End(names.resolve(str(text), ("programs",))[1]) for text in parts["end"]]
    return town, (*added, *changes, *ended)


def _added(entry: Mapping[str, Any], town: TownSpace, names: Directory) -> Add:
    _known(entry, town, {"name"})
    given = (axis.mask(_ages(entry), axis.full) if axis.starts else _mask(entry, axis, names) for axis in town.axes)
    masks = tuple(axis.full if mask is None else mask for axis, mask in zip(town.axes, given, strict=True))
    name = str(entry.get("name", ""))
    return Add(Box(masks, f"new:{name}", f"new:{name}"))


def _changed(entry: Mapping[str, Any], town: TownSpace, names: Directory) -> list[Step]:
    _known(entry, town, {"program"})
    program = names.resolve(str(entry.get("program", "")), ("programs",))[1]
    found = [(place, _mask(entry, axis, names)) for place, axis in enumerate(town.axes) if not axis.starts]
    limited = [Change(program, place, mask) for place, mask in found if mask is not None]
    return [*_aged(entry, program, town), *limited]


def _aged(entry: Mapping[str, Any], program: str, town: TownSpace) -> Iterator[Change]:
    """The new ages, row by row: an end that the change does not name stays as it is."""
    if not {"min_age", "max_age"} & set(entry):
        return
    new, place = _ages(entry), town.axis("age")
    axis = town.axes[place]
    for box in (box for box in town.space.boxes if box.program == program):
        old = town.rows[box.key].limits.get("age")
        old = old if isinstance(old, AgeRange) else AgeRange()
        ages = AgeRange(new.least if "min_age" in entry else old.least, new.most if "max_age" in entry else old.most)
        if not (mask := axis.mask(ages, axis.full if town.reading == "certain" else 0)) and ages.is_recorded:
            raise UsageError(*phrase("coverage", "ages_turned", program=program))
        yield Change(program, place, mask, box.key)


def _mask(entry: Mapping[str, Any], axis: Axis, names: Directory) -> int | None:
    """The values an entry names for a dimension; None if it says nothing of it."""
    id = axis.dimension.id
    if id not in entry:
        return None
    kind = "districts" if axis.dimension.kind == "districts" else id
    return axis.mask(_limit(entry[id], lambda text: names.resolve(text, (kind,))[1]), axis.full)


def _limit(value: Any, resolved: Callable[[str], str]) -> Limit:
    if isinstance(value, str) and value in NO_LIMITS:
        return NO_LIMIT
    return tuple(resolved(str(one)) for one in _listed(value))


def _ages(entry: Any) -> AgeRange:
    """The ages an entry names; 制限なし for an end that it does not name."""
    if not isinstance(entry, Mapping):
        return AgeRange(NO_LIMIT, NO_LIMIT)
    ages = AgeRange(_age(entry.get("min_age")), _age(entry.get("max_age")))
    if isinstance(ages.least, Age) and isinstance(ages.most, Age) and ages.least.months >= ages.most.after:
        raise UsageError(*phrase("coverage", "ages_turned", program=entry.get("program", entry.get("name", ""))))
    return ages


def _age(value: Any) -> Any:
    if value is None or (isinstance(value, str) and value in NO_LIMITS):
        return NO_LIMIT
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_YEARS:
        raise UsageError(*phrase("coverage", "bad_age", found=str(value)[:40]))
    return Age(value)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _known(entry: Any, town: TownSpace, extra: set[str]) -> None:
    allowed = extra | {"min_age", "max_age"} | {axis.dimension.id for axis in town.axes if not axis.starts}
    if not isinstance(entry, Mapping) or not set(entry) <= allowed:
        raise UsageError(*phrase("coverage", "bad_change", known="、".join(sorted(allowed))))
