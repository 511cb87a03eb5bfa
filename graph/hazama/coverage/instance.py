"""A bare instance, without a town, so that anyone can check the engine against other tools.

``{"dims": {name: [values]}, "boxes": [{dim: [values]}], "exclusions": [...], "weights": {dim: {value: number}}}``.
A dimension a box does not name is unlimited, an empty list covers nothing, exclusions
count as covered. ``{"type": "number", "min": 0, "max": null, "integer": true}`` declares a
dimension of numbers, whose values are intervals such as ``"[12,15)"``.

Cells of a number dimension: the whole numbers where both ends are given, otherwise the
classes its limits make. A value without a weight weighs one per cell; the weight of an
interval is spread evenly over it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log10
from typing import Any

from hazama.coverage.axes import Faults, ListAxis, NumberAxis, list_axis, number_axis, shorten
from hazama.coverage.boxes import Box, Space
from hazama.coverage.deadline import Deadline
from hazama.coverage.gaps import Answer
from hazama.coverage.totals import totals
from hazama.model.errors import InputError
from hazama.resources import phrase

__all__ = ["Instance", "as_json", "instance"]

PARTS = ("dims", "boxes", "exclusions", "weights")
MOST = 300_000_000
"""The most boxes times values that are read: sets of values are bits, so this is some 40 MB."""
MOST_DIMS = 400
"""The most dimensions: the totals descend one by one."""
MOST_DIGITS = 4000
"""The most digits of a number of cells; of demand with fractions ``MOST_DIGITS_FLOAT``."""
MOST_DIGITS_FLOAT = 300

Json = Any
Row = dict[str, list[Json]]


@dataclass(frozen=True, slots=True)
class Instance:
    """A space, how each of its dimensions writes a set of values, and the keys of the document that mean nothing."""

    space: Space
    axes: tuple[ListAxis | NumberAxis, ...]
    unread: tuple[str, ...] = ()


def instance(document: Json) -> Instance:
    """The space of an instance; ``InputError`` names every unknown or contradictory part at once.

    An instance with more than ``MOST`` boxes times values is refused before any work is done.
    """
    faults = Faults()
    given = document if isinstance(document, dict) else {}
    dims = _dims(given.get("dims"), faults)
    rows = {part: _rows(given.get(part), part, dims, faults) for part in ("boxes", "exclusions")}
    _kept_small(rows, dims)
    weights = _weights(given.get("weights"), dims, faults)
    axes = {name: _axis(name, declared, rows, weights.get(name, {}), faults) for name, declared in dims.items()}
    boxes = {part: tuple(_boxes(part, found, axes, faults)) for part, found in rows.items()}
    if faults.found:
        raise InputError(*_told(faults))
    space = Space(tuple(axis.dimension for axis in axes.values()), boxes["boxes"], boxes["exclusions"])
    _kept_countable(space)
    return Instance(space, tuple(axes.values()), tuple(shorten(key) for key in given if key not in PARTS))


def as_json(read: Instance, answer: Answer, deadline: Deadline | None = None) -> dict[str, Json]:
    """The answer in the shape the issue of the engine fixes; totals count cells, null if the deadline came first."""
    names = [dim.name for dim in read.space.dims]
    return {
        "complete": answer.complete,
        "bound": answer.bound,
        "totals": _split(read.space, deadline),
        "gaps": [
            {
                "box": {name: axis.written(mask) for name, axis, mask in zip(names, read.axes, gap.masks, strict=True)},
                "size": gap.size,
                "demand": gap.demand,
            }
            for gap in answer.gaps
        ],
    }


def _split(space: Space, deadline: Deadline | None) -> dict[str, Json] | None:
    try:
        split = totals(space, deadline=deadline).cells
    except TimeoutError:
        return None
    return {"cells": space.cells, "uncovered": split.none, "once": split.one, "more": split.more}


def _kept_small(rows: Mapping[str, list[Row]], dims: Mapping[str, Json]) -> None:
    boxes, values = sum(map(len, rows.values())), sum(len(one) for one in dims.values() if isinstance(one, list))
    if boxes * values > MOST:
        _refuse("too_large", boxes=f"{boxes:,}", values=f"{values:,}", most=f"{MOST:,}")
    if len(dims) > MOST_DIMS:
        _refuse("too_many_dims", count=f"{len(dims):,}", most=MOST_DIMS)


def _kept_countable(space: Space) -> None:
    """Refuses what could not be written as a number: every product of sums stays below this one."""
    cells = sum(log10(max(1, sum(dim.sizes or (len(dim.values),)))) for dim in space.dims)
    people = sum(log10(max(1, sum(dim.weights or dim.sizes or (len(dim.values),)))) for dim in space.dims)
    broken = any(isinstance(weight, float) for dim in space.dims for weight in dim.weights)
    if cells > MOST_DIGITS or people > (MOST_DIGITS_FLOAT if broken else MOST_DIGITS):
        _refuse("uncountable", most=MOST_DIGITS, broken=MOST_DIGITS_FLOAT)


def _refuse(code: str, **values: object) -> None:
    ja, en = phrase("coverage", code, **values)
    raise InputError(ja, (), en)


def _dims(given: Json, faults: Faults) -> dict[str, Json]:
    if not isinstance(given, dict):
        faults.add("no_dims")
        return {}
    usable = {name: one for name, one in given.items() if isinstance(one, list) or _is_number_type(one)}
    for name in given:
        if name not in usable:
            faults.add("bad_dimension", where=f"dims.{name}")
    return usable


def _is_number_type(declared: Json) -> bool:
    return isinstance(declared, dict) and declared.get("type") == "number"


def _rows(given: Json, part: str, dims: Mapping[str, Json], faults: Faults) -> list[Row]:
    """The boxes of a part with their lists; a single value counts as a list of one."""
    if given is None:
        return []
    if not isinstance(given, list):
        faults.add("not_boxes", where=part)
        return []
    return [_row(f"{part}[{n}]", row, dims, faults) for n, row in enumerate(given)]


def _row(where: str, row: Json, dims: Mapping[str, Json], faults: Faults) -> Row:
    if not isinstance(row, dict):
        faults.add("not_boxes", where=where)
        return {}
    for name in row:
        if name not in dims:
            faults.add("unknown_dimension", where=where, value=name)
    return {name: values if isinstance(values, list) else [values] for name, values in row.items() if name in dims}


def _weights(given: Json, dims: Mapping[str, Json], faults: Faults) -> Mapping[str, Mapping[str, Json]]:
    if given is None:
        return {}
    if not isinstance(given, dict) or not all(isinstance(weights, dict) for weights in given.values()):
        faults.add("not_weights", where="weights")
        return {}
    for name in given:
        if name not in dims:
            faults.add("unknown_dimension", where="weights", value=name)
    return given


def _axis(
    name: str, declared: Json, rows: Mapping[str, list[Row]], weights: Mapping[str, Json], faults: Faults
) -> ListAxis | NumberAxis:
    if isinstance(declared, list):
        return list_axis(name, declared, weights, faults)
    used = (value for found in rows.values() for row in found for value in row.get(name, ()))
    return number_axis(name, declared, used, weights, faults)


def _boxes(part: str, rows: list[Row], axes: Mapping[str, ListAxis | NumberAxis], faults: Faults) -> Iterator[Box]:
    """The boxes of a part, each its own programme, named by its place in the file."""
    for n, row in enumerate(rows):
        key = f"{part}[{n}]"
        masks = (
            axis.mask(row[name], f"{key}.{name}", faults) if name in row else axis.dimension.full
            for name, axis in axes.items()
        )
        yield Box(tuple(masks), key, key)


def _told(faults: Faults) -> tuple[str, tuple[()], str]:
    """What is wrong, one line a fault, in Japanese and in English."""
    lines = [phrase("coverage", "bad_instance")]
    lines += [phrase("coverage", code, **values) for code, values in faults.found]
    return "\n  ".join(ja for ja, _ in lines), (), "\n  ".join(en for _, en in lines)
