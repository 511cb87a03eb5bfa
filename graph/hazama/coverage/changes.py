"""A file of changes (add, change, end) as the same town with other rows; and what goes when an agency or a law goes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

from hazama.coverage.axes import shorten
from hazama.coverage.space import MOST_YEARS, TownSpace
from hazama.knowledge.labels import Directory, directory
from hazama.model.boxes import boxes
from hazama.model.cells import NO_LIMIT, Age, AgeRange, Limit, Unset
from hazama.model.concepts import Dimension
from hazama.model.errors import UsageError
from hazama.model.records import Limits, Origin, Program
from hazama.model.town import Municipality
from hazama.resources import phrase

__all__ = ["changed", "removed"]

AGES = {"min_age": "least", "max_age": "most"}
NO_LIMITS = ("制限なし", "no_limit")
Entry = Mapping[str, Any]


def changed(document: Any, town: TownSpace) -> tuple[TownSpace, TownSpace]:
    """The town's space before and after a document of changes, both cut at every age of either.

    The document is ``{add: [{name, needs, functions, …}], change: [{program, …}], end: [program]}``. Limits are
    written as in the tables: a list of names, ``min_age`` and ``max_age``, or 制限なし. What an added programme
    does not limit is 制限なし; what a change does not name stays.
    """
    if not isinstance(document, Mapping) or not set(document) <= {"add", "change", "end"}:
        raise UsageError(*phrase("coverage", "no_changes"))
    names, rows = directory(town.town), town.town
    ended = names.ids("programs", _listed(document.get("end")))
    for entry in _listed(document.get("change")):
        rows = _changed(_known(entry, rows, "program"), rows, names)
    added = tuple(
        _added(n, _known(entry, rows, "name"), rows, names)
        for n, entry in enumerate(_listed(document.get("add")), start=1)
    )
    rows = replace(
        rows,
        programs=(*(one for one in rows.programs if one.id not in ended), *added),
        eligibility=tuple(one for one in rows.eligibility if one.program not in ended),
    )
    after = town.like(rows, cuts=town.starts)
    return town.like(cuts=after.starts), after


def removed(town: TownSpace, texts: Iterable[str]) -> tuple[str, ...]:
    """The programmes that go when these programmes, agencies, laws or provisions go; ``UsageError`` if none does."""
    found: set[str] = set()
    for text in texts:
        gone = _going(town, text)
        if not gone:
            raise UsageError(*phrase("coverage", "nothing_goes", name=text))
        found |= gone
    return tuple(sorted(found))


def _going(town: TownSpace, text: str) -> set[str]:
    names = directory(town.town)
    kind, id = names.resolve(text, ("programs", "agencies", "laws", "provisions"))
    if kind == "programs":
        return {id} & set(town.programs)
    if kind == "agencies":
        gone = names.beneath("agencies", id)
        return {key for key, one in town.programs.items() if not gone.isdisjoint((*one.owner, *one.operators))}
    provisions = names.provisions(id)
    return {key for key, one in town.programs.items() if not provisions.isdisjoint(one.basis)}


def _added(number: int, entry: Entry, town: Municipality, names: Directory) -> Program:
    free = {one.id: AgeRange(NO_LIMIT, NO_LIMIT) if one.kind == "interval" else NO_LIMIT for one in town.space}
    program = Program(
        id=f"new:{number}", name=str(entry.get("name", "")), origin=Origin("", number), reach="dedicated",
        limits=_limits(entry, town, names, free), needs=NO_LIMIT, functions=NO_LIMIT,
    )  # fmt: skip
    return replace(program, **_kinds(entry, town, names))


def _changed(entry: Entry, town: Municipality, names: Directory) -> Municipality:
    """The town with the limits of one programme set anew, in each of its rows that states a box."""
    (program,) = names.ids("programs", [entry.get("program", "")])
    stating, kinds = set(map(id, boxes(town)[program])), _kinds(entry, town, names)

    def limited(row: Any) -> Any:
        return replace(row, limits=_limits(entry, town, names, row.limits)) if id(row) in stating else row

    programs = (replace(limited(one), **kinds) if one.id == program else one for one in town.programs)
    return replace(town, programs=tuple(programs), eligibility=tuple(map(limited, town.eligibility)))


def _kinds(entry: Entry, town: Municipality, names: Directory) -> dict[str, Any]:
    """What a programme is for, where an entry names it."""
    kinds = [one for one in town.space if one.role == "classification" and one.id in entry]
    return {one.id: _limit(entry[one.id], one, names) for one in kinds}


def _limits(entry: Entry, town: Municipality, names: Directory, held: Limits) -> Limits:
    """The limits *held* with those that an entry names; an end of the ages that it does not name stays."""
    said = dict(held)
    for one in town.space:
        if one.role == "limit" and one.kind != "interval" and one.id in entry:
            said[one.id] = _limit(entry[one.id], one, names)
    if named := {end: _age(entry[key]) for key, end in AGES.items() if key in entry}:
        old = held.get("age")
        said["age"] = ages = replace(old if isinstance(old, AgeRange) else AgeRange(), **named)
        if ages.is_empty:
            name = entry.get("program", entry.get("name", ""))
            raise UsageError(*phrase("coverage", "ages_turned", program=name))
    return said


def _limit(value: Any, dimension: Dimension, names: Directory) -> Limit:
    if isinstance(value, str) and value in NO_LIMITS:
        return NO_LIMIT
    return names.ids("districts" if dimension.kind == "districts" else dimension.id, _listed(value))


def _age(value: Any) -> Age | Unset:
    if value is None or (isinstance(value, str) and value in NO_LIMITS):
        return NO_LIMIT
    if type(value) is not int or not 0 <= value <= MOST_YEARS:
        raise UsageError(*phrase("coverage", "bad_age", found=str(value)[:40]))
    return Age(value)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _known(entry: Any, town: Municipality, name: str) -> Entry:
    allowed = {name, *AGES, *(one.id for one in town.space if one.kind != "interval")}
    unknown = [str(key) for key in entry if key not in allowed] if isinstance(entry, Mapping) else [str(entry)]
    if unknown or not isinstance(entry, Mapping):
        key = shorten(unknown[0])
        raise UsageError(*phrase("coverage", "bad_change", key=key, known=" / ".join(sorted(allowed))))
    return entry
