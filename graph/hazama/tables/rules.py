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

Tables = Mapping[str, Sequence[Row]]


def broken_rules(tables: Tables, schemes: Mapping[str, Scheme]) -> Iterator[Violation]:
    """Every rule that the rows of a town break, at the cell where a person can mend it."""
    for rows in tables.values():
        yield from repeated_ids(rows)
        for row in rows:
            yield from empty_ranges(row)
            yield from backward_times(row)
            yield from empty_combinations(row)
    for table, column in HIERARCHIES:
        yield from loops(tables.get(table, ()), column)
    yield from concept_loops(schemes)


def place(row: Row) -> str:
    """What messages call the file of a row."""
    return f"{row.layer}/{row.origin.file}" if row.layer else row.origin.file


def repeated_ids(rows: Iterable[Row]) -> Iterator[Violation]:
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
            where = f"{place(same)} {same.origin.row}"
            yield _at(row, "id", code, found=id, where=where)


def empty_ranges(row: Row) -> Iterator[Violation]:
    """Ages from more to less."""
    ages = getattr(row, "limits", {}).get("age")
    if isinstance(ages, AgeRange) and ages.is_empty:
        least, most = (age_text(end) for end in (ages.least, ages.most))  # type: ignore[arg-type]
        yield _at(row, "max_age", "min_over_max", least=least, most=most)


def backward_times(row: Row) -> Iterator[Violation]:
    """Rows that end before they begin."""
    if row.since and row.until and row.until.last < row.since.first:
        yield _at(row, "until", "ends_before_it_begins", since=row.since, until=row.until)


def empty_combinations(row: Row) -> Iterator[Violation]:
    """A combination without a limit would take everything out of the space."""
    if isinstance(row, NotApplicable) and not row.limits and row.needs is row.functions is NOT_RECORDED:
        yield _at(row, "", "empty_combination")


def loops(rows: Sequence[Row], column: str) -> Iterator[Violation]:
    """Rows that lead back to themselves by *column*: each loop once, at its first row.

    Depth-first search with its own stack, O(rows + references); a chain may be 5,000 long.
    """
    by_id: dict[str, Any] = {row.id: row for row in rows if hasattr(row, "id")}
    above = {id: [name for name in _several(getattr(row, column)) if name in by_id] for id, row in by_id.items()}
    for loop in cycles(above):
        first = by_id[loop[0]]
        if len(loop) == 1:
            yield _at(first, column, "above_itself", found=loop[0])
        else:
            yield _at(first, column, "loop", path=" → ".join([*loop, loop[0]]))


def concept_loops(schemes: Mapping[str, Scheme]) -> Iterator[Violation]:
    """Concepts that are broader than themselves."""
    for name, scheme in schemes.items():
        above = {id: [concept.broader] for id, concept in scheme.items() if concept.broader in scheme}
        for loop in cycles(above):
            path = " → ".join([*loop, loop[0]])
            yield violation(f"concepts/{name}.csv", 0, "broader", "loop", path=path)


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


def _several(value: str | tuple[str, ...]) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,) * bool(value)


def _at(row: Row, column: str, code: str, **values: object) -> Violation:
    return violation(place(row), row.origin.row, column, code, row.origin.sheet, **values)
