"""Files → values: a town read from its tables, every bad cell reported at once.

>>> from hazama import tables
>>> town = tables.read(tables.sample())
>>> town.name
'藤沢市'

Every name is loaded when it is first used: pandas waits until a table of results is asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hazama.tables.columns import declaration
    from hazama.tables.read import Checked, check, read, sample
    from hazama.tables.sentences import sentence

_HOME = {
    "Checked": "read",
    "check": "read",
    "declaration": "columns",
    "read": "read",
    "sample": "read",
    "sentence": "sentences",
}

__all__ = ["Checked", "check", "declaration", "read", "sample", "sentence"]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'hazama.tables' has no attribute {name!r}")
    return getattr(import_module(f"hazama.tables.{_HOME[name]}"), name)
