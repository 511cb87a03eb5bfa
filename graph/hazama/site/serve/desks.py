"""The pages that only a server can have: a household, what if, questions, SPARQL."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from hazama.coverage import outcomes, records, words
from hazama.coverage.changes import steps
from hazama.coverage.household import persona
from hazama.coverage.households import case_names, case_text, conditions, household
from hazama.coverage.space import Reach
from hazama.knowledge.answers import Answer, bound
from hazama.knowledge.labels import Entity
from hazama.knowledge.questions import Parameter, Question, questions
from hazama.knowledge.strangers import Bounds, Result, plain
from hazama.model.cells import Age, AgeRange
from hazama.model.errors import HazamaError, UsageError
from hazama.model.names import normalised
from hazama.resources import phrase
from hazama.site.desk import Desk
from hazama.site.menu import MenuGroup, menu
from hazama.site.render import TEMPLATES, Renderer
from hazama.site.serve.edition import Edition
from hazama.site.values import Lang, Link, Page, Text

Form = Mapping[str, Sequence[str]]
Record = dict[str, Any]
REACHES: tuple[Reach, ...] = ("dedicated", "included", "open")
DESKS = ("case", "whatif", "ask", "query")
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
    """Some choices under one heading."""

    id: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class PersonForm:
    """What was entered about one person; names of fields start with the number."""

    number: int
    age: str
    needs: Field
    limits: tuple[Field, ...]
    lacks: tuple[str, ...] = ()
    """Which of ``age`` and ``needs`` have to be entered yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPage(Page):
    """A page with a form; what is wrong with the entries stands on it."""

    styles: tuple[str, ...] = ("serve.css",)
    scripts: tuple[str, ...] = ("serve.js",)
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage(DeskPage):
    """世帯に当てはめる."""

    persons: tuple[PersonForm, ...]
    examples: tuple[Choice, ...]
    found: Record | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfPage(DeskPage):
    """制度を変えてみる."""

    programs: Field
    now: Text
    ages: tuple[str, str]
    is_age_changed: bool = False
    limits: tuple[Field, ...]
    program: str = ""
    reach: Field
    ended: bool = False
    found: Record | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPage(DeskPage):
    """問いに答える: the questions, group by group."""

    groups: tuple[MenuGroup, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A parameter with what was entered and what can be."""

    name: str
    label: str
    value: str
    known: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """An answer as a table of links."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Link, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage(DeskPage):
    """One question with its answer."""

    question: str
    asked: tuple[Asked, ...]
    answer: Table | None
    saved: str = ""
    """The address of the same answer as CSV."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryPage(DeskPage):
    """SPARQL."""

    text: str
    examples: tuple[Choice, ...]
    answer: Table | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePage(Page):
    """A sentence and nothing else: not found, refused, being made."""

    styles: tuple[str, ...] = field(default=("serve.css",))


TEMPLATES.update({
    CasePage: "desk-case.html",
    WhatIfPage: "desk-whatif.html",
    AskPage: "desk-ask.html",
    QuestionPage: "desk-question.html",
    QueryPage: "desk-query.html",
    NoticePage: "desk-notice.html",
})  # fmt: skip


def desk_links(desk: Desk) -> MenuGroup:
    """The part of the menu that only a server has."""
    return MenuGroup(desk.words("menu_desks"), tuple(Link(desk.said(f"nav_{name}"), name) for name in DESKS))


def served_menu(desk: Desk) -> tuple[MenuGroup, ...]:
    """The menu of the published pages, and the desks."""
    return (*menu(desk), desk_links(desk))


def html(desk: Desk, page: Page) -> str:
    """A page of a desk."""
    return Renderer(desk, served_menu(desk)).html(page)


def notice_page(desk: Desk, title: str, lead: str) -> NoticePage:
    """A page that says one thing."""
    return NoticePage(address="index.html", title=Text(title, desk.lang), section="", lead=lead)


def case_page(edition: Edition, lang: Lang, form: Form) -> CasePage:
    """The form, and what the town is to the household in it; nothing is kept."""
    found: Record | None = None
    document, trouble = _household(form), ""
    if example := _first(form, "example"):
        document = _example(example)
    if "answer" in form or example:
        try:
            found = case_record(edition, document, lang)
        except HazamaError as error:
            is_lacking = any(map(_lacks, document["persons"]))
            trouble = edition.desks[lang].words("case_incomplete") if is_lacking else error.sentence(lang)
    desk, persons = edition.desks[lang], document["persons"][:MOST_PERSONS]
    if "more" in form and len(persons) < MOST_PERSONS:
        persons = [*persons, {}]
    return CasePage(
        address="case",
        title=desk.said("nav_case"),
        section="case",
        lead=desk.words("case_lead"),
        trouble=trouble,
        persons=tuple(_person_form(edition, lang, n, entry, bool(trouble)) for n, entry in enumerate(persons, 1)),
        examples=tuple(Choice(name, _title(name, lang)) for name in case_names()),
        found=found,
    )


def case_record(edition: Edition, document: Any, lang: Lang) -> Record:
    """What the town is to a household, as the command ``case`` says it."""
    town = edition.space()
    return records.case_document(town, edition.names, persona(town, household(document, edition.names)), lang)


def whatif_page(edition: Edition, lang: Lang, form: Form) -> WhatIfPage:
    """A programme's limits in a form, and what their change closes and opens."""
    desk, program = edition.desks[lang], _first(form, "program")
    row = next((one for one in edition.town.programs if one.id == program), None)
    trouble, found = "", None
    if row and "try" in form:
        try:
            found = whatif_record(edition, _changes(edition, row.id, form), lang, _reach(form))
        except HazamaError as error:
            trouble = error.sentence(lang)
    ages = row.limits.get("age") if row else None
    least, most = (ages.least, ages.most) if isinstance(ages, AgeRange) else (None, None)
    programs = tuple(
        Choice(one.id, desk.link(("programs", one.id)).text.text, one is row) for one in edition.town.programs
    )
    return WhatIfPage(
        address="whatif",
        title=desk.said("nav_whatif"),
        section="whatif",
        lead=desk.words("whatif_lead"),
        trouble=trouble,
        programs=Field("program", desk.words("whatif_program"), programs),
        program=row.id if row else "",
        now=desk.limits_sentence(row) if row else Text(""),
        ages=(_first(form, "min_age", _years(least)), _first(form, "max_age", _years(most))),
        is_age_changed="ages" in form,
        limits=tuple(
            _field(edition, lang, id, scheme, id, form.get(id, ())) for id, scheme in conditions(edition.town).items()
        ),
        reach=_reaches(edition, lang, _reach(form)),
        ended="end" in form,
        found=found,
    )


def whatif_record(edition: Edition, document: Any, lang: Lang, reach: Reach = "open") -> Record:
    """What changes close and open, as the command ``whatif`` says it."""
    town, listed = steps(document, edition.space("certain", reach))
    return records.whatif_document(words.speech(town), outcomes.town_what_if(town, listed), lang)


def ask_page(edition: Edition, lang: Lang) -> AskPage:
    """The questions."""
    desk, groups = edition.desks[lang], dict[str, list[Link]]()
    for one in questions(edition.ground.own):
        groups.setdefault(one.group.label(lang), []).append(Link(desk.names.text(one.title), f"ask/{one.id}"))
    return AskPage(
        address="ask",
        title=desk.said("nav_ask"),
        section="ask",
        lead=desk.words("ask_lead"),
        groups=tuple(MenuGroup(name, tuple(links)) for name, links in groups.items()),
    )


def question_page(
    edition: Edition, lang: Lang, one: Question, values: Mapping[str, str], answer: Answer | UsageError, saved: str
) -> QuestionPage:
    """A question with the values it was asked with and its answer."""
    desk = edition.desks[lang]
    refused = answer.sentence(lang) if isinstance(answer, UsageError) else ""
    return QuestionPage(
        address=f"ask/{one.id}",
        title=desk.names.text(one.title),
        section="ask",
        lead=one.advice.label(lang),
        trail=(Link(desk.said("nav_ask"), "ask"),),
        trouble=refused,
        question=one.id,
        asked=tuple(
            Asked(each.name, each.label.label(lang), values.get(each.name, each.default), _known(edition, lang, each))
            for each in one.parameters
        ),
        answer=None if isinstance(answer, UsageError) else _table(desk, answer),
        saved=saved,
    )


def query_page(edition: Edition, lang: Lang, form: Form, found: Result | str | None, bounds: Bounds) -> QueryPage:
    """The text area, and what its query found or why it did not."""
    desk, example = edition.desks[lang], _first(form, "example")
    listed = questions(edition.ground.own)
    texts = [bound(one, {}, edition.names, edition.addresses) for one in listed if one.id == example]
    result = found if isinstance(found, Result) else None
    notes = [desk.words("query_shared")] if result and not result.is_isolated else []
    if result and not result.is_complete:
        notes.append(desk.words("too_many_rows", rows=f"{bounds.rows:,}"))
    return QueryPage(
        address="query",
        title=desk.said("nav_query"),
        section="query",
        lead=desk.words("query_lead", seconds=f"{bounds.seconds:g}", rows=f"{bounds.rows:,}"),
        trouble=found if isinstance(found, str) else "",
        text=_first(
            form,
            "query",
            texts[0] if texts else "SELECT ?name { ?program a cpsv:PublicService ; dct:title ?name } LIMIT 20",
        ),
        examples=tuple(Choice(one.id, one.title.label(lang), one.id == example) for one in listed),
        answer=_found(desk, edition, result) if result else None,
        note=" ".join(notes),
    )


@cache
def _example(name: str) -> Record:
    import yaml

    document: Record = yaml.safe_load(case_text(name))
    return document


def _title(name: str, lang: Lang) -> str:
    document = _example(name)
    return str((lang == "en" and document.get("name_en")) or document["name"])


def _household(form: Form) -> Record:
    """The document of a form whose fields are ``1.age``, ``1.needs``, ``1.certificate`` and so on."""
    numbers = sorted({int(n) for n, dot, _ in (key.partition(".") for key in form) if dot and n in "12345678" and n})
    persons: list[Record] = [
        {key.partition(".")[2]: list(value) for key, value in form.items() if key.startswith(f"{n}.") and any(value)}
        for n in numbers
    ]
    for person in persons:
        age = "".join(person.pop("age", ()))
        if age.isdecimal() and len(age) < 4:
            person["age"] = int(age)
    return {"persons": persons or [{}]}


def _lacks(entry: Record) -> tuple[str, ...]:
    """What has to be entered about a person yet; an age that is no number is none."""
    return tuple(name for name in ("age", "needs") if entry.get(name) in (None, "", [], ()))


def _person_form(edition: Edition, lang: Lang, number: int, entry: Record, is_told: bool) -> PersonForm:
    def of(id: str, scheme: str) -> Field:
        said = entry.get(id, ())
        return _field(edition, lang, f"{number}.{id}", scheme, id, [said] if isinstance(said, str) else said)

    limits = tuple(of(id, scheme) for id, scheme in conditions(edition.town).items())
    return PersonForm(number, str(entry.get("age", "")), of("needs", "needs"), limits, _lacks(entry) if is_told else ())


def _field(edition: Edition, lang: Lang, name: str, scheme: str, id: str, said: Sequence[str]) -> Field:
    names = edition.names
    ids = [one.id for one in edition.town.districts] if scheme == "districts" else list(edition.town.schemes[scheme])
    heading = names.label("space", id).label(lang)
    return Field(name, heading, tuple(Choice(one, names.label(scheme, one).label(lang), one in said) for one in ids))


def _changes(edition: Edition, program: str, form: Form) -> Record:
    """The changes of a form: what is ticked to be changed, nothing else."""
    if "end" in form:
        return {"end": [program]}
    change: Record = {"program": program}
    if "ages" in form:
        for end in ("min_age", "max_age"):
            text = _first(form, end).strip()
            if text and not (text.isdecimal() and len(text) < 4):
                raise UsageError(*phrase("serve", "bad_form"))
            change[end] = int(text) if text else "no_limit"
    for id in conditions(edition.town):
        if chosen := [one for one in form.get(id, ()) if one]:
            change[id] = "no_limit" if "no_limit" in chosen else chosen
    return {"change": [change]}


def _reaches(edition: Edition, lang: Lang, chosen: Reach) -> Field:
    labels = ((one, edition.names.label("reach", one).label(lang)) for one in REACHES)
    heading = edition.desks[lang].words("whatif_reach")
    return Field("reach", heading, tuple(Choice(one, label, one == chosen) for one, label in labels))


def _reach(form: Form) -> Reach:
    chosen = _first(form, "reach")
    return next((one for one in REACHES if one == chosen), "open")


def _years(age: object) -> str:
    return str(age.number) if isinstance(age, Age) and age.unit == "year" else ""


def _first(form: Form, name: str, missing: str = "") -> str:
    return next(iter(form.get(name, ())), missing)


def _known(edition: Edition, lang: Lang, parameter: Parameter) -> tuple[str, ...]:
    """What a parameter can be set to, by name; nothing for numbers, days and texts."""
    from hazama.knowledge.limits import condition_lists
    from hazama.knowledge.questions import TABLES

    kind, _, scheme = parameter.type.partition(":")
    if kind in TABLES:
        homes = {TABLES[kind]: [row.id for row in getattr(edition.town, TABLES[kind])]}
    elif kind in ("concept", "condition"):
        lists = (scheme,) if scheme else condition_lists(edition.town)
        homes = {name: list(edition.town.schemes.get(name, ())) for name in lists}
    else:
        return ()
    named = {edition.names.label(home, id).label(lang) for home, ids in homes.items() for id in ids}
    return tuple(sorted(named, key=normalised)[:MOST_CHOICES])


def _table(desk: Desk, answer: Answer) -> Table:
    def cell(value: object) -> Link:
        if isinstance(value, Entity):
            return Link(desk.names.text(value.label), desk.ground.pages.get(value.key, ""))
        return Link(Text(str(value), desk.lang))

    headings = tuple(label.label(desk.lang) for label in answer.columns.values())
    return Table(headings, tuple(tuple(map(cell, row)) for row in answer.rows))


def _found(desk: Desk, edition: Edition, result: Result) -> Table:
    """The rows of a result; what is a page here becomes a link."""
    pages = {
        edition.addresses.row(table, row): desk.ground.pages.get((table, getattr(row, "id", "")), "")
        for table, rows in edition.town.tables()
        for row in rows
    }
    rows = (tuple(Link(Text(plain(term), desk.lang), pages.get(term, "")) for term in row) for row in result.found.rows)
    return Table(result.found.columns, tuple(rows))
