from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from hazama.model.errors import UsageError
from hazama.site.edition import Edition
from hazama.site.linkcheck import dead_links
from hazama.site.publish import publish
from hazama.site.single import single
from tests.site.reading import seen
from tests.towns import small_town


@pytest.fixture(scope="module")
def based(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """みなと町 as it would stand on a web server."""
    folder = tmp_path_factory.mktemp("based") / "site"
    return publish(small_town(), folder, edition=Edition(base="https://town.example/fukushi")).folder


def test_only_the_pages_that_are_asked_for_are_written_and_no_link_is_dead(tmp_path: Path) -> None:
    told: list[float] = []
    asked = Edition(("matrix", "programs/vis*"))
    site = publish(small_town(), tmp_path / "site", edition=asked, tick=told.append).folder
    pages = {path.relative_to(site).as_posix() for path in site.rglob("*.html")}
    assert pages == {f"{lang}{page}.html" for lang in ("", "en/") for page in ("matrix", "programs/visit")}
    assert dead_links(site) == [] and sum(told) >= 0.99
    assert not (site / "downloads").exists()


@pytest.mark.parametrize("edition", [Edition(("nothing",)), Edition(base="javascript:alert(1)")])
def test_what_cannot_be_is_said_before_anything_is_written(tmp_path: Path, edition: Edition) -> None:
    with pytest.raises(UsageError):
        publish(small_town(), tmp_path / "site", edition=edition)
    assert list(tmp_path.iterdir()) == []


def test_every_page_of_a_row_has_its_rdf_in_two_forms_that_say_the_same(based: Path) -> None:
    no_rows = {f"{which}-{axis}" for which in ("no", "all") for axis in ("themes", "needs")}
    pages = [path for path in based.glob("*/*.html") if path.parent.name != "en" and path.stem not in no_rows]
    assert len(pages) > 20
    for page in pages:
        turtle = set(parse(page.with_suffix(".ttl").read_bytes(), RdfFormat.TURTLE))
        json_ld = set(parse(page.with_suffix(".jsonld").read_bytes(), RdfFormat.JSON_LD))
        assert turtle == json_ld and turtle, page


def test_the_data_set_names_every_file_of_the_town(based: Path) -> None:
    text = (based / "dataset.ttl").read_text(encoding="utf-8")
    for path in (based / "downloads").glob("town.*"):
        assert f"<https://town.example/fukushi/downloads/{path.name}>" in text
    assert (based / ".well-known" / "void").read_text(encoding="utf-8") == text


def test_the_sitemap_names_pages_that_are_there(based: Path) -> None:
    from xml.etree import ElementTree

    found = [place.text or "" for place in ElementTree.parse(based / "sitemap.xml").iter() if place.tag.endswith("loc")]
    local = [place.removeprefix("https://town.example/fukushi/") for place in found]
    assert len(local) > 40 and all((based / place).is_file() for place in local)


def test_a_single_file_holds_every_page_and_asks_for_nothing(tmp_path: Path) -> None:
    written = single(small_town(), tmp_path / "town.html")
    page = seen(tmp_path / "town.html")
    ids = [value for name, value in page.attributes() if name == "id"]
    assert len(ids) == len(set(ids)) and {"index.html", "programs/visit.html"} <= set(ids)
    assert written.pages == sum(str(each.get("id")).endswith(".html") for each in page.all("article")) > 40
    assert not page.all("script") and not page.all("link") and not page.all("img")
    inside = [str(link["href"]) for link in page.all("a") if str(link.get("href", "")).startswith("#")]
    assert inside and {link[1:] for link in inside} <= set(ids)


def test_a_single_file_is_a_page_and_nothing_else(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        single(small_town(), tmp_path / "town.pdf")
    assert list(tmp_path.iterdir()) == []
