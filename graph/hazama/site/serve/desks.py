"""The pages that only a server can have: a household, what if, questions, SPARQL."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from hazama.coverage.households import case_names, shipped
from hazama.knowledge.answers import Answer, bound
from hazama.knowledge.labels import Entity
from hazama.knowledge.questions import questions
from hazama.knowledge.strangers import Bounds, Result, plain
from hazama.knowledge.terms import is_literal, parts
from hazama.model.errors import HazamaError, UsageError
from hazama.site.desk import Desk
from hazama.site.menu import MenuGroup, menu
from hazama.site.pages.cases import CaseEntry, case_entry
from hazama.site.render import Renderer
from hazama.site.serve import forms
from hazama.site.serve.edition import Edition
from hazama.site.serve.forms import Choice, Field, Form, Person, Record, first
from hazama.site.values import LANGUAGES, Lang, Link, Page, Text

DESKS = ("case", "whatif", "ask", "query")
_QUERY = """SELECT ?program ?name {{
  ?program a cpsv:PublicService ; dct:title ?name
  FILTER(LANG(?name) = "{lang}")
}} LIMIT 20"""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskPage(Page):
    """A page of the server; what is wrong with the entries stands on it."""

    template: str = "desk-notice.html"
    styles: tuple[str, ...] = ("serve.css",)
    scripts: tuple[str, ...] = ("serve.js",)
    trouble: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage(DeskPage):
    """世帯に当てはめる."""

    template: str = "desk-case.html"
    persons: tuple[Person, ...]
    examples: Field
    found: CaseEntry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIfPage(DeskPage):
    """制度を変えてみる; without a chosen programme only the choice of one."""

    template: str = "desk-whatif.html"
    programs: Field
    now: Text
    """The limits of the chosen programme."""
    ages: tuple[Field, Field]
    is_age_changed: bool
    limits: tuple[Field, ...]
    reach: Field
    is_ended: bool
    found: Record | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskPage(DeskPage):
    """問いに答える: the questions, group by group."""

    template: str = "desk-ask.html"
    groups: tuple[MenuGroup, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """An answer as a table of links."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Link, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage(DeskPage):
    """One question with its answer."""

    template: str = "desk-question.html"
    question: str
    asked: tuple[Field, ...]
    answer: Table | None
    saved: str
    """The address of the same answer as CSV."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryPage(DeskPage):
    """SPARQL."""

    template: str = "desk-query.html"
    text: str
    examples: Field
    answer: Table | None
    note: str


def desk_links(desk: Desk) -> MenuGroup:
    """The part of the menu that only a server has."""
    return MenuGroup(desk.words("menu_desks"), tuple(Link(desk.said(f"nav_{name}"), name) for name in DESKS))


def served_menu(desk: Desk) -> tuple[MenuGroup, ...]:
    """The menu of the published pages, and the desks."""
    return (*menu(desk), desk_links(desk))


def html(desk: Desk, page: Page) -> str:
    """A page of a desk."""
    return Renderer(desk, served_menu(desk)).html(page)


def _head(desk: Desk, name: str, **values: object) -> dict[str, Any]:
    """Address, title and lead of a desk."""
    return {"address": name, "title": desk.said(f"nav_{name}"), "lead": desk.words(f"{name}_lead", **values)}


def notice_page(desk: Desk, title: str, lead: str = "", depth: int = 0) -> DeskPage:
    """A page that says one thing, not found or being made, at an address *depth* folders down."""
    return DeskPage(address=f"{'-/' * depth}notice.html", title=Text(title, desk.lang), lead=lead)


def case_page(edition: Edition, lang: Lang, form: Form) -> CasePage:
    """The form, and what the town is to the household in it; nothing is kept."""
    desk, example = edition.desks[lang], first(form, "example")
    document, trouble = shipped(example) if example else forms.household(form), ""
    found: CaseEntry | None = None
    is_asked = bool(example) or "answer" in form
    persons: list[Record] = document["persons"]
    if is_asked and not all(map(forms.is_complete, persons)):
        trouble = desk.words("case_incomplete")
    elif is_asked:
        try:
            found = case_entry(desk, *edition.met(document))
        except HazamaError as error:
            trouble = error.sentence(lang)
    if "more" in form and len(persons) < forms.MOST_PERSONS:
        persons = [*persons, {}]
    return CasePage(
        **_head(desk, "case"),
        trouble=trouble,
        persons=tuple(forms.person(edition, lang, n, entry, bool(trouble)) for n, entry in enumerate(persons, 1)),
        examples=Field("example", desk.words("case_examples"), tuple(_example(id, lang) for id in case_names())),
        found=found,
    )


def whatif_page(edition: Edition, lang: Lang, form: Form) -> WhatIfPage:
    """A programme's limits in a form, and what their change closes and opens."""
    desk, town, chosen = edition.desks[lang], edition.town, first(form, "program")
    row = next((one for one in town.programs if one.id == chosen), None)
    ages, reach = forms.ages(edition, lang, row, form), forms.reach(form)
    trouble, found = desk.words("whatif_incomplete") if any(field.lack for field in ages) else "", None
    if chosen and not row:
        trouble = desk.words("whatif_unknown", name=chosen[:200])
    if row and "try" in form and not trouble:
        try:
            found = edition.whatif(forms.changes(edition, row.id, form, ages), lang, reach)
        except HazamaError as error:
            trouble = error.sentence(lang)
    programs = tuple(Choice(one.id, desk.link(("programs", one.id)).text.text, one is row) for one in town.programs)
    return WhatIfPage(
        **_head(desk, "whatif"),
        trouble=trouble,
        programs=Field("program", desk.words("whatif_program"), programs, row.id if row else ""),
        now=desk.limits_sentence(row) if row else Text(""),
        ages=ages,
        is_age_changed="ages" in form,
        limits=forms.limits(edition, lang, form),
        reach=forms.reaches(edition, lang, reach),
        is_ended="end" in form,
        found=found,
    )


def ask_page(edition: Edition, lang: Lang) -> AskPage:
    """The questions."""
    desk, groups = edition.desks[lang], dict[str, list[Link]]()
    for one in questions(edition.ground.own):
        groups.setdefault(one.group.label(lang), []).append(Link(desk.names.text(one.title), f"ask/{one.id}"))
    return AskPage(
        **_head(desk, "ask"),
        groups=tuple(MenuGroup(name, tuple(links)) for name, links in groups.items()),
    )


def question_page(edition: Edition, lang: Lang, id: str, values: Mapping[str, str]) -> QuestionPage:
    """A question with the values it is asked with and its answer."""
    desk, one, table, trouble = edition.desks[lang], edition.question(id), None, ""
    try:
        table = _table(desk, edition.answer(one, values))
    except UsageError as error:
        trouble = error.sentence(lang)
    return QuestionPage(
        address=f"ask/{id}",
        title=desk.names.text(one.title),
        lead=one.advice.label(lang),
        trail=(Link(desk.said("nav_ask"), "ask"),),
        trouble=trouble,
        question=id,
        asked=tuple(forms.asked(edition, lang, each, values) for each in one.parameters),
        answer=table,
        saved=f"ask/{id}.csv" + (f"?{urlencode(values)}" if values else ""),
    )


def query_page(edition: Edition, lang: Lang, form: Form, found: Result | str | None, bounds: Bounds) -> QueryPage:
    """The text area, and what its query found or why it did not."""
    desk, listed, example = edition.desks[lang], questions(edition.ground.own), first(form, "example")
    texts = [bound(one, {}, edition.names, edition.addresses) for one in listed if one.id == example]
    result, rows = found if isinstance(found, Result) else None, f"{bounds.rows:,}"
    notes = [desk.words("query_shared")] if result and not result.is_isolated else []
    notes += [desk.words("too_many_rows", rows=rows)] if result and not result.is_complete else []
    examples = tuple(Choice(one.id, one.title.label(lang), one.id == example) for one in listed)
    return QueryPage(
        **_head(desk, "query", seconds=f"{bounds.seconds:g}", rows=rows),
        trouble=found if isinstance(found, str) else "",
        text=first(form, "query", next(iter(texts), _QUERY.format(lang=lang))),
        examples=Field("example", desk.words("query_examples"), examples),
        answer=_found(desk, edition, result) if result else None,
        note=" ".join(notes),
    )


def _example(name: str, lang: Lang) -> Choice:
    document = shipped(name)
    return Choice(name, str((lang == "en" and document.get("name_en")) or document["name"]))


def _table(desk: Desk, answer: Answer) -> Table:
    def cell(value: object) -> Link:
        if isinstance(value, Entity):
            return Link(desk.names.text(value.label), desk.ground.pages.get(value.key, ""))
        return Link(Text(str(value), desk.lang))

    headings = tuple(label.label(desk.lang) for label in answer.columns.values())
    return Table(headings, tuple(tuple(map(cell, row)) for row in answer.rows))


def _found(desk: Desk, edition: Edition, result: Result) -> Table:
    """The rows of a result; what is a page here becomes a link."""
    pages = edition.pages
    rows = (tuple(Link(_said(desk, term), pages.get(term, "")) for term in row) for row in result.found.rows)
    return Table(result.found.columns, tuple(rows))


def _said(desk: Desk, term: str) -> Text:
    """A term as a person reads it, in the language that it is marked with."""
    language = parts(term).lang if is_literal(term) else ""
    return Text(plain(term), next((one for one in LANGUAGES if one == language), desk.lang))
