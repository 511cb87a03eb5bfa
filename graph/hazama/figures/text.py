"""How wide a Japanese or English text is, and where its lines break, without asking any font.

Widths come from Unicode's East Asian Width (UAX #11): a full-width character is 1.0 em, any other 0.56 em.
That is right to a few percent for the fonts of Japanese offices, the same on every machine, and boxes carry
padding for the rest. Breaks follow the line-start and line-end rules of JIS X 4051 and prefer the joints of a
Japanese name: after an inflected or suffixed part (課, 型), where the script changes, between pairs of kanji.
"""

import re
import unicodedata
from functools import lru_cache
from importlib.resources import files

FULL = 1.0
HALF = 0.56

_NEVER_FIRST = frozenset(
    "、。，．・：；！？)）］】」』〉》〕｝ーぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮ々〻,.;:!?%％]}→"
)
_NEVER_LAST = frozenset("（［【「『〈《〔｛([{#＃¥￥$")
_AFTER = frozenset("・、。，／/ 　）」』】〕)")
_SUFFIXES = frozenset("課部室会型的者等係局所化性用市町村県区")
_WHOLE = re.compile("|".join((files("hazama.figures") / "joints.txt").read_text(encoding="utf-8").split()))
"""Words (longest first) inside which a break would hurt."""
_PARTICLES = frozenset("のをにはがでとへも")
_LINE = 14.0
_DROPPED = frozenset(chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF))


def clean(text: str) -> str:
    """Return the text on one line, without control characters and bidi overrides, in NFC."""
    kept = (" " if character.isspace() else character for character in unicodedata.normalize("NFC", text))
    return " ".join("".join(character for character in kept if _drawable(character)).split(" ")).strip()


def _drawable(character: str) -> bool:
    return character not in _DROPPED and unicodedata.category(character) not in ("Cc", "Cs", "Cn", "Co")


@lru_cache(maxsize=8192)
def _em(character: str) -> float:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0.0
    return FULL if unicodedata.east_asian_width(character) in "WFA" else HALF


@lru_cache(maxsize=65536)
def width(text: str, size: float = 1.0) -> float:
    """Return the width of one line of text, in the unit of ``size``.

    >>> width("会議", 10), width("ab", 10)
    (20.0, 11.2)
    """
    return round(sum(map(_em, text)) * size, 3)


@lru_cache(maxsize=8192)
def lines(text: str, room: float, size: float = 1.0, most: int = 9) -> tuple[str, ...]:
    """Break a text into the fewest lines of at most ``room``, evenly filled, at the best joints.

    Nothing is lost unless ``most`` lines are not enough; then the last line ends in "…".

    >>> lines("藤沢型地域包括ケアシステム推進会議", 10.0)
    ('藤沢型地域包括', 'ケアシステム推進会議')
    """
    cleaned = clean(text)
    if width(cleaned, size) <= room:
        return (cleaned,)
    broken = _best(_pieces(cleaned), room / size)
    return broken if len(broken) <= most else (*broken[: most - 1], _cut("".join(broken[most - 1 :]), room / size))


def _cut(text: str, room: float) -> str:
    kept = text
    while kept and width(kept + "…") > room:
        kept = kept[:-1]
    return kept + "…"


def _pieces(text: str) -> list[tuple[str, float]]:
    """Split at every allowed break; each piece comes with the price of breaking after it."""
    pieces: list[tuple[str, float]] = []
    start, run = 0, 0
    inside = {at for found in _WHOLE.finditer(text) for at in range(found.start() + 1, found.end())}
    for index in range(1, len(text)):
        run = run + 1 if _script(text[index - 1]) == "kanji" else 0
        price = _price(text[index - 1], text[index], run)
        if price is not None:
            pieces.append((text[start:index], price + 25.0 * (index in inside)))
            start = index
        if text[index - 1] in _SUFFIXES:
            run = 0
    return [*pieces, (text[start:], 0.0)]


def _price(before: str, after: str, run: int) -> float | None:
    """Return what a break between two characters costs, or None where none is allowed."""
    if after in _NEVER_FIRST or before in _NEVER_LAST or _em(after) == 0.0 or before == "\u200d" or after == " ":
        return None
    if before in _AFTER:
        return 0.0
    old, new = _script(before), _script(after)
    if old == new == "latin":
        return 4.0 if before in "-_/ ." else None
    if before in _PARTICLES and old == "hiragana" and new != "hiragana":
        return 0.5
    if new == "hiragana" and old == "kanji":
        return 18.0
    if old != new:
        return 1.5
    if new != "kanji":
        return 8.0 if before == "の" else 60.0
    if after in _SUFFIXES:
        return 15.0
    return 2.5 if run % 2 == 0 or before in _SUFFIXES else 16.0


@lru_cache(maxsize=8192)
def _script(character: str) -> str:
    if "\u3041" <= character <= "\u309f":
        return "hiragana"
    if "\u30a0" <= character <= "\u30ff":
        return "katakana"
    if _em(character) == FULL:
        return "kanji" if unicodedata.category(character) == "Lo" or character == "々" else "sign"
    return "latin"


def _best(pieces: list[tuple[str, float]], room: float) -> tuple[str, ...]:
    """Choose the breaks that cost the least together; a further line costs too (Knuth and Plass, 1981)."""
    measured = [(piece, price, width(piece)) for piece, price in _fitting(pieces, room)]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for end in range(1, len(measured) + 1):
        best.append(min(_ways(measured, best, end, room)))
    cuts, end = [], len(measured)
    while end:
        start = best[end][1]
        cuts.append("".join(piece for piece, _, _ in measured[start:end]).strip())
        end = start
    return tuple(reversed(cuts))


def _ways(
    pieces: list[tuple[str, float, float]], best: list[tuple[float, int]], end: int, room: float
) -> list[tuple[float, int]]:
    found, length = [], 0.0
    for start in range(end - 1, -1, -1):
        length += pieces[start][2]
        if length > room and start < end - 1:
            break
        ragged = (1.0 - length / room) ** 2 * 12.0
        found.append((best[start][0] + _LINE + ragged + pieces[end - 1][1], start))
    return found


def _fitting(pieces: list[tuple[str, float]], room: float) -> list[tuple[str, float]]:
    """Cut pieces that are wider than a whole line, a long English word or an id, at any character."""
    fitting: list[tuple[str, float]] = []
    for piece, price in pieces:
        while width(piece) > room and len(piece) > 1:
            count = max((n for n in range(1, len(piece)) if width(piece[:n]) <= room), default=1)
            fitting.append((piece[:count], 60.0))
            piece = piece[count:]
        fitting.append((piece, price))
    return fitting
