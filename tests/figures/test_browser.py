"""The interactive pages as people use them: opened from disk in a real browser, which asks for nothing else."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from hazama.figures import explore, figure_names, rendered, scene
from hazama.figures.compose import compose
from hazama.towns.sample import made_town
from tests.figures.made import NASTY, bare_town, body, council
from tests.towns import small_town

if TYPE_CHECKING:
    from playwright.sync_api import Page

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="module")
def page() -> Iterator["Page"]:
    sync_api = pytest.importorskip("playwright.sync_api")
    chromium = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    if chromium is None and "CI" not in os.environ:
        pytest.skip("no Chromium on this machine")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser.new_page(viewport={"width": 1400, "height": 900})
        browser.close()


def _open(page: "Page", file: Path, text: str) -> list[str]:
    """Open a page and return what went wrong: errors, refusals of the policy, requests to anywhere else."""
    file.write_text(text, encoding="utf-8")
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    page.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    page.on("request", lambda request: wrong.append(request.url) if request.url != file.as_uri() else None)
    page.goto(file.as_uri())
    page.wait_for_function("window.hazamaNetwork")
    return wrong


def test_a_figure_can_be_searched_and_followed_from_box_to_box(page: "Page", tmp_path: Path) -> None:
    wrong = _open(page, tmp_path / "figure.html", rendered(compose(council()), ".html").decode())
    page.fill("#hz-search", "けんとう")
    assert page.inner_text("#hz-count") == "0 件見つかりました"
    page.fill("#hz-search", "みなと検討")
    page.click("#hz-side button")
    assert page.inner_text("#hz-side h2") == "みなと検討委員会"
    assert page.get_attribute("#hz-side a", "href") == "bodies/plan.html"
    page.click("#hz-side li button >> nth=0")
    assert page.inner_text("#hz-side h2") == "みらい推進プロジェクト組織"
    assert wrong == []


def test_filters_hide_what_is_inferred(page: "Page", tmp_path: Path) -> None:
    wrong = _open(page, tmp_path / "filters.html", rendered(compose(council()), ".html").decode())
    page.click("#hz-tools summary")
    page.uncheck("#hz-inferred")
    assert page.inner_text("#hz-count") == f"{len(council().boxes) - 1} 件を表示中"
    assert wrong == []


def test_boxes_stay_where_they_were_put_and_can_be_moved(page: "Page", tmp_path: Path) -> None:
    _open(page, tmp_path / "drag.html", rendered(compose(council()), ".html").decode())
    where = (
        "(() => { const p = hazamaNetwork.getPosition('local'); const d = hazamaNetwork.canvasToDOM(p);"
        " return [p.x, p.y, d.x, d.y]; })()"
    )
    x, y, left, top = page.evaluate(where)
    box = page.locator("#hz-canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + left, box["y"] + top)
    page.mouse.down()
    page.mouse.move(box["x"] + left + 40, box["y"] + top + 60, steps=4)
    page.mouse.up()
    moved = page.evaluate(where)
    assert (moved[0], moved[1]) != (x, y)


def test_the_whole_graph_opens_with_its_table(page: "Page", tmp_path: Path) -> None:
    wrong = _open(page, tmp_path / "explore.html", explore(small_town()))
    assert page.locator("#hz-rows tbody tr").count() > 10
    assert wrong == []


def test_two_thousand_programmes_open_and_answer_to_drag_within_a_second(page: "Page", tmp_path: Path) -> None:
    text = explore(made_town(2000))
    assert len(text.encode()) <= 3_000_000
    wrong = _open(page, tmp_path / "large.html", text)
    box = page.locator("#hz-canvas").bounding_box()
    assert box
    page.mouse.move(box["x"] + 400, box["y"] + 300)
    page.mouse.down()
    page.wait_for_timeout(1000)
    before = page.evaluate("[hazamaNetwork.getViewPosition().x, performance.now()]")
    page.mouse.move(box["x"] + 480, box["y"] + 330, steps=4)
    after = page.evaluate(
        "new Promise((done) => { hazamaNetwork.once('afterDrawing', () =>"
        " done([hazamaNetwork.getViewPosition().x, performance.now()])); hazamaNetwork.redraw(); })"
    )
    page.mouse.up()
    assert after[0] != before[0]
    assert after[1] - before[1] < 1000
    assert wrong == []


@pytest.mark.skipif("HAZAMA_MERMAID" not in os.environ, reason="HAZAMA_MERMAID names no mermaid.min.js")
@pytest.mark.parametrize("name", figure_names())
def test_mermaid_draws_every_box_and_line(page: "Page", name: str) -> None:
    drawn = scene(name, small_town())
    page.goto("about:blank")
    page.add_script_tag(path=os.environ["HAZAMA_MERMAID"])
    picture = page.evaluate(
        "text => { mermaid.initialize({startOnLoad: false}); return mermaid.render('figure', text).then(r => r.svg) }",
        rendered(drawn, ".mmd").decode(),
    )
    page.set_content(picture)
    assert page.locator(".node, .cluster").count() >= len(drawn.boxes)
    assert page.locator(".flowchart-link").count() == len(drawn.lines)


@pytest.mark.skipif("HAZAMA_MERMAID" not in os.environ, reason="HAZAMA_MERMAID names no mermaid.min.js")
def test_mermaid_draws_names_that_look_like_its_own_syntax(page: "Page") -> None:
    town = replace(bare_town(), bodies=tuple(body(n, name) for n, name in enumerate(NASTY, start=1)))
    page.goto("about:blank")
    page.add_script_tag(path=os.environ["HAZAMA_MERMAID"])
    text = rendered(scene("governance", town), ".mmd").decode()
    picture = page.evaluate("text => mermaid.render('nasty', text).then(r => r.svg)", text)
    page.set_content(picture)
    assert page.locator(".node").count() == len(NASTY)
    assert page.locator("script").count() == 0
