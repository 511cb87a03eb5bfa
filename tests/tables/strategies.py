"""Towns of all sorts, for properties."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from hazama.model.cells import NO_LIMIT, NOT_RECORDED, Age, AgeRange
from hazama.model.concepts import Concept
from hazama.model.dates import Day
from hazama.model.records import Agency, Demand, District, Eligibility, Origin, Program, Status
from hazama.model.town import Layer, Municipality
from hazama.tables.concepts import packaged

SIGNS = st.sampled_from(list("あ漢𠮷①é🙂aZ09 ,;；\"'=+-@＝#<>&|\n\r\t　・。\\"))


def _trimmed(text: str) -> str:
    return text.strip()


texts = st.text(SIGNS, max_size=12).map(_trimmed)
names = texts.filter(bool)
items = st.text(SIGNS.filter(lambda sign: sign not in ";；\r\n"), max_size=8).map(_trimmed).filter(bool)
lists = st.lists(items, max_size=3, unique=True).map(tuple)
days = st.none() | st.dates(date(1900, 1, 1), date(2100, 12, 31)).flatmap(
    lambda day: st.sampled_from([Day(str(day)), Day(str(day)[:7]), Day(str(day)[:4])])
)
ages = st.builds(Age, st.integers(0, 130), st.sampled_from(["year", "month"]), st.booleans())
ends = st.sampled_from([NO_LIMIT, NOT_RECORDED]) | ages
age_ranges = st.builds(AgeRange, ends, ends).filter(lambda ages: ages.is_recorded and not ages.is_empty)


def some(scheme: str) -> st.SearchStrategy[tuple[str, ...]]:
    """Some concepts of a list."""
    return st.lists(st.sampled_from(sorted(packaged()[scheme])), max_size=3, unique=True).map(tuple)


def limit(scheme: str) -> st.SearchStrategy[Any]:
    """A limit in one of its three states."""
    return st.just(NO_LIMIT) | some(scheme).map(lambda values: values or NOT_RECORDED)


def boxes() -> st.SearchStrategy[dict[str, Any]]:
    """An eligibility box as reading makes it: only what is recorded."""
    entries = {"age": age_ranges, "certificate": limit("certificate"), "household": limit("household")}
    chosen = st.fixed_dictionaries({}, optional=entries)
    return chosen.map(lambda box: {key: value for key, value in box.items() if value is not NOT_RECORDED})


def _row(number: int) -> dict[str, Any]:
    return {"origin": Origin("", number)}


@st.composite
def towns(draw: st.DrawFn) -> Municipality:
    """A town with agencies, programmes and their boxes, districts and people."""
    agencies = [
        Agency(**_row(n), id=f"a{n}", name=draw(names), alt=draw(lists), note=draw(texts))
        for n in range(draw(st.integers(1, 3)))
    ]
    owners = st.lists(st.sampled_from([agency.id for agency in agencies]), max_size=2, unique=True).map(tuple)
    programs = [_program(draw, n, owners) for n in range(draw(st.integers(1, 4)))]
    boxes_of = [
        Eligibility(**_row(n), program=program.id, limits=draw(boxes()), other_limits=draw(texts))
        for n, program in enumerate(programs)
    ]
    people = [
        Demand(
            **_row(0),
            district="d1",
            people=draw(st.integers(0, 10**6)),
            share=draw(st.none() | st.integers(0, 1000).map(lambda n: n / 1000)),
        )
    ]
    return Municipality(
        layers=(Layer("", draw(names), draw(texts), "https://example.org/t/", as_of=draw(st.none() | st.dates())),),
        agencies=tuple(agencies),
        programs=tuple(programs),
        eligibility=tuple(boxes_of),
        districts=(District(origin=Origin("", 0), id="d1", name="片瀬"),),
        demand=tuple(people),
        schemes={"own": {"x": Concept("x", "own", draw(names), "", alt=draw(lists), layer="")}},
    )


def _program(draw: st.DrawFn, number: int, owners: st.SearchStrategy[tuple[str, ...]]) -> Program:
    return Program(
        **_row(number),
        id=f"p{number}",
        name=draw(names),
        alt=draw(lists),
        description=draw(texts),
        owner=draw(owners),
        needs=draw(limit("needs")),
        functions=draw(limit("functions")),
        field=draw(some("fields")),
        reach=draw(st.sampled_from(["", "open", "dedicated"])),
        status=draw(st.sampled_from(Status)),
        inferred=draw(st.sampled_from([(), ("owner", "min_age")])),
        source=("https://example.org/",),
        since=draw(days),
        limits=draw(boxes()),
        extra=draw(st.sampled_from([{}, {"予算額": "001"}])),
    )
