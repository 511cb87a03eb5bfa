"""概要: what is covered, what is not, what nobody has looked up, and what to do next."""

from collections.abc import Iterator
from dataclasses import dataclass

from hazama.site.blanks import Blanks
from hazama.site.desk import Desk
from hazama.site.ground import ENTITIES
from hazama.site.lacks import SUBJECTS, Lacks
from hazama.site.pages.matrix import MatrixPage
from hazama.site.values import Link, Number, Page, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class OverviewPage(Page):
    """The first page: three numbers, the matrix in small, the next steps, the tables."""

    template: str = "overview.html"
    numbers: tuple[Number, ...]
    matrix: MatrixPage
    steps: tuple[Number, ...]
    tables: tuple[tuple[Link, int, int], ...]
    """How many rows of each table count, and how many do not."""


def overview_page(desk: Desk, matrix: MatrixPage, blanks: Blanks, found: Lacks) -> OverviewPage:
    """The overview of a town."""
    return OverviewPage(
        address="index.html",
        title=desk.said("overview_title", town=desk.town_name.text),
        lead=desk.words("overview_lead"),
        numbers=_numbers(desk, matrix, blanks),
        matrix=matrix,
        steps=(*_grave(desk, found), *_steps(desk, blanks)),
        tables=tuple(_table(desk, table) for table in ENTITIES if table != "provisions"),
    )


def _numbers(desk: Desk, matrix: MatrixPage, blanks: Blanks) -> tuple[Number, ...]:
    empty = matrix.total - matrix.covered
    return (
        Number(matrix.covered, desk.words("number_covered"), matrix.address, matrix.total, "covered"),
        Number(empty, desk.words("number_empty"), f"{matrix.address}#empty", matrix.total, "empty"),
        Number(blanks.blank, desk.words("number_unrecorded"), "unrecorded.html", blanks.total, "unrecorded"),
    )


def _grave(desk: Desk, found: Lacks) -> Iterator[Number]:
    """The grave findings, by the page that shows them."""
    yield Number(len(found.certain.listing.gaps), desk.words("step_gaps"), "gaps.html#certain")
    for name in SUBJECTS:
        grave = [one for one in found.about(name) if one.severity == "high"]
        if grave:
            yield Number(len(grave), desk.words("step_grave", name=desk.words(f"nav_{name}")), f"{name}.html")


def _steps(desk: Desk, blanks: Blanks) -> tuple[Number, ...]:
    worst = sorted(blanks.columns, key=lambda column: -len(column.rows))[:3]
    found = [
        Number(len(column.rows), desk.words("step_look_up", column=column.label), f"unrecorded.html#{column.id}")
        for column in worst
        if column.rows
    ]
    if blanks.inferred:
        found.append(Number(blanks.inferred, desk.words("step_confirm"), "unrecorded.html#inferred"))
    return tuple(found)


def _table(desk: Desk, table: str) -> tuple[Link, int, int]:
    rows = dict(desk.ground.whole.tables())[table]
    counted = len(desk.counted(rows))
    return Link(Text(desk.table_title(table), desk.lang), f"{table}.html"), counted, len(rows) - counted
