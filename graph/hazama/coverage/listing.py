"""The gaps of a town as a planner reads them: need by need, each with its reason.

A planner owns a need, so every need is searched on its own, which also keeps proofs
within reach when the whole space has 10^8 cells and more. What the town does not do at
all for a need (no programme with that function) is listed apart, as ``absent``: the gaps
are then those between programmes that exist and people they do not reach.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from hazama.coverage.boxes import Gap, Masks, Number, bits
from hazama.coverage.brief import brief
from hazama.coverage.deadline import Deadline
from hazama.coverage.explain import Edge, NearMiss, boxes_beside, edges, near_misses
from hazama.coverage.gaps import Answer, answer, gap_order
from hazama.coverage.measure import demand
from hazama.coverage.rank import top
from hazama.coverage.space import Reach, Reading, TownSpace
from hazama.coverage.words import Speech, joined, speech
from hazama.knowledge.labels import Label
from hazama.resources import phrase

__all__ = ["Absent", "Listing", "TownGap", "absent", "briefing", "explained", "listing", "slices"]


@dataclass(frozen=True, slots=True)
class Absent:
    """Functions that no programme counted here has for a need."""

    need: str
    functions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TownGap:
    """One gap with its reason; ``id`` is the same whenever the same people are meant.

    ``people`` is how many people the age bands and districts of the gap hold at most, None without
    a population table. ``misses`` and ``stops`` are in the order of their weight. ``share`` is the part of all
    uncovered demand that this gap and those before it make up, in a briefing.
    """

    id: str
    gap: Gap
    box: dict[str, tuple[str, ...]]
    people: Number | None
    misses: tuple[NearMiss, ...]
    stops: tuple[Edge, ...]
    who: Label
    what: Label
    sentence: Label
    share: float | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """The gaps of a town in order. No gap that is not listed has a demand above ``bound``.

    ``remainder`` is the uncovered demand in none of the gaps of a briefing.
    """

    reading: Reading
    reach: Reach
    complete: bool
    bound: Number | None
    gaps: tuple[TownGap, ...]
    absent: tuple[Absent, ...]
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
    listed, left = ranked[:k], ranked[k:] if k is not None else []
    bounds = [part.bound for part in parts if part.bound is not None] + [gap.demand for gap in left]
    words = speech(town)
    return Listing(
        town.reading, town.reach, all(part.complete for part in parts), max(bounds, default=None),
        tuple(explained(words, gap) for gap in listed), tuple(absent(town)),
    )  # fmt: skip


def briefing(town: TownSpace, k: int, seconds: float | Deadline | None = None) -> Listing:
    """Up to ``k`` gaps, each the one that adds most to those before it; their shares add up."""
    found = brief(town.space, k, seconds, tuple(slices(town)))
    words = speech(town)
    gaps = tuple(replace(explained(words, line.gap), share=line.share) for line in found.lines)
    bound = demand(town.space, town.space.full) if found.remainder is None else None
    return Listing(town.reading, town.reach, found.complete, bound, gaps, tuple(absent(town)), found.remainder)


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
        missing = town.axes[function].full & ~present
        if missing:
            yield Absent(id, town.ids(function, missing))


def _present(town: TownSpace) -> list[int]:
    """For each need the functions that some programme has for it."""
    need, function = town.axis("needs"), town.axis("functions")
    found = [0] * len(town.axes[need].ids)
    for box in town.space.boxes:
        for value in bits(box.masks[need]):
            found[value] |= box.masks[function]
    return found


def explained(words: Speech, gap: Gap) -> TownGap:
    """A gap with its reason and its sentence."""
    town = words.town
    limits = {place for place, axis in enumerate(town.axes) if axis.dimension.role == "limit"}
    beside = boxes_beside(town.space, gap.masks)
    misses = tuple(miss for miss in near_misses(town.space, gap, beside) if miss.dimension in limits)
    stops = tuple(edge for edge in edges(town.space, gap, beside) if edge.dimension in limits and edge.boxes)
    box = {axis.dimension.id: town.ids(place, gap.masks[place]) for place, axis in enumerate(town.axes)}
    what = words.subject(gap.masks)
    return TownGap(identity(town, gap.masks), gap, box, _people(town, gap.masks), misses, stops,
                   words.people(gap.masks), what, _sentence(words, what, misses[0] if misses else None))  # fmt: skip


def identity(town: TownSpace, masks: Masks) -> str:
    """An id made of what the gap is: its limited dimensions with their values, ages in months."""
    parts = []
    for place, axis in enumerate(town.axes):
        if masks[place] != axis.full:
            ids = _months(axis.ids, masks[place]) if axis.starts else sorted(town.ids(place, masks[place]))
            parts.append(f"{axis.dimension.id}={','.join(ids)}")
    return "gap-" + sha256("&".join(parts).encode()).hexdigest()[:12]


def _months(ids: tuple[str, ...], mask: int) -> list[str]:
    """The runs of age classes as months, so that a further cut inside a run changes nothing."""
    spans: list[list[str]] = []
    for value in bits(mask):
        first, past = ids[value].split("-")
        if spans and spans[-1][1] == first:
            spans[-1][1] = past
        else:
            spans.append([first, past])
    return ["-".join(span) for span in spans]


def _people(town: TownSpace, masks: Masks) -> Number | None:
    joint = town.space.joint
    if joint is None or not town.people:
        return None
    return sum(joint.table[v][w] for v in bits(masks[joint.first]) for w in bits(masks[joint.second]))


def _sentence(words: Speech, what: Label, miss: NearMiss | None) -> Label:
    """40〜64歳・手帳なし・「ひきこもり」の参加: 届く事業がありません。最も近い事業は「○○」（39歳以下、根拠: …）…."""
    said = Label(*phrase("coverage", f"gap_{words.town.reading}", what=what.ja, what_en=what.label("en")))
    if miss is None:
        return said
    row = words.town.rows[miss.box.key]
    program, authority, limit = words.program(miss.box), words.authority(row), words.limit(row, miss.dimension)
    nearest = phrase(
        "coverage", "nearest" if miss.box.masks[miss.dimension] else "nearest_blank", program=program.ja,
        program_en=program.label("en"), limit=limit.ja, limit_en=limit.label("en"), authority=authority.ja,
        authority_en=authority.label("en"), percent=miss.percent,
    )  # fmt: skip
    return joined("then", [said, Label(*nearest)])
