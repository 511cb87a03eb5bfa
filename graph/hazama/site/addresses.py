"""Addresses of pages: ASCII file names from ids, safe on every file system that an office uses."""

from collections.abc import Iterable, Iterator
from re import sub

_RESERVED = frozenset({"con", "prn", "aux", "nul"} | {f"{port}{n}" for port in ("com", "lpt") for n in range(10)})


def file_names(ids: Iterable[str]) -> dict[str, str]:
    """A file name without its ending for every id: lower case, no two alike, none that Windows reserves.

    >>> file_names(["i1a", "I1A", "326AC0000000045", "con"])
    {'326AC0000000045': '326ac0000000045', 'I1A': 'i1a', 'con': 'con_', 'i1a': 'i1a_'}
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    for id in sorted(set(ids)):
        name = next(name for name in _candidates(id) if name not in taken)
        taken.add(name)
        names[id] = name
    return names


def _candidates(id: str) -> Iterator[str]:
    name = sub(r"[^a-z0-9_-]", "-", id.lower()) or "_"
    if name in _RESERVED:
        name += "_"
    while True:
        yield name
        name += "_"


def way_up(address: str) -> str:
    """The relative way from a page to the folder that addresses start from.

    >>> way_up("programs/i1a.html"), way_up("index.html")
    ('../', '')
    """
    return "../" * address.count("/")
