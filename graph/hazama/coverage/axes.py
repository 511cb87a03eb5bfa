"""How the dimensions of a bare instance read and write sets of values."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf
from sys import float_info
from typing import Any

from hazama.coverage.boxes import Dimension, Number, bits, mask_of, runs
from hazama.coverage.intervals import Cut, Line, span, written

__all__ = ["Faults", "ListAxis", "NumberAxis", "list_axis", "number_axis"]

Json = Any


def shorten(text: str, most: int = 80) -> str:
    """The beginning of a text that is longer."""
    return text if len(text) <= most else f"{text[:most]}…"


class Faults:
    """What is wrong with an instance: the id of a text in ``ontology/words/coverage.csv`` and what it quotes."""

    def __init__(self) -> None:
        self.found: list[tuple[str, dict[str, object]]] = []

    def add(self, code: str, **values: object) -> None:
        """Notes one fault; of a long value the beginning."""
        self.found.append((code, {key: shorten(str(value)) for key, value in values.items()}))


@dataclass(frozen=True, slots=True)
class ListAxis:
    """A dimension of named values, written as they were given."""

    dimension: Dimension
    values: tuple[Json, ...]
    places: Mapping[str, int]

    def mask(self, values: Iterable[Json], where: str, faults: Faults) -> int:
        """The set of these values."""
        positions: list[int] = []
        for value in values:
            place = None if _is_nested(value) else self.places.get(_name(value))
            if place is None:
                faults.add("unknown_value", where=where, value=_name(value))
            else:
                positions.append(place)
        return mask_of(positions, len(self.values))

    def written(self, mask: int) -> list[Json]:
        """The values of a set, in order."""
        return [self.values[position] for position in bits(mask)]


@dataclass(frozen=True, slots=True)
class NumberAxis:
    """A dimension of numbers, cut into classes at ``ends``; a set is written as the fewest intervals."""

    dimension: Dimension
    line: Line
    ends: list[Cut]

    def mask(self, values: Iterable[Json], where: str, faults: Faults) -> int:
        """The set of these intervals; one whose low end is above its high end contradicts itself."""
        classes: set[int] = set()
        for value in values:
            pair = _cuts(self.line, value)
            if pair is None:
                faults.add("not_an_interval", where=where, value=_name(value))
            elif pair[0] >= pair[1]:
                faults.add("contradiction", where=where, value=_name(value))
            elif self.line.kept(*pair)[0] >= self.line.kept(*pair)[1]:
                faults.add("outside", where=where, value=_name(value))
            else:
                classes.update(span(self.ends, *self.line.kept(*pair)))
        return mask_of(classes, len(self.dimension.values))

    def written(self, mask: int) -> list[Json]:
        """The intervals of a set, in order."""
        return [written(self.ends[first], self.ends[last + 1]) for first, last in runs(mask)]


def list_axis(name: str, declared: Sequence[Json], weights: Mapping[str, Json], faults: Faults) -> ListAxis:
    """The axis of a dimension given as a list of values."""
    names = tuple(_name(value) for value in declared)
    places = {value: place for place, value in enumerate(names)}
    for value in filter(_is_nested, declared):
        faults.add("nested", where=f"dims.{name}", value=_name(value))
    for value in (value for value, count in Counter(names).items() if count > 1):
        faults.add("twice", where=f"dims.{name}", value=value)
    for value, weight in weights.items():
        if value not in places:
            faults.add("unknown_value", where=f"weights.{name}", value=value)
        elif not _is_weight(weight):
            faults.add("bad_weight", where=f"weights.{name}.{value}", value=_name(weight))
    given = tuple(weights.get(value, 1) for value in names) if weights else ()
    return ListAxis(Dimension(name, names, given), tuple(declared), places)


def number_axis(
    name: str, declared: Mapping[str, Json], used: Iterable[Json], weights: Mapping[str, Json], faults: Faults
) -> NumberAxis:
    """The axis of a dimension of numbers, cut at every limit in ``used`` and in ``weights``."""
    line = _line(name, declared, faults)
    pairs = [pair for value in [*used, *weights] if (pair := _cuts(line, value)) is not None]
    ends = line.ends(pairs)
    classes = list(pairwise(ends))
    sizes = _sizes(line, classes)
    bare = Dimension(name, tuple(written(*pair) for pair in classes), (), sizes, ordered=True)
    axis = NumberAxis(bare, line, ends)
    if not weights:
        return axis
    return NumberAxis(_weighted(axis, weights, faults), line, ends)


def _weighted(axis: NumberAxis, weights: Mapping[str, Json], faults: Faults) -> Dimension:
    """The dimension with each weight spread evenly over the interval it is given for."""
    dim = axis.dimension
    given: list[Number] = list(dim.sizes or [1] * len(dim.values))
    weighed: set[int] = set()
    for text, weight in weights.items():
        where = f"weights.{dim.name}"
        if not _is_weight(weight):
            faults.add("bad_weight", where=f"{where}.{text}", value=_name(weight))
            continue
        classes = list(bits(axis.mask([text], where, faults)))
        if not weighed.isdisjoint(classes):
            faults.add("overlap", where=where, value=text)
        weighed.update(classes)
        lengths = [axis.line.length(axis.ends[c], axis.ends[c + 1]) for c in classes]
        total = sum(length or 0 for length in lengths)
        even = None in lengths or not total
        for c, length in zip(classes, lengths, strict=True):
            given[c] = _part(weight, 1, len(classes)) if even else _part(weight, length or 0, total)
    return Dimension(dim.name, dim.values, tuple(given), dim.sizes, ordered=True)


def _part(weight: Number, part: Number, whole: Number) -> Number:
    """A share of a weight; a whole number where it comes out even."""
    share = weight * part / whole
    return int(share) if isinstance(weight, int) and float(share).is_integer() else share


def _sizes(line: Line, classes: list[tuple[Cut, Cut]]) -> tuple[int, ...]:
    """Whole numbers per class where the line is whole and ends on both sides; nothing (one each) otherwise."""
    if not line.whole or -inf in line.low or inf in line.high:
        return ()
    return tuple(int(line.length(*pair) or 0) for pair in classes)


def _line(name: str, declared: Mapping[str, Json], faults: Faults) -> Line:
    low, high, whole = declared.get("min"), declared.get("max"), declared.get("integer", False)
    if not isinstance(whole, bool):
        faults.add("not_true", where=f"dims.{name}.integer", value=_name(whole))
    for end in (low, high):
        if end is not None and not _is_number(end):
            faults.add("not_a_number", where=f"dims.{name}", value=_name(end))
            return Line((-inf, 0), (inf, 1), whole)
    if low is not None and high is not None and low > high:
        faults.add("contradiction", where=f"dims.{name}", value=f"min {low}, max {high}")
    bare = Line((-inf, 0), (inf, 1), whole)
    first = bare.cuts(low)[0] if low is not None else bare.low
    last = bare.cuts(high)[1] if high is not None else bare.high
    return Line(first, last, whole)


def _cuts(line: Line, value: Json) -> tuple[Cut, Cut] | None:
    try:
        return line.cuts(value)
    except ValueError:
        return None


def _name(value: Json) -> str:
    """A value as text: strings as they are, numbers and the like as JSON writes them, of what is nested the kind."""
    if _is_nested(value):
        return "[…]" if isinstance(value, list) else "{…}"
    return value if isinstance(value, str) else json.dumps(value)


def _is_nested(value: Json) -> bool:
    return isinstance(value, (list, dict))


def _is_number(value: Json) -> bool:
    """Whether it is a number that a float can hold too."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= float_info.max


def _is_weight(value: Json) -> bool:
    return _is_number(value) and value >= 0
