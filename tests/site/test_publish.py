import csv
import json
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from importlib.resources import files
from io import StringIO
from itertools import pairwise
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest

from hazama.figures.formats.printed import japanese
from hazama.model.concepts import Concept
from hazama.model.errors import UsageError
from hazama.model.records import Row
from hazama.model.town import Municipality
from hazama.site.lacks import SUBJECTS
from hazama.site.linkcheck import dead_links
from hazama.site.publish import publish
from tests.site.reading import kinds, seen
from tests.towns import small_town

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'"
)
ATTACK = "\"'><img src=x onerror=alert(1)></script><script>alert(2)</script><hazard>{{7*7}}"
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
KEPT = frozenset(
    {"id", "name", "layer", "scheme", "law", "body", "agency", "program", "subject", "object", "predicate"}
)
"""Columns that hold ids; an id with a sign that HTML minds is refused by the tables."""


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_every_page_can_be_read_and_has_one_heading(small: Path) -> None:
    for path in pages(small):
        page = seen(path)
        assert len(page.all("h1")) == len(page.all("main")) == 1, path
        assert page.all("html")[0]["lang"] == ("en" if path.relative_to(small).parts[0] == "en" else "ja")


def test_every_page_says_in_one_line_what_it_shows(small: Path) -> None:
    silent = [path for path in pages(small) if not any(each.get("class") == "lead" for each in seen(path).all("p"))]
    assert silent == []


def test_every_sign_of_the_matrix_is_explained(small: Path) -> None:
    for page in ("index.html", "en/matrix.html"):
        text = (small / page).read_text(encoding="utf-8")
        signs, explained = (
            set(re.findall(tag, text)) for tag in (r"<td class=(\w+)><a [^>]+>\D \d", r'class="key (\w+)"')
        )
        assert {"dedicated", "unknown"} <= signs <= explained


def test_ids_are_unique_on_a_page(site: Path) -> None:
    for path in pages(site):
        ids = [value for name, value in seen(path).attributes() if name == "id"]
        assert len(ids) == len(set(ids)), path


def test_headings_leave_no_level_out(site: Path) -> None:
    for path in pages(site):
        levels = [1, *(int(tag[1]) for tag, _ in seen(path).tags if re.fullmatch("h[1-6]", tag))]
        assert all(after <= before + 1 for before, after in pairwise(levels)), path


def test_every_page_forbids_what_does_not_come_from_the_folder(small: Path) -> None:
    for path in pages(small):
        policies = [meta["content"] for meta in seen(path).all("meta") if meta.get("http-equiv")]
        assert policies == [CSP], path


def test_no_script_or_style_stands_in_a_page(site: Path) -> None:
    for path in pages(site):
        page = seen(path)
        scripts = [script for script in page.all("script") if script.get("type") != "application/json"]
        assert not page.all("style") and all(script.get("src") for script in scripts), path
        assert not [name for name, _ in page.attributes() if name == "style" or name.startswith("on")], path


def test_no_link_is_dead(site: Path) -> None:
    assert dead_links(site) == []


def test_the_languages_mirror_each_other(site: Path) -> None:
    english = {path.relative_to(site / "en") for path in pages(site / "en")}
    japanese = {path.relative_to(site) for path in pages(site)} - {Path("en") / path for path in english}
    assert english == japanese


def test_file_names_are_ascii_and_lines_end_in_lf(site: Path) -> None:
    for path in site.rglob("*"):
        assert path.relative_to(site).as_posix().isascii()
        if path.suffix in (".html", ".js", ".css", ".json"):
            assert b"\r" not in path.read_bytes()


def test_the_same_town_gives_the_same_bytes(small: Path, tmp_path: Path) -> None:
    again = publish(small_town(), tmp_path / "again").folder
    assert contents(again) == contents(small)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_pages_stay_small(site: Path) -> None:
    large = [path for path in pages(site) if path.stat().st_size > 300_000 and path.name != "explore.html"]
    assert large == []


def test_the_folder_can_be_mailed(site: Path) -> None:
    assert sum(path.stat().st_size for path in site.rglob("*") if path.is_file()) <= 6_000_000


def test_the_folder_says_who_made_it(small: Path) -> None:
    mark = json.loads((small / "hazama-site.json").read_text(encoding="utf-8"))
    assert mark == {"made_by": "hazama", "town": small_town().layer.code, "as_of": "2024-04-01"}


def test_a_folder_that_hazama_did_not_make_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "work.xlsx").write_bytes(b"work")
    with pytest.raises(UsageError):
        publish(small_town(), tmp_path)
    assert contents(tmp_path) == {"work.xlsx": b"work"}


def test_nothing_a_table_says_becomes_markup(tmp_path: Path) -> None:
    site = publish(attacked(small_town()), tmp_path / "site").folder
    for path in pages(site):
        page = seen(path)
        assert not page.all("img") and not page.all("hazard"), path
        assert all("assets/" in (script.get("src") or "assets/") for script in page.all("script")), path
        assert not [name for name, _ in page.attributes() if name.startswith("on")], path
        assert "49" not in "".join(text for tag, text in page.texts if tag == "h1"), path


def test_no_cell_of_a_download_runs_as_a_formula(tmp_path: Path) -> None:
    site = publish(attacked(small_town(), "=1+1"), tmp_path / "site").folder
    with ZipFile(site / "downloads" / "town.csv.zip") as archive:
        tables = [archive.read(name).decode("utf-8-sig") for name in archive.namelist() if name.endswith(".csv")]
    cells = [cell for table in tables for row in csv.reader(StringIO(table)) for cell in row]
    assert "'=1+1" in cells and not [cell for cell in cells if cell.startswith("=")]
    for book in (site / "downloads").glob("*.xlsx"):
        with ZipFile(book) as archive:
            assert not any(b"<f>" in archive.read(name) for name in archive.namelist()), book


def test_only_web_addresses_become_links(tmp_path: Path) -> None:
    town = attacked(small_town(), "javascript:alert(1)")
    site = publish(town, tmp_path / "site").folder
    for path in pages(site):
        assert not [
            value for name, value in seen(path).attributes() if name in ("href", "src") and "alert" in str(value)
        ]


def test_a_town_of_nothing_is_a_site_too(tmp_path: Path) -> None:
    nothing: dict[str, Any] = {name: () for name, _ in small_town().tables()}
    empty = replace(small_town(), **nothing)
    site = publish(empty, tmp_path / "site").folder
    assert "この資料に記載がありません" in (site / "programs.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("script", ["frame.ja.js", "frame.en.js", "search.js", "selftest.js", "graph.js"])
def test_scripts_ask_no_network(small: Path, script: str) -> None:
    text, _, words = (small / "assets" / script).read_text(encoding="utf-8").partition("\n})({\n")
    assert text and re.findall(r"https?://\S*", words) == ([f'{LICENCE}",'] if words else []), "a link, not a request"
    assert not re.search(r"fetch\(|XMLHttpRequest|import\(|https?://|innerHTML|document\.write|eval\(", text)


def test_no_english_stands_on_a_japanese_page(small: Path) -> None:
    allowed = re.compile(r"https?://\S+|[\w./-]+\.(csv|html|pdf)|WCAG 2.2|GIF 491-1|CC BY 4.0|JIS X")
    for address in kinds(small):
        if not address.startswith("en/"):
            for tag, text in seen(small / address).texts:
                words = re.findall(r"[A-Za-z]{3,} [A-Za-z]{3,}", allowed.sub("", text))
                assert not words or tag == "script", (address, text)


def attacked(town: Municipality, text: str = ATTACK) -> Municipality:
    """The town with *text* in every cell that is free text, in names, concepts and layers."""
    tables: dict[str, Any] = {name: tuple(_attacked(row, text) for row in rows) for name, rows in town.tables()}
    schemes = {
        name: {id: _concept(concept, text) for id, concept in scheme.items()} for name, scheme in town.schemes.items()
    }
    layers = tuple(replace(layer, name=text, name_en=text, licence=text, publisher=text) for layer in town.layers)
    return replace(town, layers=layers, schemes=schemes, **tables)


def _concept(concept: Concept, text: str) -> Concept:
    return replace(concept, ja=text, en=text, reading=text, alt=(text,), definition_ja=text, definition_en=text)


def _attacked(row: Row, text: str) -> Row:
    return replace(row, extra={text: text}, **dict(_changes(row, text)))


def _changes(row: Row, text: str) -> Iterator[tuple[str, Any]]:
    for entry in fields(row):
        value = getattr(row, entry.name)
        if entry.name == "source" or entry.name == "alt":
            yield entry.name, (*value, text)
        elif (
            isinstance(value, str)
            and (entry.name not in KEPT or entry.name == "name")
            and not _refers(entry.name, value)
        ):
            yield entry.name, text


def _refers(name: str, value: str) -> bool:
    return name in ("parent", "role", "modality", "need", "district", "reach") and bool(value)


def test_the_figures_of_a_town_itself_are_published(tmp_path: Path) -> None:
    shipped = (files("hazama.figures") / "templates" / "governance.toml").read_text(encoding="utf-8")
    (tmp_path / "figures").mkdir()
    own = shipped.replace('figure = "governance"', 'figure = "ours"').replace("図4", "図9")
    (tmp_path / "figures" / "ours.toml").write_text(own, encoding="utf-8")
    site = publish(small_town(), tmp_path / "site", own=tmp_path).folder
    assert "図9" in (site / "figure-ours.html").read_text(encoding="utf-8")
    with ZipFile(site / "downloads" / "figures.ja.svg.zip") as archive:
        assert "図9" in archive.read("figure-ours.svg").decode()
    for kind, sheets in (("pptx", "ppt/slides/slide"), ("xlsx", "xl/worksheets/sheet")):
        with ZipFile(site / "downloads" / f"figures.ja.{kind}") as archive:
            assert sum(name.startswith(sheets) for name in archive.namelist()) == len(shown(site, kind))


def shown(site: Path, kind: str) -> list[str]:
    """The figures that a file holds: all but one of very many boxes; the workbook has the matrix and its rows too."""
    every = [path.stem for path in site.glob("figure-*.html")]
    return [*every, "matrix", "rows"] if kind == "xlsx" else every


def test_every_figure_can_be_taken_along(small: Path) -> None:
    for lang, folder, up in (("ja", small, ""), ("en", small / "en", "../")):
        for page in folder.glob("figure-*.html"):
            links = [str(link["href"]) for link in seen(page).all("a") if "download" in link]
            kinds = ["pptx", "xlsx", "pdf", "svg.zip"] if japanese() else ["pptx", "xlsx", "svg.zip"]
            assert links == [f"{up}downloads/figures.{lang}.{kind}" for kind in kinds]
            assert [button for button in seen(page).all("button") if button.get("data-picture") == f"{page.stem}.png"]


def test_every_finding_stands_on_one_page(site: Path) -> None:
    found: list[str | None] = []
    for name in ("findings", *SUBJECTS):
        rows = [row.get("id") for row in seen(site / f"{name}.html").all("tr") if row.get("id")]
        assert rows or name == "findings", name
        found += rows
    assert len(found) == len(set(found))
