"""Made-up sketches and towns for the tests of figures. Nothing in them is a fact."""

from dataclasses import dataclass, replace

from hypothesis import strategies as st

from hazama.figures.scene import Area, Box, Line, Sketch
from hazama.model.records import Body, Link, Member, Origin, Status
from hazama.model.town import Layer, Municipality
from tests.towns import schemes, small_town

ZONES = ("inside", "both", "outside", "community")
NASTY = (
    "<script>alert('狭間')</script>",
    'He said "福祉" & left',
    "𠮷野家𠮷野家会議",
    "👨‍👩‍👧‍👦家族支援👍🏽",
    "مجلس الرعاية المجتمعية",
    "会議\u202e体\u0000\u0007の\nﾊﾝｶｸ",
    "]]> --> {title} ${x} #{y} \\",
    "x" * 60,
    "とても長い会議体の名前" * 5 + "です。です",
)


def council() -> Sketch:
    """Bodies in four zones with members, proposals and an inferred report: the shape of a council paper's figure."""
    areas = tuple(
        Area(zone, title, column)
        for column, (zone, title) in enumerate(zip(ZONES, ("庁内", "庁内外", "庁外", "地域"), strict=True))
    )
    items = (
        Box("plan", "みなと検討委員会", zone="inside", captions=("主催 みなと課",), href="bodies/plan.html"),
        Box("team", "みらい推進プロジェクト組織", zone="inside"),
        Box("unit1", "企画みなと課", "unit", "inside", "team"),
        Box("unit2", "暮らし自治課", "unit", "inside", "team"),
        Box("part", "みなと分科会", zone="inside", status=Status.INFERRED),
        Box("case", "みなと支援会議", zone="both", badges=("1", "5")),
        Box("council", "みなと型支えあいシステム推進会議", zone="outside"),
        Box("helpers", "支援する人びと", "place", "outside"),
        Box("local", "地区の集まり", zone="community"),
        Box("nothing", "ここに届く事業なし", "gap", "community"),
    )
    ties = (
        Line("team", "plan", "提案", "proposes_to"),
        Line("part", "plan", "報告", "reports_to", Status.INFERRED),
        Line("plan", "council", "情報共有・意見交換", "exchanges_with", heads=(True, True)),
        Line("plan", "local", "情報共有・意見交換", "exchanges_with", heads=(True, True)),
        Line("case", "helpers", "事例の調整", "adjusts"),
    )
    words = (("body", "会議体"), ("unit", "課"), ("line", "記載"), ("line-inferred", "推定"), ("gap", "事業なし"))
    return Sketch(
        "council",
        "図4　みなと町の会議体",
        areas,
        items,
        ties,
        subtitle="みなと町　2024-01-01 時点",
        notes=("出典：つくりごと", "作成：狭間（hazama）"),
        words=words,
        description="みなと町の会議体の図。",
    )


def crowd(boxes: int, lines: int) -> Sketch:
    """A figure of many boxes and lines in four zones, the same every time, as bad as a tangled town can be."""
    words = ("報告", "提案", "", "情報共有・意見交換")
    items = tuple(Box(f"b{n}", f"地域福祉みなと会議{n}", zone=ZONES[n * 7 % 4]) for n in range(boxes))
    ties: dict[str, Line] = {}
    number = 0
    while len(ties) < lines:
        one, other = number * 37 % boxes, (number * 53 + number // boxes * 11 + 5) % boxes
        if one != other:
            tie = Line(f"b{one}", f"b{other}", words[number % 4], "tie")
            ties[tie.id] = tie
        number += 1
    areas = tuple(Area(zone, zone, column) for column, zone in enumerate(ZONES))
    return Sketch("crowd", "試験", areas, items, tuple(ties.values()))


def bare_town() -> Municipality:
    """A town with a name and nothing else."""
    return Municipality(layers=(Layer("", "空の町", "Empty Town", "https://example.org/empty/"),), schemes=schemes())


def one_body() -> Municipality:
    """A town with a single meeting body."""
    return replace(bare_town(), bodies=(body(1, "ただひとつの会議"),))


def body(row: int, name: str, **more: object) -> Body:
    """A stated body of a made-up table."""
    values: dict[str, object] = {"zone": "inside", **more}
    return Body(origin=Origin("bodies.csv", row + 1), id=f"b{row}", name=name, **values)  # type: ignore[arg-type]


def link(row: int, subject: str, predicate: str, object_: str, status: Status = Status.STATED) -> Link:
    """A relation of a made-up table."""
    return Link(
        origin=Origin("links.csv", row + 1), subject=subject, predicate=predicate, object=object_, status=status
    )


NAMES = st.one_of(
    st.sampled_from(NASTY),
    st.text("地域福祉推進会議協議部会ケアシステムのア", min_size=1, max_size=60),
    st.text("abcdefgh ijk-_", min_size=1, max_size=60).filter(str.strip),
    st.sampled_from(("", "Regional Council for the Promotion of Community Welfare and Mutual Support")),
)
PREDICATES = ("exchanges_with", "feeds_back_to", "reports_issues_to", "cooperates_with", "adjusts_cases_with")


@dataclass(frozen=True)
class Recipe:
    """A made-up town in few words: bodies as (names, zone, parent, reports to, conveners), seats and relations."""

    bodies: tuple[tuple[tuple[str, str], str, str, tuple[str, ...], int], ...]
    seats: tuple[tuple[str, int], ...]
    relations: tuple[tuple[str, str, str], ...]

    def town(self) -> Municipality:
        """Cook it."""
        agencies = small_town().agencies
        bodies = tuple(
            body(
                n,
                name or f"b{n}",
                name_en=name_en,
                zone=zone,
                parent=parent,
                reports_to=to,
                convener=tuple(a.id for a in agencies[:c]),
            )
            for n, ((name, name_en), zone, parent, to, c) in enumerate(self.bodies, start=1)
        )
        members = tuple(
            Member(
                origin=Origin("members.csv", n), body=seat, agency=agencies[agency % len(agencies)].id, role="member"
            )
            for n, (seat, agency) in enumerate(self.seats, start=2)
        )
        links = tuple(link(n, *relation) for n, relation in enumerate(self.relations, start=1))
        return replace(bare_town(), agencies=agencies, bodies=bodies, members=members, links=links)


@st.composite
def recipes(draw: st.DrawFn) -> Recipe:
    """Towns of up to 16 bodies with names of up to 75 characters or none, with members and many relations."""
    count = draw(st.integers(0, 16))
    ids = [f"b{n}" for n in range(1, count + 1)]
    one = st.sampled_from(ids) if ids else st.just("")
    none_or_one = st.one_of(st.just(""), st.just(""), one)
    zones = st.sampled_from((*ZONES, ""))
    reports = st.lists(one, max_size=2, unique=True).map(tuple)
    bodies = [draw(st.tuples(st.tuples(NAMES, NAMES), zones, none_or_one, reports, st.integers(0, 2))) for _ in ids]
    seats = draw(st.lists(st.tuples(one, st.integers(0, 5)), max_size=10, unique=True)) if ids else []
    relations = draw(st.lists(st.tuples(one, st.sampled_from(PREDICATES), one), max_size=18)) if ids else []
    return Recipe(tuple(bodies), tuple(seats), tuple(pair for pair in relations if pair[0] != pair[2]))


@st.composite
def towns(draw: st.DrawFn) -> Municipality:
    """Towns with bodies of a recipe and みなと町's rows under other names, some left out, programmes tied at random."""
    town, small = draw(recipes()).town(), small_town()
    themes = tuple(replace(theme, name=draw(NAMES) or theme.id) for theme in small.themes)
    needs = st.lists(st.sampled_from(sorted(small.schemes["needs"])), max_size=4, unique=True).map(tuple)
    functions = st.lists(st.sampled_from(sorted(small.schemes["functions"])), max_size=3, unique=True).map(tuple)
    tied = st.lists(st.sampled_from([theme.id for theme in themes]), max_size=2, unique=True).map(tuple)
    programs = tuple(
        replace(
            program, name=draw(NAMES) or program.id, needs=draw(needs), functions=draw(functions), themes=draw(tied)
        )
        for program in small.programs
        if draw(st.booleans())
    )
    known = {program.id for program in programs}
    return replace(
        town,
        layers=small.layers,
        agencies=tuple(replace(agency, name=draw(NAMES) or agency.id) for agency in town.agencies),
        programs=programs,
        themes=themes,
        laws=small.laws,
        provisions=tuple(replace(provision, heading=draw(NAMES)) for provision in small.provisions),
        challenges=small.challenges,
        sources=small.sources,
        links=town.links + tuple(one for one in small.links if {one.subject, one.object} <= known),
    )
