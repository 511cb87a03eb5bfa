from collections import Counter

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from hazama.figures import Wishes, faults, figure_names, figures, scene
from hazama.figures.compose import compose
from hazama.model.town import Municipality
from tests.figures.made import Recipe, council, crowd, recipes, towns


def test_a_council_figure_has_no_fault_and_every_line() -> None:
    sketch = council()
    made = compose(sketch)
    assert faults(made) == ()
    assert {line.id for line in made.lines} == {line.id for line in sketch.lines}
    assert {box.id for box in made.boxes} == {box.id for box in sketch.boxes}


def test_the_same_sketch_gives_the_same_scene() -> None:
    assert compose(council()) == compose(council())


@pytest.mark.parametrize(("boxes", "lines"), [(1, 0), (2, 1), (20, 12), (40, 30)])
def test_crowded_figures_have_no_fault(boxes: int, lines: int) -> None:
    assert faults(compose(crowd(boxes, lines))) == ()


def test_sixty_boxes_and_eighty_lines_lose_no_line_and_cross_no_box() -> None:
    found = Counter(fault.kind for fault in faults(compose(crowd(60, 80))))
    assert not found


RANDOM = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize=True,
    phases=[Phase.generate],
)


@RANDOM
@given(recipes(), st.sampled_from(("ja", "en")), st.booleans())
def test_random_meeting_bodies_have_no_fault(recipe: Recipe, lang: str, gaps: bool) -> None:
    made = scene("governance", recipe.town(), Wishes(lang=lang, gaps=gaps))
    assert faults(made) == ()
    drawn = sum(statement.shown == "line" for statement in made.statements)
    assert bool(drawn) == bool(made.lines)


@RANDOM
@given(towns(), st.sampled_from(("ja", "en")))
def test_random_towns_have_no_fault_in_any_figure(town: Municipality, lang: str) -> None:
    wishes = Wishes(lang=lang, gaps=True, about=next((f"programs/{one.id}" for one in town.programs), ""))
    names = [name for name in figures() if wishes.about or name in figure_names()]
    assert {name: found for name in names if (found := faults(scene(name, town, wishes)))} == {}


def test_the_page_keeps_the_proportions_of_paper() -> None:
    made = compose(council())
    assert made.width / made.height == pytest.approx(297 / 210, rel=0.002)
