"""What every page of one publication stands on, whatever its language: rows, addresses, who speaks of whom."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hazama.model.boxes import boxes
from hazama.model.cells import NO_LIMIT, Unset
from hazama.model.concepts import Concept
from hazama.model.records import Eligibility, Origin, Program, Row, Status
from hazama.model.town import Municipality, rows_by_id
from hazama.model.view import Scope, view
from hazama.site.addresses import file_names
from hazama.tables.columns import ANY, Column, declaration

ENTITIES = ("programs", "agencies", "bodies", "laws", "provisions", "themes", "challenges", "districts")
"""Tables whose rows have a page each; a provision is a part of the page of its law."""
CLASSES = ("needs",)
"""Concept lists whose concepts have a page each; those of every other list have a place on the page of words."""
ALL = "*"
"""Stands for every concept of a list: a programme that says すべて."""

Key = tuple[str, str]
"""Table or concept list, and id."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A row that names something in one of its columns."""

    table: str
    column: str
    row: Row


@dataclass(frozen=True, slots=True)
class Ground:
    """A town, the part of it that counts, and the indexes that pages are made from."""

    whole: Municipality
    """Every row, counted or not."""
    town: Municipality
    """The rows and cells that count: stated ones on the date, unless the scope admits more."""
    scope: Scope
    rows: Mapping[Key, Row]
    pages: Mapping[Key, str]
    """Address of the page of each row and concept that has one."""
    mentions: Mapping[Key, tuple[Mention, ...]]
    boxes: Mapping[str, tuple[Program | Eligibility, ...]]
    """The rows that state each counted programme's eligibility boxes."""
    counted: frozenset[tuple[str, Origin]]
    sources: Mapping[str, tuple[str, int]]
    """Anchor and number of every source on the page of sources, by id or address."""
    own: Path | None = None
    """The town's folder, for its own figures, questions and audits."""
    few: int = 0
    """People below which no count is shown."""

    def counts(self, row: Row) -> bool:
        """Whether the row is one of those that numbers count."""
        return (row.layer, row.origin) in self.counted

    def hides(self, row: Row, column: str) -> bool:
        """Whether this cell is an inference, or an editor's classification, that numbers leave out."""
        inferred = column in row.inferred and Status.INFERRED not in self.scope.include
        return inferred or (column in row.classified and not self.scope.editors)


def ground(whole: Municipality, scope: Scope, own: Path | None = None, few: int = 0) -> Ground:
    """Index a town for publication; linear in its cells. *own* is its folder, if it has one."""
    town, rows = view(whole, scope), rows_by_id(whole)
    counted = frozenset((row.layer, row.origin) for _, table in town.tables() for row in table)
    return Ground(
        whole,
        town,
        scope,
        rows,
        _pages(whole, rows),
        _mentions(whole, rows),
        boxes(town),
        counted,
        _sources(whole),
        own,
        few,
    )


def values(row: Row, column: Column) -> tuple[str, ...]:
    """The ids that a cell names; :data:`ALL` for すべて or 制限なし, nothing for a blank."""
    found = (
        row.limits.get(column.dimension)
        if column.dimension and hasattr(row, "limits")
        else getattr(row, column.name, None)
    )
    if isinstance(found, Unset):
        return (ALL,) if found is NO_LIMIT else ()
    if isinstance(found, str):
        return (found,) if found else ()
    return found if isinstance(found, tuple) else ()


def target(rows: Mapping[Key, Row], schemes: Mapping[str, Mapping[str, object]], column: Column, id: str) -> Key | None:
    """What an id in this column refers to; None where it refers to nothing that the town knows."""
    if column.scheme:
        return (column.scheme, id)
    if column.references == (ANY,):
        return _end(rows, schemes, id)
    return next(((table, id) for table in column.references if (table, id) in rows), None)


def _end(rows: Mapping[Key, Row], schemes: Mapping[str, Mapping[str, object]], id: str) -> Key | None:
    place, _, rest = id.partition("/")
    if rest and ((place, rest) in rows or rest in schemes.get(place, {})):
        return (place, rest)
    return next(((table, id) for table in ENTITIES if (table, id) in rows), None)


def _sources(town: Municipality) -> dict[str, tuple[str, int]]:
    known = {source.id: source.id for source in town.sources}
    cited = sorted({id for _, rows in town.tables() for row in rows for id in row.source} - set(known))
    anchors = known | {id: f"address-{n}" for n, id in enumerate(cited, 1)}
    return {id: (anchor, n) for n, (id, anchor) in enumerate(anchors.items(), 1)}


def _pages(town: Municipality, rows: Iterable[Key]) -> dict[Key, str]:
    ids: dict[str, list[str]] = {table: [] for table in (*ENTITIES, *CLASSES) if table != "provisions"}
    for table, id in rows:
        if table in ids:
            ids[table].append(id)
    for scheme in CLASSES:
        ids[scheme] += town.schemes.get(scheme, {})
    named = {table: file_names(found) for table, found in ids.items()}
    pages = {(table, id): f"{table}/{named[table][id]}.html" for table, found in ids.items() for id in found}
    words = {(concept.scheme, concept.id): f"words.html#{concept.scheme}-{concept.id}" for concept in _concepts(town)}
    parts = {("provisions", row.id): f"{pages['laws', row.law]}#{row.id}" for row in town.provisions}
    return pages | parts | words


def _concepts(town: Municipality) -> Iterator[Concept]:
    return (concept for name, scheme in town.schemes.items() if name not in CLASSES for concept in scheme.values())


def _mentions(town: Municipality, rows: Mapping[Key, Row]) -> dict[Key, tuple[Mention, ...]]:
    found: dict[Key, list[Mention]] = {}
    for key, mention in _all_mentions(town, rows):
        found.setdefault(key, []).append(mention)
    return {key: tuple(mentions) for key, mentions in found.items()}


def _all_mentions(town: Municipality, rows: Mapping[Key, Row]) -> Iterator[tuple[Key, Mention]]:
    for table, content in town.tables():
        referring = [column for column in declaration()[table].columns if column.references or column.scheme in CLASSES]
        for row in content:
            for column in referring:
                mention = Mention(table, column.name, row)
                for id in values(row, column):
                    key = target(rows, town.schemes, column, id)
                    if key:
                        yield key, mention
