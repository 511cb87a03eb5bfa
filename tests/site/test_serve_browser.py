"""The desks in a real browser: a household and a change of limits, with axe and on narrow screens."""

from collections.abc import Iterator
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

from hazama.tables import sample
from tests.site.serving import Served, serving

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with serving(sample(), tmp_path_factory.mktemp("log") / "log") as running:
        running.wait("/gaps.html", "確実な狭間")
        yield running


@pytest.fixture
def page(browser: "Browser") -> Iterator["Page"]:
    context = browser.new_context(viewport={"width": 1366, "height": 768})
    opened = context.new_page()
    opened.set_default_timeout(8_000)
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda message: errors.append(message.text) if "Content Security" in message.text else None)
    yield opened
    context.close()
    assert errors == []


def tab_to(page: "Page", selector: str, most: int = 150) -> int:
    """Press Tab until something is in focus, visibly; how often it took."""
    for turn in range(1, most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", selector
            return turn
    raise AssertionError(selector)


def test_a_household_by_keyboard_alone(served: Served, page: "Page") -> None:
    """From the top of the page to the page of a programme that reaches the household."""
    page.goto(f"{served.address}/case")
    assert tab_to(page, ".skip") == 1
    page.keyboard.press("Enter")
    assert tab_to(page, "[name='1.age']") == 1
    page.keyboard.type("54")
    tab_to(page, "[name='1.needs'][value=withdrawal]")
    page.keyboard.press("Space")
    tab_to(page, "select[name='1.certificate']")
    page.keyboard.press("ArrowDown")
    chosen = page.locator("select[name='1.certificate']").input_value()
    tab_to(page, "button[name=answer]")
    page.keyboard.press("Enter")
    page.wait_for_selector("#found")
    assert chosen and page.locator("select[name='1.certificate']").input_value() == chosen
    assert tab_to(page, ".case a") == 1  # the answer is where reading goes on
    tab_to(page, ".case a[href^='programs/']")
    page.keyboard.press("Enter")
    page.wait_for_url("**/programs/*.html")
    assert page.locator("h1").inner_text()


def test_missing_entries_by_keyboard(served: Served, page: "Page") -> None:
    page.goto(f"{served.address}/en/case")
    tab_to(page, "[name='1.age']")
    page.keyboard.type("54")
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=alert]")
    told = page.locator("fieldset[aria-describedby='lack-1.needs']")
    assert told.count() == 1 and "Choose at least one" in page.locator("[id='lack-1.needs']").inner_text()


def test_a_household_by_mouse(served: Served, page: "Page") -> None:
    page.goto(f"{served.address}/case")
    page.get_by_label("年齢").fill("54")
    page.get_by_label("ひきこもり").check()
    page.get_by_role("button", name="届く事業を見る").click()
    page.wait_for_selector("#found")
    assert page.url.endswith("/case#found")
    assert page.get_by_label("ひきこもり").is_checked()


def test_a_change_of_limits(served: Served, page: "Page") -> None:
    page.goto(f"{served.address}/whatif?program=p_yw")
    page.locator("input[type=range][data-for=max_age]").fill("64")
    assert page.locator("#max_age").input_value() == "64" and page.locator("#ages").is_checked()
    page.get_by_role("button", name="変えたらどうなるか見る").click()
    page.wait_for_selector("#closed")


SHOWN = {
    "case": ("case", [], "h1"),
    "case answered": ("case", ["button[value='8050']"], "#found"),
    "case refused": ("case", ["[name='1.age']=54", "button[name=answer]"], "[role=alert]"),
    "whatif": ("whatif?program=p_yw", [], "#max_age"),
    "whatif answered": ("whatif?program=p_jiritsu", ["[name=end]", "button[name=try]"], "#opened"),
    "whatif nothing": ("whatif?program=p_yw", ["button[name=try]"], "#opened"),
    "ask": ("ask", [], "h2"),
    "ask answered": ("ask/programs-by-need?need=withdrawal", [], "table"),
    "query": ("query", [], "textarea"),
    "query answered": ("query", ["form[method=post] button"], "table"),
}
"""Pages by an address, what is clicked there (or filled: ``selector=value``), and what then is seen."""


@pytest.mark.parametrize("prefix", ["", "en/"], ids=["ja", "en"])
@pytest.mark.parametrize("name", SHOWN)
def test_desks_fit_and_are_accessible(served: Served, page: "Page", name: str, prefix: str) -> None:
    address, touched, seen = SHOWN[name]
    page.goto(f"{served.address}/{prefix}{address}")
    for selector in touched:
        field, _, value = selector.partition("]=")
        page.fill(f"{field}]", value) if value else page.click(selector)
    page.wait_for_selector(seen)
    for width in (1366, 320):
        page.set_viewport_size({"width": width, "height": 768})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
        answer = page.locator(".scroll:has(table)").first
        if name == "query answered":
            assert answer.evaluate("part => part.scrollWidth <= part.clientWidth"), "long addresses wrap"
        page.evaluate((files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8"))
        found = page.evaluate("axe.run().then(r => r.violations.map(v => v.id + ' ' + v.nodes[0].html))")
        assert found == [], width
