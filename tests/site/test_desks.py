"""The pages of the desks, without a server."""

from pathlib import Path

import pytest

from hazama.model.view import Scope
from hazama.site.pages.findings import findings_pages
from hazama.site.render import Renderer
from hazama.site.serve import desks
from hazama.site.serve.edition import Edition
from hazama.site.serve.forms import Person
from hazama.site.serve.shelf import opening, troubled
from hazama.site.values import LANGUAGES, Lang
from hazama.tables import read, sample
from tests.site.test_publish import attacked
from tests.towns import small_town


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    town = small_town()
    return Edition(town, Scope(town.layer.as_of), tmp_path_factory.mktemp("own"))


@pytest.mark.parametrize(
    ("form", "lacks"),
    [
        ({"1.age": ["54"]}, [("needs",)]),
        ({"1.needs": ["withdrawal"]}, [("age",)]),
        ({"1.age": ["abc"], "2.age": ["82"]}, [("age", "needs"), ("needs",)]),
    ],
    ids=["no needs", "no age", "two persons"],
)
def test_what_is_missing_is_told_beside_its_field(
    edition: Edition, form: dict[str, list[str]], lacks: list[tuple[str, ...]]
) -> None:
    page = desks.case_page(edition, "ja", {**form, "answer": ["1"]})
    assert page.trouble == "入っていない項目があります。項目のそばの説明を見てください。"
    assert [lacking(person) for person in page.persons] == lacks
    html = desks.html(edition.desks["ja"], page)
    assert html.count("class=lack id=") == sum(map(len, lacks))


def test_nothing_is_missed_before_anybody_asks(edition: Edition) -> None:
    assert [lacking(person) for person in desks.case_page(edition, "ja", {}).persons] == [()]


def lacking(person: Person) -> tuple[str, ...]:
    """The fields of a person with something to say beside them."""
    return tuple(field.id.partition(".")[2] for field in (person.age, person.needs) if field.lack)


@pytest.mark.parametrize(
    ("least", "most", "lacks"),
    [
        ("15", "abc", {"max_age": "0〜130 の整数"}),
        ("-1", "131", {"min_age": "0〜130 の整数", "max_age": "0〜130 の整数"}),
        ("15.5", "", {"min_age": "空欄は制限なし"}),
        ("64", "15", {"max_age": "上限は下限以上"}),
        ("１５", " 64 ", {}),
        ("", "", {}),
    ],
)
def test_a_bad_age_is_told_beside_its_field(edition: Edition, least: str, most: str, lacks: dict[str, str]) -> None:
    form = {"program": [edition.town.programs[0].id], "ages": ["1"], "try": ["1"]}
    page = desks.whatif_page(edition, "ja", {**form, "min_age": [least], "max_age": [most]})
    assert {field.id for field in page.ages if field.lack} == set(lacks)
    assert bool(page.trouble) == bool(lacks) == (page.found is None)
    html = desks.html(edition.desks["ja"], page)
    for id, told in lacks.items():
        said = html.partition(f"id=lack-{id}>")[2].partition("</p>")[0]
        assert told in said and f"aria-describedby=lack-{id}" in html
    english = desks.whatif_page(edition, "en", {**form, "min_age": [least], "max_age": [most]})
    assert all(field.lack.isascii() for field in english.ages)


def test_no_limit_stays_ticked(edition: Edition) -> None:
    page = desks.whatif_page(
        edition, "ja", {"program": [edition.town.programs[0].id], "certificate": ["no_limit"], "try": ["1"]}
    )
    assert [field.id for field in page.limits if field.is_chosen] == ["certificate"]


def test_what_reaches_leads_to_its_page(edition: Edition) -> None:
    page = desks.case_page(edition, "ja", {"1.age": ["54"], "1.needs": ["withdrawal"], "answer": ["1"]})
    html = desks.html(edition.desks["ja"], page)
    assert page.found
    (served,) = page.found.served
    links = [served.need, *(one.program for one in (*served.certain, *served.possible, *served.silent))]
    links += [one.program for one in served.away]
    assert len(links) > 1
    assert all(link.page in edition.ground.pages.values() and f"href={link.page}" in html for link in links)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_household_is_answered_as_the_page_of_cases_tells_it(lang: Lang) -> None:
    town = read(sample())
    served = Edition(town, Scope(town.layer.as_of), sample())
    desk = served.desks[lang]
    cases = next(page for page in findings_pages(desk, served.lacks) if page.address == "cases.html")
    page = desks.case_page(served, lang, {"example": ["8050"]})
    assert page.found in cases.cases and page.found and page.found.unseen
    told = desks.html(desk, page).partition("id=found")[2].partition("<table")[2].partition("</section>")[0]
    assert told in Renderer(desk, ()).html(cases)


@pytest.mark.parametrize(("lang", "name"), [("ja", "1人目"), ("en", "person 1")])
def test_people_are_numbered_alike_in_the_form_and_in_the_answer(edition: Edition, lang: Lang, name: str) -> None:
    page = desks.case_page(edition, lang, {"1.age": ["54"], "1.needs": ["withdrawal"], "answer": ["1"]})
    form, _, found = desks.html(edition.desks[lang], page).partition("id=found")
    assert name in form.replace("Person", "person") and name in found


def test_a_change_of_ages_stays_ticked(edition: Edition) -> None:
    program = edition.town.programs[0].id
    ticked = desks.whatif_page(edition, "ja", {"program": [program], "ages": ["1"], "max_age": ["64"], "try": ["1"]})
    assert "id=ages checked" in desks.html(edition.desks["ja"], ticked)
    assert "id=ages checked" not in desks.html(
        edition.desks["ja"], desks.whatif_page(edition, "ja", {"program": [program]})
    )


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_a_table_says_becomes_markup_on_a_desk(lang: Lang, tmp_path: Path) -> None:
    town = attacked(small_town())
    hostile = Edition(town, Scope(town.layer.as_of), tmp_path)
    shown = [
        desks.case_page(hostile, lang, {"1.age": ["54"], "1.needs": ["withdrawal"], "answer": ["1"]}),
        desks.whatif_page(hostile, lang, {"program": [town.programs[0].id], "end": ["1"], "try": ["1"]}),
        desks.ask_page(hostile, lang),
    ]
    for page in shown:
        html = desks.html(hostile.desks[lang], page)
        assert "onerror=alert(1)" in html and "<img" not in html and "<hazard" not in html


def test_trouble_stands_on_pages_and_nowhere_else(edition: Edition) -> None:
    good = opening(edition)
    told = troubled(good, {"ja": ("表<1>",), "en": ("table",)})
    assert "表&lt;1&gt;".encode() in told["/"].body and "表".encode() not in told["/en/"].body.split(b"<nav")[0]
    assert dict(told["/"].headers)[b"content-length"] == str(len(told["/"].body)).encode()
    assert told["/assets/site.css"] is good["/assets/site.css"]
    assert troubled(good, {"ja": (), "en": ()}) is good
