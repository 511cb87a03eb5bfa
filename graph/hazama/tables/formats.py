"""The file formats that a table can come in: a list to read and to add to."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from hazama.tables.columns import Table, declaration
from hazama.tables.csv_files import csv_sheet
from hazama.tables.grids import MOST_BYTES, Sheet, unusable
from hazama.tables.layers import Folder, LayerFolder

FORMATS: Mapping[str, Callable[[str, bytes], Sheet]] = {".csv": csv_sheet}
"""Extension → reader of a file that holds one table; its first argument is what messages call the file."""


@dataclass(frozen=True, slots=True)
class Given:
    """A table as a layer gives it: which one, what messages call its file, and its text."""

    table: Table
    file: str
    sheet: Sheet


def given_tables(home: LayerFolder) -> Iterator[Given]:
    """The tables in the folder of a layer, in the order of the declaration."""
    for table in declaration().values():
        for extension in FORMATS:
            name = table.name + extension
            if (home.folder / name).is_file():
                yield Given(table, home.file(name), sheet(home.folder / name, home.file(name)))


def sheet(path: Folder, file: str) -> Sheet:
    """The table in one file, read by the format of its extension."""
    extension = "." + path.name.rpartition(".")[2]
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        return unusable(file, "unreadable_file", found=error.strerror or str(error))
    return FORMATS[extension](file, data)
