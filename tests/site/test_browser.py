"""The published folder as people use it: opened from disk, in a real browser, without a network."""

import json
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hazama.model.names import normalised
from hazama.site.single import single
from tests.site.reading import kinds
from tests.towns import small_town

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Locator, Page

HARD = (Path(__file__).parents[1] / "cases" / "site" / "spellings.txt").read_text(encoding="utf-8").splitlines()
"""Strings in which two normalisations easily differ."""


@pytest.fixture
def page(browser: "Browser", site: Path, small: Path) -> Iterator["Page"]:
    """A page whose every request outside the folder is noted and refused."""
    context = browser.new_context(viewport={"width": 1366, "height": 768}, offline=True)
    opened = context.new_page()
    opened.set_default_timeout(10_000)
    outside: list[str] = []
    opened.on(
        "request", lambda request: outside.append(request.url) if not _inside(request.url, (site, small)) else None
    )
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield opened
    context.close()
    assert outside == []
    assert errors == []


def _inside(url: str, folders: tuple[Path, ...]) -> bool:
    return url.startswith((*(folder.as_uri() for folder in folders), "data:", "about:"))


def go(page: "Page", site: Path, address: str) -> None:
    page.goto(f"{site.as_uri()}/{address}")


def by_mouse(page: "Page", selector: str) -> None:
    """Click on the one thing, as a hand on a mouse does; a link is waited for."""
    wanted = page.locator(selector)
    with page.expect_navigation() if _leads(wanted) else nullcontext():
        wanted.click()


def by_keyboard(page: "Page", selector: str) -> None:
    """Walk to the one thing with Tab; press Enter where it leads somewhere."""
    wanted = page.locator(selector)
    for _ in range(400):
        if wanted.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    else:
        pytest.fail(f"Tab does not reach {selector}")
    if _leads(wanted):
        with page.expect_navigation():
            page.keyboard.press("Enter")


def _leads(wanted: "Locator") -> bool:
    return bool(wanted.evaluate("element => element.localName === 'a'"))


def test_every_kind_of_page_opens_and_fits_on_wide_and_narrow_screens(page: "Page", site: Path) -> None:
    for address in kinds(site):
        go(page, site, address)
        assert page.locator("h1").count() == 1, address
        for width in (1366, 320):
            page.set_viewport_size({"width": width, "height": 768})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (address, width)


def test_search_finds_and_marks_what_is_spelled_otherwise(page: "Page", site: Path) -> None:
    go(page, site, "index.html")
    page.fill(".find input", "ヒキコモリ")
    with page.expect_navigation():
        page.press(".find input", "Enter")
    page.wait_for_selector("#results a")
    assert "ひきこもり" in page.locator("#results mark").all_inner_texts()
    with page.expect_navigation():
        page.locator("#results a").first.click()
    assert page.locator("h1").count() == 1


def test_what_is_called_just_so_comes_first(page: "Page", site: Path) -> None:
    go(page, site, "search.html?q=ヒキコモリ")
    assert page.locator("#results h2").first.inner_text().startswith("地域生活課題")
    go(page, site, "search.html?q=相談")
    assert page.locator("#results h2").first.inner_text().startswith("事業")


def test_search_says_when_it_finds_nothing(page: "Page", site: Path) -> None:
    go(page, site, "en/search.html?q=zzzz")
    assert "Nothing found" in page.inner_text("#found")


def test_the_script_normalises_as_python_does(page: "Page", site: Path) -> None:
    go(page, site, "search.html")
    found = page.evaluate("words => words.map(hazamaSearch.normalised)", HARD)
    assert found == [normalised(word) for word in HARD]


def test_the_marked_stretch_is_what_was_asked_for(page: "Page", site: Path) -> None:
    go(page, site, "search.html")
    ask = "([text, word]) => { const at = hazamaSearch.stretch(text, word); return at && text.slice(at[0], at[1]); }"
    for text, word, marked in (
        ("障がい者地域相談", "障害者", "障がい者"),
        ("𠮷野 ヒキコモリ 相談", "ひきこもり", "ヒキコモリ"),
        ("コミュニティ・カフェ", "てぃかふぇ", "ティ・カフェ"),
        ("配食", "ない", None),
    ):
        assert page.evaluate(ask, [text, word]) == marked


def test_a_number_of_the_matrix_opens_its_rows(page: "Page", site: Path) -> None:
    go(page, site, "matrix.html")
    cell = page.locator("table.matrix .whole td a").first
    count = int("".join(sign for sign in cell.inner_text() if sign.isdigit()))
    with page.expect_navigation():
        cell.click()
    anchor = page.url.partition("#")[2]
    rows = f"tbody:has([id='{anchor}']) td a"
    assert len(set(page.locator(rows).evaluate_all("links => links.map(link => link.href)"))) == count
    assert page.locator(f"[id='{anchor}']").evaluate("heading => heading.getBoundingClientRect().top < innerHeight")


def test_a_theme_opens_into_fields(page: "Page", site: Path) -> None:
    go(page, site, "matrix.html")
    button, field = page.locator("button.opener").first, page.locator("tr.field").first
    assert not field.is_visible()
    button.press("Enter")
    assert field.is_visible() and button.get_attribute("aria-expanded") == "true"


def test_a_list_is_narrowed(page: "Page", site: Path) -> None:
    go(page, site, "programs.html")
    page.locator("select[data-filter]").nth(4).select_option("reach.open")
    shown = page.locator("[data-filtered] tbody tr:visible")
    assert 0 < shown.count() < page.locator("[data-filtered] tbody tr").count()
    assert page.inner_text("output") == f"{shown.count()}件を表示"
    page.click("button[type=reset]")
    page.wait_for_function("!document.querySelector('[data-filtered] tbody tr[hidden]')")


@pytest.mark.parametrize(
    ("age", "ranges", "shown"),
    [("45", "180-480", -1), ("39", "180-480", 1), ("45", "180-480 ?-?", 0), ("64", "780-?", -1), ("70", "780-?", 0),
     ("0", "4-19", 1), ("45", "-", 1), ("45", "-540", -1), ("44", "-540", 1)],
)  # fmt: skip
def test_an_age_is_within_a_range_without_or_nobody_knows(
    page: "Page", small: Path, age: str, ranges: str, shown: int
) -> None:
    go(page, small, "programs.html")
    rows = page.locator("[data-filtered] tbody tr")
    rows.evaluate_all("(rows, ranges) => rows.forEach(row => { row.dataset.a = ranges; })", ranges)
    page.fill("[data-filter-age]", age)
    count = rows.count() if shown >= 0 else 0
    assert page.locator("[data-filtered] tbody tr:visible").count() == count
    assert page.inner_text("output") == f"{count}件を表示" + (f"（うち年齢は未確認 {count}件）" if shown == 0 else "")


@pytest.mark.parametrize("hand", [by_mouse, by_keyboard])
def test_a_planner_finds_who_reaches_a_withdrawn_person_of_45_and_why_nobody_is_sure(
    page: "Page", site: Path, hand: Callable[["Page", str], None]
) -> None:
    go(page, site, "index.html")
    hand(page, ".find input")
    page.keyboard.type("ひきこもり")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    hand(page, "#results section:first-child a")
    assert page.inner_text("h1") == "ひきこもり"
    gap = page.inner_text("section:has(#gaps) tbody tr")
    assert "40歳以上・「ひきこもり」" in gap and "居住は未確認" in gap and "未確認の要件を調べて埋める" in gap
    hand(page, "section:has(#gaps) td:last-child a >> nth=0")
    assert "自立相談支援事業" in page.inner_text("tr:target")
    hand(page, "#menu a[href$='programs.html']")
    hand(page, "[data-filter-age]")
    page.keyboard.type("45")
    everyone = page.locator("[data-filtered] tbody tr:visible").count()
    page.select_option("select:has(option[value='needs.withdrawal'])", "needs.withdrawal")
    found = page.locator("[data-filtered] tbody tr:visible th").all_inner_texts()
    assert "自立相談支援事業" in found and "ユースワークふじさわ" not in found and 5 < len(found) < everyone
    assert page.inner_text("output").startswith(f"{len(found)}件を表示（うち年齢は未確認")
    for address in ("figure-support.html", "gaps.html"):
        hand(page, f"#menu a[href$='{address}']")
        assert b"/MediaBox [0 0 841" in page.pdf(prefer_css_page_size=True)
        assert page.locator("details:not([open])").count() == 0, "what is closed is printed"


def test_a_number_of_blank_cells_opens_the_rows_that_are_blank(page: "Page", site: Path) -> None:
    go(page, site, "unrecorded.html#age")
    shown = page.locator("[data-filtered] tbody tr:visible").count()
    column = page.locator("thead th[id='age']").evaluate("cell => cell.cellIndex")
    counted = page.locator("thead tr").nth(1).locator("th, td").nth(column).inner_text()
    assert counted.split()[0] == str(shown)


def test_the_keyboard_reaches_the_content_first_and_then_the_menu(page: "Page", site: Path) -> None:
    go(page, site, "programs.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.getElementById('main').contains(document.activeElement)")


def test_the_language_changes_on_the_same_row(page: "Page", site: Path) -> None:
    go(page, site, "programs/i1a.html")
    with page.expect_navigation():
        page.click("header a[lang]")
    assert page.url.endswith("/en/programs/i1a.html")
    with page.expect_navigation():
        page.click("header a[lang]")
    assert page.url.endswith("/programs/i1a.html") and "/en/" not in page.url


def test_pages_in_folders_draw_the_menu(page: "Page", site: Path) -> None:
    go(page, site, "index.html")
    written = page.locator("#menu a").evaluate_all("links => links.map(link => link.href)")
    go(page, site, "programs/i1a.html")
    assert page.locator("#menu a").evaluate_all("links => links.map(link => link.href)") == written
    assert page.get_attribute("#menu a[aria-current]", "href") == "../programs.html"
    for address, entry in (
        ("matrix-needs.html", "matrix.html"),
        ("needs/withdrawal.html", "../words.html"),
        ("en/needs/all-needs.html", "../matrix.html"),
    ):
        go(page, site, address)
        assert page.get_attribute("#menu a[aria-current]", "href") == entry, address


def test_without_scripts_everything_can_be_read(browser: "Browser", site: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    plain = context.new_page()
    go(plain, site, "matrix.html")
    assert plain.locator("tr.field").first.is_visible() and not plain.locator("button.opener").first.is_visible()
    go(plain, site, "programs/i1a.html")
    with plain.expect_navigation():
        plain.click("header a")
    assert plain.locator("#menu a").count() > 10
    context.close()


def test_a_single_file_shows_one_page_at_a_time(browser: "Browser", tmp_path: Path) -> None:
    single(small_town(), tmp_path / "town.html")
    context = browser.new_context(java_script_enabled=False, offline=True)
    page, asked = context.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    go(page, tmp_path, "town.html")
    shown = "main > article:visible"
    assert page.locator(shown).evaluate_all("pages => pages.map(page => page.id)") == ["index.html"]
    page.click(".contents a[href='#programs.html']")
    page.locator("main a[href='#programs/visit.html']:visible").first.click()
    assert page.locator(shown).evaluate_all("pages => pages.map(page => page.id)") == ["programs/visit.html"]
    context.close()
    assert len(asked) == 1


def test_text_at_twice_its_size_does_not_scroll_sideways(page: "Page", site: Path) -> None:
    page.set_viewport_size({"width": 683, "height": 384})
    for address in ("index.html", "matrix.html", "programs.html", "programs/i1a.html"):
        go(page, site, address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 683, address


def test_the_menu_opens_on_a_narrow_screen(page: "Page", site: Path) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    go(page, site, "programs/i1a.html")
    assert not page.locator("#menu").is_visible()
    page.click("button.menu")
    assert page.locator("#menu a").first.is_visible()


def test_targets_are_large_enough(page: "Page", site: Path) -> None:
    for address in ("index.html", "matrix.html", "programs.html", "search.html?q=相談"):
        go(page, site, address)
        small = page.evaluate(
            """[...document.querySelectorAll("button, input, select, summary, td.n a, #menu a, table.matrix td a")]
            .map(part => part.getBoundingClientRect()).filter(box => box.width && box.height < 20).length"""
        )
        assert small == 0, address


def test_pages_print_on_a4_landscape(page: "Page", site: Path) -> None:
    for address in ("index.html", "matrix.html", "programs/i1a.html", "figure-governance.html"):
        go(page, site, address)
        pdf = page.pdf(prefer_css_page_size=True)
        assert b"/MediaBox [0 0 841.9" in pdf or b"/MediaBox [0 0 842" in pdf, address


def test_arrow_keys_walk_through_a_figure_and_enter_opens_the_page(page: "Page", site: Path) -> None:
    go(page, site, "figure-governance.html")
    page.locator(".drawing .box").first.focus()
    walked = [page.evaluate("document.activeElement.id")]
    for key in ("ArrowDown", "ArrowRight", "ArrowRight", "ArrowLeft"):
        page.keyboard.press(key)
        walked.append(page.evaluate("document.activeElement.id"))
    assert len(set(walked)) >= 4
    assert page.locator(".drawing .box[tabindex='0'], .drawing a:not([tabindex='-1'])").count() == 1
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/bodies/" in page.url or "/agencies/" in page.url


def test_a_figure_is_saved_as_a_picture_in_both_languages(page: "Page", site: Path) -> None:
    for address in ("figure-governance.html", "en/figure-governance.html"):
        go(page, site, address)
        with page.expect_download() as saved:
            page.locator("[data-picture]").press("Enter")
        picture = Path(saved.value.path()).read_bytes()
        assert saved.value.suggested_filename == "figure-governance.png"
        assert picture.startswith(b"\x89PNG") and int.from_bytes(picture[16:20], "big") == 2400
        assert len(picture) > 50_000, "the drawing, not a blank sheet"


def test_the_graph_is_in_sight_on_an_office_screen(page: "Page", site: Path) -> None:
    go(page, site, "en/explore.html")
    top = page.locator("#hz-canvas").evaluate("canvas => canvas.getBoundingClientRect().top")
    assert top < 768 / 2
    page.click(".hz-tools summary")
    names = page.locator("#hz-themes span:not([lang])").all_inner_texts()
    assert names and all(name.isascii() for name in names), "names without English are marked"


@pytest.mark.parametrize(
    ("address", "word", "name"), [("explore.html", "相談", "相談"), ("en/explore.html", "consult", "onsult")]
)
def test_a_point_of_the_graph_leads_to_the_page_of_its_row(
    page: "Page", site: Path, address: str, word: str, name: str
) -> None:
    go(page, site, address)
    page.fill("#hz-search", word)
    page.locator("#hz-side button").first.click()
    with page.expect_navigation():
        page.locator("#hz-side a").click()
    assert name in page.inner_text("h1") and page.url.startswith(f"{site.as_uri()}/{address[:-12]}")


def test_a_figure_prints_on_one_page_with_its_heading(page: "Page", site: Path) -> None:
    go(page, site, "figure-governance.html")
    page.emulate_media(media="print")
    page.set_viewport_size({"width": 1032, "height": 695})
    bottom = page.locator(".drawing").evaluate("figure => figure.getBoundingClientRect().bottom")
    assert bottom <= 695, "A4 landscape without its margins, in CSS pixels"


def test_what_is_closed_is_printed(page: "Page", site: Path) -> None:
    go(page, site, "matrix.html")
    page.emulate_media(media="print")
    assert page.locator("tr.field").first.is_visible()
    assert not page.locator("#menu").is_visible()


def test_forced_colours_keep_every_sign(page: "Page", site: Path) -> None:
    page.emulate_media(forced_colors="active")
    go(page, site, "matrix.html")
    line = page.locator("table.matrix td.dedicated").first.evaluate("cell => getComputedStyle(cell).outlineStyle")
    assert line == "solid"
    assert page.locator("table.matrix td.dedicated a").first.inner_text().startswith("○")
    edges = page.locator("#menu a").evaluate_all("links => links.map(link => getComputedStyle(link).borderLeftColor)")
    current = page.locator("#menu a[aria-current]").evaluate("link => getComputedStyle(link).borderLeftColor")
    assert edges.count(current) == 1


def test_the_self_test_passes(page: "Page", site: Path) -> None:
    for address in ("check.html", "en/check.html"):
        go(page, site, address)
        results = page.locator("[data-check]").all_inner_texts()
        assert len(results) == 6 and all(result.startswith("○") for result in results), results


def test_axe_finds_no_violation_on_any_kind_of_page(page: "Page", small: Path) -> None:
    from importlib.resources import files

    axe = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    found = {address: violations for address in kinds(small) if (violations := _violations(page, small, address, axe))}
    assert found == {}, json.dumps(found, ensure_ascii=False, indent=1)


def _violations(page: "Page", site: Path, address: str, axe: str) -> list[Any]:
    go(page, site, address)
    page.evaluate(axe)
    run = (
        "axe.run({preload: false, runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})"
    )
    found = page.evaluate(f"async () => (await {run}).violations")
    return [(each["id"], each["help"], [node["html"][:160] for node in each["nodes"]][:3]) for each in found]
