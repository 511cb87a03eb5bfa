"""Evidence: what the town's answers rest on, and how well."""

from collections.abc import Iterator
from datetime import date

from hazama.audits.audited import Audited, found, listed
from hazama.audits.rows import own
from hazama.knowledge.labels import Key, place
from hazama.model.findings import Finding
from hazama.model.records import Row, Source, Status

YEARS_FRESH = 5
"""Years after which a source is called old: the span of a municipal welfare plan."""

_SOURCED = ("agencies", "bodies", "members", "programs", "challenges", "links")


def no_source(audited: Audited) -> Iterator[Finding]:
    """Stated rows of the town that name no source; one finding a table."""
    for table, rows in audited.town.tables():
        bare = [row for row in own(rows) if row.status is Status.STATED and not row.source]
        if table in _SOURCED and bare:
            yield _about(audited, "evidence.no_source", table, bare)


def old_source(audited: Audited) -> Iterator[Finding]:
    """Sources issued more than five years before the date that is asked about, with how many rows rest on them."""
    day = audited.scope.as_of
    resting: dict[str, int] = {}
    for _, rows in audited.town.tables():
        for row in own(rows):
            for id in row.source:
                resting[id] = resting.get(id, 0) + 1
    for source in audited.town.sources if day else ():
        count = resting.get(source.id, 0)
        if day and count and _is_old(source, day):
            yield found(
                audited,
                "evidence.old_source",
                "low",
                [("sources", source.id)],
                title=audited.name("sources", source.id),
                date=str(source.date),
                count=count,
            )


def inferred(audited: Audited) -> Iterator[Finding]:
    """Rows and cells that are an editor's inference, or unchecked, and count in what is shown; one finding a table."""
    for table, rows in audited.town.tables():
        weak = [row for row in own(rows) if row.status is not Status.STATED or (row.inferred and _counted(audited))]
        if weak:
            yield _about(audited, "evidence.inferred", table, weak)


def undated_law(audited: Audited) -> Iterator[Finding]:
    """Provisions of which nobody recorded since when they hold: asked about a past date, they may be too new."""
    undated = [one for one in audited.town.provisions if one.since is None]
    if audited.scope.as_of and undated:
        subjects = [("provisions", one.id) for one in undated]
        yield found(audited, "evidence.undated_law", "low", subjects, key="all", count=len(undated))


def _is_old(source: Source, day: date) -> bool:
    return source.date is not None and (day.year - source.date.last.year) > YEARS_FRESH


def _counted(audited: Audited) -> bool:
    return Status.INFERRED in audited.scope.include


def _about(audited: Audited, audit: str, table: str, rows: list[Row]) -> Finding:
    subjects: list[Key] = [(table, id) for row in rows if (id := getattr(row, "id", ""))]
    return found(
        audited,
        audit,
        "low",
        subjects,
        key=table,
        table=f"{table}.csv",
        count=len(rows),
        places=listed((place(row) for row in rows), 5),
    )
