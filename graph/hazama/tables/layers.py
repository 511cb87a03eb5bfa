"""The folders of a town: its own and those of the layers it stands on, with what ``town.toml`` says."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from hazama import resources
from hazama.model.errors import Violation
from hazama.model.names import normalised
from hazama.model.town import Layer
from hazama.resources import words
from hazama.tables.books import Book
from hazama.tables.grids import Sheet, repair, violation, warning
from hazama.tables.saving import finish

Folder: TypeAlias = Path | Traversable
Home: TypeAlias = Folder | Book

FILE = "town.toml"
KEYS = ("name", "name_en", "code", "base", "licence", "as_of", "publisher", "stands_on")
NO_BASE = "https://example.org/town/"
"""Address of rows whose town is not known (RFC 2606)."""
_LAYER_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*")
_UNSAFE = re.compile(r"[\s<>\"{}|\\^`\x00-\x1f]")
_MOST_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class LayerFolder:
    """A layer and the folder that its tables are in."""

    layer: Layer
    folder: Home

    def file(self, name: str) -> str:
        """What messages call a file of this layer: ``programs.csv``, ``national/programs.csv``."""
        if isinstance(self.folder, Book):
            return self.folder.file
        return f"{self.layer.key}/{name}" if self.layer.key else name


@dataclass(slots=True)
class _Search:
    """The layers found so far, the town first, and what was wrong on the way."""

    town: Home
    found: dict[str, LayerFolder] = field(default_factory=dict)
    violations: list[Violation] = field(default_factory=list)


def layers(town: Home) -> tuple[tuple[LayerFolder, ...], tuple[Violation, ...]]:
    """The town and the layers beneath it, each once, and what is wrong with their ``town.toml``."""
    search = _Search(town)
    waiting: list[tuple[str, Home]] = [("", town)]
    while waiting:
        key, folder = waiting.pop(0)
        if key in search.found:
            continue
        here = _layer_folder(key, folder, search)
        if here is None:
            continue
        search.found[key] = here
        waiting += [(name, home) for name, home in _beneath(here, search)]
    return tuple(search.found.values()), tuple(search.violations)


def beneath(key: str, layers: Mapping[str, Layer]) -> tuple[str, ...]:
    """The layers that one stands on, directly or not, the nearest first; a circle ends where it began."""
    found = [key]
    for name in found:
        found += [other for other in layers[name].stands_on if other in layers and other not in found]
    return tuple(found[1:])


def _beneath(here: LayerFolder, search: _Search) -> Iterator[tuple[str, Folder]]:
    for name in here.layer.stands_on:
        home = _home(search.town, name)
        if home is None:
            search.violations.append(violation(here.file(FILE), 0, "stands_on", "unknown_layer", found=name))
        else:
            yield name, home


def _home(town: Home, name: str) -> Folder | None:
    """Beside the town's folder or workbook, else in the package; a name is never a path."""
    if not _LAYER_NAME.fullmatch(name):
        return None
    parents = [town.resolve().parent] if isinstance(town, Path) else [town.parent] if isinstance(town, Book) else []
    beside = [parent / name for parent in parents]
    packaged = resources.folder("data") / name
    return next((home for home in (*beside, packaged) if (home / FILE).is_file()), None)


def _layer_folder(key: str, folder: Home, search: _Search) -> LayerFolder | None:
    file = f"{key}/{FILE}" if key else FILE
    if isinstance(folder, Book):
        return _layer_book(folder, search)
    if isinstance(folder, Path):
        finish(folder)
    try:
        entries = _entries(folder / FILE)
    except FileNotFoundError:
        search.violations.append(violation(file, 0, "", "missing_town_file"))
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        search.violations.append(violation(file, 0, "", "bad_toml", found=str(error)))
    except OSError as error:
        search.violations.append(violation(file, 0, "", "unreadable_file", found=error.strerror or str(error)))
    else:
        search.violations += _wrong(entries, file)
        return LayerFolder(_layer(key, entries), folder)
    return None


def _layer_book(book: Book, search: _Search) -> LayerFolder:
    """A workbook says on a sheet what ``town.toml`` says; loose tables belong to a town without a name of its own."""
    entries = dict(_entries(book.base / FILE)) if book.base else {} if book.town else _loose(book)
    entries |= town_entries(book.town.sheet) if book.town else {}
    place = book.town.name if book.town else ""
    search.violations += (replace(wrong, sheet=place) for wrong in _wrong(entries, book.file))
    return LayerFolder(_layer("", entries), book)


def _loose(book: Book) -> dict[str, Any]:
    """What is said of tables that nobody says the town of: they may name national law."""
    return {"name": book.file.partition(".")[0], "base": NO_BASE, "stands_on": ["national"]}


def town_entries(given: Sheet) -> dict[str, Any]:
    """The entries of ``town.toml`` from a sheet with a key, in Japanese or English, and a value in each row."""
    both = words("tables")["town_keys"]
    keys = {normalised(label): key for lang in both for key, label in zip(KEYS, both[lang].split(";"), strict=True)}
    rows = [given.grid.headings, *given.grid.lines] if given.grid else []
    texts = {key: "".join(row.cells[1:2]).strip() for row in rows if (key := keys.get(normalised(row.cells[0])))}
    if "stands_on" in texts:
        return {**texts, "stands_on": [name for part in texts["stands_on"].split(";") if (name := part.strip())]}
    return dict(texts)


def _entries(file: Folder) -> Mapping[str, Any]:
    with file.open("rb") as stream:
        data = stream.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise ValueError("> 1 MB")
    return tomllib.loads(data.decode("utf-8-sig"))


def _layer(key: str, entries: Mapping[str, Any]) -> Layer:
    return Layer(
        key=key,
        stands_on=_names(entries),
        as_of=_date(entries.get("as_of")),
        code=_with_zero(_text(entries, "code")),
        **{name: _text(entries, name) for name in ("name", "name_en", "base", "licence", "publisher")},
    )


def _wrong(entries: Mapping[str, Any], file: str) -> Iterator[Violation]:
    for name in ("name", "base"):
        if not _text(entries, name):
            yield violation(file, 0, name, "missing_key", key=name)
    for name in entries:
        if name not in KEYS:
            yield warning(file, 0, name, "unknown_key", found=name, known=" / ".join(KEYS))
    for name in ("name", "name_en", "base", "code", "licence", "publisher"):
        if not isinstance(entries.get(name, ""), str):
            yield violation(file, 0, name, "key_not_text", key=name, found=entries[name])
    yield from _wrong_values(entries, file)


def _wrong_values(entries: Mapping[str, Any], file: str) -> Iterator[Violation]:
    base, code, as_of = _text(entries, "base"), _text(entries, "code"), entries.get("as_of")
    if base and not is_base(base):
        yield violation(file, 0, "base", "bad_base", found=base)
    if _with_zero(code) != code:
        yield repair(file, 0, "code", "zeros_added", found=code, taken=_with_zero(code))
    elif code and not is_code(code):
        yield violation(file, 0, "code", "bad_code", found=code)
    if as_of not in (None, "") and _date(as_of) is None:
        yield violation(file, 0, "as_of", "bad_as_of", found=as_of)
    names = entries.get("stands_on", [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        yield violation(file, 0, "stands_on", "bad_stands_on", found=names)


def _text(entries: Mapping[str, Any], name: str) -> str:
    value = entries.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def _names(entries: Mapping[str, Any]) -> tuple[str, ...]:
    names = entries.get("stands_on", [])
    return tuple(name for name in names if isinstance(name, str)) if isinstance(names, list) else ()


def _date(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def is_base(text: str) -> bool:
    """Whether *text* is an address that ids can be put behind: http(s), a host, a slash at the end."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    safe = text.isascii() and not _UNSAFE.search(text) and "#" not in text and "?" not in text
    return safe and parts.scheme in ("http", "https") and bool(parts.netloc) and text.endswith("/")


def _with_zero(code: str) -> str:
    """The code with the 0 of 北海道 to 栃木県 that a spreadsheet dropped, where the check digit bears it out."""
    return f"0{code}" if len(code) == 5 and is_code(f"0{code}") else code


def is_code(text: str) -> bool:
    """Whether *text* is a 全国地方公共団体コード: five digits and their check digit.

    The check digit is the last digit of 11 − (Σ digit × weight) mod 11 with the weights 6 5 4 3 2
    (総務省「全国地方公共団体コード」検査数字の算出方法).

    >>> is_code("142051"), is_code("142052")
    (True, False)
    """
    if not re.fullmatch(r"[0-9]{6}", text):
        return False
    total = sum(int(digit) * weight for digit, weight in zip(text, (6, 5, 4, 3, 2), strict=False))
    return (11 - total % 11) % 10 == int(text[5])
