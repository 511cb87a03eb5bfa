"""Which town this is: ``town.toml``, or the sheet of a workbook that says the same."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from hazama.model.names import normalised
from hazama.model.town import Layer
from hazama.resources import words
from hazama.tables.sheets import Sheet

Folder: TypeAlias = Path | Traversable
Settings: TypeAlias = Mapping[str, Any]

FILE = "town.toml"
TEXTS = ("name", "name_en", "code", "base", "licence", "publisher")
KEYS = ("name", "name_en", "code", "base", "licence", "as_of", "publisher", "stands_on")
NO_BASE = "https://example.org/town/"
"""Address of rows whose town is not known (RFC 2606)."""
_UNSAFE = re.compile(r"[\s<>\"{}|\\^`\x00-\x1f#?]|[^\x00-\x7f]")
_MOST_BYTES = 1024 * 1024


def of_folder(folder: Folder) -> Settings:
    """What ``town.toml`` says; raises :class:`OSError` and :class:`ValueError`, also for more than a megabyte."""
    with (folder / FILE).open("rb") as stream:
        data = stream.read(_MOST_BYTES + 1)
    if len(data) > _MOST_BYTES:
        raise ValueError("> 1 MB")
    return parsed(data)


def parsed(data: bytes) -> Settings:
    """What the bytes of a ``town.toml`` say; raises :class:`ValueError`."""
    return tomllib.loads(data.decode("utf-8-sig"))


def of_sheet(sheet: Sheet) -> Settings:
    """The same from a sheet with a key, in Japanese or English, and a value in each row."""
    both = words("tables")["town_keys"]
    keys = {normalised(label): key for lang in both for key, label in zip(KEYS, both[lang].split(";"), strict=True)}
    found: dict[str, Any] = {key: line.text(1) for line in sheet.lines if (key := keys.get(normalised(line.cells[0])))}
    if "stands_on" in found:
        found["stands_on"] = [name.strip() for name in found["stands_on"].split(";") if name.strip()]
    return found


def layer(key: str, settings: Settings) -> Layer:
    """The layer of that key; what cannot be used is left out, and :func:`wrong` says it."""
    texts = {name: _text(settings, name) for name in TEXTS}
    names, code = settings.get("stands_on", []), _with_zero(texts.pop("code"))
    stands_on = tuple(name for name in names if isinstance(name, str)) if isinstance(names, list) else ()
    return Layer(key, code=code, as_of=_date(settings.get("as_of")), stands_on=stands_on, **texts)


def wrong(settings: Settings) -> Iterator[tuple[str, str, dict[str, object]]]:
    """What is wrong with the settings: the key, a code of the words and its values."""
    for name in ("name", "base"):
        if not _text(settings, name):
            yield name, "missing_key", {"key": name}
    for name in settings:
        if name not in KEYS:
            yield name, "unknown_key", {"found": name, "known": " / ".join(KEYS)}
    for name in TEXTS:
        if not isinstance(settings.get(name, ""), str):
            yield name, "key_not_text", {"key": name, "found": settings[name]}
    base, code = _text(settings, "base"), _text(settings, "code")
    as_of, names = settings.get("as_of"), settings.get("stands_on", [])
    if base and not is_base(base):
        yield "base", "bad_base", {"found": base}
    if _with_zero(code) != code:
        yield "code", "zeros_added", {"found": code, "taken": _with_zero(code)}
    elif code and not is_code(code):
        yield "code", "bad_code", {"found": code}
    if as_of not in (None, "") and _date(as_of) is None:
        yield "as_of", "bad_as_of", {"found": as_of}
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        yield "stands_on", "bad_stands_on", {"found": names}


def _text(settings: Settings, name: str) -> str:
    value = settings.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def _date(value: object) -> date | None:
    if isinstance(value, date):
        return value.date() if isinstance(value, datetime) else value
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
    is_address = parts.scheme in ("http", "https") and bool(parts.netloc)
    return is_address and text.endswith("/") and not _UNSAFE.search(text)


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
