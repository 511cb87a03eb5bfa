from hazama.figures.geometry import Point, Rect
from hazama.figures.router import straightened

SOURCE, TARGET = Rect(0, 0, 100, 40), Rect(200, 2, 100, 40)
JOGGING = (Point(100, 20), Point(150, 20), Point(150, 23), Point(200, 23))


def test_a_jog_before_a_box_is_taken_out() -> None:
    assert straightened({"w": JOGGING}, {"w": (SOURCE, TARGET)})["w"] == (Point(100, 20), Point(200, 20))


def test_a_real_bend_stays() -> None:
    bent = (Point(100, 20), Point(150, 20), Point(150, 33), Point(200, 33))
    assert straightened({"w": bent}, {"w": (SOURCE, TARGET)})["w"] == bent


def test_a_jog_stays_where_another_line_runs() -> None:
    other = (Point(110, 19), Point(190, 19))
    assert straightened({"w": JOGGING, "o": other}, {"w": (SOURCE, TARGET)})["w"] == JOGGING


def test_a_jog_stays_where_the_box_does_not_reach() -> None:
    low = Rect(200, 15, 100, 40)
    assert straightened({"w": JOGGING}, {"w": (SOURCE, low)})["w"][-1].y == 23
