"""The file formats that a table can come in, and the tables that a layer has in them."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hazama.model.errors import Violation
from hazama.model.names import suggestions
from hazama.model.town import Layer
from hazama.tables import books
from hazama.tables.books import Book, Entry, book_sheets
from hazama.tables.columns import Table, declaration, table_named
from hazama.tables.csv_files import csv_sheet
from hazama.tables.grids import MOST_BYTES, Sheet, on_sheet, unusable, violation, warning
from hazama.tables.headings import likely_table
from hazama.tables.layers import Folder, LayerFolder
from hazama.tables.layout import laid_out
from hazama.tables.saving import finish

CONCEPTS = "concepts"


def _one(file: str, data: bytes) -> dict[str, Sheet]:
    return {"": csv_sheet(file, data)}


NO_TABLES = frozenset({"register"})
"""Files of a town's folder that are no table: the register of findings belongs to the audits."""

FORMATS: Mapping[str, Callable[[str, bytes], Mapping[str, Sheet]]] = {
    ".csv": _one,
    ".tsv": _one,
    ".txt": _one,
    **dict.fromkeys(books.EXTENSIONS, book_sheets),
}
"""Extension → reader of the sheets of a file by name; its first argument is what messages call the file."""


@dataclass(frozen=True, slots=True)
class Given:
    """A table as a layer gives it: which one, what messages call its file, and its text."""

    table: Table
    file: str
    sheet: Sheet


def opened(paths: tuple[Path, ...], table: str = "") -> Book:
    """Files as one book: a workbook's sheets by their names, other files by theirs or, if given, as *table*."""
    for folder in {path.parent for path in paths}:
        finish(folder)
    entries = tuple(entry for path in paths for entry in _entries(path, table))
    return Book(paths[0].name, paths[0].resolve().parent, entries)


def standing_on(book: Book, town: Path) -> Book:
    """The book's tables, concept lists and sheet of the town, and what the folder of a town has besides."""
    own = [entry for entry in book.entries if table_named(entry.name) or is_list(entry) or entry == book.town]
    names = {_called(entry) for entry in own}
    home = LayerFolder(Layer("", "", "", ""), town)
    lists = [Entry(f"{CONCEPTS}.{entry.name}", entry.file, entry.sheet) for entry in concept_lists(home)]
    others = [entry for entry in (*_files(home, town), *lists) if _called(entry) not in names]
    return Book(book.file, town.resolve().parent, (*own, *others), town, len(own))


def unread(book: Book) -> tuple[Violation, ...]:
    """The sheets of a book that no table has the name of."""
    home = LayerFolder(Layer("", "", "", ""), book)
    return tuple(found for entry in book.entries if not table_named(entry.name) for found in _unknown(entry, home))


def is_list(entry: Entry) -> bool:
    """Whether a sheet is a concept list, by its name."""
    return entry.name.startswith(f"{CONCEPTS}.")


def _called(entry: Entry) -> str:
    table = table_named(entry.name)
    return table.name if table else entry.name


def _entries(path: Path, table: str) -> Iterator[Entry]:
    for name, sheet in sheets(path, path.name).items():
        yield Entry(table or name or path.stem, path.name, sheet)


def sheets(path: Folder, file: str) -> Mapping[str, Sheet]:
    """The sheets of one file, read by the format of its extension."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        return {"": unusable(file, "unreadable_file", found=error.strerror or str(error))}
    reader = FORMATS.get(_extension(path.name))
    return reader(file, data) if reader else {"": unusable(file, "unknown_format", known=" ".join(FORMATS))}


def sheet(path: Folder, file: str, name: str = "") -> Sheet:
    """The one table in a file: the sheet of that name, else the first that holds anything."""
    found = sheets(path, file)
    named = [sheet for title, sheet in found.items() if name and table_named(title) == table_named(name)]
    return next((one for one in (*named, *found.values()) if one.grid), next(iter(found.values())))


def _extension(name: str) -> str:
    return "." + name.rpartition(".")[2].lower()


@dataclass(frozen=True, slots=True)
class Stock:
    """The tables of a layer in the order of the declaration, its concept lists, and what is wrong with the files."""

    tables: tuple[Given, ...]
    concepts: tuple[Entry, ...]
    violations: tuple[Violation, ...]


def stock(home: LayerFolder) -> Stock:
    """What a layer has, in a folder or in a book."""
    found: dict[str, Given] = {}
    violations: list[Violation] = []
    entries = home.folder.entries if isinstance(home.folder, Book) else tuple(_files(home, home.folder))
    for entry in entries:
        table = _table(entry, home)
        if table is None:
            violations += _unknown(entry, home)
        elif table.name in found:
            again = violation(entry.file, 0, "", "table_twice", found=table.title("ja"))
            violations.append(on_sheet(again, entry.sheet.grid))
        else:
            found[table.name] = Given(table, entry.file, laid_out(entry.sheet, table, entry.file))
    given = tuple(found[name] for name in declaration() if name in found)
    is_readable = all(entry.severity != "error" for entry in violations)
    if isinstance(home.folder, Book) and home.folder.is_loose and not given and is_readable:
        violations.append(violation(home.folder.file, 0, "", "no_table", known=" / ".join(declaration())))
    return Stock(given, tuple(concept_lists(home, entries)), tuple(violations))


def _table(entry: Entry, home: LayerFolder) -> Table | None:
    named = table_named(entry.name)
    is_loose = isinstance(home.folder, Book) and home.folder.is_loose
    return likely_table(entry.sheet) if named is None and is_loose else named


def _files(home: LayerFolder, folder: Folder) -> Iterator[Entry]:
    """The files of a folder; those that are no table by name are not read."""
    for path in sorted(folder.iterdir(), key=lambda path: path.name):
        stem, extension = path.name.rpartition(".")[0], _extension(path.name)
        if extension in FORMATS and path.is_file() and not stem.startswith("~$"):
            file = home.file(path.name)
            if table_named(stem):
                yield Entry(stem, file, sheet(path, file, stem))
            elif extension != ".txt" and stem not in NO_TABLES:
                yield Entry(stem, file, Sheet(None))


def _unknown(entry: Entry, home: LayerFolder) -> Iterator[Violation]:
    """Files and sheets that no table has the name of; they are not read."""
    is_book = isinstance(home.folder, Book)
    if is_book and (is_list(entry) or entry == home.folder.town):  # type: ignore[union-attr]
        return
    if entry.sheet.violations and entry.sheet.grid is None:
        yield from entry.sheet.violations
        return
    known = [table.name if entry.name.isascii() else table.ja for table in declaration().values()]
    near = suggestions(entry.name, known, 1)
    ending = "" if is_book else _extension(entry.file)
    code = "unknown_file_near" if near else "unknown_file"
    yield on_sheet(warning(entry.file, 0, "", code, near=near[0] + ending if near else ""), entry.sheet.grid)


def concept_lists(home: LayerFolder, entries: tuple[Entry, ...] = ()) -> Iterator[Entry]:
    """The concept lists of a folder, or those among the sheets of a book, by the names of their schemes."""
    if isinstance(home.folder, Book):
        lists = filter(is_list, entries)
        yield from (Entry(entry.name.partition(".")[2], entry.file, entry.sheet) for entry in lists)
        return
    folder = home.folder / CONCEPTS
    for path in sorted(folder.iterdir(), key=lambda path: path.name) if folder.is_dir() else ():
        if _extension(path.name) in FORMATS:
            file = home.file(f"{CONCEPTS}/{path.name}")
            yield Entry(path.name.rpartition(".")[0], file, sheet(path, file))
