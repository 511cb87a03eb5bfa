"""出典 and 未確認: what rests on which source, which cells nobody has looked up, what is only inferred."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from hazama.model.records import Link as LinkRow
from hazama.model.records import Member, Row, Source
from hazama.site.blanks import Blanks
from hazama.site.desk import Desk
from hazama.site.ground import ALL, Mention
from hazama.site.values import Badge, Evidence, Link, Page, Text
from hazama.tables.columns import declaration

MOST_BLANK_ROWS = 500
"""Programmes that the page of blank cells lists: those with the most blanks."""


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """A source and the rows that rest on it."""

    id: str
    number: int
    link: Link
    publisher: str
    date: str
    licence: str
    rows: tuple[Link, ...]
    others: int
    """Rows without a page: seats, relations."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourcesPage(Page):
    """Every source with the rows that rest on it."""

    sources: tuple[SourceEntry, ...]


@dataclass(frozen=True, slots=True)
class BlankHeading:
    """A column that is blank in some rows."""

    id: str
    label: str
    count: int
    of: int


@dataclass(frozen=True, slots=True)
class BlankRow:
    """A programme, and for each column whether its cell is blank."""

    link: Link
    blank: tuple[bool, ...]
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class InferredEntry:
    """A row or cell that somebody should confirm."""

    link: Link
    where: str
    """Table or column."""
    badges: tuple[Badge, ...]
    reason: str
    row: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnrecordedPage(Page):
    """Blank cells by column, then inferred and unverified rows and cells."""

    columns: tuple[BlankHeading, ...]
    rows: tuple[BlankRow, ...]
    rest: int
    """Programmes with fewer blanks than those that are listed."""
    blank: int
    total: int
    inferred: tuple[InferredEntry, ...]


def sources_page(desk: Desk) -> SourcesPage:
    """The sources of a town."""
    cited: dict[str, list[tuple[str, Row]]] = {}
    for table, rows in desk.ground.whole.tables():
        for row in rows:
            for id in row.source:
                cited.setdefault(id, []).append((table, row))
    known = {source.id: source for source in desk.ground.whole.sources}
    return SourcesPage(
        address="sources.html",
        title=desk.said("sources_title"),
        section="sources.html",
        lead=desk.words("sources_lead"),
        sources=tuple(_source(desk, id, known.get(id), cited.get(id, [])) for id in desk.ground.sources),
    )


def unrecorded_page(desk: Desk, blanks: Blanks) -> UnrecordedPage:
    """What nobody has looked up and what is only inferred."""
    every = list(_blank_rows(desk, blanks))
    most = {id(row) for row in sorted(every, key=lambda row: -sum(row.blank))[:MOST_BLANK_ROWS]}
    return UnrecordedPage(
        address="unrecorded.html",
        title=desk.said("unrecorded_title"),
        section="unrecorded.html",
        lead=desk.words("unrecorded_lead"),
        columns=tuple(BlankHeading(each.id, each.label, len(each.rows), each.of) for each in blanks.columns),
        rows=tuple(row for row in every if id(row) in most),
        rest=len(every) - len(most),
        blank=blanks.blank,
        total=blanks.total,
        inferred=tuple(_inferred(desk, each) for each in (*blanks.inferred_rows, *blanks.inferred_cells)),
    )


def _blank_rows(desk: Desk, blanks: Blanks) -> Iterator[BlankRow]:
    missing = [frozenset(row.id for row in column.rows) for column in blanks.columns]
    for program in desk.ground.town.programs:
        blank = tuple(program.id in ids for ids in missing)
        if any(blank):
            yield BlankRow(desk.link(("programs", program.id)), blank, desk.cells.evidence(program))


def _source(desk: Desk, id: str, source: Source | None, cited: list[tuple[str, Row]]) -> SourceEntry:
    paged = [(table, row) for table, row in cited if (table, getattr(row, "id", "")) in desk.ground.pages]
    return SourceEntry(
        *desk.ground.sources[id],
        desk.cells.source(id) if source is None else Link(Text(source.title), web=desk.cells.source(id).web),
        source.publisher if source else "",
        desk.cells.day(source.date) if source else "",
        source.licence if source else "",
        tuple(desk.link((table, getattr(row, "id", ""))) for table, row in paged),
        len(cited) - len(paged),
    )


def _inferred(desk: Desk, mention: Mention) -> InferredEntry:
    row, table = mention.row, desk.table_title(mention.table)
    column = declaration()[mention.table].column(mention.column) if mention.column else None
    badges = tuple(replace(badge, hint="") for badge in desk.badges(row))
    if mention.column:
        badges = (Badge("inferred", desk.words("inferred")), *badges)
    heading = desk.cells.heading(column) if column else mention.column
    where = f"{table}{desk.words('of')}{heading}" if mention.column else table
    return InferredEntry(_about(desk, mention), where, badges, row.reason, desk.cells.row_name(row))


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
        yield from desk.cells.items(row, desk.column("links", name))
