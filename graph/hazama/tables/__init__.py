"""Files → values: a town read from its tables, every bad cell reported at once.

>>> from hazama import tables
>>> list(tables.declaration())[:3]
['agencies', 'bodies', 'members']

Every name is loaded when it is first used: pandas waits until a table of results is asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hazama.tables.applying import apply
    from hazama.tables.columns import Column, Table, declaration, table_named
    from hazama.tables.crossings import matrix
    from hazama.tables.empty import new
    from hazama.tables.frames import frame, population
    from hazama.tables.importing import guessed_mapping, import_table
    from hazama.tables.merging import Change, changes, passed_over
    from hazama.tables.online import dead_addresses
    from hazama.tables.reading import Checked, check, check_files, read, sample, strict
    from hazama.tables.results import to_csv, to_excel
    from hazama.tables.saving import save
    from hazama.tables.sentences import heading, sentence
    from hazama.tables.writing import files, write

_HOMES = {
    "applying": "apply",
    "columns": "Column Table declaration table_named",
    "crossings": "matrix",
    "empty": "new",
    "frames": "frame population",
    "importing": "guessed_mapping import_table",
    "merging": "Change changes passed_over",
    "online": "dead_addresses",
    "reading": "Checked check check_files read sample strict",
    "results": "to_csv to_excel",
    "saving": "save",
    "sentences": "heading sentence",
    "writing": "files write",
}
_HOME = {name: module for module, names in _HOMES.items() for name in names.split()}

__all__ = [
    "Change",
    "Checked",
    "Column",
    "Table",
    "apply",
    "changes",
    "check",
    "check_files",
    "dead_addresses",
    "declaration",
    "files",
    "frame",
    "guessed_mapping",
    "heading",
    "import_table",
    "matrix",
    "new",
    "passed_over",
    "population",
    "read",
    "sample",
    "save",
    "sentence",
    "strict",
    "table_named",
    "to_csv",
    "to_excel",
    "write",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'hazama.tables' has no attribute {name!r}")
    found = getattr(import_module(f"hazama.tables.{_HOME[name]}"), name)
    globals()[name] = found
    return found
