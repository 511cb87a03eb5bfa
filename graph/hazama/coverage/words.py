"""Boxes of a town's space in words, Japanese and English: 40〜64歳・手帳なし, 40-64, no certificate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from hazama.coverage.boxes import Box, Masks, bits
from hazama.coverage.space import MONTHS_IN_LIFE, TownSpace
from hazama.knowledge.labels import Directory, Label, basis_words, directory, told
from hazama.knowledge.limits import age_words
from hazama.model.cells import AgeRange, Unset
from hazama.model.records import Eligibility, Program
from hazama.resources import words

__all__ = ["Speech", "ages", "joined", "speech"]

SMALL = 6 * 12
"""Up to this age both ends of a range are told in months if one is."""


@dataclass(frozen=True, slots=True)
class Speech:
    """A town's space with the names of everything in it."""

    town: TownSpace
    names: Directory
    _said: dict[tuple[int, int], Label] = field(default_factory=dict, compare=False, repr=False)

    def values(self, place: int, mask: int) -> Label:
        """A set of values; the few left out where nearly all are in."""
        if (place, mask) not in self._said:
            self._said[place, mask] = self._values(place, mask)
        return self._said[place, mask]

    def _values(self, place: int, mask: int) -> Label:
        axis = self.town.axes[place]
        if axis.starts:
            return joined("list_or", [ages(*span) for span in self.town.spans(mask)])
        outside = axis.full & ~mask
        if len(axis.ids) > 3 and 0 < outside.bit_count() <= len(axis.ids) // 4:
            return told("coverage", "all_but", names=joined("list_or", self._labels(place, outside)))
        return joined("list_or", self._labels(place, mask))

    def subject(self, masks: Masks) -> Label:
        """Whom a box holds and for which support: 40〜64歳・「ひきこもり」の参加; すべての人 if nothing limits."""
        need, function = (self.values(place, masks[place]) for place in map(self.town.axis, ("needs", "functions")))
        support = told("coverage", "support", need=need, function=function)
        who = [
            self.values(place, mask)
            for place, (axis, mask) in enumerate(zip(self.town.axes, masks, strict=True))
            if axis.dimension.role == "limit" and mask != axis.full
        ] or [told("coverage", "everybody")]
        between = words("coverage")[_sign(who)]["ja"]
        return Label(between.join(one.ja for one in (*who, support)), f"{joined(_sign(who), who).en}; {support.en}")

    def dimension(self, place: int) -> Label:
        """What a dimension is called."""
        held = self.town.axes[place].dimension
        return Label(held.ja, held.en)

    def program(self, box: Box) -> Label:
        """The programme of a box."""
        return self.names.label("programs", box.program)

    def limit(self, row: Program | Eligibility, place: int) -> Label:
        """The limit in one dimension, as a row states it."""
        axis = self.town.axes[place]
        stated = row.limits.get(axis.dimension.id)
        if isinstance(stated, AgeRange):
            return age_words(stated)
        if stated is None or isinstance(stated, Unset):
            return told("coverage", "not_recorded", name=self.dimension(place))
        return self.values(place, axis.mask(stated, axis.full))

    def authority(self, row: Program | Eligibility) -> Label:
        """What sets the limits of a row, in one phrase."""
        if not (found := self.basis(row)):
            return told("coverage", "no_authority")
        return told("coverage", "authority", names=joined(_sign(found), found))

    def basis(self, row: Program | Eligibility) -> tuple[Label, ...]:
        """The provisions that set the limits of a row, else what its programme rests on; nothing if not recorded."""
        stated = tuple(self.names.label("provisions", id) for id in row.provision)
        return stated or basis_words(self.names, self._whose(row))

    def provisions(self, row: Program | Eligibility) -> tuple[str, ...]:
        """The provisions that set the limits of a row, else those its programme rests on."""
        return row.provision or self._whose(row).basis

    def _whose(self, row: Program | Eligibility) -> Program:
        return self.town.programs[row.program if isinstance(row, Eligibility) else row.id]

    def _labels(self, place: int, mask: int) -> list[Label]:
        axis = self.town.axes[place]
        kind = "districts" if axis.dimension.kind == "districts" else axis.dimension.id
        return [self.names.label(kind, axis.ids[value]) for value in bits(mask)]


def speech(town: TownSpace) -> Speech:
    """The words of a town's space."""
    return Speech(town, directory(town.town))


def ages(first: int, past: int) -> Label:
    """Completed months from ``first`` up to but without ``past``, as a range of ages.

    >>> ages(40 * 12, 65 * 12)
    Label(ja='40〜64歳', en='40-64')
    >>> ages(5, 70 * 12)
    Label(ja='生後5か月〜69歳', en='5 months to 69 years')
    """
    years = first % 12 == 0 and (past % 12 == 0 or past >= MONTHS_IN_LIFE)
    mixed = not years and past % 12 == 0 and SMALL < past < MONTHS_IN_LIFE
    low = first // 12 if years else first
    high = past // 12 - 1 if years or mixed else past - 1
    unit = "mixed" if mixed else "years" if years else "months"
    if past >= MONTHS_IN_LIFE:
        code = "any_age" if first == 0 else f"{unit}_from"
    elif first == 0:
        code = f"{unit}_to"
    else:
        code = f"{unit}_at" if low == high else f"{unit}_between"
    return told("coverage", code, low=low, high=high)


def _sign(parts: Sequence[Label]) -> str:
    """What stands between the parts of a list: the mark that none of them has in itself."""
    return "comma" if any(words("coverage")["list_and"]["ja"] in part.ja for part in parts) else "list_and"


def joined(code: str, parts: Sequence[Label]) -> Label:
    """Several texts as one, with the word between them that ``code`` names."""
    between = words("coverage")[code]
    return Label(between["ja"].join(part.ja for part in parts), between["en"].join(part.label("en") for part in parts))
