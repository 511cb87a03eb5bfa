"""A file of changes (add, change, end) as steps on a town's space."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from hazama.coverage.boxes import Box
from hazama.coverage.space import Axis, TownSpace
from hazama.coverage.whatif import Add, Change, End, Step
from hazama.knowledge.labels import Directory, directory
from hazama.model.cells import NO_LIMIT, Age, AgeRange, Limit
from hazama.model.errors import UsageError
from hazama.resources import phrase

__all__ = ["steps"]

NO_LIMITS = ("制限なし", "no_limit")


def steps(document: Any, town: TownSpace) -> tuple[Step, ...]:
    """The steps of ``{add: [{name, needs, functions, …}], change: [{program, …}], end: [program]}``.

    Limits are written as in the tables: a list of names, ``min_age`` and ``max_age``, or 制限なし. What an
    added programme does not limit is 制限なし; what a change does not name stays.
    """
    if not isinstance(document, Mapping) or not set(document) <= {"add", "change", "end"}:
        raise UsageError(*phrase("coverage", "no_changes"))
    names = directory(town.town)
    added = [_added(entry, town, names) for entry in document.get("add") or []]
    changes = [step for entry in document.get("change") or [] for step in _changed(entry, town, names)]
    ended = [End(names.resolve(str(text), ("programs",))[1]) for text in document.get("end") or []]
    return (*added, *changes, *ended)


def _added(entry: Mapping[str, Any], town: TownSpace, names: Directory) -> Add:
    _known(entry, town, {"name"})
    limits = {place: _mask(entry, axis, names) for place, axis in enumerate(town.axes)}
    masks = tuple(axis.full if limits[place] is None else limits[place] or 0 for place, axis in enumerate(town.axes))
    name = str(entry.get("name", ""))
    return Add(Box(masks, f"new:{name}", f"new:{name}"))


def _changed(entry: Mapping[str, Any], town: TownSpace, names: Directory) -> list[Step]:
    _known(entry, town, {"program"})
    program = names.resolve(str(entry.get("program", "")), ("programs",))[1]
    found = ((place, _mask(entry, axis, names)) for place, axis in enumerate(town.axes))
    return [Change(program, place, mask) for place, mask in found if mask is not None]


def _mask(entry: Mapping[str, Any], axis: Axis, names: Directory) -> int | None:
    """The values an entry names for a dimension; None if it says nothing of it."""
    id = axis.dimension.id
    if axis.starts:
        if not {"min_age", "max_age"} & set(entry):
            return None
        return axis.mask(AgeRange(_age(entry.get("min_age")), _age(entry.get("max_age"))), axis.full)
    if id not in entry:
        return None
    kind = "districts" if axis.dimension.kind == "districts" else id
    return axis.mask(_limit(entry[id], lambda text: names.resolve(text, (kind,))[1]), axis.full)


def _limit(value: Any, resolved: Callable[[str], str]) -> Limit:
    if value in NO_LIMITS:
        return NO_LIMIT
    values = value if isinstance(value, list) else [value]
    return tuple(resolved(str(one)) for one in values)


def _age(value: Any) -> Any:
    return Age(value) if isinstance(value, int) else NO_LIMIT


def _known(entry: Any, town: TownSpace, extra: set[str]) -> None:
    allowed = extra | {"min_age", "max_age"} | {axis.dimension.id for axis in town.axes if not axis.starts}
    if not isinstance(entry, Mapping) or not set(entry) <= allowed:
        raise UsageError(*phrase("coverage", "bad_change", known="、".join(sorted(allowed))))
