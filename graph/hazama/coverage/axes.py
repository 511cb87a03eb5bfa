"""How the dimensions of a bare instance read and write sets of values, and what is wrong with them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import inf
from sys import float_info
from typing import Any

from hazama.coverage.boxes import Dimension, Number, bits, mask_of, runs
from hazama.coverage.intervals import Cut, Line, span, written
from hazama.model.errors import InputError
from hazama.resources import phrase

__all__ = ["Axis", "Faults", "list_axis", "number_axis", "shorten"]

Json = Any
MOST_FAULTS = 50
"""The most faults that are told one by one."""


def shorten(text: str, most: int = 80) -> str:
    """The beginning of a text that is longer."""
    return text if len(text) <= most else f"{text[:most]}…"


class Faults:
    """What is wrong with an instance: the id of a text in ``ontology/words/coverage.csv`` and what it quotes."""

    def __init__(self) -> None:
        self.count = 0
        self._lines: list[tuple[str, str]] = [phrase("coverage", "bad_instance")]

    def add(self, code: str, **values: object) -> None:
        """Notes one fault; of a long value the beginning, and of very many faults the number."""
        self.count += 1
        if self.count <= MOST_FAULTS:
            self._lines.append(phrase("coverage", code, **{key: shorten(str(one)) for key, one in values.items()}))

    def refuse(self) -> None:
        """``InputError`` with one line a fault, if there is any."""
        if self.count > MOST_FAULTS:
            self._lines.append(phrase("coverage", "more_faults", count=self.count - MOST_FAULTS))
        if self.count:
            ja, en = ("\n  ".join(lines) for lines in zip(*self._lines, strict=True))
            raise InputError(ja, en)


@dataclass(frozen=True, slots=True)
class Axis:
    """A dimension; ``classes`` are the positions that a value names, ``written`` undoes it.

    What names none is a ``ValueError`` with the id of the text that says why.
    """

    dimension: Dimension
    full: int
    classes: Callable[[Json], Iterable[int]]
    written: Callable[[int], list[Json]]

    def mask(self, values: Iterable[Json], where: str, faults: Faults) -> int:
        """The set of these values."""
        found: list[int] = []
        for value in values:
            try:
                found += self.classes(value)
            except ValueError as fault:
                faults.add(str(fault), where=where, value=_name(value))
        return mask_of(found, len(self.dimension.values))


def list_axis(name: str, declared: Sequence[Json], weights: Mapping[str, Json], faults: Faults) -> Axis:
    """The axis of a dimension given as a list of values, which are written as they were given."""
    names = tuple(map(_name, declared))
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

    def classes(value: Json) -> tuple[int]:
        place = None if _is_nested(value) else places.get(_name(value))
        if place is None:
            raise ValueError("unknown_value")
        return (place,)

    dimension = Dimension(name, names, tuple(weights.get(value, 1) for value in names) if weights else ())
    return Axis(dimension, dimension.full, classes, lambda mask: [declared[place] for place in bits(mask)])


def number_axis(
    name: str, declared: Mapping[str, Json], used: Iterable[Json], weights: Mapping[str, Json], faults: Faults
) -> Axis:
    """The axis of a dimension of numbers, cut at every limit in ``used`` and in ``weights``.

    A set is written as the fewest intervals; one whose low end is above its high end contradicts itself.
    """
    line = _line(name, declared, faults)
    pairs = [pair for value in [*used, *weights] if (pair := _cuts(line, value)) is not None]
    ends = line.ends(pairs)
    spans = list(pairwise(ends))

    def classes(value: Json) -> range:
        pair = _cuts(line, value)
        if pair is None:
            raise ValueError("not_an_interval")
        if pair[0] >= pair[1]:
            raise ValueError("contradiction")
        low, high = line.kept(*pair)
        if low >= high:
            raise ValueError("outside")
        return span(ends, low, high)

    names = tuple(written(*pair) for pair in spans)
    dimension = Dimension(name, names, (), _sizes(line, spans), ordered=True)
    axis = Axis(
        dimension, dimension.full, classes,
        lambda mask: [written(ends[first], ends[last + 1]) for first, last in runs(mask)],
    )  # fmt: skip
    return replace(axis, dimension=_weighted(axis, line, spans, weights, faults)) if weights else axis


def _weighted(
    axis: Axis, line: Line, spans: Sequence[tuple[Cut, Cut]], weights: Mapping[str, Json], faults: Faults
) -> Dimension:
    """The dimension with each weight spread evenly over the interval it is given for."""
    dim, where = axis.dimension, f"weights.{axis.dimension.name}"
    given: list[Number] = list(dim.sizes or [1] * len(dim.values))
    weighed: set[int] = set()
    for text, weight in weights.items():
        if not _is_weight(weight):
            faults.add("bad_weight", where=f"{where}.{text}", value=_name(weight))
            continue
        classes = list(bits(axis.mask([text], where, faults)))
        if not weighed.isdisjoint(classes):
            faults.add("overlap", where=where, value=text)
        weighed.update(classes)
        lengths = [line.length(*spans[c]) for c in classes]
        parts = [length or 0 for length in lengths] if all(one is not None for one in lengths) else []
        parts = parts if any(parts) else [1] * len(classes)
        for c, part in zip(classes, parts, strict=True):
            given[c] = _part(weight, part, sum(parts))
    return replace(dim, weights=tuple(given))


def _part(weight: Number, part: Number, whole: Number) -> Number:
    """A share of a weight; a whole number where it comes out even."""
    share = weight * part / whole
    return int(share) if isinstance(weight, int) and float(share).is_integer() else share


def _sizes(line: Line, spans: Sequence[tuple[Cut, Cut]]) -> tuple[int, ...]:
    """Whole numbers per class where the line is whole and ends on both sides; nothing (one each) otherwise."""
    if not line.whole or -inf in line.low or inf in line.high:
        return ()
    return tuple(int(line.length(*pair) or 0) for pair in spans)


def _line(name: str, declared: Mapping[str, Json], faults: Faults) -> Line:
    low, high, whole = declared.get("min"), declared.get("max"), declared.get("integer", False)
    bare = Line((-inf, 0), (inf, 1), whole)
    if not isinstance(whole, bool):
        faults.add("not_true", where=f"dims.{name}.integer", value=_name(whole))
    for end in (low, high):
        if end is not None and not _is_number(end):
            faults.add("not_a_number", where=f"dims.{name}", value=_name(end))
            return bare
    if low is not None and high is not None and low > high:
        faults.add("contradiction", where=f"dims.{name}", value=f"min {low}, max {high}")
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
    if isinstance(value, str):
        return value
    if _is_nested(value):
        return "{…}" if isinstance(value, dict) else "[…]"
    return json.dumps(value)


def _is_nested(value: Json) -> bool:
    return isinstance(value, (list, tuple, dict))


def _is_number(value: Json) -> bool:
    """Whether it is a number that a float can hold too."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) <= float_info.max


def _is_weight(value: Json) -> bool:
    return _is_number(value) and value >= 0
