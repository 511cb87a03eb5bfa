"""出典 and 未確認: what rests on which source, which cells nobody has looked up, what is only inferred."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from hazama.model.records import Link as LinkRow
from hazama.model.records import Member, Program, Row, Source
from hazama.site.blanks import Blanks
from hazama.site.cells import file_name
from hazama.site.desk import Desk
from hazama.site.ground import ALL, ENTITIES, Mention
from hazama.site.values import Badge, Link, Page, Text
from hazama.tables.columns import declaration

MOST_BLANK_ROWS = 500
"""Programmes that the page of blank cells lists: those with the most blanks."""


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source and the rows that rest on it."""

    id: str
    number: int
    link: Link
    row: Source | None
    """None for an address written in place of a source."""
    rows: tuple[tuple[int, Link], ...]
    """File by file how many, and ``programs.csv 2–19、21行目`` leading to the list that has a page for each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesPage(Page):
    """Every source with the rows that rest on it."""

    template: str = "sources.html"
    sources: tuple[SourceEntry, ...]


@dataclass(frozen=True, slots=True)
class InferredGroup:
    """Rows, or cells of rows, that somebody should confirm for the same reason."""

    where: str
    """Table and columns."""
    badges: tuple[Badge, ...]
    reason: str
    rows: tuple[tuple[Link, str], ...]
    """Each with its place in the tables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnrecordedPage(Page):
    """Blank cells by column, then inferred and unverified rows and cells."""

    template: str = "unrecorded.html"
    blanks: Blanks
    rows: tuple[tuple[Program, tuple[bool, ...]], ...]
    """Programmes, and for each column whether its cell is blank."""
    rest: int
    """Programmes with fewer blanks than those that are listed."""
    inferred: tuple[InferredGroup, ...]


def sources_page(desk: Desk) -> SourcesPage:
    """The sources of a town."""
    cited: dict[str, list[tuple[str, Row]]] = {}
    for table, rows in desk.ground.whole.tables():
        for row in rows:
            for id in row.source:
                cited.setdefault(id, []).append((table, row))
    known = {source.id: source for source in desk.ground.whole.sources}
    return desk.page(
        SourcesPage,
        "sources",
        sources=tuple(_source(desk, id, known.get(id), cited.get(id, [])) for id in desk.ground.sources),
    )


def unrecorded_page(desk: Desk, blanks: Blanks) -> UnrecordedPage:
    """What nobody has looked up and what is only inferred."""
    missing = [frozenset(row.id for row in column.rows) for column in blanks.columns]
    every = [(program, tuple(program.id in ids for ids in missing)) for program in desk.ground.town.programs]
    every = [(program, blank) for program, blank in every if any(blank)]
    most = {program.id for program, _ in sorted(every, key=lambda row: -sum(row[1]))[:MOST_BLANK_ROWS]}
    return desk.page(
        UnrecordedPage,
        "unrecorded",
        blanks=blanks,
        rows=tuple((program, blank) for program, blank in every if program.id in most),
        rest=len(every) - len(most),
        inferred=tuple(_inferred(desk, [*blanks.inferred_rows, *blanks.inferred_cells])),
    )


def _source(desk: Desk, id: str, source: Source | None, cited: list[tuple[str, Row]]) -> SourceEntry:
    return SourceEntry(
        *desk.ground.sources[id],
        desk.source(id) if source is None else Link(Text(source.title), web=desk.source(id).web),
        source,
        tuple(_resting(desk, cited)),
    )


def _resting(desk: Desk, cited: list[tuple[str, Row]]) -> Iterator[tuple[int, Link]]:
    files: dict[tuple[str, str], list[int]] = {}
    for table, row in cited:
        files.setdefault((table, file_name(row)), []).append(row.origin.row)
    for (table, file), numbers in files.items():
        page = {"provisions": "laws"}.get(table, table) if table in ENTITIES else ""
        place = desk.said("row", file=file, row=desk.words("comma").join(_runs(numbers)))
        yield len(numbers), Link(place, page and f"{page}.html")


def _runs(numbers: list[int]) -> Iterator[str]:
    """Row numbers with what follows on each other together: 2–19, 21."""
    for _, run in groupby(enumerate(sorted(numbers)), lambda pair: pair[1] - pair[0]):
        (_, first), *rest = run
        yield f"{first}–{rest[-1][1]}" if rest else str(first)


def _inferred(desk: Desk, mentions: Iterable[Mention]) -> Iterator[InferredGroup]:
    """What is inferred, row by row, then together what is inferred in the same places for the same reason."""
    cells: dict[int, list[Mention]] = {}
    for mention in mentions:
        cells.setdefault(id(mention.row), []).append(mention)
    groups: dict[tuple[str, tuple[Badge, ...], str], list[tuple[Link, str]]] = {}
    for first, *rest in cells.values():
        headings = desk.words("comma").join(_heading(desk, each) for each in (first, *rest) if each.column)
        badges = tuple(replace(badge, hint="") for badge in desk.badges(first.row))
        key = (
            desk.table_title(first.table) + (desk.words("of") + headings if headings else ""),
            (Badge("inferred", desk.words("inferred")), *badges) if headings else badges,
            first.row.reason,
        )
        groups.setdefault(key, []).append((_about(desk, first), desk.row_name(first.row)))
    yield from (InferredGroup(*key, tuple(rows)) for key, rows in groups.items())


def _heading(desk: Desk, mention: Mention) -> str:
    column = declaration()[mention.table].column(mention.column)
    return desk.heading(column) if column else mention.column


def _about(desk: Desk, mention: Mention) -> Link:
    row = mention.row
    if isinstance(row, Member):
        return desk.link(("bodies", row.body))
    if isinstance(row, LinkRow):
        ends = list(_ends(desk, row))
        return Link(Text(" → ".join(end.text.text for end in ends)), ends[0].page)
    key = (mention.table, getattr(row, "id", getattr(row, "program", ALL)))
    return desk.link(key if key in desk.ground.rows else ("programs", key[1]))


def _ends(desk: Desk, row: LinkRow) -> Iterator[Link]:
    for name in ("subject", "object"):
        yield from desk.items(row, desk.column("links", name))
