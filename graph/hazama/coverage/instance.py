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
from typing import Any

from hazama.coverage.axes import Faults, ListAxis, NumberAxis, list_axis, number_axis
from hazama.coverage.boxes import Box, Space
from hazama.coverage.deadline import Deadline
from hazama.coverage.gaps import Answer
from hazama.coverage.totals import totals
from hazama.model.errors import InputError
from hazama.resources import phrase

__all__ = ["Instance", "as_json", "instance"]

MOST = 300_000_000
"""The most boxes times values that are read: sets of values are bits, so this is some 40 MB."""

Json = Any
Row = dict[str, list[Json]]


@dataclass(frozen=True, slots=True)
class Instance:
    """A space and how each of its dimensions writes a set of values."""

    space: Space
    axes: tuple[ListAxis | NumberAxis, ...]


def instance(document: Json) -> Instance:
    """The space of an instance; ``InputError`` names every unknown or contradictory part at once.

    An instance with more than ``MOST`` boxes times values is refused before any work is done.
    """
    faults = Faults()
    dims = _dims(document, faults)
    rows = {part: _rows(document, part, dims, faults) for part in ("boxes", "exclusions")}
    _kept_small(rows, dims)
    weights = _weights(document, dims, faults)
    axes = {name: _axis(name, declared, rows, weights.get(name, {}), faults) for name, declared in dims.items()}
    boxes = {part: tuple(_boxes(part, found, axes, faults)) for part, found in rows.items()}
    if faults.found:
        raise InputError(*_told(faults))
    space = Space(tuple(axis.dimension for axis in axes.values()), boxes["boxes"], boxes["exclusions"])
    return Instance(space, tuple(axes.values()))


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
        counts = {"boxes": f"{boxes:,}", "values": f"{values:,}", "most": f"{MOST:,}"}
        ja, en = phrase("coverage", "too_large", **counts)
        raise InputError(ja, (), en)


def _dims(document: Json, faults: Faults) -> dict[str, Json]:
    found = document.get("dims") if isinstance(document, dict) else None
    if not isinstance(found, dict):
        faults.add("no_dims")
        return {}
    usable = {name: one for name, one in found.items() if isinstance(one, list) or _is_number_type(one)}
    for name in found:
        if name not in usable:
            faults.add("bad_dimension", where=f"dims.{name}")
    return usable


def _is_number_type(declared: Json) -> bool:
    return isinstance(declared, dict) and declared.get("type") == "number"


def _rows(document: Json, part: str, dims: Mapping[str, Json], faults: Faults) -> list[Row]:
    """The boxes of a part with their lists; a single value counts as a list of one."""
    given = document.get(part) or [] if isinstance(document, dict) else []
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


def _weights(document: Json, dims: Mapping[str, Json], faults: Faults) -> Mapping[str, Mapping[str, Json]]:
    given = document.get("weights") or {} if isinstance(document, dict) else {}
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
