"""Evidence: what the town's answers rest on, and how well."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from hazama.audits.audited import Audited, Lack, keys, lack, listed
from hazama.audits.rows import own
from hazama.knowledge.labels import Key, place
from hazama.model.records import Row, Source, Status

YEARS_FRESH = 5
"""Years after which a source is called old: the span of a municipal welfare plan."""

_SOURCED = ("agencies", "bodies", "members", "programs", "challenges", "links")


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
    for source in audited.town.sources:
        if day and resting[source.id] and _is_old(source, day):
            yield lack([("sources", source.id)], date=str(source.date), count=resting[source.id])


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
        yield lack(keys("provisions", undated), key="all")


def _is_old(source: Source, day: date) -> bool:
    return source.date is not None and (day.year - source.date.last.year) > YEARS_FRESH


def _about(table: str, rows: list[Row]) -> Lack:
    about: list[Key] = [(table, id) for row in rows if (id := getattr(row, "id", ""))]
    return lack(about, key=table, table=f"{table}.csv", count=len(rows), places=listed(map(place, rows), 5))
