"""Hypothesis strategies for towns: any text in any cell, any state of any limit."""

from hypothesis import strategies as st

from hazama.model.cells import NO_LIMIT, NOT_RECORDED, Age, AgeRange, Unset
from hazama.model.dates import Day
from hazama.model.records import Agency, Eligibility, Link, Member, Origin, Program, Status
from hazama.model.town import Layer, Municipality
from hazama.tables.concepts import packaged, space

AGENCIES = ("a1", "a2", "a.3")
PROGRAMS = ("p1", "p-2")

words = st.text(max_size=20)
said = st.text(min_size=1, max_size=20)
states = st.sampled_from(Unset)
days = st.none() | st.dates().map(lambda day: Day(day.isoformat())) | st.sampled_from([Day("2020"), Day("2021-02")])
ages = states | st.builds(Age, st.integers(0, 130), st.sampled_from(["year", "month"]), st.booleans())
evidence = {
    "status": st.sampled_from(Status),
    "reason": words,
    "note": words,
    "since": days,
    "until": days,
    "inferred": st.sampled_from([(), ("owner",), ("operators", "min_age")]),
}


def some(scheme: str, least: int = 1) -> st.SearchStrategy[tuple[str, ...]]:
    """A few concepts of a shipped list."""
    ids = sorted(packaged()[scheme])
    return st.lists(st.sampled_from(ids), unique=True, min_size=least, max_size=min(3, len(ids))).map(tuple)


def several(values: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    """A few of these."""
    return st.lists(st.sampled_from(values), unique=True, max_size=2).map(tuple)


def limits() -> st.SearchStrategy[dict[str, object]]:
    """An eligibility box; a dimension may be missing."""
    names = [dimension.id for dimension in space() if dimension.kind == "list" and dimension.role == "limit"]
    lists = {name: states | some(name) for name in names}
    return st.fixed_dictionaries({}, optional={**lists, "age": st.builds(AgeRange, ages, ages)})


def classes(scheme: str) -> st.SearchStrategy[object]:
    """Needs or functions: values, all, or nobody has classified them."""
    return st.sampled_from([NO_LIMIT, NOT_RECORDED]) | some(scheme)


def origin(table: str, row: int) -> st.SearchStrategy[Origin]:
    """Where a row stands: a plain file, or a sheet with a difficult name."""
    plain = st.just(Origin(f"{table}.csv", row))
    return plain | st.builds(Origin, st.sampled_from(["台帳.xlsx", "a b#c.csv"]), st.just(row), said)


def _agency(id: str, row: int) -> st.SearchStrategy[Agency]:
    return st.builds(
        Agency, origin=origin("agencies", row), id=st.just(id), name=said, name_en=words, reading=words,
        alt=st.lists(said, max_size=3).map(tuple), kind=st.sampled_from(["", "section"]),
        parent=st.sampled_from(["", *AGENCIES]), zone=st.sampled_from(["", "inside", "outside"]),
        extra=st.dictionaries(said, said, max_size=2), **evidence,
    )  # fmt: skip


def _program(id: str, layer: str, row: int) -> st.SearchStrategy[Program]:
    return st.builds(
        Program, origin=origin("programs", row), id=st.just(id), layer=st.just(layer), name=said, name_en=words,
        description=words, description_en=words, owner=several(AGENCIES), operators=several(AGENCIES),
        needs=classes("needs"), functions=classes("functions"), field=some("fields", 0), limits=limits(),
        other_limits=words, basis_text=words, implements=several(PROGRAMS), reach=st.sampled_from(["", "open"]),
        source=st.sampled_from([(), ("https://example.org/あ b",)]), **evidence,
    )  # fmt: skip


def _further(row: int) -> st.SearchStrategy[Eligibility]:
    return st.builds(
        Eligibility, origin=st.just(Origin("eligibility.csv", row)), program=st.sampled_from(PROGRAMS),
        limits=limits(), other_limits=words, **evidence,
    )  # fmt: skip


@st.composite
def towns(draw: st.DrawFn) -> Municipality:
    """A town on a layer that has a programme of the same id."""
    return Municipality(
        layers=(
            Layer("", draw(said), draw(words), "https://example.org/t/", stands_on=("law",)),
            Layer("law", "法", "Law", "https://example.org/t/law/"),
        ),
        agencies=tuple(draw(_agency(id, row)) for row, id in enumerate(AGENCIES, 2)),
        programs=(draw(_program("p1", "", 2)), draw(_program("p-2", "", 3)), draw(_program("p1", "law", 2))),
        eligibility=(draw(_further(2)), draw(_further(3))),
        members=(draw(_member()),),
        links=(draw(_link()),),
        schemes=packaged(),
        space=space(),
    )


def _member() -> st.SearchStrategy[Member]:
    return st.builds(
        Member, origin=st.just(Origin("members.csv", 2)), body=st.just("nobody"), agency=st.just("a1"),
        role=st.sampled_from(["", "member"]), **evidence,
    )  # fmt: skip


def _link() -> st.SearchStrategy[Link]:
    return st.builds(
        Link, origin=st.just(Origin("links.csv", 2)), subject=st.sampled_from(["a1", "programs/p1"]),
        predicate=st.just("cooperates_with"), object=st.sampled_from(["a2", "needs/care"]), **evidence,
    )  # fmt: skip
