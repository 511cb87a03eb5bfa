"""Files → values: a town read from its tables, every bad cell reported at once.

>>> from hazama import tables
>>> list(tables.declaration())[:3]
['agencies', 'bodies', 'members']

Every name is loaded when it is first used: pandas waits until a table of results is asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hazama.tables.columns import Column, Table, declaration
    from hazama.tables.crossings import matrix
    from hazama.tables.empty import new
    from hazama.tables.frames import frame, labelled, population
    from hazama.tables.reading import Checked, check, read, sample
    from hazama.tables.results import to_csv, to_excel
    from hazama.tables.sentences import sentence
    from hazama.tables.writing import files, write

_HOME = {
    "Checked": "reading",
    "Column": "columns",
    "Table": "columns",
    "check": "reading",
    "declaration": "columns",
    "files": "writing",
    "frame": "frames",
    "labelled": "frames",
    "matrix": "crossings",
    "new": "empty",
    "population": "frames",
    "read": "reading",
    "sample": "reading",
    "sentence": "sentences",
    "to_csv": "results",
    "to_excel": "results",
    "write": "writing",
}

__all__ = [
    "Checked",
    "Column",
    "Table",
    "check",
    "declaration",
    "files",
    "frame",
    "labelled",
    "matrix",
    "new",
    "population",
    "read",
    "sample",
    "sentence",
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
