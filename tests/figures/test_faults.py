"""Every kind of fault is found in a picture that was spoiled on purpose."""

from dataclasses import replace

import pytest

from hazama.figures.compose import compose
from hazama.figures.faults import faults
from hazama.figures.geometry import Label, Point, Rect
from hazama.figures.scene import Box, Scene
from tests.figures.made import council


@pytest.fixture(scope="module")
def sound() -> Scene:
    return compose(council())


def _with_box(scene: Scene, box_id: str, **changes: object) -> Scene:
    boxes = tuple(replace(box, **changes) if box.id == box_id else box for box in scene.boxes)  # type: ignore[arg-type]
    return replace(scene, boxes=boxes)


def _with_label(scene: Scene, rect: Rect) -> Scene:
    first = scene.lines[0]
    assert first.label
    return replace(scene, lines=(replace(first, label=replace(first.label, rect=rect)), *scene.lines[1:]))


def _kinds(scene: Scene) -> set[str]:
    return {fault.kind for fault in faults(scene)}


def _corner(box: Box, size: float = 8.0) -> Rect:
    return Rect(box.rect.x + 2, box.rect.y + 2, size, size)


def test_a_sound_picture_has_none(sound: Scene) -> None:
    assert faults(sound) == ()


def test_a_line_through_a_foreign_box(sound: Scene) -> None:
    box = sound.box("helpers").rect
    line = replace(sound.lines[0], points=(Point(box.x - 50, box.centre.y), Point(box.right + 50, box.centre.y)))
    assert "line through box" in _kinds(replace(sound, lines=(line,)))


def test_a_line_through_the_name_of_a_box_around_its_end(sound: Scene) -> None:
    head = sound.box("team").head.rect
    line = replace(sound.lines[0], points=(Point(head.x, head.centre.y), Point(head.right, head.centre.y)))
    assert "line through name" in _kinds(replace(sound, lines=(line,)))


def test_lines_on_each_other(sound: Scene) -> None:
    first = sound.lines[0]
    assert "line on line" in _kinds(replace(sound, lines=(*sound.lines, replace(first, kind="again"))))


def test_lines_of_one_bundle_may_run_together(sound: Scene) -> None:
    first = replace(sound.lines[0], bundle="team", label=None, text="")
    assert "line on line" not in _kinds(replace(sound, lines=(first, replace(first, kind="again"))))


def test_a_line_that_is_missing(sound: Scene) -> None:
    assert "line missing" in _kinds(replace(sound, missing=("team--proposes_to--plan",)))


def test_words_that_are_missing(sound: Scene) -> None:
    assert "label missing" in _kinds(replace(sound, lines=(replace(sound.lines[0], label=None),)))


def test_a_label_on_a_box(sound: Scene) -> None:
    assert "label on box" in _kinds(_with_label(sound, _corner(sound.box("local"))))


def test_a_label_on_a_border(sound: Scene) -> None:
    zone = sound.zones[0].rect
    assert "label on border" in _kinds(_with_label(sound, Rect(zone.x - 4, zone.bottom - 30, 8, 8)))


def test_a_label_on_a_label_and_on_a_line(sound: Scene) -> None:
    other = sound.lines[2].label
    assert other
    wide = other.rect.grown(4)
    assert {"label on label", "label on line"} <= _kinds(_with_label(sound, wide))


def test_a_box_outside_its_zone(sound: Scene) -> None:
    moved = sound.box("case").rect.moved(0, 2000)
    assert "box outside its zone" in _kinds(_with_box(sound, "case", rect=moved))


def test_a_box_on_a_box(sound: Scene) -> None:
    assert "box on box" in _kinds(_with_box(sound, "plan", rect=sound.box("team").rect))


def test_text_that_is_wider_than_its_box(sound: Scene) -> None:
    head = sound.box("case").head
    wide = Label(("とても長い名前が一行のまま残っている会議体",), head.rect, head.size)
    assert "text overflows" in _kinds(_with_box(sound, "case", head=wide))


def test_text_outside_the_page(sound: Scene) -> None:
    title = replace(sound.title, rect=sound.title.rect.moved(-500, 0))
    assert "text overflows" in _kinds(replace(sound, title=title))
