"""The list of a table: what counts first, then what does not and why."""

from collections.abc import Iterator
from dataclasses import dataclass

from hazama.model.cells import NOT_RECORDED, Age, AgeRange, Unset
from hazama.model.records import Program, Row, Theme
from hazama.site.cells import marked_once
from hazama.site.desk import Desk
from hazama.site.ground import ALL, Key, values
from hazama.site.pages.matrix import circled
from hazama.site.values import Fact, Link, Page, Text

LISTED = {
    "programs": ("themes", "functions", "field", "reach", "owner"),
    "agencies": ("kind", "zone", "parent"),
    "bodies": ("kind", "zone", "convener", "theme"),
    "laws": ("number", "promulgated"),
    "themes": ("scope",),
    "challenges": ("theme", "kind", "target", "partners"),
    "districts": ("hub",),
}
"""The columns that each list shows beside the name."""

COUNTED = {
    "agencies": (("programs", "owner"), ("members", "agency")),
    "bodies": (("members", "body"),),
    "laws": (("provisions", "law"),),
    "themes": (("programs", "themes"), ("challenges", "theme")),
    "districts": (("programs", "district"),),
}
"""What each list counts for a row: rows of another table that name it."""

FILTERS = {
    "programs": ("themes", "needs", "functions", "field", "reach"),
    "agencies": ("kind", "zone"),
    "bodies": ("kind", "zone"),
    "challenges": ("theme", "kind"),
}
"""The columns by which a reader narrows a list."""

ROWS_A_PAGE = 200


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of a list."""

    link: Link
    facts: tuple[Fact, ...]
    counts: tuple[tuple[str, int, str], ...]
    """What is counted, how many, and where those rows are."""
    row: Row
    tokens: str
    """What the filters look for, filter by filter: ``t1/care:health/*//open``."""
    ages: str = ""
    """Of a programme, the ages of each box: ``180-480`` months, ``?`` for an end not recorded, none for no limit."""
    number: str = ""


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice that narrows the list."""

    id: str
    label: str
    choices: tuple[tuple[str, Text], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage(Page):
    """The rows of a table with a page each."""

    template: str = "list.html"
    headings: tuple[str, ...]
    rows: tuple[ListRow, ...]
    others: tuple[ListRow, ...]
    """Rows that no number counts: inferred, unverified, not in force on the date."""
    filters: tuple[Filter, ...]
    count: int
    """Rows that count, on all pages of this list."""
    parts: tuple[Link, ...] = ()
    """The pages of a long list; empty where one page holds it."""


def list_pages(desk: Desk, table: str) -> Iterator[ListPage]:
    """The list of a table, in parts of :data:`ROWS_A_PAGE` rows."""
    rows = [
        row for row in dict(desk.ground.whole.tables())[table] if (table, getattr(row, "id", "")) in desk.ground.pages
    ]
    counted = desk.counted(rows)
    others = [row for row in rows if not desk.ground.counts(row)]
    numbers = range(max(1, -(-len(counted) // ROWS_A_PAGE)))
    parts = tuple(Link(Text(str(n + 1)), _address(table, n)) for n in numbers)
    for n in numbers:
        part = counted[n * ROWS_A_PAGE : (n + 1) * ROWS_A_PAGE]
        yield _page(desk, table, n, part, others if n == numbers[-1] else [], len(counted), parts)


def _page(
    desk: Desk, table: str, n: int, part: list[Row], others: list[Row], count: int, parts: tuple[Link, ...]
) -> ListPage:
    columns = [desk.heading(desk.column(table, name)) for name in LISTED[table]]
    columns += [desk.words("column_age")] if table == "programs" else []
    headings, rows = marked_once(columns, [_row(desk, table, row) for row in (*part, *others)])
    return ListPage(
        address=_address(table, n),
        title=Text(desk.table_title(table), desk.lang),
        lead=desk.words(f"list_{table}_lead"),
        headings=(*headings, *(desk.words(f"count_{other}_{name}") for other, name in COUNTED.get(table, ()))),
        rows=rows[: len(part)],
        others=rows[len(part) :],
        filters=tuple(_filter(desk, table, name, part) for name in FILTERS.get(table, ())),
        count=count,
        parts=parts if len(parts) > 1 else (),
    )


def _address(table: str, n: int) -> str:
    return f"{table}.html" if n == 0 else f"{table}-{n + 1}.html"


def _row(desk: Desk, table: str, row: Row) -> ListRow:
    key = (table, getattr(row, "id", ""))
    ages = _ages(desk, row) if isinstance(row, Program) else []
    facts = [desk.fact(table, row, desk.column(table, name)) for name in LISTED[table]]
    return ListRow(
        desk.link(key),
        (*facts, _age_fact(desk, ages)) if ages else tuple(facts),
        tuple(_count(desk, key, other, name) for other, name in COUNTED.get(table, ())),
        row,
        "/".join(":".join(values(row, desk.column(table, name))) for name in FILTERS.get(table, ())),
        " ".join(f"{_month(one.least)}-{_month(one.most, over=True)}" for one in ages),
        circled(row.no) if isinstance(row, Theme) else "",
    )


def _ages(desk: Desk, program: Program) -> list[AgeRange]:
    """The ages that each box of a programme takes, each once."""
    limits = (box.limits.get("age") for box in desk.ground.boxes.get(program.id, (program,)))
    return list(dict.fromkeys(age if isinstance(age, AgeRange) else AgeRange() for age in limits))


def _age_fact(desk: Desk, ages: list[AgeRange]) -> Fact:
    said = tuple(Link(desk.ages(one)) for one in ages if one.is_recorded)
    return Fact(desk.words("column_age"), said, "value" if said else "not_recorded")


def _month(end: Age | Unset, over: bool = False) -> str:
    """The month at which an age begins or, with *over*, is past."""
    if isinstance(end, Age):
        return str(end.after if over else end.months)
    return "?" if end is NOT_RECORDED else ""


def _count(desk: Desk, key: Key, table: str, column: str) -> tuple[str, int, str]:
    found = [each for each in desk.ground.mentions.get(key, ()) if (each.table, each.column) == (table, column)]
    count = sum(desk.ground.counts(each.row) and not desk.ground.hides(each.row, column) for each in found)
    return desk.words(f"count_{table}_{column}"), count, f"{desk.ground.pages[key]}#{table}-{column}" if found else ""


def _filter(desk: Desk, table: str, name: str, rows: list[Row]) -> Filter:
    column = desk.column(table, name)
    found = {value for row in rows for value in values(row, column)} - {ALL}
    scheme = column.scheme or column.references[0]
    named = [id for table, id in desk.names.directory.entries if table == scheme]
    choices = [(f"{name}.{value}", desk.names.of((scheme, value))) for value in named if value in found]
    if any(not values(row, column) for row in rows):
        choices.append((f"{name}.", desk.said("not_recorded")))
    return Filter(name, desk.heading(column), tuple(choices))
