"""What must hold between the rows of a town: one row an id, no row above itself, no empty age range."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from hazama.model.cells import NOT_RECORDED, AgeRange
from hazama.model.concepts import Scheme
from hazama.model.errors import Violation
from hazama.model.records import NotApplicable, Row
from hazama.tables.ages import age_text
from hazama.tables.lookup import spelled
from hazama.tables.sheets import violation

HIERARCHIES = (
    ("agencies", "parent"),
    ("agencies", "succeeds"),
    ("bodies", "parent"),
    ("bodies", "succeeds"),
    ("provisions", "parent"),
)
"""Columns that lead upward or back in time: following them never comes back to the same row."""


def broken_rules(tables: Mapping[str, Sequence[Row]], schemes: Mapping[str, Scheme]) -> Iterator[Violation]:
    """Every rule that the rows of a town break, at the cell where a person can mend it."""
    for rows in tables.values():
        yield from _repeated_ids(rows)
        for row in rows:
            yield from _broken_by(row)
    for table, column in HIERARCHIES:
        yield from _loops(tables.get(table, ()), column)
    yield from concept_loops(schemes)


def place(row: Row) -> str:
    """What messages call the file of a row."""
    return f"{row.layer}/{row.origin.file}" if row.layer else row.origin.file


def _repeated_ids(rows: Iterable[Row]) -> Iterator[Violation]:
    """Ids that another row has too, also when only width or case tells them apart.

    A file system of an office does not tell ``A1`` from ``a1``, and every row becomes a page.
    """
    first: dict[str, Row] = {}
    for row in rows:
        id = getattr(row, "id", None)
        if id is None:
            return
        same = first.setdefault(spelled(id).casefold(), row)
        if same is not row:
            code = "repeated_id" if same.layer == row.layer else "id_of_layer"
            yield _at(row, "id", code, found=id, where=f"{place(same)} {same.origin.row}")


def _broken_by(row: Row) -> Iterator[Violation]:
    """Ages from more to less, an end before its beginning, a combination that takes everything out of the space."""
    ages = getattr(row, "limits", {}).get("age")
    if isinstance(ages, AgeRange) and ages.is_empty:
        least, most = (age_text(end) for end in (ages.least, ages.most))  # type: ignore[arg-type]
        yield _at(row, "max_age", "min_over_max", least=least, most=most)
    if row.since and row.until and row.until.last < row.since.first:
        yield _at(row, "until", "ends_before_it_begins", since=row.since, until=row.until)
    if isinstance(row, NotApplicable) and not row.limits and row.needs is row.functions is NOT_RECORDED:
        yield _at(row, "", "empty_combination")


def _loops(rows: Sequence[Row], column: str) -> Iterator[Violation]:
    """Rows that lead back to themselves by *column*: each loop once, at its first row."""
    by_id: dict[str, Any] = {row.id: row for row in rows if hasattr(row, "id")}
    named = {id: getattr(row, column) for id, row in by_id.items()}
    lists = {id: name if isinstance(name, tuple) else (name,) for id, name in named.items()}
    for loop in cycles({id: [name for name in names if name in by_id] for id, names in lists.items()}):
        code = "loop" if len(loop) > 1 else "above_itself"
        yield _at(by_id[loop[0]], column, code, found=loop[0], path=" → ".join([*loop, loop[0]]))


def concept_loops(schemes: Mapping[str, Scheme]) -> Iterator[Violation]:
    """Concepts that are broader than themselves."""
    for name, scheme in schemes.items():
        above = {id: [concept.broader] for id, concept in scheme.items() if concept.broader in scheme}
        for loop in cycles(above):
            yield violation(f"concepts/{name}.csv", 0, "broader", "loop", path=" → ".join([*loop, loop[0]]))


def cycles(above: Mapping[str, Sequence[str]]) -> Iterator[list[str]]:
    """Loops among nodes and those above them: at least one of every tangle, none twice. O(nodes + edges).

    What leads to no loop is peeled off from the top (Kahn's algorithm); from the rest every way up ends in one.
    """
    left = {node: len(higher) for node, higher in above.items()}
    below: dict[str, list[str]] = {}
    for node, higher in above.items():
        for one in higher:
            below.setdefault(one, []).append(node)
    ending = [node for node in above.keys() | below.keys() if not left.get(node)]
    for node in ending:
        for lower in below.get(node, ()):
            left[lower] -= 1
            ending += [lower] * (not left[lower])
    rest = left.keys() - set(ending)
    seen: set[str] = set()
    for start in (node for node in above if node in rest):
        path: dict[str, None] = {}
        node = start
        while node not in seen:
            seen.add(node)
            path[node] = None
            node = next(one for one in above[node] if one in rest)
        if node in path:
            yield list(path)[list(path).index(node) :]


def _at(row: Row, column: str, code: str, **values: object) -> Violation:
    return violation(place(row), row.origin.row, column, code, row.origin.sheet, **values)
