"""What a workbook changes in a town, cell by cell."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal, TypeAlias

from hazama.model.errors import UsageError, Violation
from hazama.model.town import Municipality
from hazama.resources import phrase
from hazama.tables import homes
from hazama.tables.cells import items
from hazama.tables.columns import Table, concept_table, table_named
from hazama.tables.layout import table_sheet
from hazama.tables.lookup import Lookup
from hazama.tables.marks import marks
from hazama.tables.reading import checked, in_order, read
from hazama.tables.sheets import Sheet
from hazama.tables.writing import cells, town_cells

TOWN = "town"
"""What changes of ``town.toml`` are listed under."""


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that changed, or a row that came or went."""

    kind: Literal["added", "changed", "removed"]
    table: str
    id: str
    """Id of the row, or what it says where its table has no ids."""
    column: str = ""
    before: str = ""
    after: str = ""
    row: int = 0
    """Row in the town's file; 0 where it has none."""
    texts: Mapping[str, str] = field(default_factory=dict)
    """The cells of a row that came."""

    def record(self) -> dict[str, object]:
        """The change for a list of changes."""
        return {name: value for name, value in asdict(self).items() if name not in ("texts", "row")}


def changes(book: Path, town: Path) -> tuple[Change, ...]:
    """What *book* changes in the folder *town*; tables and columns that the book lacks stay as they are.

    The town is read with the book's tables in place of its own, so that names of rows are understood and
    whatever would break is said first (:class:`~hazama.model.errors.InputError`).
    """
    if not town.is_dir():
        raise UsageError(*phrase("tables", "not_a_folder", folder=town))
    before, given, folder = read(town), homes.of_files([book]), homes.of_folder(town)
    after = in_order(checked(homes.standing_on(given, folder)), book)
    found = [*compared(TOWN, {"": (0, town_cells(before.layer))}, {"": (0, town_cells(after.layer))})]
    for sheet in given.sheets:
        if table := table_named(sheet.name):
            found += _of_table(sheet, table, before, after)
    for sheet in given.sheets:
        if sheet.name.startswith(homes.LISTS):
            old = next((_concepts(one) for one in folder.sheets if one.name == sheet.name), {})
            found += compared(sheet.name.replace(".", "/", 1), old, _concepts(sheet))
    return tuple(found)


def passed_over(book: Path) -> tuple[Violation, ...]:
    """The sheets of a book that are no table of a town: :func:`changes` does not read them."""
    return tuple(homes.unread(homes.of_files([book])))


Told: TypeAlias = Mapping[object, tuple[int, Mapping[str, str]]]
"""Rows by id, or by what they say where they have none: the number of the row and the text of its cells."""


def _concepts(sheet: Sheet) -> Told:
    """The rows of a concept list, each list in a cell spelled as it is written."""
    given = table_sheet(sheet, concept_table())
    if given is None:
        return {}
    several = {column.name for column in concept_table().columns if column.separator} & given.places.keys()
    rows: dict[object, tuple[int, Mapping[str, str]]] = {}
    for line in given.lines:
        texts = {name: line.text(at) for name, at in given.places.items()}
        texts |= {name: ";".join(map(str, items(texts[name], str))) for name in several}
        rows[texts["id"]] = line.number, texts
    return rows


def _of_table(sheet: Sheet, table: Table, before: Municipality, after: Municipality) -> Iterator[Change]:
    given = table_sheet(sheet, table)
    if given is None:
        return
    ticked = marks(given, Lookup.of(after)) if given.extra else {}
    names = dict.fromkeys(given.places)
    for mark in ticked.values():
        del names[mark.heading]
        names[mark.column.name] = None
    if "ages" in names:
        names = {name: None for name in (*names, "min_age", "max_age") if name != "ages"}
    yield from compared(table.name, *(told(town, table, list(names)) for town in (before, after)))


def told(town: Municipality, table: Table, names: Sequence[str]) -> Told:
    """The town's own rows; those without ids are the same when they say the same as often."""
    found: dict[object, tuple[int, Mapping[str, str]]] = {}
    times: Counter[object] = Counter()
    for row in dict(town.tables())[table.name]:
        if not row.layer:
            said = cells(row, table)
            texts = {name: said.get(name, "") for name in names}
            key = tuple(texts.values())
            times[key] += 1
            found[getattr(row, "id", (key, times[key]))] = row.origin.row, texts
    return found


def compared(table: str, old: Told, new: Told) -> Iterator[Change]:
    """What differs between two states of a table."""
    for id, (_, texts) in new.items():
        if id not in old:
            id_text, title = _called(id, texts)
            yield Change("added", table, id_text, after=title, texts=texts)
            continue
        row, before = old[id]
        for name, text in texts.items():
            if text != before.get(name, ""):
                yield Change("changed", table, str(id), name, before.get(name, ""), text, row)
    for id, (row, texts) in old.items():
        if id not in new:
            id_text, title = _called(id, texts)
            yield Change("removed", table, id_text, before=title, row=row)


def _called(id: object, texts: Mapping[str, str]) -> tuple[str, str]:
    """The id of a row and its name; for a row without ids, what it says."""
    if isinstance(id, str):
        return id, texts.get("name") or texts.get("ja", "")
    return "", " / ".join(filter(None, texts.values()))
