from itertools import pairwise

from hazama.figures.geometry import Point, Rect
from hazama.figures.grid import CLEAR
from hazama.figures.router import STUB, routes, straightened
from hazama.figures.scene import Line

LEFT, MIDDLE, RIGHT = Rect(0, 0, 100, 40), Rect(160, 0, 100, 40), Rect(320, 0, 100, 40)


def _inside(way: tuple[Point, ...], rect: Rect) -> bool:
    return any(
        min(a.x, b.x) < rect.right and max(a.x, b.x) > rect.x and min(a.y, b.y) < rect.bottom and max(a.y, b.y) > rect.y
        for a, b in pairwise(way)
    )


def test_neighbours_are_joined_straight_from_middle_to_middle() -> None:
    way = routes((Line("a", "b", kind="w"),), {"a": LEFT, "b": MIDDLE}, {}, (), ())["a--w--b"]
    assert way == (Point(100, 20), Point(160, 20))


def test_a_box_in_the_way_is_gone_around_with_room_to_spare() -> None:
    boxes = {"a": LEFT, "m": MIDDLE, "b": RIGHT}
    way = routes((Line("a", "b", kind="w"),), boxes, {}, (), ())["a--w--b"]
    assert not _inside(way, MIDDLE.grown(CLEAR - 0.5))
    assert all(a.x == b.x or a.y == b.y for a, b in pairwise(way))


def test_a_wall_is_not_crossed() -> None:
    wall = Rect(120, -200, 20, 400)
    way = routes((Line("a", "b", kind="w"),), {"a": LEFT, "b": MIDDLE}, {}, (wall,), ())["a--w--b"]
    assert not _inside(way, wall)


def test_a_line_leaves_its_box_straight_before_it_turns() -> None:
    way = routes((Line("a", "b", kind="w"),), {"a": LEFT, "b": Rect(200, 200, 100, 40)}, {}, (), ())["a--w--b"]
    first, second = way[0], way[1]
    assert abs(first.x - second.x) + abs(first.y - second.y) >= STUB


def test_two_lines_between_the_same_boxes_do_not_run_on_each_other() -> None:
    wishes = (Line("a", "b", kind="one"), Line("a", "b", kind="two"))
    found = routes(wishes, {"a": LEFT, "b": MIDDLE}, {}, (), ())
    assert found["a--one--b"][0].y != found["a--two--b"][0].y


def test_lines_of_a_bundle_share_their_way_out() -> None:
    boxes = {"a": LEFT, "b": Rect(200, -80, 100, 40), "c": Rect(200, 80, 100, 40)}
    found = routes((Line("a", "b", kind="one", bundle="a"), Line("a", "c", kind="two", bundle="a")), boxes, {}, (), ())
    assert found["a--one--b"][0] == found["a--two--c"][0]


def test_a_line_to_an_inner_box_crosses_the_box_around_it_only() -> None:
    boxes = {"a": LEFT, "around": Rect(160, -60, 200, 160), "b": Rect(240, 0, 100, 40)}
    found = routes((Line("a", "b", kind="w"),), boxes, {"b": "around"}, (), ())
    assert found["a--w--b"][-1] == Point(240, 20)


def test_a_box_that_cannot_be_reached_has_no_way() -> None:
    around = tuple(
        Rect(100 + dx, -60 + dy, w, h)
        for dx, dy, w, h in ((40, 0, 10, 160), (200, 0, 10, 160), (40, 0, 170, 10), (40, 150, 170, 10))
    )
    assert routes((Line("a", "b", kind="w"),), {"a": LEFT, "b": MIDDLE}, {}, around, ()) == {}


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
