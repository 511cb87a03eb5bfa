"""Finding a thing by what people call it: one spelling for look-up, search and suggestions."""

import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches

SPELLINGS = (("障碍", "障害"), ("障がい", "障害"), ("子供", "子ども"), ("髙", "高"), ("﨑", "崎"))
"""Spellings of one word, each with the one that stands for it."""
DROPPED = " \u3000・、。,.()（）「」『』-－―~〜～/"
"""Signs that no look-up minds."""
_WITHOUT = str.maketrans("", "", DROPPED)


def normalised(text: str) -> str:
    """The form in which two spellings of one name meet: width, case, kana, spaces and signs folded.

    NFKC, lower case, katakana to hiragana, separators dropped, welfare spellings unified. The
    site's search script does the same; a test holds the two together.
    """
    folded = unicodedata.normalize("NFKC", text).lower()
    for spelling, standard in SPELLINGS:
        folded = folded.replace(spelling, standard)
    hiragana = "".join(chr(ord(sign) - 96) if "ァ" <= sign <= "ヶ" else sign for sign in folded)
    return hiragana.translate(_WITHOUT)


def suggestions(text: str, names: Iterable[str], most: int = 3) -> list[str]:
    """The names that look most like *text*, best first; for a message, never for a silent choice."""
    by_form: Mapping[str, str] = {normalised(name): name for name in names}
    wanted = normalised(text)
    if not wanted or (len(wanted) < 3 and wanted.isascii()):  # "No." is no slip of "note"
        return []
    inside = [by_form[form] for form in sorted(by_form) if wanted in form]
    close = [by_form[form] for form in get_close_matches(wanted, sorted(by_form), most, 0.6)]
    return list(dict.fromkeys(inside + close))[:most]
