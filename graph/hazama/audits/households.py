"""Compound need: what the shipped household cases (8050, ダブルケア …) meet in the town."""

from collections.abc import Iterator

from hazama.audits.audited import Audited, found, listed, told
from hazama.coverage.household import Answer, Served, persona
from hazama.coverage.households import case_names, case_text, household
from hazama.coverage.space import space
from hazama.knowledge.labels import Key, Label
from hazama.model.findings import Finding


def unmet(audited: Audited) -> Iterator[Finding]:
    """Households of which somebody has a need that no programme meets, be it only possibly."""
    for case, answer in _answers(audited):
        if answer.unmet:
            needs = listed(_whose(audited, answer, one) for one in answer.unmet)
            yield found(
                audited,
                "continuity.unmet",
                "high",
                [("programs", barred.program) for one in answer.unmet for barred in one.barred],
                key=case,
                household=_household(answer),
                count=len(answer.unmet),
                needs=needs,
            )


def hand_offs(audited: Audited) -> Iterator[Finding]:
    """Households that several agencies must carry together, of which some neither meet nor hand over."""
    for case, answer in _answers(audited):
        if answer.loose:
            subjects: list[Key] = [("agencies", one) for one in answer.agencies]
            pairs = (_pair(audited, *pair) for pair in answer.loose)
            yield found(
                audited,
                "continuity.hand_offs",
                "medium",
                subjects,
                key=case,
                household=_household(answer),
                agencies=listed(audited.name("agencies", one) for one in answer.agencies),
                count=answer.hand_offs,
                pairs=listed(pairs, 3),
            )


def _answers(audited: Audited) -> Iterator[tuple[str, Answer]]:
    import yaml

    known = space(audited.town, "certain")
    for case in case_names():
        yield case, persona(known, household(yaml.safe_load(case_text(case)), audited.names))


def _household(answer: Answer) -> Label:
    return Label(answer.household.title("ja"), answer.household.title("en"))


def _whose(audited: Audited, answer: Answer, unmet: Served) -> Label:
    person = Label(*(answer.household.called(unmet.person, lang) for lang in ("ja", "en")))
    return Label(*told("whose_need", person=person, need=audited.name("needs", unmet.need)))


def _pair(audited: Audited, one: str, other: str) -> Label:
    return Label(*told("pair", one=audited.name("agencies", one), other=audited.name("agencies", other)))
