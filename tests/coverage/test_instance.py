"""Bare instances: reading, writing, and what is wrong with them."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import product
from math import prod
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazama.coverage import Space, answer, bits, gaps, totals
from hazama.coverage.instance import as_json, instance
from hazama.model.errors import InputError
from tests.bench.instances import document
from tests.coverage.oracle import brute_gaps, brute_totals, spaces

CASES = sorted((Path(__file__).parents[1] / "cases" / "coverage").glob("*.json"))


def solved(document: Any) -> dict[str, Any]:
    """The whole answer to a document."""
    read = instance(document)
    return as_json(read, answer(read.space))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_published_cases(path: Path) -> None:
    case = json.loads(path.read_text(encoding="utf-8"))
    found = solved(case["instance"])
    assert found["complete"] is True
    assert [gap["box"] for gap in found["gaps"]] == case["gaps"]


@settings(max_examples=100, deadline=None)
@given(spaces(weighted=True))
def test_a_space_written_as_an_instance_has_the_same_gaps(space: Space) -> None:
    read = instance(json.loads(json.dumps(document(space)))).space
    assert {gap.masks for gap in gaps(read)} == brute_gaps(space)
    assert {gap.demand for gap in gaps(read)} == {gap.demand for gap in gaps(space)}


@settings(max_examples=500, deadline=None)
@given(spaces(weighted=True))
def test_the_whole_answer_is_that_of_trying_everything(space: Space) -> None:
    """Every field of the answer from the definition: boxes, sizes, demands, order, totals."""
    found = solved(json.loads(json.dumps(document(space))))
    alone = space.with_boxes(replace(box, program=box.key) for box in space.boxes)  # as every box of an instance is
    assert tuple(found["totals"].values()) == (space.cells, *brute_totals(alone))
    expected = [
        (-prod(sum(weights) for weights in of), -prod(map(len, of)), [list(bits(mask)) for mask in masks])
        for masks in brute_gaps(space)
        if (of := [[dim.weights[v] for v in bits(mask)] for dim, mask in zip(space.dims, masks, strict=True)])
    ]
    places = {dim.name: {value: place for place, value in enumerate(dim.values)} for dim in space.dims}
    told = [
        (-gap["demand"], -gap["size"], [[places[name][value] for value in gap["box"][name]] for name in places])
        for gap in found["gaps"]
    ]
    assert told == sorted(expected)
    assert (found["complete"], found["bound"]) == (True, None)
    assert all(list(gap["box"]) == list(places) for gap in found["gaps"])


@settings(max_examples=100, deadline=None)
@given(spaces(weighted=True), st.randoms())
def test_order_and_names_change_nothing(space: Space, random: Any) -> None:
    plain = document(space)
    renamed = json.loads(json.dumps(plain).replace('"v', '"名前'))
    for part in ("boxes", "exclusions"):
        random.shuffle(renamed[part])
    assert json.dumps(solved(renamed), ensure_ascii=False) == json.dumps(solved(plain)).replace('"v', '"名前')


def test_answers_name_every_dimension_and_come_in_order() -> None:
    found = solved(
        {
            "dims": {"a": ["x", "y", "z"], "b": [1, 2]},
            "boxes": [{"a": ["y"]}, {"a": ["x"], "b": [1]}],
            "weights": {"a": {"x": 1, "y": 1, "z": 5}},
        }
    )
    assert found == {
        "complete": True,
        "bound": None,
        "totals": {"cells": 6, "uncovered": 3, "once": 3, "more": 0},
        "gaps": [
            {"box": {"a": ["x", "z"], "b": [2]}, "size": 2, "demand": 6},
            {"box": {"a": ["z"], "b": [1, 2]}, "size": 2, "demand": 10},
        ][::-1],
    }


@pytest.mark.parametrize(
    ("document", "boxes"),
    [
        ({"dims": {"a": ["x"]}}, [{"a": ["x"]}]),
        ({"dims": {"a": ["x"]}, "boxes": [{}]}, []),
        ({"dims": {"a": ["x", "y"]}, "boxes": [{"a": []}]}, [{"a": ["x", "y"]}]),
        ({"dims": {"a": ["x", "y"]}, "boxes": [], "exclusions": [{"a": ["x"]}]}, [{"a": ["y"]}]),
        ({"dims": {}}, [{}]),
        ({"dims": {"a": []}}, []),
    ],
)
def test_edge_instances(document: Any, boxes: list[Any]) -> None:
    assert [gap["box"] for gap in solved(document)["gaps"]] == boxes


def test_excluded_cells_are_counted_in_no_part_of_the_totals() -> None:
    document = {"dims": {"a": [1, 2, 3, 4]}, "boxes": [{"a": [1, 2]}, {"a": [2]}], "exclusions": [{"a": [1, 4]}]}
    assert solved(document)["totals"] == {"cells": 4, "uncovered": 1, "once": 0, "more": 1}
    space = instance(document).space
    split = totals(space).cells
    assert (split.none, split.one, split.more) == brute_totals(space)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_intervals_are_sets_of_whole_numbers(data: st.DataObject) -> None:
    high = 8
    ends = st.integers(-1, high + 1)

    def interval() -> str:
        low, past = sorted((data.draw(ends), data.draw(ends)))
        return f"{data.draw(st.sampled_from('[('))}{low},{past}{data.draw(st.sampled_from('])'))}"

    def inside(text: str) -> set[int]:
        low, past = (int(part) for part in text[1:-1].split(","))
        return {n for n in range(high + 1) if low + (text[0] == "(") <= n <= past - (text[-1] == ")")}

    rows = [(interval(), data.draw(st.integers(1, 3))) for _ in range(data.draw(st.integers(0, 4)))]
    rows = [(text, side) for text, side in rows if inside(text)]
    numbers = {"type": "number", "min": 0, "max": high, "integer": True}
    sides = ["p", "q"]
    found = solved(
        {
            "dims": {"n": numbers, "s": sides},
            "boxes": [{"n": text, "s": [one for k, one in enumerate(sides) if side >> k & 1]} for text, side in rows],
        }
    )
    listed = solved(
        {
            "dims": {"n": list(range(high + 1)), "s": sides},
            "boxes": [
                {"n": sorted(inside(text)), "s": [one for k, one in enumerate(sides) if side >> k & 1]}
                for text, side in rows
            ],
        }
    )
    assert found["totals"] == listed["totals"]
    spelled = [
        ({n for part in gap["box"]["n"] for n in inside(part)}, gap["box"]["s"], gap["size"], gap["demand"])
        for gap in found["gaps"]
    ]
    assert spelled == [(set(g["box"]["n"]), g["box"]["s"], g["size"], g["demand"]) for g in listed["gaps"]]


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ("[15,12)", "contradicts itself"),
        ("(12,12]", "contradicts itself"),
        ("[200,300)", "outside the range"),
        ("12-15", "not an interval"),
    ],
)
def test_a_contradictory_box_is_an_input_error_that_names_it(value: str, says: str) -> None:
    ages = {"type": "number", "min": 0, "max": 120, "integer": True}
    with pytest.raises(InputError) as raised:
        instance({"dims": {"age": ages}, "boxes": [{"age": ["[0,18)"]}, {"age": [value]}]})
    assert "boxes[1].age" in raised.value.sentence("ja")
    assert value in raised.value.sentence("en") and says in raised.value.sentence("en")


@pytest.mark.parametrize(
    "document",
    [
        [],
        {"dims": []},
        {"dims": {"a": 5}},
        {"dims": {"a": ["x", "x"]}},
        {"dims": {"a": ["x"]}, "boxes": [{"b": ["x"]}]},
        {"dims": {"a": ["x"]}, "boxes": [{"a": ["y"]}]},
        {"dims": {"a": ["x"]}, "boxes": {"a": ["x"]}},
        {"dims": {"a": ["x"]}, "weights": {"a": {"x": -1}}},
        {"dims": {"a": ["x"]}, "weights": {"b": {}}},
        {"dims": {"a": {"type": "number", "min": 9, "max": 1}}},
        {"dims": {"a": {"type": "number", "integer": "no"}}},
        {"dims": {"a": {"type": "number", "min": 10**400}}},
        {"dims": {"a": [["x"]]}},
        {"dims": {"a": [1, "1"]}},
        {"dims": {"a": ["x"]}, "boxes": 0},
        {"dims": {"a": ["x"]}, "boxes": [None]},
        {"dims": {"a": ["x"]}, "boxes": [{"a": [["x"]]}]},
        {"dims": {"a": ["x"]}, "weights": False},
        {"dims": {"a": ["x"]}, "weights": {"a": {"x": float("nan")}}},
        {"dims": {"a": ["x"]}, "weights": {"a": {"x": float("inf")}}},
        {"dims": {"a": ["x"]}, "weights": {"a": {"x": 10**400}}},
        {"dims": {"a": ["x"]}, "weights": {"a": {"x": True}}},
        {"dims": {"a": ["x", "y"]}, "weights": {"a": {"x": 1e308, "y": 1e308}}},
        {"dims": {"a": {"type": "number"}}, "boxes": [{"a": float("nan")}]},
        {"dims": {"a": {"type": "number"}}, "boxes": [{"a": "[0,1e999)"}]},
        {"dims": {"a": {"type": "number"}}, "weights": {"a": {"[0,5)": 1, "[3,9)": 7}}},
        {"dims": {f"d{n}": ["x"] for n in range(401)}},
        {"dims": {f"d{n}": {"type": "number", "min": 0, "max": 1e300, "integer": True} for n in range(20)}},
    ],
)
def test_what_cannot_be_read_is_refused(document: Any) -> None:
    with pytest.raises(InputError):
        instance(document)


def test_a_value_given_twice_counts_once_and_counts_may_be_huge() -> None:
    assert solved({"dims": {"a": ["x", "y"]}, "boxes": [{"a": ["x", "x"]}]})["totals"]["once"] == 1
    heavy = solved({"dims": {"a": ["x", "y"]}, "boxes": [{"a": "y"}], "weights": {"a": {"x": 10**30 + 1}}})
    assert heavy["gaps"] == [{"box": {"a": ["x"]}, "size": 1, "demand": 10**30 + 1}]
    assert solved({"dims": {f"d{n}": list(range(100)) for n in range(200)}})["gaps"][0]["size"] == 100**200


def test_what_an_instance_does_not_have_is_told() -> None:
    assert instance({"dims": {}, "box": [{}], "boxes": []}).unread == ("box",)


def test_a_hundred_thousand_categories() -> None:
    values = [f"c{n}" for n in range(100_000)]
    blocks = [values[n : n + 1000] for n in range(0, 100_000, 1000)]
    boxes = [{"c": block, "d": ["p", "q"] if n % 2 else ["p"]} for n, block in enumerate(blocks)]
    found = solved({"dims": {"c": values, "d": ["p", "q", "r"]}, "boxes": boxes})
    half = [value for block in blocks[::2] for value in block]
    assert [gap["box"] for gap in found["gaps"]] == [{"c": values, "d": ["r"]}, {"c": half, "d": ["q", "r"]}]
    assert found["totals"] == {"cells": 300_000, "uncovered": 150_000, "once": 150_000, "more": 0}


def test_number_dimensions_are_written_with_their_ends() -> None:
    incomes = {"type": "number", "min": 0, "max": None, "integer": False}
    found = solved({"dims": {"income": incomes}, "boxes": [{"income": ["[0,100]", "(150.5,200)"]}]})
    assert [gap["box"]["income"] for gap in found["gaps"]] == [["(100,150.5]", "[200,)"]]


def test_weights_of_intervals_are_spread_over_them() -> None:
    ages = {"type": "number", "min": 0, "max": 99, "integer": True}
    document = {"dims": {"age": ages}, "boxes": [{"age": "[0,15)"}], "weights": {"age": {"[0,20)": 40, "[20,99]": 160}}}
    assert solved(document)["gaps"] == [{"box": {"age": ["[15,100)"]}, "size": 85, "demand": 170}]


def test_rows_of_one_cell() -> None:
    cells = list(product("ab", "cd"))
    boxes = [{"x": [one], "y": [other]} for one, other in cells]
    assert solved({"dims": {"x": ["a", "b"], "y": ["c", "d"]}, "boxes": boxes})["gaps"] == []


def test_an_instance_too_large_is_refused_before_any_work() -> None:
    values = [f"v{n}" for n in range(100_000)]
    with pytest.raises(InputError, match="100,000"):
        instance({"dims": {"a": values}, "boxes": [{"a": [value]} for value in values]})
