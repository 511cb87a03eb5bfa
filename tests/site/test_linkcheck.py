from pathlib import Path

import pytest

from hazama.site.linkcheck import DeadLink, dead_links


def checked(folder: Path, body: str) -> list[str]:
    (folder / "a").mkdir()
    (folder / "a" / "b.html").write_text('<h2 id="here">x</h2>', encoding="utf-8")
    (folder / "data.js").write_text("", encoding="utf-8")
    (folder / "index.html").write_text(body, encoding="utf-8")
    return [dead.address for dead in dead_links(folder)]


@pytest.mark.parametrize(
    "body",
    [
        '<a href="a/b.html#here">x</a>',
        '<a class="x" href="a/b.html">x</a>',
        '<script src="data.js"></script>',
        '<form action="a/b.html"></form>',
        '<a href="https://example.org/?a=1&amp;b=2">x</a>',
        '<p id="top"><a href="#top">x</a>',
        "&lt;a href=&#34;nowhere.html&#34;&gt;",
    ],
)
def test_what_leads_somewhere_is_fine(tmp_path: Path, body: str) -> None:
    assert checked(tmp_path, body) == []


@pytest.mark.parametrize(
    "address",
    [
        "c.html",
        "a/b.html#there",
        "#there",
        "javascript:alert(1)",
        "data:text/html,x",
        "//example.org/",
        "../index.html",
    ],
)
def test_what_leads_nowhere_is_named(tmp_path: Path, address: str) -> None:
    assert checked(tmp_path, f'<a href="{address}">x</a>') == [address]


@pytest.mark.parametrize("element", ["script src", "img src", "link href", "form action"])
def test_nothing_may_be_loaded_from_outside(tmp_path: Path, element: str) -> None:
    assert checked(tmp_path, f'<{element}="https://example.org/x">') == ["https://example.org/x"]


def test_the_page_is_named(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text('<a href="x.html">', encoding="utf-8")
    assert dead_links(tmp_path) == [DeadLink("index.html", "x.html")]
