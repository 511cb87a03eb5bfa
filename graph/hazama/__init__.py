"""hazama (狭間): a municipality's welfare programmes, bodies and law as a graph that shows the gaps between them.

>>> import hazama
>>> town = hazama.read(hazama.sample())
>>> town.name
'藤沢市'

Every name below is loaded when it is first used, so that a command waits only for what it needs.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hazama.tables import read, sample

_HOME = {
    "read": "hazama.tables",
    "sample": "hazama.tables",
}

__version__ = "0.1.0"
__all__ = ["__version__", "read", "sample"]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module 'hazama' has no attribute {name!r}")
    return getattr(import_module(_HOME[name]), name)
