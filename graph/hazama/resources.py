"""Folders that travel with the package: the ontology, the sample town, the words people see.

A wheel carries them inside the package; a checkout keeps them beside ``graph/``. Text is read
through ``importlib.resources`` so that a zipped installation works too.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def folder(name: str) -> Traversable:
    """The resource folder *name* (``ontology`` or ``data``) of a wheel or of a checkout."""
    inside = files("hazama") / name
    return inside if inside.is_dir() else Path(__file__).parents[2] / name


def text(path: str) -> str:
    """The UTF-8 text of a resource, its path given with slashes: ``ontology/hazama.ttl``."""
    top, _, rest = path.partition("/")
    return folder(top).joinpath(*rest.split("/")).read_text(encoding="utf-8")


def rows(path: str) -> Iterator[dict[str, str]]:
    """The rows of a CSV resource as dictionaries, in file order."""
    yield from csv.DictReader(io.StringIO(text(path), newline=""))


@cache
def words(area: str) -> Mapping[str, Mapping[str, str]]:
    """The words that people see, by id and language: ``words("tables")["duplicate_id"]["ja"]``.

    One file an area, ``ontology/words/<area>.csv`` with the columns ``id, ja, en``; a text may
    hold ``{name}`` places for :meth:`str.format`.
    """
    return {row["id"]: {"ja": row["ja"], "en": row["en"]} for row in rows(f"ontology/words/{area}.csv")}


def phrase(area: str, id: str, **values: object) -> tuple[str, str]:
    """One text in Japanese and in English with its places filled, ready for an error."""
    both = words(area)[id]
    return both["ja"].format(**values), both["en"].format(**values)
