"""狭間: what no programme reaches, in two readings, each gap with its reason; and what to look up first."""

from collections.abc import Iterator
from dataclasses import dataclass

from hazama.coverage.boxes import Number
from hazama.coverage.listing import TownGap
from hazama.coverage.research import BlankCells
from hazama.coverage.words import Speech, speech
from hazama.knowledge.labels import Label
from hazama.model.records import Eligibility, Program, Row
from hazama.resources import phrase
from hazama.site.desk import Desk
from hazama.site.lacks import Lacks, Read
from hazama.site.values import Link, Page, Text

MOST_BLANKS = 30


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A programme that would reach part of the gap if one limit were lifted, or if a blank turns out to be none."""

    program: Link
    limit: Text
    blank: bool
    basis: tuple[Link, ...]
    """What sets the limit: provisions with their pages, else what the source says of it."""
    percent: int
    row: Link


@dataclass(frozen=True, slots=True)
class GapEntry:
    """One maximal gap."""

    id: str
    what: Text
    """Whom it holds and for which support."""
    size: Number
    people: Number | None
    misses: tuple[NearMiss, ...]
    """The nearest first."""
    stops: tuple[Text, ...]
    """Where support begins again: the values just beyond, and who serves there."""


@dataclass(frozen=True, slots=True)
class GapReading:
    """The gaps of one reading."""

    id: str
    gaps: tuple[GapEntry, ...]
    complete: bool
    none: Number
    """Cells of the space that no programme covers, then exactly one, then two and more."""
    one: Number
    more: Number


@dataclass(frozen=True, slots=True)
class BlankEntry:
    """A row whose blank cells decide much."""

    program: Link
    columns: tuple[str, ...]
    decides: Number
    row: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class GapsPage(Page):
    """Gaps, certain and possible, and the research list."""

    template: str = "gaps.html"
    readings: tuple[GapReading, ...]
    research: tuple[BlankEntry, ...]
    counts_people: bool


def gaps_page(desk: Desk, found: Lacks) -> GapsPage:
    """The page of gaps."""
    words = speech(found.possible.town)
    return desk.page(
        GapsPage,
        "gaps",
        readings=(_reading(desk, "certain", found.certain), _reading(desk, "possible", found.possible)),
        research=tuple(_blank(desk, words, cells) for cells in found.research[:MOST_BLANKS]),
        counts_people=found.certain.town.people,
    )


def _reading(desk: Desk, id: str, read: Read) -> GapReading:
    words = speech(read.town)
    gaps = tuple(_entry(desk, words, gap) for gap in read.listing.gaps)
    return GapReading(id, gaps, read.listing.complete, read.cells.none, read.cells.one, read.cells.more)


def _entry(desk: Desk, words: Speech, gap: TownGap) -> GapEntry:
    return GapEntry(
        gap.id,
        desk.names.text(gap.what),
        gap.gap.size,
        gap.people if gap.people is None or gap.people >= desk.ground.few else None,
        tuple(_misses(desk, words, gap)),
        tuple(_stops(desk, words, gap)),
    )


def _misses(desk: Desk, words: Speech, gap: TownGap) -> Iterator[NearMiss]:
    for miss in gap.misses:
        program, row = desk.link(("programs", miss.box.program)), words.town.rows[miss.box.key]
        yield NearMiss(
            program,
            desk.names.text(words.limit(row, miss.dimension)),
            not miss.box.masks[miss.dimension],
            tuple(basis(desk, words, row)),
            miss.percent,
            _row(desk, row, program),
        )


def basis(desk: Desk, words: Speech, row: Program | Eligibility) -> Iterator[Link]:
    """What sets the limits of a row: provisions with their pages, else what the source says of it."""
    provisions = words.provisions(row)
    said = words.basis(row) or (Label(*phrase("coverage", "unknown")),)
    yield from (desk.link(("provisions", id)) for id in provisions)
    yield from (Link(desk.names.text(one)) for one in ([] if provisions else said))


def _row(desk: Desk, row: Row | Eligibility, program: Link) -> Link:
    """The place of a row, leading to the page that shows it cell by cell."""
    return Link(Text(desk.row_name(row), desk.lang), program.page)


def _stops(desk: Desk, words: Speech, gap: TownGap) -> Iterator[Text]:
    for edge in gap.stops:
        beyond = words.values(edge.dimension, edge.values)
        programs = dict.fromkeys(words.program(box) for box in edge.boxes)
        yield desk.said(
            "gaps_stop",
            dimension=desk.names.text(words.dimension(edge.dimension)).text,
            beyond=desk.names.text(beyond).text,
            programs=desk.words("comma").join(desk.names.text(program).text for program in programs),
        )


def _blank(desk: Desk, words: Speech, cells: BlankCells) -> BlankEntry:
    program = desk.link(("programs", cells.program))
    return BlankEntry(
        program,
        tuple(desk.names.text(_column(words, column)).text for column in cells.columns),
        round(cells.decides),
        _row(desk, cells.row, program),
    )


def _column(words: Speech, column: str) -> Label:
    if column in ("min_age", "max_age"):
        return Label(*phrase("coverage", column))
    return next(Label(each.ja, each.en) for each in words.town.town.space if each.id == column)
