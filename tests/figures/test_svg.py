import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest

from hazama.figures import COLOUR, MONO
from hazama.figures.compose import compose
from hazama.figures.formats import svg
from hazama.figures.scene import Area, Box, Sketch
from tests.figures.golden import FOLDER, drawings
from tests.figures.made import NASTY, council

SPACE = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize("file", sorted(drawings()))
def test_the_drawing_is_the_one_that_was_looked_at(file: str) -> None:
    assert drawings()[file] == (FOLDER / file).read_text(encoding="utf-8"), "python -m tests.figures.golden"


def test_bytes_do_not_depend_on_the_hash_seed() -> None:
    code = "from tests.figures.golden import drawings; print(ascii(drawings()))"
    runs = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": "graph:."},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(runs) == 1


def test_text_stays_text_and_boxes_are_named_for_those_who_listen() -> None:
    root = ET.fromstring(svg(compose(council())))
    assert "みなと検討委員会" in {text.text for text in root.iter(f"{SPACE}text")}
    boxes = [group for group in root.iter(f"{SPACE}g") if group.get("class") == "box"]
    assert [group.get("tabindex") for group in boxes].count("0") == 1
    assert boxes[0].get("aria-label") == "みなと検討委員会、主催 みなと課"
    assert root.findtext(f"{SPACE}title") == "図4 みなと町の会議体"
    assert root.findtext(f"{SPACE}desc") == "みなと町の会議体の図。"


def test_nothing_in_it_needs_a_style_or_a_script() -> None:
    drawn = svg(compose(council()))
    assert "<style" not in drawn
    assert " style=" not in drawn
    assert "<script" not in drawn


def test_inferred_is_dashed_and_stated_is_solid() -> None:
    root = ET.fromstring(svg(compose(council())))
    lines = {path.get("data-source"): path for path in root.iter(f"{SPACE}path") if path.get("class") == "line"}
    assert lines["part"].get("stroke-dasharray")
    assert not lines["team"].get("stroke-dasharray")


def test_the_legend_explains_what_is_there_and_nothing_else() -> None:
    words = {"".join(key.label.lines) for key in compose(council()).keys}
    assert words == {"会議体", "課", "記載", "推定", "事業なし"}
    calm = replace(council(), lines=council().lines[:1])
    assert "推定" not in {"".join(key.label.lines) for key in compose(calm).keys}


@pytest.mark.parametrize("name", NASTY)
def test_no_name_breaks_the_drawing(name: str) -> None:
    sketch = Sketch("nasty", name, (Area("z", name, 0),), (Box("a", name, zone="z", captions=(name,)),), notes=(name,))
    root = ET.fromstring(svg(compose(sketch)))
    assert {element.tag.removeprefix(SPACE) for element in root.iter()} <= {
        "svg",
        "title",
        "desc",
        "defs",
        "marker",
        "pattern",
        "path",
        "rect",
        "g",
        "text",
        "circle",
    }


def test_the_photocopy_has_no_colour_in_it() -> None:
    drawn = svg(compose(council()), MONO)
    assert COLOUR.look("unit").fill not in drawn
    assert COLOUR.look("body").stroke not in drawn
