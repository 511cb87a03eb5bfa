"""Bytes of a text file → the encoding they are in: byte order mark first, then strictly UTF-8, CP932 and older ones.

docs/decisions/0021 says why no library guesses.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

_STRAY = re.compile("[\x80\uf8f0-\uf8f3]")
"""What Python makes of the bytes 80, A0, FD, FE and FF, which CP932 gives no meaning."""
_UTF8_KANA = re.compile(rb"\xe3[\x81-\x83][\x80-\xbf]")
_HALF_WIDTH = re.compile("[\uff61-\uff9f]")
_KANA = re.compile("[ぁ-んァ-ヶ]")
_WIDE = re.compile("[ぁ-んァ-ヶ一-鿿]")
_COMMON = {"euc_jp": range(0xA1, 0xD0), "cp932": range(0x81, 0x98)}
"""First byte of signs, kana and the kanji of JIS level 1."""
_ESCAPES = (b"\x1b$", b"\x1b(J")
"""How ISO-2022-JP turns to Japanese."""


@dataclass(eq=False)
class DecodingError(Exception):
    """The bytes are no text that hazama can read; *code* names the reason, *line* where (0: everywhere)."""

    code: str
    line: int = 0


def encoding(data: bytes) -> str:
    """The Python name of the encoding of *data*; raises :class:`DecodingError`."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) and _first_failure(data, "utf-16") is None:
        return "utf-16"
    if b"\0" in data:
        raise DecodingError("binary_file")
    if any(escape in data for escape in _ESCAPES) and _first_failure(data, "iso2022_jp_ext") is None:
        return "iso2022_jp_ext"
    failure = _first_failure(data, "utf-8-sig")
    if failure is None:
        return "utf-8-sig"
    if _has_utf8_line(data):
        raise DecodingError("mixed_encoding", _line(data, failure))
    failure = _first_failure(data, "cp932")
    if _is_euc(data, failure is None):
        return "euc_jp"
    if failure is None:
        return "cp932"
    raise DecodingError("unknown_encoding", _line(data, failure))


def _is_euc(data: bytes, is_cp932: bool) -> bool:
    """Whether this is EUC-JP, which CP932 often reads too: as half-width kana, where EUC-JP has ordinary signs.

    Without kana, all of it must be common kanji, and none in the other reading.
    """
    if _first_failure(data, "euc_jp") is not None:
        return False
    text, other = data.decode("euc_jp"), data.decode("cp932") if is_cp932 else ""
    if not is_cp932:
        return bool(_WIDE.search(text))
    if len(_HALF_WIDTH.findall(other)) <= 2 * len(_HALF_WIDTH.findall(text)) + 2:
        return False
    return bool(_KANA.search(text)) or (all(_common(text, "euc_jp")) and not any(_common(other, "cp932")))


def _common(text: str, name: str) -> Iterator[bool]:
    """Of each sign beyond ASCII, whether it is a common one."""
    return (sign.encode(name)[0] in _COMMON[name] for sign in set(text) if not sign.isascii())


def _first_failure(data: bytes, name: str) -> int | None:
    try:
        text = data.decode(name)
    except UnicodeDecodeError as error:
        return error.start
    stray = _STRAY.search(text) if name == "cp932" else None
    return len(text[: stray.start()].encode(name)) if stray else None


def _has_utf8_line(data: bytes) -> bool:
    """Whether one line is Japanese in UTF-8: CP932 would read it too, as 縺ゅ or the like."""
    return any(_UTF8_KANA.search(line) and _first_failure(line, "utf-8") is None for line in data.splitlines())


def _line(data: bytes, position: int) -> int:
    return data.count(b"\n", 0, position) + 1
