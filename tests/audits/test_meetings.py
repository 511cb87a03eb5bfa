"""Who meets whom, and whom they have in common; the index against every pair."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from hazama.audits.meetings import admission, common_work, meetings
from hazama.coverage.ties import heirs, ties
from hazama.model.cells import NO_LIMIT, NOT_RECORDED, Age, AgeRange
from hazama.model.records import Eligibility, Limits, Program
from tests.audits.towns import agency, at, body, program, seat, town

CITY = (
    agency("city"),
    agency("dep", parent="city"),
    agency("sec1", parent="dep"),
    agency("sec2", parent="dep"),
    agency("npo"),
)


def test_members_secretariat_and_convener_have_seats() -> None:
    place = town(
        agencies=CITY, bodies=(body("b", secretariat=("sec1",), convener=("npo",)),), members=(seat("b", "sec2"),)
    )
    assert meetings(place).seats["b"] == {"sec1", "sec2", "npo"}


def test_a_section_is_heard_where_its_department_sits_and_the_other_way_round() -> None:
    place = town(
        agencies=CITY, bodies=(body("b"), body("c")), members=(seat("b", "dep"), seat("c", "sec1"), seat("c", "npo"))
    )
    who = meetings(place)
    assert who.bodies["sec2"] == {"b"}
    assert who.meet(("dep", "npo"))
    assert not who.meet(("npo", "sec2"))


def test_the_town_hall_speaks_for_no_section() -> None:
    place = town(agencies=CITY, bodies=(body("b"),), members=(seat("b", "city"), seat("b", "npo")))
    assert not meetings(place).meet(("npo", "sec1"))


def test_a_unit_that_is_gone_is_answered_for_by_its_heirs() -> None:
    units = (agency("new1", succeeds=("mid",)), agency("new2", succeeds=("mid",)), agency("other", succeeds=("gone",)))
    assert heirs(units, "gone") == ("other",)
    assert heirs((*units, agency("mid2", succeeds=("old",))), "mid") == ("new1", "new2")
    assert heirs(units, "new1") == ("new1",)
    assert heirs(units, "nobody") == ("nobody",)


def test_what_a_gone_unit_did_is_with_its_heirs_where_agencies_hand_over() -> None:
    place = town(
        agencies=(agency("new", succeeds=("old",)),), programs=(program("p", owner="old", operators=("npo",)),)
    )
    assert ties(place).agencies["p"] == {"new", "npo"}


def overlap(one: Limits, other: Limits) -> bool:
    return admission(one).meets(admission(other))


def ages(least: int, most: int) -> AgeRange:
    return AgeRange(Age(least), Age(most))


def test_limits_overlap_unless_one_dimension_parts_them() -> None:
    assert overlap({}, {"age": ages(0, 17)})
    assert overlap({"age": ages(0, 18)}, {"age": ages(18, 64)})
    assert not overlap({"age": ages(0, 17)}, {"age": ages(18, 64)})
    assert not overlap({"income": ("low",), "age": ages(0, 99)}, {"income": ("ordinary",), "age": ages(0, 99)})
    assert overlap({"income": NO_LIMIT}, {"income": ("low",)})
    assert overlap({"income": NOT_RECORDED}, {"income": ("low",)})


def test_further_boxes_count_and_an_own_row_without_limits_does_not() -> None:
    first = program("p", "a", ("care",))
    rows = (Eligibility(origin=at("eligibility"), program="p", limits={"age": ages(65, 120)}),)
    second = program("q", "b", ("care",), limits={"age": ages(0, 17)})
    assert common_work(town(programs=(first, second), eligibility=rows)) == {}
    assert list(common_work(town(programs=(first, second)))) == [("a", "b")]


LIMITS = st.builds(
    lambda age, income: {**({"age": age} if age else {}), **({"income": income} if income else {})},
    st.none() | st.builds(ages, st.integers(0, 20), st.integers(21, 40)) | st.just(ages(50, 60)),
    st.none() | st.sampled_from([("low",), ("ordinary",), NO_LIMIT]),
)
PROGRAMS = st.lists(
    st.tuples(st.sampled_from("abcd"), st.sampled_from([("care",), ("work",), ("care", "work"), NO_LIMIT, ()]), LIMITS),
    max_size=8,
)


@settings(deadline=None)
@given(PROGRAMS)
def test_the_index_finds_the_pairs_that_every_pair_would(given: list[tuple[str, object, Limits]]) -> None:
    programs = tuple(program(f"p{n}", owner, needs, limits=limits) for n, (owner, needs, limits) in enumerate(given))
    named = {need for one in programs if isinstance(one.needs, tuple) for need in one.needs}

    def needs(one: Program) -> set[str]:
        return named if one.needs is NO_LIMIT else set(one.needs) if isinstance(one.needs, tuple) else set()

    expected: dict[tuple[str, str], set[str]] = {}
    for one, other in combinations(programs, 2):
        shared = needs(one) & needs(other)
        if one.owner != other.owner and shared and overlap(one.limits, other.limits):
            expected.setdefault(tuple(sorted(one.owner + other.owner)), set()).update(shared)  # type: ignore[arg-type]
    assert {pair: set(common.needs) for pair, common in common_work(town(programs=programs)).items()} == expected
