"""A household from the document a planner writes, and the cases that travel with the sample town."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import cache
from typing import Any

from hazama.coverage.household import Answer, Household, Person, persona
from hazama.coverage.space import MOST_YEARS, TownSpace
from hazama.coverage.ties import ties
from hazama.knowledge.labels import Directory, Label
from hazama.model.errors import UsageError
from hazama.model.town import Municipality
from hazama.resources import folder, phrase

__all__ = ["case_names", "case_text", "cases", "household"]


def household(document: Any, names: Directory) -> Household:
    """The household of a document ``{name, name_en, shows, persons: [{name, name_en, age, needs, <dimension>: …}]}``.

    Needs and conditions may be written as ids or as any name the town knows; ``UsageError`` names
    what it does not know.
    """
    if not isinstance(document, Mapping) or not isinstance(document.get("persons"), list):
        raise UsageError(*phrase("coverage", "no_persons"))
    persons = tuple(_person(n, entry, names) for n, entry in enumerate(document["persons"], start=1))
    name, shows = Label(str(document.get("name", "")), str(document.get("name_en", ""))), document.get("shows")
    said = shows if isinstance(shows, Mapping) else {"ja": shows}
    return Household(name, persons, Label(*(str(said.get(lang) or "") for lang in ("ja", "en"))))


def cases(town: TownSpace, names: Directory) -> Iterator[tuple[str, Answer]]:
    """The shipped cases by name, as far as the town knows the needs and conditions that they name."""
    known = ties(town.town)
    for name in case_names():
        with suppress(UsageError):
            yield name, persona(town, household(shipped(name), names), known)


@cache
def shipped(name: str) -> Any:
    """The document of a shipped case, read once."""
    import yaml

    return yaml.safe_load(case_text(name))


def case_names() -> tuple[str, ...]:
    """The names of the shipped cases, sorted."""
    found = (entry.name for entry in folder("data").joinpath("cases").iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in found if name.endswith(".yaml")))


def case_text(name: str) -> str:
    """The document of a shipped case; ``UsageError`` lists them if there is none of that name."""
    if name not in case_names():
        raise UsageError(*phrase("coverage", "unknown_case", name=name, known=" / ".join(case_names())))
    return folder("data").joinpath("cases", f"{name}.yaml").read_text(encoding="utf-8")


def _person(number: int, entry: Any, names: Directory) -> Person:
    age = entry.get("age") if isinstance(entry, Mapping) else None
    if type(age) is not int or not 0 <= age <= MOST_YEARS:
        raise UsageError(*phrase("coverage", "bad_person", number=number))
    allowed = conditions(names.town)
    called = {name: one.id for one in names.town.space if one.id in allowed for name in (one.ja, one.en)}
    keys = [called.get(str(key), str(key)) for key in entry]
    if twice := [key for key in keys if keys.count(key) > 1]:
        raise UsageError(*phrase("coverage", "said_twice", number=number, key=twice[0]))
    entry = dict(zip(keys, entry.values(), strict=True))
    if unknown := sorted(set(keys) - set(allowed) - {"name", "name_en", "age", "needs"}):
        raise UsageError(*phrase("coverage", "unknown_key", number=number, key=unknown[0], known=" / ".join(allowed)))
    if not (needs := names.ids("needs", _listed(entry.get("needs")))):
        raise UsageError(*phrase("coverage", "no_needs", number=number))
    told = {id: names.ids(kind, _listed(entry[id])) for id, kind in allowed.items() if id in entry}
    ja, en = phrase("coverage", "person", number=number)
    name = Label(str(entry.get("name") or ja), str(entry.get("name_en") or entry.get("name") or en))
    return Person(name, age, needs, told)


def conditions(town: Municipality) -> dict[str, str]:
    """The dimensions a person can have conditions in, with the table or list their values come from."""
    return {
        one.id: "districts" if one.kind == "districts" else one.id
        for one in town.space
        if one.role == "limit" and one.kind != "interval"
    }


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]
