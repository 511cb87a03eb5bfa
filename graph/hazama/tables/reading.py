"""A folder of tables → a town, or every bad cell of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hazama import resources
from hazama.model.concepts import Scheme
from hazama.model.errors import InputError, Violation
from hazama.model.records import Row
from hazama.model.town import Municipality
from hazama.tables import concepts
from hazama.tables.books import Book
from hazama.tables.columns import declaration
from hazama.tables.formats import Given, Stock, opened, stock
from hazama.tables.grids import on_sheet
from hazama.tables.headcounts import recast
from hazama.tables.headings import headings
from hazama.tables.layers import FILE as TOWN_FILE
from hazama.tables.layers import Folder, Home, LayerFolder, beneath, layers
from hazama.tables.lookup import NAME_COLUMNS, Labels, Lookup, Names
from hazama.tables.rows import TableSheet, records
from hazama.tables.rules import broken_rules
from hazama.tables.spellings import folded


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a folder: the town, unless there is an error, and everything that was noticed."""

    town: Municipality | None
    violations: tuple[Violation, ...]


def sample() -> Path:
    """The folder of the sample town, 藤沢市."""
    return Path(str(resources.folder("data")))


def read(place: Folder | str) -> Municipality:
    """The town in a folder or workbook, with its layers; :class:`InputError` names every bad cell."""
    return in_order(check(place), place)


def in_order(found: Checked, place: object) -> Municipality:
    """The town, if nothing is wrong with it; else :class:`InputError` with all that is."""
    if found.town is None:
        errors = [entry for entry in found.violations if entry.severity == "error"]
        ja, en = resources.phrase("tables", "town_unusable", folder=place, count=len(errors))
        raise InputError(ja, errors, en)
    return found.town


def check(place: Folder | str) -> Checked:
    """Everything that is wrong or odd in the tables of a town, and the town when nothing is wrong."""
    place = Path(place) if isinstance(place, str) else place
    return checked(opened((place,)) if isinstance(place, Path) and place.is_file() else place)


def check_files(paths: Iterable[Path], table: str = "") -> Checked:
    """The same for loose files of one town; *table* says which table they are where the name does not."""
    return checked(opened(tuple(paths), table))


def strict(found: Iterable[Violation]) -> tuple[Violation, ...]:
    """The same violations with every repair as an error."""
    return tuple(replace(entry, severity="error") if entry.severity == "repair" else entry for entry in found)


def checked(home: Home) -> Checked:
    """The town in a folder or in a book, and everything that is wrong or odd in it."""
    folders, found = layers(home)
    if not folders or folders[0].layer.key:
        return Checked(None, found)
    stocks = {home.layer.key: stock(home) for home in folders}
    schemes, wrong = concepts.schemes({key: one.concepts for key, one in stocks.items()})
    loaded = [_load(home, stocks[home.layer.key]) for home in folders]
    sheets = [one for part in loaded for one in part.sheets]
    unread = [(home.layer.key, table) for home, part in zip(folders, loaded, strict=True) for table in part.unread]
    lookups = _lookups(folders, sheets, unread, schemes)
    parts = [records(one, lookups[one.layer]) for one in sheets]
    tables = _merged(sheets, [part.rows for part in parts])
    noticed = [entry for part in loaded for entry in part.violations]
    noticed += [on_sheet(entry, one.grid) for one, part in zip(sheets, parts, strict=True) for entry in part.violations]
    noticed = list(_without_ticked(noticed))
    violations = _sorted([*found, *wrong, *noticed, *broken_rules(tables, schemes)], stocks)
    if any(entry.severity == "error" for entry in violations):
        return Checked(None, violations)
    order = tuple(home.layer for home in folders)
    return Checked(Municipality(layers=order, schemes=schemes, space=concepts.space(), **tables), violations)


@dataclass(frozen=True, slots=True)
class _Loaded:
    """The tables of one layer, those whose ids are not known, and what was wrong with the files."""

    sheets: tuple[TableSheet, ...]
    unread: tuple[str, ...]
    violations: tuple[Violation, ...]


def _load(home: LayerFolder, stock: Stock) -> _Loaded:
    given = [_understood_demand(one) for one in stock.tables]
    sheets = [
        TableSheet(one.table, home.layer.key, one.file, grid, headings(grid, one.table, one.file))
        for one in given
        if (grid := one.sheet.grid)
    ]
    found = [*stock.violations, *(on_sheet(entry, one.sheet.grid) for one in given for entry in one.sheet.violations)]
    found += [on_sheet(entry, one.grid) for one in sheets for entry in one.headings.violations]
    whole = {one.table.name for one in sheets if one.knows_ids}
    named = {one.table.name for one in given}
    is_loose = isinstance(home.folder, Book) and home.folder.is_loose
    lacking = [table.name for table in declaration().values() if table.has_ids and table.name not in whole]
    return _Loaded(tuple(sheets), tuple(name for name in lacking if is_loose or name in named), tuple(found))


def _without_ticked(noticed: list[Violation]) -> Iterator[Violation]:
    """Without the unknown headings that turned out to be columns of ticks."""
    ticked = {(entry.file, entry.sheet, entry.column) for entry in noticed if entry.code == "marks_read"}
    for entry in noticed:
        is_heading = entry.code in ("unknown_column", "unknown_column_near")
        if not is_heading or (entry.file, entry.sheet, entry.column) not in ticked:
            yield entry


def _understood_demand(one: Given) -> Given:
    """The demand table may have its own columns or those of the standard population table."""
    return replace(one, sheet=recast(one.sheet, one.file)) if one.table.name == "demand" else one


def _lookups(
    folders: Iterable[LayerFolder],
    sheets: Iterable[TableSheet],
    unread: Iterable[tuple[str, str]],
    schemes: Mapping[str, Scheme],
) -> dict[str, Lookup]:
    """What the cells of each layer may name: its own rows and those of the layers it stands on."""
    labels = {name: Labels(scheme) for name, scheme in schemes.items()}
    known = {home.layer.key: home.layer for home in folders}
    names = {key: Names() for key in known}
    for key, own in names.items():
        own.stand_on(names[other] for other in beneath(key, known))
    for one in sheets:
        _add_names(names[one.layer], one)
    for layer, table in unread:
        names[layer].leave_out(table)
    return {key: Lookup(labels, own) for key, own in names.items()}


def _add_names(names: Names, one: TableSheet) -> None:
    if not one.table.has_ids:
        return
    for line in one.grid.lines:
        for id in one.texts(line, "id"):
            texts = one.texts(line, *NAME_COLUMNS)
            names.add(one.table.name, folded(id), (part for text in texts for part in text.split(";")))
        for reading, name in zip(one.texts(line, "reading"), one.texts(line, "name"), strict=False):
            if reading:
                names.sound(one.table.name, reading, name)


def _merged(sheets: Iterable[TableSheet], rows: Iterable[tuple[Row, ...]]) -> dict[str, Any]:
    """The rows of every table, the town's own before those of the layers beneath."""
    found: dict[str, tuple[Row, ...]] = dict.fromkeys(declaration(), ())
    for one, part in zip(sheets, rows, strict=True):
        found[one.table.name] += part
    return found


def _sorted(found: Iterable[Violation], stocks: Mapping[str, Stock]) -> tuple[Violation, ...]:
    """By layer, table and row, as a person works through them; each once."""
    given = [
        (one.file, one.sheet.grid.sheet if one.sheet.grid else "") for each in stocks.values() for one in each.tables
    ]
    order = {place: number for number, place in enumerate(given)}

    def place(entry: Violation) -> tuple[int, str, int]:
        is_town = entry.file.endswith(TOWN_FILE)
        return -1 if is_town else order.get((entry.file, entry.sheet), len(order)), entry.file, entry.row

    return tuple(sorted(dict.fromkeys(found), key=place))
