"""The gaps of a town as a planner reads them: need by need, each with its reason.

A planner owns a need, so every need is searched on its own, which also keeps proofs
within reach when the whole space has 10^8 cells and more. What the town does not do at
all for a need (no programme with that function) is listed apart, as ``absent``: the gaps
are then those between programmes that exist and people they do not reach.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

from hazama.coverage.boxes import Gap, Masks, Number, bits
from hazama.coverage.brief import brief
from hazama.coverage.deadline import Deadline
from hazama.coverage.explain import Edge, NearMiss, boxes_beside, edges, near_misses
from hazama.coverage.gaps import Answer, answer, gap_order
from hazama.coverage.measure import demand
from hazama.coverage.rank import top
from hazama.coverage.space import TownSpace
from hazama.coverage.words import Speech, joined, speech
from hazama.knowledge.labels import Label, told

__all__ = ["Absent", "Listing", "TownGap", "absent", "briefing", "explained", "identity", "listing", "slices"]


@dataclass(frozen=True, slots=True)
class Absent:
    """Functions that no programme counted here has for a need."""

    need: str
    functions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TownGap:
    """One gap with its reason: ``misses`` and ``stops`` are in the order of their weight.

    ``share`` is the part of all uncovered demand that this gap and those before it make up, in a briefing.
    """

    words: Speech
    gap: Gap
    misses: tuple[NearMiss, ...] = ()
    stops: tuple[Edge, ...] = ()
    share: float | None = None

    @property
    def id(self) -> str:
        """The same whenever the same people are meant."""
        return identity(self.words.town, self.gap.masks)

    @property
    def box(self) -> dict[str, tuple[str, ...]]:
        """The concepts, districts and age classes of each dimension."""
        town = self.words.town
        return {axis.dimension.id: town.ids(place, self.gap.masks[place]) for place, axis in enumerate(town.axes)}

    @property
    def people(self) -> Number | None:
        """How many people its age bands and districts hold at most; None without a population table."""
        joint, masks = self.words.town.space.joint, self.gap.masks
        if joint is None:
            return None
        return sum(joint.table[v][w] for v in bits(masks[joint.first]) for w in bits(masks[joint.second]))

    @property
    def what(self) -> Label:
        """Whom it holds and for which support."""
        return self.words.subject(self.gap.masks)

    @property
    def sentence(self) -> Label:
        """40〜64歳・手帳なし・「ひきこもり」の参加: 届く事業がありません。最も近い事業は「○○」（39歳以下、根拠: …）."""
        words = self.words
        said = told("coverage", f"gap_{words.town.reading}", what=self.what)
        for nearest in self.misses[:1]:
            row, blank = words.town.rows[nearest.box.key], not nearest.box.masks[nearest.dimension]
            close = told(
                "coverage", "nearest_blank" if blank else "nearest", program=words.program(nearest.box),
                limit=words.limit(row, nearest.dimension), authority=words.authority(row), percent=nearest.percent,
            )  # fmt: skip
            said = joined("then", [said, close])
        return said


@dataclass(frozen=True, slots=True)
class Listing:
    """The gaps of a town in order. No gap that is not listed has a demand above ``bound``.

    ``remainder`` is the uncovered demand in none of the gaps of a briefing.
    """

    complete: bool
    bound: Number | None
    gaps: tuple[TownGap, ...]
    remainder: Number | None = None


def listing(town: TownSpace, k: int | None, seconds: float | Deadline | None = None) -> Listing:
    """The ``k`` heaviest gaps of a town, or all, each maximal within its need, with their reasons.

    Once a search is stopped, by the clock or by Ctrl-C, the needs after it are not searched any more.
    """
    until, parts = Deadline.of(seconds), list[Answer]()
    for within in slices(town):
        parts.append(answer(town.space, until, within) if k is None else top(town.space, k, until, within))
        if not parts[-1].complete:
            until.stop()
    ranked = sorted((gap for part in parts for gap in part.gaps), key=gap_order)
    bounds = [part.bound for part in parts if part.bound is not None]
    bounds += [gap.demand for gap in ranked[k:]] if k is not None else []
    reasoned = _reasoned(town, ((gap, None) for gap in ranked[:k]), until)
    return Listing(all(part.complete for part in parts), max(bounds, default=None), reasoned)


def briefing(town: TownSpace, k: int, seconds: float | Deadline | None = None) -> Listing:
    """Up to ``k`` gaps, each the one that adds most to those before it; their shares add up."""
    until = Deadline.of(seconds)
    found = brief(town.space, k, until, tuple(slices(town)))
    bound = demand(town.space, town.space.full) if found.remainder is None else None
    reasoned = _reasoned(town, ((line.gap, line.share) for line in found.lines), until)
    return Listing(found.complete, bound, reasoned, found.remainder)


def slices(town: TownSpace) -> Iterator[Masks]:
    """For each need the box of everybody with the functions that some programme has for it."""
    need, function = town.axis("needs"), town.axis("functions")
    for value, functions in enumerate(_present(town)):
        if functions:
            masks = list(town.space.full)
            masks[need], masks[function] = 1 << value, functions
            yield tuple(masks)


def absent(town: TownSpace) -> Iterator[Absent]:
    """The functions that no programme has for a need, need by need."""
    need, function = town.axis("needs"), town.axis("functions")
    for id, present in zip(town.axes[need].ids, _present(town), strict=True):
        if missing := town.axes[function].full & ~present:
            yield Absent(id, town.ids(function, missing))


def _present(town: TownSpace) -> list[int]:
    """For each need the functions that some programme has for it."""
    need, function = town.axis("needs"), town.axis("functions")
    found = [0] * len(town.axes[need].ids)
    for box in town.space.boxes:
        for value in bits(box.masks[need]):
            found[value] |= box.masks[function]
    return found


def explained(words: Speech, gap: Gap, share: float | None = None) -> TownGap:
    """A gap with its reason."""
    town = words.town
    limits = {place for place, axis in enumerate(town.axes) if axis.dimension.role == "limit"}
    beside = boxes_beside(town.space, gap.masks)
    misses = tuple(miss for miss in near_misses(town.space, gap, beside) if miss.dimension in limits)
    stops = tuple(edge for edge in edges(town.space, gap, beside) if edge.dimension in limits and edge.boxes)
    return TownGap(words, gap, misses, stops, share)


def _reasoned(town: TownSpace, found: Iterable[tuple[Gap, float | None]], until: Deadline) -> tuple[TownGap, ...]:
    """The gaps with their reasons; those that the deadline leaves no time for without."""
    words = speech(town)
    return tuple(
        TownGap(words, gap, share=share) if until.passed else explained(words, gap, share) for gap, share in found
    )


def identity(town: TownSpace, masks: Masks) -> str:
    """An id made of what the gap is: its limited dimensions with their values, ages in runs of months.

    A further cut inside a run of age classes changes nothing.
    """
    parts = []
    for place, axis in enumerate(town.axes):
        if masks[place] != axis.full:
            ages = [f"{first}-{past}" for first, past in town.spans(masks[place])] if axis.starts else []
            parts.append(f"{axis.dimension.id}={','.join(ages or sorted(town.ids(place, masks[place])))}")
    return "gap-" + sha256("&".join(parts).encode()).hexdigest()[:12]
