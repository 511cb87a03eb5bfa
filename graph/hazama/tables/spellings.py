"""Signs that a PDF, an old system or a keyboard left in a cell, and the same text with ordinary ones."""

import re
from functools import cache
from unicodedata import normalize

from hazama import resources

_HALF_WIDTH_KANA = re.compile("[\uff61-\uff9f]+")
_UNSEEN = "\u200b\u2060\ufeff"
"""Signs without width that a web page or another program leaves: ZERO WIDTH SPACE, WORD JOINER, a byte order mark."""
_ODD = re.compile(f"[\u2e80-\u2fd5\uff61-\uff9f{_UNSEEN}]")
DASHES = re.compile("[-‐‑‒–—―−ー－ｰ─]+")
UNKNOWN = frozenset({"未定", "不明", "未確認"})
NONE = frozenset({"なし", "無し", "無", "該当なし", "該当無し", "特になし"})
"""What offices write where nothing is known, and where there is nothing."""
LIST_SIGNS = re.compile("[、，,・/／]")
"""Signs between the items of a list besides the declared one."""


def mended(text: str) -> str:
    """Free text with half-width kana and radicals as the letters they stand for, unseen signs gone; all else stays.

    >>> mended("ﾃﾞｲｻｰﾋﾞｽ ⻑寿⻄")
    'デイサービス 長寿西'
    """
    if not _ODD.search(text):
        return text
    wide = _HALF_WIDTH_KANA.sub(lambda kana: normalize("NFKC", kana[0]), text)
    return wide.translate(_ordinary())


def folded(text: str) -> str:
    """A code, number, date or name as keyed with ordinary signs: also full-width letters and digits.

    >>> folded("２０２２／４／１")
    '2022/4/1'
    """
    return normalize("NFKC", mended(text)).strip()


@cache
def _ordinary() -> dict[int, str | None]:
    """Radicals and what they stand for, and the signs that nobody sees.

    NFKC folds the Kangxi radicals (U+2F00-2FD5) and hardly any of the CJK Radicals Supplement (U+2E80-2EF3);
    ``ontology/radicals.csv`` is that block of EquivalentUnifiedIdeograph.txt, Unicode 17.0.0.
    """
    kangxi: dict[int, str | None] = {code: normalize("NFKC", chr(code)) for code in range(0x2F00, 0x2FD6)}
    supplement = {ord(row["radical"]): row["ideograph"] for row in resources.rows("ontology/radicals.csv")}
    return kangxi | supplement | dict.fromkeys(map(ord, _UNSEEN))
