"""A folder of tables → a town, or every bad cell of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from hazama import resources
from hazama.model.concepts import Scheme
from hazama.model.errors import InputError, Violation
from hazama.model.town import Municipality
from hazama.tables import concepts, homes
from hazama.tables.columns import Table, declaration
from hazama.tables.headcounts import recast
from hazama.tables.homes import Home
from hazama.tables.layout import TableSheet, laid_out, understood
from hazama.tables.lookup import NAME_COLUMNS, Labels, Lookup, Names
from hazama.tables.rows import records
from hazama.tables.rules import broken_rules
from hazama.tables.sheets import Sheet
from hazama.tables.spellings import folded
from hazama.tables.town_file import FILE, Folder


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
        raise InputError(*resources.phrase("tables", "town_unusable", folder=place, count=len(errors)), errors)
    return found.town


def check(place: Folder | str) -> Checked:
    """Everything that is wrong or odd in the tables of a town, and the town when nothing is wrong."""
    place = Path(place) if isinstance(place, str) else place
    is_book = isinstance(place, Path) and place.is_file()
    return check_files([place]) if is_book else checked(homes.of_folder(place))  # type: ignore[list-item]


def check_files(paths: Iterable[Path], table: str = "") -> Checked:
    """The same for loose files of one town; *table* says which table they are where the name does not."""
    return checked(homes.of_files(tuple(paths), table))


def strict(found: Iterable[Violation]) -> tuple[Violation, ...]:
    """The same violations with every repair as an error."""
    return tuple(replace(entry, severity="error") if entry.severity == "repair" else entry for entry in found)


def checked(town: Home) -> Checked:
    """The town in a folder or in a book, and everything that is wrong or odd in it."""
    layers = homes.layers(town)
    found = [entry for home in layers for entry in home.found]
    layers = tuple(home for home in layers if home.settings is not None)
    if town.settings is None:
        return Checked(None, tuple(found))
    schemes, wrong = concepts.schemes(layers)
    sheets: dict[str, Mapping[str, Sheet]] = {}
    for home in layers:
        sheets[home.key], others = homes.tables(home)
        found += others
    every_sheet = [sheet for own in sheets.values() for sheet in own.values()]
    given = {
        key: [_understood(sheet, declaration()[name]) for name, sheet in own.items() if sheet.lines]
        for key, own in sheets.items()
    }
    lookups = _lookups(layers, sheets, given, schemes)
    rows: dict[str, Any] = dict.fromkeys(declaration(), ())
    for key, own in given.items():
        for one in own:
            rows[one.table.name] += tuple(records(one, key, lookups[key]))
    found += [*wrong, *(entry for sheet in every_sheet for entry in sheet.found), *broken_rules(rows, schemes)]
    violations = _sorted(found, every_sheet)
    if any(entry.severity == "error" for entry in violations):
        return Checked(None, violations)
    order = tuple(home.layer for home in layers)
    return Checked(Municipality(layers=order, schemes=schemes, space=concepts.space(), **rows), violations)


def _understood(sheet: Sheet, table: Table) -> TableSheet:
    """The sheet as that table; that of demand may have the columns of the standard population table."""
    sheet = laid_out(sheet, table)
    return understood(recast(sheet) if table.name == "demand" else sheet, table)


def _lookups(
    layers: Sequence[Home],
    sheets: Mapping[str, Mapping[str, Sheet]],
    given: Mapping[str, Sequence[TableSheet]],
    schemes: Mapping[str, Scheme],
) -> dict[str, Lookup]:
    """What the cells of each layer may name: its own rows and those of the layers it stands on."""
    labels = {name: Labels(scheme) for name, scheme in schemes.items()}
    known = {home.key: home.layer for home in layers}
    names = {key: Names() for key in known}
    for home in layers:
        own = names[home.key]
        own.stand_on(names[other] for other in homes.beneath(home.key, known))
        whole = {one.table.name for one in given[home.key] if _add_names(own, one)}
        for name, table in declaration().items():
            if table.has_ids and name not in whole and (home.is_loose or name in sheets[home.key]):
                own.leave_out(name)
    return {key: Lookup(labels, own) for key, own in names.items()}


def _add_names(names: Names, given: TableSheet) -> bool:
    """Make the rows of a table known; whether it says their ids."""
    at = {column.name: at for at, column in given.columns.items()}
    if "id" not in at or not given.table.has_ids:
        return False
    for line in given.lines:
        said = {name: line.text(at[name]) for name in ("reading", *NAME_COLUMNS) if name in at}
        if (reading := said.pop("reading", "")) and "name" in said:
            names.sound(given.table.name, reading, said["name"])
        called = (part for text in said.values() for part in text.split(";"))
        names.add(given.table.name, folded(line.text(at["id"])), called)
    return True


def _sorted(found: Iterable[Violation], sheets: Iterable[Sheet]) -> tuple[Violation, ...]:
    """By layer, table and row, as a person works through them; each once."""
    order = {(sheet.file, sheet.title): number for number, sheet in enumerate(sheets)}

    def place(entry: Violation) -> tuple[int, str, int]:
        is_town = entry.file.endswith(FILE)
        return -1 if is_town else order.get((entry.file, entry.sheet), len(order)), entry.file, entry.row

    return tuple(sorted(dict.fromkeys(found), key=place))
