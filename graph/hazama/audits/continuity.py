"""Continuity and compound need: ages at which support ends, and what household cases (8050 …) meet in the town."""

from collections.abc import Iterator

from hazama.audits.audited import Audited, Lack, keys, lack, listed, told
from hazama.audits.ledger import bases
from hazama.coverage.continuity import cliffs
from hazama.coverage.household import Answer, Served
from hazama.knowledge.labels import Label


def cliff(audited: Audited) -> Iterator[Lack]:
    """Ages at which a need goes from some programmes to others that share no agency, body, hand-over or law.

    Two programmes of one act (介護保険の第2号と第1号) are one system that changes its name.
    """
    laws = _laws(audited)
    for one in cliffs(audited.space("certain")):
        one_system = any(laws[a] & laws[b] for a in one.ending for b in one.starting)
        if not (one.tied or one_system):
            ending, starting = keys("programs", one.ending), keys("programs", one.starting)
            yield lack(
                ending + starting,
                key=f"{one.need}.{one.function}.{one.months}",
                need=("needs", one.need),
                function=("functions", one.function),
                age=_age(one.months),
                ending=audited.some(ending, 3),
                starting=audited.some(starting, 3),
            )


def unmet(audited: Audited) -> Iterator[Lack]:
    """Households of which somebody has a need that no programme meets, be it only possibly."""
    for case, answer in audited.cases.items():
        if answer.unmet:
            yield lack(
                (("programs", barred.program) for one in answer.unmet for barred in one.barred),
                key=case,
                household=_title(answer),
                count=len(answer.unmet),
                needs=listed(_whose(audited, answer, one) for one in answer.unmet),
            )


def hand_offs(audited: Audited) -> Iterator[Lack]:
    """Households that several agencies must carry together, of which some neither meet nor hand over."""
    for case, answer in audited.cases.items():
        if answer.loose:
            agencies = keys("agencies", answer.agencies)
            pairs = listed((_pair(audited, *pair) for pair in answer.loose), 3)
            yield lack(
                agencies, key=case, household=_title(answer), agencies=agencies, count=answer.hand_offs, pairs=pairs
            )


def _laws(audited: Audited) -> dict[str, set[str]]:
    """The acts each programme rests on."""
    acts = {one.id: one.law for one in audited.whole.provisions}
    schemes = {one.id: one for one in audited.town.programs}
    return {id: {acts[basis] for basis in bases(one, schemes) if basis in acts} for id, one in schemes.items()}


def _age(months: int) -> Label:
    years, rest = divmod(months, 12)
    return Label(*(told("months_old", months=months) if rest else told("years_old", years=years)))


def _title(answer: Answer) -> Label:
    return Label(answer.household.title("ja"), answer.household.title("en"))


def _whose(audited: Audited, answer: Answer, unmet: Served) -> Label:
    person = Label(*(answer.household.called(unmet.person, lang) for lang in ("ja", "en")))
    return Label(*told("whose_need", person=person, need=audited.name("needs", unmet.need)))


def _pair(audited: Audited, one: str, other: str) -> Label:
    return Label(*told("pair", one=audited.name("agencies", one), other=audited.name("agencies", other)))
