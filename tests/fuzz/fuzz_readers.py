"""Coverage-guided fuzzing of the readers: ``make fuzz``; what it finds becomes a case of the tests.

Any bytes must give a grid or a reason, and any text a value or an error of its cell; nothing else may be raised.
``python tests/fuzz/fuzz_readers.py -max_total_time=60 [CORPUS]``
"""

import sys

import atheris

with atheris.instrument_imports(include=["hazama"]):
    from hazama.tables.cells import CellError, reader, reading
    from hazama.tables.columns import declaration
    from hazama.tables.concepts import packaged
    from hazama.tables.csv_files import csv_sheet
    from hazama.tables.layout import table_sheet
    from hazama.tables.lookup import Labels, Lookup, Names

TABLE = declaration()["programs"]
LOOKUP = Lookup({name: Labels(scheme) for name, scheme in packaged().items()}, Names())
READERS = [(column, reader(column, TABLE, LOOKUP)) for column in TABLE.columns]


def read(data: bytes) -> None:
    """One input, as a file and as a cell of every kind."""
    sheet = csv_sheet("fuzz.csv", data)
    assert bool(sheet.lines) != bool(sheet.found)
    table_sheet(sheet, TABLE)
    text = data[:200].decode("utf-8", "replace").strip()
    for column, read_one in READERS if text else ():
        try:
            reading(text, column, read_one, LOOKUP)
        except CellError:
            continue


if __name__ == "__main__":
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()
