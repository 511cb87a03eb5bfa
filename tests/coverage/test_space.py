"""Demand from a population table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from hazama.coverage.listing import listing, slices
from hazama.coverage.space import TownSpace, space
from hazama.coverage.totals import totals, uncovered
from hazama.model.cells import NO_LIMIT, Age, AgeRange
from hazama.model.records import Demand, Origin
from hazama.model.view import Scope, view
from hazama.tables import read, sample

PEOPLE = {
    ("d_katase", 0, 9): 1000,
    ("d_katase", 10, 64): 11000,
    ("d_kugenuma", 0, 17): 360,
    ("d_kugenuma", 65, None): 70,
}


def made(share: float | None = None) -> TownSpace:
    """The sample town with people in two districts."""
    whole = read(sample())
    seen = view(whole, Scope(whole.layer.as_of))
    rows = [
        Demand(
            origin=Origin("demand.csv", n),
            district=district,
            limits={"age": AgeRange(Age(low), NO_LIMIT if high is None else Age(high))},
            people=people,
        )
        for n, ((district, low, high), people) in enumerate(PEOPLE.items(), start=2)
    ]
    if share is not None:
        rows.append(Demand(origin=Origin("demand.csv", 9), need="withdrawal", share=share))
    return space(replace(seen, demand=tuple(rows)), "possible", "open", ["withdrawal"])


def test_a_band_cut_by_a_limit_is_spread_over_its_months() -> None:
    found = made()
    joint = found.space.joint
    assert joint is not None and found.people
    district, age = found.axes[joint.first], found.axes[joint.second]
    row = joint.table[district.ids.index("d_kugenuma")]
    under_six = sum(people for people, start in zip(row, age.starts, strict=True) if start < 6 * 12)
    assert under_six == pytest.approx(360 * 6 / 18)
    assert sum(row) == pytest.approx(430)
    assert sum(map(sum, joint.table)) == pytest.approx(sum(PEOPLE.values()))


def test_a_gap_counts_the_people_of_its_ages_and_districts() -> None:
    found = made()
    for gap in listing(found, 5).gaps:
        assert gap.people is not None
        assert 0 <= gap.people <= sum(PEOPLE.values()) + 1e-6
    parts = [totals(found.space, within).demand for within in slices(found)]
    assert sum(part.none + part.one + part.more for part in parts) > 0


def test_a_share_of_people_with_a_need_weighs_it() -> None:
    assert uncovered(made(0.25).space) == pytest.approx(uncovered(made().space) / 4)


def test_a_need_whose_share_nobody_recorded_counts_everybody() -> None:
    found = made(0.25).like(reading="certain")
    every = space(found.town, "certain")
    weights = dict(zip(every.axes[0].ids, every.space.dims[0].weights, strict=True))
    assert every.axes[0].dimension.id == "needs" and len(weights) > 1
    assert weights.pop("withdrawal") == 0.25
    assert set(weights.values()) == {1}
