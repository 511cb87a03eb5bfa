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

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import log10
from typing import Any

from hazama.coverage.axes import Axis, Faults, list_axis, number_axis, shorten
from hazama.coverage.boxes import Box, Gap, Space
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

EVERY = object()
"""What a box has in a dimension that it does not name."""

Json = Any
Rows = Sequence[Mapping[str, Json]]


@dataclass(frozen=True, slots=True)
class Instance:
    """A space, how each of its dimensions writes a set of values, and the keys of the document that mean nothing."""

    space: Space
    axes: tuple[Axis, ...]
    unread: tuple[str, ...] = ()

    def told(self, gap: Gap) -> dict[str, Json]:
        """One gap as the document writes boxes, every dimension named."""
        box = {axis.dimension.name: axis.written(mask) for axis, mask in zip(self.axes, gap.masks, strict=True)}
        return {"box": box, "size": gap.size, "demand": gap.demand}


def instance(document: Json, deadline: Deadline | None = None) -> Instance:
    """The space of an instance; ``InputError`` names its unknown and contradictory parts at once.

    An instance with more than ``MOST`` boxes times values is refused before any work is done.
    ``TimeoutError`` after the deadline.
    """
    faults, until = Faults(), deadline or Deadline()
    given = document if isinstance(document, dict) else {}
    dims = _dims(given.get("dims"), faults)
    rows = {part: _rows(given.get(part), part, dims, faults) for part in ("boxes", "exclusions")}
    _kept_small(rows, dims)
    weights = _weights(given.get("weights"), dims, faults)
    axes = {
        name: list_axis(name, declared, weights.get(name, {}), faults)
        if isinstance(declared, list)
        else number_axis(name, declared, _used(rows.values(), name), weights.get(name, {}), faults)
        for name, declared in dims.items()
    }
    boxes = {part: tuple(_boxes(part, found, axes, faults, until)) for part, found in rows.items()}
    faults.refuse()
    space = Space(tuple(axis.dimension for axis in axes.values()), boxes["boxes"], boxes["exclusions"])
    _kept_countable(space)
    return Instance(space, tuple(axes.values()), tuple(shorten(key) for key in given if key not in PARTS))


def as_json(read: Instance, answer: Answer, deadline: Deadline | None = None) -> dict[str, Json]:
    """The answer in the shape the issue of the engine fixes; totals count cells, null if the deadline came first."""
    try:
        split = totals(read.space, deadline=deadline).cells
        counted = {"cells": read.space.cells, "uncovered": split.none, "once": split.one, "more": split.more}
    except TimeoutError:
        counted = None
    gaps = [read.told(gap) for gap in answer.gaps]
    return {"complete": answer.complete, "bound": answer.bound, "totals": counted, "gaps": gaps}


def _kept_small(rows: Mapping[str, Rows], dims: Mapping[str, Json]) -> None:
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
    raise InputError(*phrase("coverage", code, **values))


def _dims(given: Json, faults: Faults) -> dict[str, Json]:
    if not isinstance(given, dict):
        faults.add("no_dims")
        return {}
    usable: dict[str, Json] = {}
    for name, declared in given.items():
        if isinstance(declared, (list, tuple)):
            usable[name] = list(declared)
        elif isinstance(declared, dict) and declared.get("type") == "number":
            usable[name] = declared
        else:
            faults.add("bad_dimension", where=f"dims.{name}")
    return usable


def _rows(given: Json, part: str, dims: Mapping[str, Json], faults: Faults) -> Rows:
    """The boxes of a part, as they were given."""
    if not isinstance(given, (list, tuple, type(None))):
        faults.add("not_boxes", where=part)
        return []
    for n, row in enumerate(given or ()):
        if not isinstance(row, dict):
            faults.add("not_boxes", where=f"{part}[{n}]")
        elif not row.keys() <= dims.keys():
            for name in (one for one in row if one not in dims):
                faults.add("unknown_dimension", where=f"{part}[{n}]", value=name)
    return given or []


def _weights(given: Json, dims: Mapping[str, Json], faults: Faults) -> Mapping[str, Mapping[str, Json]]:
    if given is None:
        return {}
    if not isinstance(given, dict) or not all(isinstance(weights, dict) for weights in given.values()):
        faults.add("not_weights", where="weights")
        return {}
    for name in (one for one in given if one not in dims):
        faults.add("unknown_dimension", where="weights", value=name)
    return given


def _listed(values: Json) -> Sequence[Json]:
    """What a box has in a dimension; a single value counts as a list of one."""
    return values if isinstance(values, (list, tuple)) else [values]


def _used(parts: Iterable[Rows], name: str) -> Iterator[Json]:
    """Every value that a box has in a dimension."""
    for rows in parts:
        for row in rows:
            if isinstance(row, dict):
                yield from _listed(row.get(name, ()))


def _boxes(part: str, rows: Rows, axes: Mapping[str, Axis], faults: Faults, until: Deadline) -> Iterator[Box]:
    """The boxes of a part, each its own programme, named by its place in the file.

    Laws set few limits and many programmes share them: a tuple of values met again gives the same set.
    """
    known: dict[tuple[str, int], int] = {}
    for n, row in enumerate(rows):
        if n & 1023 == 1023:
            until.check()
        masks, key = [], f"{part}[{n}]"
        for name, axis in axes.items() if isinstance(row, dict) else ():
            mask, values = axis.full, row.get(name, EVERY)
            if values is not EVERY and (mask := known.get((name, id(values)), -1)) < 0:
                mask = axis.mask(_listed(values), f"{key}.{name}", faults)
                if isinstance(values, tuple) and not faults.count:
                    known[name, id(values)] = mask
            masks.append(mask)
        yield Box(tuple(masks), key, key)
