"""Evidence: what the town's answers rest on, and how well."""

from collections import Counter
from collections.abc import Iterator

from hazama.audits.audited import Audited, Lack, Places, keys, listed
from hazama.coverage.research import research_list
from hazama.knowledge.labels import Key, Label, place
from hazama.model.records import Row, Status
from hazama.model.town import own
from hazama.tables.columns import declaration

YEARS_FRESH = 5
"""Years after which a source is called old: the span of a municipal welfare plan."""

BLANKS = 10
"""Blank rows to name of those that decide the most."""

_SOURCED = ("agencies", "bodies", "members", "programs", "challenges", "links")


def blank(audited: Audited) -> Iterator[Lack]:
    """Rows whose blank limits, once looked up, decide the most about whom nothing reaches."""
    known = audited.space("certain")
    for cells in research_list(known, BLANKS, audited.space("possible")):
        columns = listed(map(_heading, cells.columns), 12)
        wording = "_law" if known.programs[cells.program].layer else ""
        yield Lack([("programs", cells.program)], {"columns": columns}, key=cells.program, wording=wording)


def no_source(audited: Audited) -> Iterator[Lack]:
    """Stated rows of the town that name no source; one finding a table."""
    for table, rows in audited.town.tables():
        bare = [row for row in own(rows) if row.status is Status.STATED and not row.source]
        if table in _SOURCED and bare:
            yield _about(table, bare)


def old_source(audited: Audited) -> Iterator[Lack]:
    """Sources issued more than five years before the date that is asked about, with how many rows rest on them."""
    day = audited.scope.as_of
    resting = Counter(id for _, rows in audited.town.tables() for row in own(rows) for id in row.source)
    for one in audited.town.sources:
        if day and resting[one.id] and one.date and day.year - one.date.last.year > YEARS_FRESH:
            yield Lack([("sources", one.id)], {"date": str(one.date), "count": resting[one.id]})


def inferred(audited: Audited) -> Iterator[Lack]:
    """Rows and cells that are an editor's inference, or unchecked, and count in what is shown; one finding a table."""
    counted = Status.INFERRED in audited.scope.include
    for table, rows in audited.town.tables():
        weak = [row for row in own(rows) if row.status is not Status.STATED or (row.inferred and counted)]
        if weak:
            yield _about(table, weak)


def undated_law(audited: Audited) -> Iterator[Lack]:
    """Provisions of which nobody recorded since when they hold: asked about a past date, they may be too new."""
    undated = [one.id for one in audited.town.provisions if one.since is None]
    if audited.scope.as_of and undated:
        yield Lack(keys("provisions", undated), key="all")


def _about(table: str, rows: list[Row]) -> Lack:
    about: list[Key] = [(table, id) for row in rows if (id := getattr(row, "id", ""))]
    places: Places = {"table": f"{table}.csv", "count": len(rows), "places": listed(map(place, rows))}
    return Lack(about, places, key=table)


def _heading(name: str) -> Label:
    column = declaration()["programs"].column(name)
    return Label(column.title("ja"), column.title("en")) if column else Label(name, name)
