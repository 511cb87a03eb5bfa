"""What is entered on a desk: fields with their choices, and the documents that they stand for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hazama.coverage.households import conditions
from hazama.coverage.space import Reach
from hazama.knowledge.limits import condition_lists
from hazama.knowledge.questions import TABLES, Parameter
from hazama.model.cells import Age, AgeRange
from hazama.model.names import normalised
from hazama.model.records import Program
from hazama.site.serve.edition import Edition
from hazama.site.values import Lang

Form = Mapping[str, Sequence[str]]
Record = dict[str, Any]
REACHES: tuple[Reach, ...] = ("dedicated", "included", "open")
OLDEST = 130
MOST_PERSONS = 8
MOST_CHOICES = 500


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be chosen, and whether it is."""

    id: str
    label: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A field under its heading: what can be chosen, or what was typed, and what is wrong with it."""

    id: str
    label: str
    choices: tuple[Choice, ...] = ()
    value: str = ""
    lack: str = ""

    @property
    def is_chosen(self) -> bool:
        """Whether anything is."""
        return any(one.chosen for one in self.choices)


@dataclass(frozen=True, slots=True)
class Person:
    """The fields of one person; their names start with the number."""

    number: int
    age: Field
    needs: Field
    limits: tuple[Field, ...]


def first(form: Form, name: str, missing: str = "") -> str:
    """The first value of a field."""
    return next(iter(form.get(name, ())), missing)


def years(text: str) -> int | None:
    """Completed years as a person types them, full-width digits too; None for anything else."""
    typed = text.strip()
    return int(typed) if typed.isdecimal() and len(typed) < 4 and int(typed) <= OLDEST else None


def household(form: Form) -> Record:
    """The document of a form whose fields are ``1.age``, ``1.needs``, ``1.certificate``; a bad age stays as typed."""
    persons: list[Record] = []
    for number in range(1, MOST_PERSONS + 1):
        named = {key.partition(".")[2]: values for key, values in form.items() if key.startswith(f"{number}.")}
        entry: Record = {key: list(values) for key, values in named.items() if any(values)}
        if "age" in entry:
            typed = first(named, "age")
            entry["age"] = typed if years(typed) is None else years(typed)
        persons += [entry] if named else []
    return {"persons": persons or [{}]}


def is_complete(entry: Record) -> bool:
    """Whether a person has an age and a need."""
    return isinstance(entry.get("age"), int) and bool(entry.get("needs"))


def person(edition: Edition, lang: Lang, number: int, entry: Record, is_told: bool) -> Person:
    """The fields of a person as they were entered; what they lack is told beside them when it is asked for."""
    words = edition.desks[lang].words

    def of(id: str, scheme: str, lack: str = "") -> Field:
        said = entry.get(id, ())
        chosen = [said] if isinstance(said, str) else said
        return Field(f"{number}.{id}", edition.heading(id, lang), choices(edition, lang, scheme, chosen), lack=lack)

    def lack(id: str, is_there: bool) -> str:
        return words(f"case_lacks_{id}") if is_told and not is_there else ""

    age = entry.get("age", "")
    return Person(
        number,
        Field(f"{number}.age", words("case_age"), value=str(age), lack=lack("age", isinstance(age, int))),
        of("needs", "needs", lack("needs", bool(entry.get("needs")))),
        tuple(of(id, scheme) for id, scheme in conditions(edition.town).items()),
    )


def ages(edition: Edition, lang: Lang, row: Program | None, form: Form) -> tuple[Field, Field]:
    """From which age up to which, as entered or as the programme has it; blank is no limit."""
    words, limit = edition.desks[lang].words, row.limits.get("age") if row else None
    now = [_years(end) for end in ((limit.least, limit.most) if isinstance(limit, AgeRange) else ())] or ["", ""]
    typed = [first(form, name, known).strip() for name, known in zip(("min_age", "max_age"), now, strict=True)]
    is_changed = "ages" in form and "try" in form
    lacks = [words("whatif_bad_age") if is_changed and text and years(text) is None else "" for text in typed]
    if is_changed and not any(lacks) and all(typed) and int(typed[0]) > int(typed[1]):
        lacks[1] = words("whatif_bad_order")
    least, most = words("whatif_least"), words("whatif_most")
    return (
        Field("min_age", least, value=typed[0], lack=lacks[0]),
        Field("max_age", most, value=typed[1], lack=lacks[1]),
    )


def changes(edition: Edition, program: str, form: Form, entered: Sequence[Field]) -> Record:
    """The document of a change: what is ticked to be changed, nothing else; *entered* ages have been found good."""
    if "end" in form:
        return {"end": [program]}
    change: Record = {"program": program}
    if "ages" in form:
        change |= {field.id: int(field.value) if field.value else "no_limit" for field in entered}
    for id in conditions(edition.town):
        if chosen := [one for one in form.get(id, ()) if one]:
            change[id] = "no_limit" if "no_limit" in chosen else chosen
    return {"change": [change]}


def limits(edition: Edition, lang: Lang, form: Form) -> tuple[Field, ...]:
    """The limits of a programme that can be changed; no limit is one of the choices."""
    words = edition.desks[lang].words
    found = []
    for id, scheme in conditions(edition.town).items():
        said = form.get(id, ())
        free = Choice("no_limit", words("whatif_free"), "no_limit" in said)
        heading = words("whatif_limit", name=edition.heading(id, lang))
        found.append(Field(id, heading, (free, *choices(edition, lang, scheme, said))))
    return tuple(found)


def reach(form: Form) -> Reach:
    """The weakest reach that counts; the widest unless one is chosen."""
    chosen = first(form, "reach")
    return next((one for one in REACHES if one == chosen), "open")


def reaches(edition: Edition, lang: Lang, chosen: Reach) -> Field:
    """Every reach, the chosen one marked."""
    labels = {one: edition.names.label("reach", one).label(lang) for one in REACHES}
    heading = edition.desks[lang].words("whatif_reach")
    return Field("reach", heading, tuple(Choice(one, label, one == chosen) for one, label in labels.items()))


def choices(edition: Edition, lang: Lang, scheme: str, chosen: Sequence[str]) -> tuple[Choice, ...]:
    """The concepts of a list, or the districts, by name."""
    ids = edition.town.schemes[scheme] if scheme != "districts" else [one.id for one in edition.town.districts]
    return tuple(Choice(one, edition.names.label(scheme, one).label(lang), one in chosen) for one in ids)


def asked(edition: Edition, lang: Lang, parameter: Parameter, values: Mapping[str, str]) -> Field:
    """A parameter of a question, with the names it can be set to; none for numbers, days and texts."""
    kind, _, scheme = parameter.type.partition(":")
    homes: dict[str, list[str]] = {}
    if kind in TABLES:
        homes = {TABLES[kind]: [row.id for row in getattr(edition.town, TABLES[kind])]}
    elif kind in ("concept", "condition"):
        lists = (scheme,) if scheme else condition_lists(edition.town)
        homes = {name: list(edition.town.schemes.get(name, ())) for name in lists}
    labels = [edition.names.label(home, id) for home, ids in homes.items() for id in ids]
    named = {each.label(lang) for each in labels}
    known = tuple(Choice(name, name) for name in sorted(named, key=normalised)[:MOST_CHOICES])
    unset = next((each.label(lang) for each in labels if each.label("ja") == parameter.default), parameter.default)
    return Field(parameter.name, parameter.label.label(lang), known, values.get(parameter.name, unset))


def _years(age: object) -> str:
    return str(age.number) if isinstance(age, Age) and age.unit == "year" else ""
