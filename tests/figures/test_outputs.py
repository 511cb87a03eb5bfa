"""Every kind of file from one scene: it opens, holds the same boxes and words, and nothing in a name breaks it."""

import io
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation

from hazama.figures import MONO, Scene, rendered
from hazama.figures.compose import compose
from hazama.figures.formats.printed import japanese, require_japanese
from hazama.figures.scene import Area, Box, Line, Sketch
from hazama.model.errors import UsageError
from tests.figures.golden import minato
from tests.figures.made import NASTY, council

ENDINGS = (".svg", ".png", ".pdf", ".pptx", ".drawio", ".mmd", ".dot", ".html", ".xlsx")
DRAW = "{urn:oasis:names:tc:opendocument:xmlns:drawing:1.0}"
SVG = "{urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0}"
needs_font = pytest.mark.skipif(not japanese(), reason="no Japanese font on this machine")


@pytest.fixture(scope="module")
def made() -> Scene:
    return compose(council())


def _nasty() -> Scene:
    items = tuple(Box(f"n{n}", name, zone="z", captions=(name,)) for n, name in enumerate(NASTY))
    ties = tuple(Line(f"n{n}", f"n{n + 1}", name, "tie") for n, name in enumerate(NASTY[:-1]))
    return compose(
        Sketch("nasty", NASTY[0], (Area("z", NASTY[1], 0),), items, ties, subtitle=NASTY[2], notes=NASTY[:3])
    )


FORMATS = [pytest.param(ending, marks=needs_font) if ending in (".png", ".pdf") else ending for ending in ENDINGS]


@pytest.mark.parametrize("ending", FORMATS)
def test_the_same_scene_gives_the_same_bytes(ending: str, made: Scene) -> None:
    assert rendered(made, ending) == rendered(made, ending)


@pytest.mark.parametrize("ending", FORMATS)
def test_nasty_names_can_be_written(ending: str) -> None:
    assert rendered(_nasty(), ending, MONO)


@needs_font
def test_png_is_opaque_and_white_at_its_edge(made: Scene) -> None:
    picture = Image.open(io.BytesIO(rendered(made, ".png")))
    pixels = picture.convert("RGBA")
    assert pixels.getchannel("A").getextrema() == (255, 255)
    assert pixels.getpixel((3, 3)) == (255, 255, 255, 255)
    assert picture.size[0] == round(297 / 25.4 * 200)


@needs_font
def test_pdf_is_one_sheet_in_landscape_with_its_fonts_embedded(made: Scene) -> None:
    text = rendered(made, ".pdf").decode("latin-1")
    width, height = (float(number) for number in re.findall(r"/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]", text)[0])
    assert (round(width), round(height)) == (842, 595)
    assert text.count("/Type/FontDescriptor") == len(re.findall(r"/FontFile[23] ", text)) > 0


def test_without_a_japanese_font_a_sentence_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("hazama.figures.formats.printed.japanese", lambda: "")
    with pytest.raises(UsageError, match="BIZ UDPGothic"):
        require_japanese()


def _slide(scene: Scene) -> list:  # type: ignore[type-arg]
    return list(Presentation(io.BytesIO(rendered(scene, ".pptx"))).slides[0].shapes)


def test_pptx_holds_every_box_as_a_shape_with_its_words(made: Scene) -> None:
    shapes = {shape.name: shape for shape in _slide(made)}
    for box in made.boxes:
        said = shapes[box.id].text_frame.text.replace("\v", "")
        assert said.startswith("".join(box.head.lines))


def test_pptx_describes_every_shape_and_speaks_japanese(made: Scene) -> None:
    for shape in _slide(made):
        assert shape._element._nvXxPr.cNvPr.get("descr") is not None
    xml = Presentation(io.BytesIO(rendered(made, ".pptx"))).slides[0].element.xml
    assert 'lang="ja-JP"' in xml
    assert '<a:ea typeface="BIZ UDPGothic"/>' in xml


def test_pptx_glues_straight_lines_and_draws_bent_ones_on_their_way(made: Scene) -> None:
    shapes = {shape.name: shape for shape in _slide(made)}
    for line in made.lines:
        element = shapes[line.id]._element
        assert ("stCxn" in element.xml) == (element.tag.endswith("cxnSp"))
        if len(line.points) > 2:
            assert len(element.findall(".//{*}lnTo")) == len(line.points) - 1


SOFFICE = shutil.which("soffice")


@pytest.mark.skipif(not SOFFICE, reason="no LibreOffice on this machine")
def test_pptx_comes_out_of_libreoffice_with_the_same_boxes_and_words(made: Scene, tmp_path: Path) -> None:
    (tmp_path / "f.pptx").write_bytes(rendered(made, ".pptx"))
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    files = [str(tmp_path), str(tmp_path / "f.pptx")]
    command = [str(SOFFICE), "--headless", home, "--convert-to", "fodp", "--outdir", *files]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    page = next(ET.parse(tmp_path / "f.fodp").iter(f"{DRAW}page"))
    shapes = {str(shape.get(f"{DRAW}name")): shape for shape in page.iter() if shape.get(f"{DRAW}name")}
    for box in made.boxes:
        said = "".join("".join(shapes[box.id].itertext()).split())
        words = "".join(line for label in box.labels for line in label.lines)
        assert "".join(words.split()) in said
        assert _millimetres(shapes[box.id]) == pytest.approx([box.rect.w * 297 / made.width], abs=0.5)
    assert {line.id for line in made.lines} <= set(shapes)


def _millimetres(shape: ET.Element) -> list[float]:
    return [float(str(shape.get(f"{SVG}width")).removesuffix("cm")) * 10]


def test_drawio_is_well_formed_and_keeps_boxes_lines_and_nesting(made: Scene) -> None:
    cells = {cell.get("id"): cell for cell in ET.fromstring(rendered(made, ".drawio").decode()).iter("mxCell")}
    assert {f"box:{box.id}" for box in made.boxes} <= set(cells)
    assert cells["box:unit1"].get("parent") == "box:team"
    for line in made.lines:
        ends = cells[f"line:{line.id}"].get("source"), cells[f"line:{line.id}"].get("target")
        assert ends == (f"box:{line.source}", f"box:{line.target}")


def test_mermaid_quotes_names_and_keeps_zones_lines_and_status(made: Scene) -> None:
    text = rendered(made, ".mmd").decode()
    assert text.count("subgraph") == len(made.zones) + 1
    assert sum(" --> " in line or "-->|" in line or "-.->" in line for line in text.splitlines()) == len(made.lines)
    assert '-.->|"報告"|' in text
    assert "<script" not in rendered(_nasty(), ".mmd").decode()


MERMAID = (
    r"---|title: \".*\"|flowchart LR|\s+end",
    r'\s+subgraph [nz]\d+\["[^"<>]+"\]',
    r'\s+n\d+(\["[^"<>]*"\]|\(\["[^"<>]*"\]\)|\("[^"<>]*"\))',
    r'  n\d+ <?(--|-\.-)[->](\|"[^"<>]+"\|)? n\d+',
    r"  classDef \w+ fill:#\w{6},stroke:#\w{6},color:#\w{6}|  class [n\d,]+ \w+",
)


@pytest.mark.parametrize("scene", [compose(council()), _nasty()], ids=["council", "nasty"])
def test_mermaid_says_only_what_its_grammar_has(scene: Scene) -> None:
    lines = rendered(scene, ".mmd").decode().splitlines()
    assert [line for line in lines if not re.fullmatch("|".join(f"(?:{rule})" for rule in MERMAID), line)] == []


@pytest.mark.skipif(not shutil.which("mmdc"), reason="no Mermaid on this machine")
def test_mermaid_can_be_drawn(made: Scene, tmp_path: Path) -> None:
    (tmp_path / "f.mmd").write_bytes(rendered(made, ".mmd"))
    subprocess.run(["mmdc", "-i", tmp_path / "f.mmd", "-o", tmp_path / "f.svg"], check=True, capture_output=True)
    assert "みなと検討委員会" in (tmp_path / "f.svg").read_text(encoding="utf-8")


@pytest.mark.skipif(not shutil.which("neato"), reason="no Graphviz on this machine")
@pytest.mark.parametrize("scene", [compose(council()), _nasty()], ids=["council", "nasty"])
def test_dot_can_be_drawn(scene: Scene) -> None:
    run = subprocess.run(["neato", "-n2", "-Tsvg"], input=rendered(scene, ".dot"), capture_output=True, check=True)
    drawn = ET.fromstring(run.stdout)
    assert sum(group.get("class") == "node" for group in drawn.iter()) == len(scene.boxes)
    assert sum(group.get("class") == "edge" for group in drawn.iter()) == len(scene.lines)


def test_dot_gives_every_box_its_place(made: Scene) -> None:
    text = rendered(made, ".dot").decode()
    assert text.count('!"') == len(made.boxes)
    assert text.count(" -> ") == len(made.lines)
    assert text.count("{") == text.count("}")


def test_xlsx_of_a_matrix_has_states_and_the_rows_behind_them() -> None:
    scene = minato("matrix")
    book = load_workbook(io.BytesIO(rendered(scene, ".xlsx")))
    sheet, behind = book.worksheets
    assert scene.matrix
    assert [cell.value for cell in sheet[3]][1:] == list(scene.matrix.columns)
    assert behind.max_row - 1 == sum(len(cell.behind) for row in scene.matrix.cells for cell in row)
    assert sheet.page_setup.orientation == "landscape"
    assert behind.auto_filter.ref


def test_xlsx_never_holds_a_formula() -> None:
    items = (Box("a", "=1+1", zone="z"), Box("b", "@x", zone="z"))
    scene = compose(Sketch("f", "=HYPERLINK()", (Area("z", "z", 0),), items))
    cells = [cell for sheet in load_workbook(io.BytesIO(rendered(scene, ".xlsx"))) for row in sheet for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
