"""Every kind of file from one scene: it opens, holds the same boxes and words, and nothing in a name breaks it."""

import io
import re
import xml.etree.ElementTree as ET

import pytest
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation
from tests.figures.golden import minato
from tests.figures.made import NASTY, council

from hazama.figures import MONO, Scene, rendered
from hazama.figures.compose import compose
from hazama.figures.fonts import japanese, require_japanese
from hazama.figures.sketch import Area, Item, Sketch, Tie
from hazama.model.errors import UsageError

ENDINGS = (".svg", ".png", ".pdf", ".pptx", ".drawio", ".mmd", ".dot", ".html", ".xlsx")
needs_font = pytest.mark.skipif(not japanese(), reason="no Japanese font on this machine")


@pytest.fixture(scope="module")
def made() -> Scene:
    return compose(council())


def _nasty() -> Scene:
    items = tuple(Item(f"n{n}", name, area="z", captions=(name,)) for n, name in enumerate(NASTY))
    ties = tuple(Tie(f"n{n}", f"n{n + 1}", name, "tie") for n, name in enumerate(NASTY[:-1]))
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
    monkeypatch.setattr("hazama.figures.fonts.japanese", lambda: "")
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
    items = (Item("a", "=1+1", area="z"), Item("b", "@x", area="z"))
    scene = compose(Sketch("f", "=HYPERLINK()", (Area("z", "z", 0),), items))
    cells = [cell for sheet in load_workbook(io.BytesIO(rendered(scene, ".xlsx"))) for row in sheet for cell in row]
    assert not any(cell.data_type == "f" for cell in cells)
