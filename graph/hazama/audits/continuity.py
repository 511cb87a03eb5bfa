"""Continuity and compound need: ages at which support ends, and what household cases (8050 …) meet in the town."""

from collections.abc import Iterator

from hazama.audits.audited import Audited, Lack, Places, keys, listed, told
from hazama.audits.ledger import bases
from hazama.coverage.ties import cliffs
from hazama.knowledge.labels import Label


def cliff(audited: Audited) -> Iterator[Lack]:
    """Ages at which a need goes from some programmes to others that share no agency, body, hand-over or law.

    Two programmes of one act (介護保険の第2号と第1号) are one system that changes its name.
    """
    acts = {one.id: one.law for one in audited.whole.provisions}
    schemes = {one.id: one for one in audited.town.programs}
    laws = {id: {acts[basis] for basis in bases(one, schemes) if basis in acts} for id, one in schemes.items()}
    for one in cliffs(audited.space("certain")):
        if not one.tied and not any(laws[a] & laws[b] for a in one.ending for b in one.starting):
            ending, starting = keys("programs", one.ending), keys("programs", one.starting)
            years, rest = divmod(one.months, 12)
            age = told("months_old", months=one.months) if rest else told("years_old", years=years)
            places = {
                "need": ("needs", one.need),
                "function": ("functions", one.function),
                "age": Label(*age),
                "ending": audited.some(ending, 3),
                "starting": audited.some(starting, 3),
            }
            yield Lack(ending + starting, places, key=f"{one.need}.{one.function}.{one.months}")


def unmet(audited: Audited) -> Iterator[Lack]:
    """Households of which somebody has a need that no programme meets, be it only possibly."""
    for case, answer in audited.cases.items():
        if answer.unmet:
            barred = keys("programs", (one.program for need in answer.unmet for one in need.barred))
            needs = []
            for one in answer.unmet:
                needs.append(Label(*told("whose_need", person=one.person, need=audited.name("needs", one.need))))
            places: Places = {"household": answer.household.name, "count": len(answer.unmet), "needs": listed(needs)}
            yield Lack(barred, places, key=case)


def hand_offs(audited: Audited) -> Iterator[Lack]:
    """Households that several agencies must carry together, of which some neither meet nor hand over."""
    for case, answer in audited.cases.items():
        if answer.loose:
            agencies = keys("agencies", answer.agencies)
            named = [[audited.name(*key) for key in keys("agencies", pair)] for pair in answer.loose]
            pairs = listed((Label(*told("pair", one=one, other=other)) for one, other in named), 3)
            places: Places = {
                "household": answer.household.name,
                "agencies": agencies,
                "count": answer.hand_offs,
                "pairs": pairs,
            }
            yield Lack(agencies, places, key=case)
