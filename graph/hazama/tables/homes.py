"""Where a town stands: a folder, a workbook or loose files, and the layers beneath it. Opened, all are alike."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from hazama import resources
from hazama.model.errors import Violation
from hazama.model.names import suggestions
from hazama.model.town import Layer
from hazama.tables import books, town_file
from hazama.tables.columns import declaration, table_named
from hazama.tables.csv_files import csv_sheet
from hazama.tables.layout import likely_table
from hazama.tables.saving import finish
from hazama.tables.sheets import MOST_BYTES, Sheet, unusable, violation
from hazama.tables.town_file import Folder, Settings

LISTS = "concepts."
"""What the name of a sheet that is a list of concepts begins with; in a folder they stand in ``concepts/``."""
NO_TABLES = frozenset({"register"})
"""Files of a town's folder that are no table: the register of findings belongs to the audits."""
_LAYER_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")

FORMATS: Mapping[str, Callable[[str, bytes], Sequence[Sheet]]] = {
    **dict.fromkeys((".csv", ".tsv", ".txt"), lambda file, data: [csv_sheet(file, data)]),
    **dict.fromkeys(books.EXTENSIONS, books.book_sheets),
}
"""Extension → reader of the sheets of a file; its first argument is what messages call the file."""


@dataclass(frozen=True, slots=True)
class Home:
    """A town or a layer of it: what is said of it as a whole, and its sheets by name."""

    key: str
    file: str
    """What messages call the file that says which town this is."""
    settings: Settings | None
    """What ``town.toml`` or the sheet of the town says; None where it cannot be read."""
    sheets: tuple[Sheet, ...] = ()
    beside: Path | None = None
    """The folder in which layers beneath it may stand."""
    title: str = ""
    """The sheet of a book that says which town this is."""
    is_loose: bool = False
    """Whether nothing says which town the tables are of."""
    found: list[Violation] = field(default_factory=list)

    @property
    def layer(self) -> Layer:
        """What ``town.toml`` says, as a value."""
        return town_file.layer(self.key, self.settings or {})

    def note(self, key: str, code: str, /, **values: object) -> None:
        """Report something about an entry of ``town.toml``, ``""`` for all of it."""
        self.found.append(violation(self.file, 0, key, code, self.title, **values))


def of_folder(folder: Folder, key: str = "") -> Home:
    """The folder of a town or layer; without a ``town.toml`` that can be read its tables are not read."""
    inside = f"{key}/" if key else ""
    home = Home(key, inside + town_file.FILE, None)
    if isinstance(folder, Path):
        finish(folder)
        home = replace(home, beside=folder.resolve().parent)
    try:
        settings = town_file.of_folder(folder)
    except FileNotFoundError:
        home.note("", "missing_town_file")
    except (ValueError, RecursionError) as error:
        home.note("", "bad_toml", found=error)
    except OSError as error:
        home.note("", "unreadable_file", found=error.strerror or error)
    else:
        return replace(home, settings=settings, sheets=(*_tables(folder, inside), *_lists(folder, inside)))
    return home


def of_files(paths: Sequence[Path], table: str = "") -> Home:
    """Files as one town: a workbook's sheets by their names, other files by theirs or, if given, as *table*."""
    for folder in {path.parent for path in paths}:
        finish(folder)
    found = [(path, sheet) for path in paths for sheet in sheets(path, path.name)]
    named = tuple(replace(sheet, name=table or sheet.name or path.stem) for path, sheet in found)
    town = next((sheet for sheet in named if books.is_called(sheet.name, "sheet_town")), None)
    unknown = {"name": paths[0].name.partition(".")[0], "base": town_file.NO_BASE, "stands_on": ["national"]}
    settings, title = (town_file.of_sheet(town), town.name) if town else (unknown, "")
    return Home("", paths[0].name, settings, named, paths[0].resolve().parent, title, is_loose=town is None)


def standing_on(book: Home, town: Home) -> Home:
    """The book's tables, concept lists and sheet of the town, and what the folder of a town has besides."""
    own = {_called(sheet): sheet for sheet in book.sheets if _is_known(sheet, book)}
    settings = {**(town.settings or {}), **({} if book.is_loose else book.settings or {})}
    others = [sheet for sheet in town.sheets if _called(sheet) not in own]
    return replace(
        book, settings=settings, sheets=(*own.values(), *others), beside=town.beside, is_loose=False, found=town.found
    )


def _called(sheet: Sheet) -> str:
    table = table_named(sheet.name)
    return table.name if table else sheet.name


def _is_known(sheet: Sheet, home: Home) -> bool:
    return bool(table_named(sheet.name)) or sheet.name.startswith(LISTS) or sheet.name == home.title


def sheets(path: Folder, file: str) -> Sequence[Sheet]:
    """The sheets of one file, read by the format of its extension; *file* is what messages call it."""
    reader = FORMATS.get(_parts(path)[1])
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        return [unusable(file, "unreadable_file", found=error.strerror or error)]
    return reader(file, data) if reader else [unusable(file, "unknown_format", known=" ".join(FORMATS))]


def sheet(path: Folder, file: str, name: str) -> Sheet:
    """The one table in a file: the sheet of that name, else the first that holds anything; called *name*."""
    found = sheets(path, file)
    named = [one for one in found if one.lines and table_named(one.name) == table_named(name)]
    return replace([*named, *(one for one in found if one.lines), found[0]][0], name=name)


def _parts(path: Folder) -> tuple[str, str]:
    stem, _, ending = path.name.rpartition(".")
    return stem, f".{ending.lower()}"


def files(folder: Folder) -> list[Folder]:
    """The files of a folder that may be tables, by name; what Excel keeps beside an open book is none."""
    inside = sorted(folder.iterdir(), key=lambda path: path.name) if folder.is_dir() else []
    return [path for path in inside if _parts(path)[1] in FORMATS and path.is_file() and not path.name.startswith("~$")]


def _tables(folder: Folder, inside: str) -> Iterator[Sheet]:
    """The files of a folder; those that are no table by name are not read."""
    for path in files(folder):
        stem, ending = _parts(path)
        if table_named(stem):
            yield sheet(path, inside + path.name, stem)
        elif ending != ".txt" and stem not in NO_TABLES:
            unread = Sheet(inside + path.name, stem)
            unread.found.append(_unknown(unread, ending))
            yield unread


def _lists(folder: Folder, inside: str) -> Iterator[Sheet]:
    """The concept lists of a folder, by the names of their schemes."""
    for path in files(folder / "concepts"):
        yield sheet(path, f"{inside}concepts/{path.name}", LISTS + _parts(path)[0])


def _unknown(sheet: Sheet, ending: str = "") -> Violation:
    """That no table has the name of the sheet."""
    known = [table.name if sheet.name.isascii() else table.ja for table in declaration().values()]
    likely = likely_table(sheet)
    near = "".join(suggestions(sheet.name, known, 1)) or (likely.ja if likely else "")
    code = "unknown_file_near" if near else "unknown_file"
    return violation(sheet.file, 0, "", code, sheet.title, near=near + ending if near else "")


def unread(home: Home) -> Iterator[Violation]:
    """What is wrong with the sheets that no table has the name of."""
    for sheet in home.sheets:
        if not _is_known(sheet, home):
            yield from sheet.found if sheet.found and not sheet.lines else (_unknown(sheet),)


def tables(home: Home) -> tuple[Mapping[str, Sheet], Sequence[Violation]]:
    """The sheets of a layer by their tables, in the order of the declaration, and what is wrong with the other ones."""
    known: dict[str, Sheet] = {}
    others, found = [], []
    for sheet in home.sheets:
        table = table_named(sheet.name) or (likely_table(sheet) if home.is_loose else None)
        if table is None:
            others.append(sheet)
        elif table.name in known:
            found.append(violation(sheet.file, 0, "", "table_twice", sheet.title, found=table.title("ja")))
        else:
            known[table.name] = sheet
    found += unread(replace(home, sheets=tuple(others)))
    if home.is_loose and not known and all(entry.severity != "error" for entry in found):
        found.append(violation(home.file, 0, "", "no_table", known=" / ".join(declaration())))
    return {name: known[name] for name in declaration() if name in known}, found


def layers(town: Home) -> tuple[Home, ...]:
    """The town and the layers beneath it, each once; what is wrong with what they say is noted on them."""
    found = [town]
    for home in found:
        for key, code, values in town_file.wrong(home.settings) if home.settings is not None else ():
            home.note(key, code, **values)
        for name in home.layer.stands_on:
            if not (folder := _beside(town, name)):
                home.note("stands_on", "unknown_layer", found=name)
            elif name not in {other.key for other in found}:
                found.append(of_folder(folder, name))
    return tuple(found)


def _beside(town: Home, name: str) -> Folder | None:
    """The folder of a layer beside the town's, else in the package; a name is never a path."""
    places = [town.beside / name] if town.beside else []
    known: list[Folder] = [*places, resources.folder("data") / name] if _LAYER_NAME.fullmatch(name) else []
    return next((folder for folder in known if (folder / town_file.FILE).is_file()), None)


def beneath(key: str, layers: Mapping[str, Layer]) -> tuple[str, ...]:
    """The layers that one stands on, directly or not, the nearest first; a circle ends where it began."""
    found = [key]
    for name in found:
        found += [other for other in layers[name].stands_on if other in layers and other not in found]
    return tuple(found[1:])
