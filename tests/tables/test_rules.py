"""Loops in what leads upward."""

from hypothesis import given
from hypothesis import strategies as st

from hazama.model.concepts import Concept
from hazama.tables.rules import concept_loops, cycles

nodes = st.integers(0, 6).map(str)
graphs = st.dictionaries(nodes, st.lists(nodes, max_size=3, unique=True))


@given(graphs)
def test_every_loop_that_is_named_is_one_and_none_is_named_twice(above: dict[str, list[str]]) -> None:
    found = list(cycles(above))
    for loop in found:
        for low, high in zip(loop, [*loop[1:], loop[0]], strict=True):
            assert high in above[low]
    members = [node for loop in found for node in loop]
    assert len(members) == len(set(members))


@given(graphs)
def test_a_loop_is_named_exactly_when_there_is_one(above: dict[str, list[str]]) -> None:
    reached = {node: set(higher) for node, higher in above.items()}
    for _ in range(8):
        reached = {node: goals.union(*(reached.get(goal, set()) for goal in goals)) for node, goals in reached.items()}
    assert bool(list(cycles(above))) == any(node in goals for node, goals in reached.items())


def test_a_concept_that_is_broader_than_itself() -> None:
    scheme = {"a": Concept("a", "s", "あ", "", broader="b"), "b": Concept("b", "s", "い", "", broader="a")}
    (violation,) = concept_loops({"s": scheme})
    assert (violation.file, violation.code, violation.values) == ("concepts/s.csv", "loop", (("path", "a → b → a"),))
