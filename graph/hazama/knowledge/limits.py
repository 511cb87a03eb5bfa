"""Whom a limit admits, in three states, and limits in words."""

from collections.abc import Collection
from typing import Literal, TypeAlias

from hazama.knowledge.labels import Directory, Label
from hazama.model.cells import NO_LIMIT, NOT_RECORDED, Age, AgeRange, Limit, Unset
from hazama.model.concepts import Dimension
from hazama.model.records import Eligibility, Program
from hazama.model.town import Municipality
from hazama.resources import phrase

State: TypeAlias = Literal["covered", "not_recorded", "excluded"]
"""What a programme says to a person: yes, nobody has looked, no."""


def worst(states: Collection[State]) -> State:
    """What several limits say together: one "no" is enough, and a blank leaves it open."""
    ranked: tuple[State, ...] = ("excluded", "not_recorded", "covered")
    return next((state for state in ranked if state in states), "covered")


def condition_lists(town: Municipality) -> tuple[str, ...]:
    """The concept lists whose concepts can be true of a person, such as certificates and incomes."""
    return tuple(one.id for one in town.space if one.kind == "list" and one.role == "limit")


def admits(limit: Limit, ids: Collection[str]) -> State:
    """What a limit says to somebody of whom one of *ids* is true."""
    if limit is NOT_RECORDED:
        return "not_recorded"
    return "covered" if isinstance(limit, Unset) or not set(limit).isdisjoint(ids) else "excluded"


def admits_age(limit: AgeRange, years: int) -> State:
    """What an age limit says to a person of *years* completed years; months within that year count as met."""
    if isinstance(limit.least, Age) and limit.least.months >= 12 * (years + 1):
        return "excluded"
    if isinstance(limit.most, Age) and limit.most.after <= 12 * years:
        return "excluded"
    return "not_recorded" if NOT_RECORDED in (limit.least, limit.most) else "covered"


def box_words(directory: Directory, row: Program | Eligibility) -> Label:
    """The limits of one box: 15〜39歳、障害者手帳: 手帳なし. Those not recorded are passed over; none is 未確認."""
    parts = []
    for dimension in directory.town.space:
        limit = row.limits.get(dimension.id, NOT_RECORDED)
        if isinstance(limit, AgeRange):
            parts += [age_words(limit)] if limit.is_recorded else []
        elif limit is not NOT_RECORDED:
            parts.append(_list_words(directory, dimension, limit))
    parts += [Label(row.other_limits, row.other_limits)] if row.other_limits else []
    if not parts:
        return Label(*phrase("knowledge", "limits_not_recorded"))
    return Label("、".join(part.ja for part in parts), "; ".join(part.label("en") for part in parts))


def _list_words(directory: Directory, dimension: Dimension, limit: Limit) -> Label:
    if isinstance(limit, Unset):
        return Label(*phrase("knowledge", "limit_none_of", name=dimension.ja, name_en=dimension.en))
    kind = "districts" if dimension.kind == "districts" else dimension.id
    labels = [directory.label(kind, id) for id in limit]
    return Label(
        f"{dimension.ja}: {'・'.join(one.ja for one in labels)}",
        f"{dimension.en}: {', '.join(one.label('en') for one in labels)}",
    )


def age_words(limit: AgeRange) -> Label:
    """An age limit in words, each end in its own state: 15〜39歳, 65歳以上（上限は未確認）."""
    least, most = age_label(limit.least), age_label(limit.most)
    code = f"age_{_state(limit.least)}_{_state(limit.most)}"
    ja, _ = phrase("knowledge", code, least=_shortened(least.ja, limit), most=most.ja)
    _, en = phrase("knowledge", code, least=least.en, most=most.en)
    return Label(ja, en)


def _shortened(least: str, limit: AgeRange) -> str:
    """15 instead of 15歳, where the other end says the unit."""
    if isinstance(limit.least, Age) and isinstance(limit.most, Age) and limit.least.unit == limit.most.unit:
        return least.removesuffix(phrase("knowledge", limit.least.unit, number="")[0])
    return least


def _state(end: Age | Unset) -> str:
    return "at" if isinstance(end, Age) else {NO_LIMIT: "free", NOT_RECORDED: "blank"}[end]


def age_label(end: Age | Unset) -> Label:
    """One age in words: 65歳, おおむね4か月; blank where there is none."""
    if not isinstance(end, Age):
        return Label("", "")
    about = "about_" if end.approximate else ""
    return Label(*phrase("knowledge", f"{about}{end.unit}", number=end.number))
