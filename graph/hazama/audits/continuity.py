"""Continuity: ages at which one programme ends and another begins with nothing to carry people across."""

from collections.abc import Iterator

from hazama.audits.audited import Audited, found, listed, told
from hazama.audits.ledger import bases
from hazama.coverage.continuity import cliffs
from hazama.coverage.space import space
from hazama.knowledge.labels import Key, Label
from hazama.model.findings import Finding


def cliff(audited: Audited) -> Iterator[Finding]:
    """Ages at which a need goes from some programmes to others that share no agency, body, hand-over or law.

    Two programmes of one act (介護保険の第2号と第1号) are one system that changes its name.
    """
    known = space(audited.town, "certain")
    laws = _laws(audited)
    for one in cliffs(known):
        one_system = any(laws[a] & laws[b] for a in one.ending for b in one.starting)
        if not (one.tied or one_system):
            subjects: list[Key] = [("programs", id) for id in (*one.ending, *one.starting)]
            yield found(
                audited,
                "continuity.cliff",
                "medium",
                subjects,
                key=f"{one.need}.{one.function}.{one.months}",
                need=audited.name("needs", one.need),
                function=audited.name("functions", one.function),
                age=_age(one.months),
                ending=listed((audited.name("programs", id) for id in one.ending), 3),
                starting=listed((audited.name("programs", id) for id in one.starting), 3),
            )


def _laws(audited: Audited) -> dict[str, set[str]]:
    """The acts each programme rests on."""
    acts = {one.id: one.law for one in audited.whole.provisions}
    schemes = {one.id: one for one in audited.town.programs}
    return {id: {acts[basis] for basis in bases(one, schemes) if basis in acts} for id, one in schemes.items()}


def _age(months: int) -> Label:
    years, rest = divmod(months, 12)
    return Label(*(told("months_old", months=months) if rest else told("years_old", years=years)))
