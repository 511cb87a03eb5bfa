"""What hangs on one agency, body or seat: NetworkX against removing each and looking."""

from collections.abc import Iterable

import networkx as nx
from hypothesis import given, settings
from hypothesis import strategies as st

from hazama.audits import governance
from hazama.audits.audited import Lack, audited
from hazama.model.town import Municipality
from tests.audits.towns import TODAY, agency, body, seat, town

SEATS = st.lists(st.tuples(st.sampled_from("xyz"), st.sampled_from("abcde")), max_size=12, unique=True)


def place(seats: list[tuple[str, str]]) -> Municipality:
    return town(
        agencies=tuple(agency(one) for one in "abcde"),
        bodies=tuple(body(one) for one in "xyz"),
        members=tuple(seat(*one) for one in seats),
    )


def named(lacks: Iterable[Lack]) -> set[tuple[str, ...]]:
    return {tuple(sorted("/".join(key) for key in one.about)) for one in lacks}


@settings(deadline=None)
@given(SEATS)
def test_cut_points_are_what_leaves_others_apart(seats: list[tuple[str, str]]) -> None:
    subject = audited(place(seats), TODAY)
    graph = governance.ties(subject)
    expected = set()
    for key in graph:
        around = nx.node_connected_component(graph, key) - {key}
        parts = sorted(map(len, nx.connected_components(graph.subgraph(around))), reverse=True)
        if sum(parts[1:]) > 1:
            expected.add(("/".join(key),))
    assert named(governance.cut_points(subject)) == expected


@settings(deadline=None)
@given(SEATS)
def test_bridges_are_ties_without_which_two_parts_fall_apart(seats: list[tuple[str, str]]) -> None:
    subject = audited(place(seats), TODAY)
    graph = governance.ties(subject)
    expected = set()
    for edge in list(graph.edges):
        without = graph.copy()
        without.remove_edge(*edge)
        sides = [nx.node_connected_component(without, end) for end in edge]
        if edge[1] not in sides[0] and min(map(len, sides)) > 1:
            expected.add(tuple(sorted("/".join(end) for end in edge)))
    assert named(governance.bridges(subject)) == expected


def test_a_body_that_reports_to_itself_is_a_circle() -> None:
    subject = audited(town(bodies=(body("a", reports_to=("a",)), body("b", reports_to=("a",)))), TODAY)
    assert named(governance.cycles(subject)) == {("bodies/a",)}


def test_reporting_and_being_part_of_close_a_circle_together() -> None:
    subject = audited(town(bodies=(body("a", reports_to=("b",)), body("b", parent="a"))), TODAY)
    assert named(governance.cycles(subject)) == {("bodies/a", "bodies/b")}
