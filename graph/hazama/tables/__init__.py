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
    from hazama.tables.columns import declaration, table_named
    from hazama.tables.empty import new
    from hazama.tables.frames import frame, matrix, population
    from hazama.tables.importing import guessed_mapping, import_table
    from hazama.tables.merging import changes, passed_over
    from hazama.tables.online import dead_addresses
    from hazama.tables.reading import Checked, check, check_files, read, sample, strict
    from hazama.tables.results import to_csv, to_excel
    from hazama.tables.saving import save
    from hazama.tables.sentences import heading, sentence
    from hazama.tables.writing import files, write

_HOMES = {
    "applying": "apply",
    "columns": "declaration table_named",
    "empty": "new",
    "frames": "frame matrix population",
    "importing": "guessed_mapping import_table",
    "merging": "changes passed_over",
    "online": "dead_addresses",
    "reading": "Checked check check_files read sample strict",
    "results": "to_csv to_excel",
    "saving": "save",
    "sentences": "heading sentence",
    "writing": "files write",
}
_HOME = {name: module for module, names in _HOMES.items() for name in names.split()}

__all__ = [
    "Checked",
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
