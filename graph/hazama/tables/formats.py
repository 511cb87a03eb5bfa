"""The file formats that a table can come in: a list to read and to add to."""

from collections.abc import Callable, Mapping

from hazama.tables.csv_files import csv_sheet
from hazama.tables.grids import MOST_BYTES, Sheet, unusable
from hazama.tables.layers import Folder

FORMATS: Mapping[str, Callable[[str, bytes], Sheet]] = {".csv": csv_sheet}
"""Extension → reader of a file that holds one table; the first argument is what messages call the file."""


def sheet(path: Folder, file: str) -> Sheet:
    """The table in one file, read by the format of its extension."""
    read = FORMATS["." + path.name.rpartition(".")[2].lower()]
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        return unusable(file, "unreadable_file", found=error.strerror or str(error))
    return read(file, data)
